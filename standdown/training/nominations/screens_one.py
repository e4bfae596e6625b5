"""One nomination: where it stands, what is known of it, what happened, what was told to whom, what can be done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from standdown.design.times import date_time, when_words
from standdown.foundation.access import Actor, Can
from standdown.notifications.models import OutboxMessage
from standdown.notifications.models import State as Delivery
from standdown.people.models import Person
from standdown.training.nominations import policy, queries, screens_places
from standdown.training.nominations.models import EndReason, Nomination, NominationEvent, State
from standdown.training.nominations.places import laid_out
from standdown.training.nominations.policy import Deed
from standdown.training.nominations.sentences import OwnRelease

Kind = NominationEvent.Kind
_DELIVERY_TONES = {
    Delivery.DUE: "calm", Delivery.SENDING: "calm", Delivery.SENT: "done", Delivery.UNCERTAIN: "due",
    Delivery.DEAD: "late",
}  # fmt: skip
# What a lead does, and the permission that it takes.
_DEEDS = {
    Deed.WITHDRAW: Can.PUT_FORWARD, Deed.RELEASE: Can.PUT_FORWARD, Deed.SUBSTITUTE: Can.PUT_FORWARD,
    Deed.TRANSFER: Can.PUT_FORWARD, Deed.REORDER: Can.PUT_FORWARD, Deed.OVER_CAPACITY: Can.PLACE_OVER_CAPACITY,
}  # fmt: skip
_WAYS = ("substitute", "transfer", "swap", "over-capacity")


@dataclass(frozen=True, slots=True)
class Told:
    """A message about the nomination, and how far it has come."""

    subject: str
    to: str
    when: str
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page of one nomination shows."""

    row: Nomination
    when: str
    stands: str
    tone: str
    facts: list[tuple[str, str]]
    warnings: list[str]
    history: list[dict[str, object]]
    told: list[Told]
    may: set[str]
    ways: dict[str, str]  # the addresses at which places are exchanged


def page(by: Actor, row: Nomination, at: dt.datetime) -> Page:
    """One nomination for this actor, who was found to see it. Five statements."""
    waiting = laid_out(row.session, at).waiting if row.state == State.WAITING else []
    line = screens_places.numbers(waiting)
    told = queries.messages_about(row.pk)
    may = {deed.value for deed in _DEEDS if allowed(deed, by, row, at)}
    if Deed.TRANSFER in may and not row.mutual_aid:
        may.add("swap")
    return Page(
        row=row,
        when=screens_places.when(row.session),
        stands=screens_places.stands(row, line, at),
        tone=screens_places.TONES.get(State(row.state), "plain"),
        facts=_facts(row, at),
        warnings=_warnings(by, row, told),
        history=[_entry(one) for one in queries.events(row)],
        told=[_told(one) for one in told],
        may=may,
        ways={name: screens_places.exchange(name, row) for name in _WAYS if name in may},
    )


def permitted(deed: Deed, by: Actor, row: Nomination) -> bool:
    """True when this actor could do that to such a nomination, however it stands."""
    where = row.session.owner_force_id if deed is Deed.OVER_CAPACITY else row.force_id
    return by.reach(_DEEDS[deed]).covers(where)


def allowed(deed: Deed, by: Actor, row: Nomination, at: dt.datetime) -> bool:
    """True when this actor could do that to the nomination as it stands."""
    if deed is Deed.RELEASE and policy.confirms_own(by.person_id, row.person_id):
        return False
    return permitted(deed, by, row) and policy.may(deed, row.state, row.session.starts_at, at)


def _facts(row: Nomination, at: dt.datetime) -> list[tuple[str, str]]:
    facts = [
        (_("Force"), row.force.name),
        (_("Put forward"), _by_whom(row)),
        (_("The course is for them as"), row.get_eligibility_display()),
        (_("Release for the day"), _release(row)),
        (_("Cost"), row.get_terms_display()),
    ]
    if row.answer_by is not None:
        facts.append((_("Answer by"), when_words(row.answer_by, at)))
    if row.consent:
        facts.append((_("Their answer"), row.get_consent_display()))
    if row.mutual_aid:
        facts.append((_("Mutual aid"), _("By exception, on another force's date")))
    if row.over_capacity:
        facts.append((_("Place"), _("Beyond the capacity of the date")))
    if row.end_reason:
        facts.append((_("Because"), str(EndReason(row.end_reason).label)))
    if row.late:
        facts.append((_("Late"), _("Taken back less than two days before the start")))
    return facts


def _by_whom(row: Nomination) -> str:
    facts = {
        "name": _name(row.put_forward_by), "capacity": row.get_acting_as_display(),
        "when": date_time(row.put_forward_at), "lead": row.acting_for.full_name if row.acting_for else "",
    }  # fmt: skip
    if row.acting_for is not None:
        return _("%(name)s, %(capacity)s %(lead)s, %(when)s") % facts
    return _("%(name)s, %(capacity)s, %(when)s") % facts


def _release(row: Nomination) -> str:
    if row.released_at is None:
        return row.get_release_display()
    facts = {"how": row.get_release_display(), "name": _name(row.released_by), "when": date_time(row.released_at)}
    return _("%(how)s: %(name)s, %(when)s") % facts


def _name(person: Person | None) -> str:
    return person.full_name if person else "Standdown"


def _warnings(by: Actor, row: Nomination, told: list[OutboxMessage]) -> list[str]:
    """What was not told to anybody, or did not arrive, with what to do."""
    name = row.person.full_name
    found = []
    if row.state in policy.LIVE and not row.person.work_email:
        found.append(_("Nobody can be told: %(name)s has no e-mail address. Ask for one to be added.") % {"name": name})
    asked = any(one.recipient_id != row.person_id for one in told)
    if row.state == State.NOMINATED and row.release == Nomination.Release.ASKED and not row.mutual_aid and not asked:
        found.append(_unasked(by, row))
    elif row.state == State.NOMINATED and row.released_at is None and policy.confirms_own(by.person_id, row.person_id):
        found.append(str(OwnRelease().sentence))
    if any(one.state == Delivery.DEAD for one in told):
        found.append(_("A message could not be delivered. Tell them in another way."))
    return found


def _unasked(by: Actor, row: Nomination) -> str:
    if policy.confirms_own(by.person_id, row.person_id):
        return _("Nobody was asked: you have no line manager with an e-mail address. Another lead or a deputy of your "
                 "force can confirm the release.")  # fmt: skip
    return _("Nobody was asked: there is no line manager with an e-mail address. Confirm the release yourself.")


def _entry(one: NominationEvent) -> dict[str, object]:
    # That somebody declined is on record; who clicked, and why, is nobody's business (R35).
    declined = one.kind == Kind.DECLINED
    reasons = dict(EndReason.choices)
    return {
        "title": _("The place was not taken") if declined else one.get_kind_display(),
        "at": one.at,
        "by": "Standdown" if declined else _name(one.by),
        "detail": str(reasons.get(one.reason, "")),
    }


def _told(one: OutboxMessage) -> Told:
    return Told(
        subject=one.subject,
        to=one.recipient.full_name,
        when=date_time(one.sent_at or one.created_at),
        state=one.get_state_display(),
        tone=_DELIVERY_TONES.get(Delivery(one.state), "plain"),
    )
