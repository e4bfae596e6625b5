"""What the rules of matching say: how many each removed, what would help, and why an ask is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from standdown.care.matching.policy import Found, Rule
from standdown.care.programme.models import Programme
from standdown.design.times import day_time
from standdown.foundation.refusal import Refusal

# Who excluded whom is nobody's business: whoever is excluded, passed or is on leave is simply not available.
_NOT_AVAILABLE = frozenset({Rule.EXCLUDED, Rule.REFUSED, Rule.FREE})


class AlreadyAsked(Refusal):
    """Somebody is asked already, and nobody else may be until they pass or are no longer asked."""

    code = "already-asked"

    def __init__(self) -> None:
        super().__init__(
            _("Somebody is asked to lead this session already. Wait for the answer, or ask them no longer.")
        )


class NotToBeAsked(Refusal):
    """The session is not at a point at which somebody is looked for."""

    code = "not-to-be-asked"

    def __init__(self) -> None:
        super().__init__(_("Nobody is looked for at this point. Open the incident to see how the session stands."))


class HeldBack(Refusal):
    """A guard stops sessions in groups now, so that nobody is asked to lead one; `reason` says why."""

    code = "held-back"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)


class NoLongerPossible(Refusal):
    """The rules do not let this person lead this session at that time, or not any more."""

    code = "no-longer-possible"

    def __init__(self) -> None:
        super().__init__(_("This person cannot lead the session at that time any more. Choose somebody else below."))


class NothingToPlan(Refusal):
    """No session of this incident waits for somebody to lead it, or this plan is no longer the one to confirm."""

    code = "nothing-to-plan"

    def __init__(self) -> None:
        super().__init__(
            _("There is nothing to plan or to confirm here any more. Open the incident to see how it stands.")
        )


def removed(found: Found, programme: Programme) -> list[tuple[str | Promise, int]]:
    """How many people each rule removed, in the order of the rules; rules that removed nobody are left out."""
    hours, most, days = programme.rest_hours, programme.load_most, programme.load_days
    lines: Mapping[Rule, str | Promise] = {
        Rule.FORCE: lazy("Serves in another force now"),
        Rule.QUALIFIED: lazy("Not in date on the day, or stood down"),
        Rule.EXPOSED: lazy("Exposed to this incident"),
        Rule.MANAGER: lazy("Line manager of somebody in the group"),
        Rule.FREE: lazy("Not available"),
        Rule.LOAD: _("At the limit of %(most)s sessions in %(days)s days") % {"most": most, "days": days},
        Rule.RESTED: _("Less than %(hours)s hours from another session") % {"hours": hours},
    }
    counts = {rule: found.removed[rule] for rule in lines}
    counts[Rule.FREE] = sum(found.removed[rule] for rule in _NOT_AVAILABLE)
    return [(words, counts[rule]) for rule, words in lines.items() if counts[rule]]


def would_help(rule: Rule, count: int, programme: Programme) -> str:
    """How many could lead the session if a coordinator bent that one rule."""
    told = {"count": count, "hours": programme.rest_hours, "most": programme.load_most, "days": programme.load_days}
    if rule is Rule.LOAD:
        return ngettext(
            "%(count)s person could lead it beyond %(most)s sessions in %(days)s days.",
            "%(count)s people could lead it beyond %(most)s sessions in %(days)s days.", count,
        ) % told  # fmt: skip
    if rule is Rule.RESTED:
        return ngettext(
            "%(count)s person could lead it with less than %(hours)s hours between two sessions.",
            "%(count)s people could lead it with less than %(hours)s hours between two sessions.", count,
        ) % told  # fmt: skip
    return ngettext(
        "%(count)s line manager could lead it, if the people in the group agree.",
        "%(count)s line managers could lead it, if the people in the group agree.", count,
    ) % told  # fmt: skip


def another_time(start: dt.datetime, count: int) -> str:
    """How many could lead the session at another time."""
    sentence = ngettext(
        "%(count)s person could lead it on %(when)s, after the window.",
        "%(count)s people could lead it on %(when)s, after the window.", count,
    )  # fmt: skip
    return sentence % {"count": count, "when": day_time(start)}


def would_help_groups(rule: Rule, count: int, programme: Programme) -> str:
    """For how many of the groups left over somebody could be found if a coordinator bent that one rule."""
    told = {"count": count, "hours": programme.rest_hours, "most": programme.load_most, "days": programme.load_days}
    sentences = {
        Rule.LOAD: _("For %(count)s of these groups somebody could lead beyond %(most)s sessions in %(days)s days."),
        Rule.RESTED: _(
            "For %(count)s of these groups somebody could lead with less than %(hours)s hours between two sessions."
        ),
        Rule.MANAGER: _("For %(count)s of these groups a line manager could lead, if their people agree."),
    }
    return sentences[rule] % told
