"""How a qualification is spoken of: its state, and what keeps it current."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from standdown.design.times import duration_words, plain_date
from standdown.people.qualifications import policy
from standdown.people.qualifications.models import Qualification
from standdown.people.qualifications.policy import Practice, State

STATES: dict[State, Promise] = {
    State.CURRENT: gettext_lazy("Current"),
    State.LAPSING: gettext_lazy("Ends within 90 days"),
    State.LAPSED: gettext_lazy("Lapsed"),
    State.AWAY: gettext_lazy("Not available"),  # and nothing about why (R53)
}
TONES = {State.CURRENT: "done", State.LAPSING: "due", State.LAPSED: "late", State.AWAY: "plain"}


def keeping(row: Qualification, events: Iterable[Practice], day: dt.date) -> str:
    """What keeps a standing qualification current, or what is to be done once nothing does: a sentence."""
    if row.valid_until <= day:
        return _("It lapsed on %(day)s. New training makes it current again.") % {"day": plain_date(row.valid_until)}
    step = policy.extension(row.skill, row.valid_until, row.latest_until, events, day)
    if step.further is None:
        return _("It holds until %(day)s. New training is needed by then.") % {"day": plain_date(step.until)}
    facts = {
        "need": _need(row.skill, step), "start": plain_date(step.counts_from), "end": plain_date(step.until),
        "further": plain_date(step.further),
    }  # fmt: skip
    if day < step.counts_from:
        return _("It holds until %(end)s. %(need)s after %(start)s keeps it current until %(further)s.") % facts
    return _("It holds until %(end)s. %(need)s before then keeps it current until %(further)s.") % facts


def _need(skill: str, step: policy.Currency) -> str:
    length = duration_words(policy.CPD_MINUTES - step.minutes)
    begun = bool(step.minutes or step.deliveries)
    if not policy.by_practice(skill):
        more, whole = _("A further %(length)s of training"), _("%(length)s of further training")
        return (more if begun else whole) % {"length": length}
    sessions = policy.DELIVERIES - step.deliveries
    if begun:
        words = ngettext(
            "Leading %(count)s more session, or %(length)s more of further training,",
            "Leading %(count)s more sessions, or %(length)s more of further training,",
            sessions,
        )
    else:
        words = ngettext(
            "Leading %(count)s session, or %(length)s of further training,",
            "Leading %(count)s sessions, or %(length)s of further training,",
            sessions,
        )
    return words % {"count": sessions, "length": length}
