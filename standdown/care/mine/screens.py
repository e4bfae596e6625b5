"""My page in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from standdown.care.defusing import messages
from standdown.care.exposures.models import Exposure, Stage
from standdown.care.follow_up import actions_own
from standdown.care.follow_up.models import Contact, DayToMark, SelfReferral
from standdown.care.looks.models import Look
from standdown.care.mine.queries import KEPT_FOR, Own
from standdown.care.referrals import actions as referring
from standdown.care.wishes.models import Wish
from standdown.design.times import plain_date, when_words
from standdown.foundation import clock
from standdown.foundation.access import Actor
from standdown.people.models import Person
from standdown.people.roles.models import RoleName


@dataclass(frozen=True, slots=True)
class Invitation:
    """One invitation to a session."""

    address: str
    when: str
    where: str
    leads: str
    answer: str


@dataclass(frozen=True, slots=True)
class Held:
    """One's part in an incident, as it is held."""

    exposure: Exposure
    facts: list[tuple[str, str]]
    kept_until: str
    closed: bool


@dataclass(frozen=True, slots=True)
class Page:
    """What the page shows."""

    own: Own
    invitations: list[Invitation]
    contacts: list[tuple[str, str]]
    held: list[Held]
    looks: list[dict[str, Any]]


def page(own: Own, at: dt.datetime) -> Page:
    """What is held about oneself, in words."""
    return Page(
        own=own,
        invitations=[
            Invitation(
                address=reverse("defusing:answer", args=[one.pk]),
                when=when_words(one.defusing.starts_at, at) if one.defusing.starts_at else "",
                where=messages.place_of(one.defusing),
                leads=one.defusing.defuser.full_name if one.defusing.defuser else "",
                answer=str(one.get_answer_display()) if one.answer else _("You have not answered, and need not."),
            )
            for one in own.invitations
        ],
        contacts=[
            (reverse("own_care:how-are-you", args=[one.pk]), one.exposure.incident.category.words)
            for one in own.contacts
        ],
        held=[_held(one, own) for one in own.exposures],
        looks=_looks(own.looks),
    )


def _looks(looks: list[Look]) -> list[dict[str, Any]]:
    """Who looked: one line for each person, role, reason and day, with the last time and how often."""
    found: dict[tuple[object, ...], dict[str, Any]] = {}
    for look in looks:  # the last comes first
        line = found.setdefault(
            (look.by_id, look.role, look.why, clock.london_day(look.at)),
            {"who": look.by.full_name, "role": role_words(look.role), "at": look.at, "why": look.get_why_display(),
             "times": 0},
        )  # fmt: skip
        line["times"] += 1
    return list(found.values())


def _held(one: Exposure, own: Own) -> Held:
    talks = [talk for talk in own.demobilisations if talk.exposure_id == one.pk]
    sessions = [row for row in own.attendances if row.exposure_id == one.pk]
    facts = [
        (_("Five minutes before going home: %(outcome)s") % {"outcome": talk.get_outcome_display()},
         plain_date(talk.held_at))
        for talk in talks
    ]  # fmt: skip
    for row in sessions:
        day = plain_date(row.defusing.starts_at) if row.defusing.starts_at else ""
        facts.append((_("Session: %(there)s") % {"there": row.get_there_display()}, day))
        if row.next_step:
            facts.append((_("Agreed next step: %(step)s") % {"step": row.get_next_step_display()}, day))
    facts += [
        (_("Structured meeting: %(there)s") % {"there": row.get_there_display()}, plain_date(row.on))
        for row in own.meetings
        if row.exposure_id == one.pk
    ]
    ended = clock.london_day(one.incident.ended_at)
    until = ended.replace(year=ended.year + KEPT_FOR, day=min(ended.day, 28))
    return Held(one, facts, plain_date(until), one.stage == Stage.CLOSED)


def role_words(code: str) -> str:
    """The role in which somebody looked, in words; a code that is no role of ours stands as it is."""
    return str(RoleName(code).label) if code in RoleName.values else code.replace("-", " ")


def wants_more(facts: dict[str, str]) -> Contact.WantsMore:
    """The answer as the action takes it."""
    return Contact.WantsMore(facts["answer"])


def ask_to_talk(by: Actor, me: Person, facts: dict[str, str], at: dt.datetime) -> object:
    """Ask for a talk; to occupational health one goes by a referral of one's own."""
    to = SelfReferral.To(facts["to"])
    if to == SelfReferral.To.OCCUPATIONAL_HEALTH:
        return referring.refer_myself(by=by, at=at, person=me)
    return actions_own.ask_to_talk(by=by, at=at, person=me, to=to)


def mark_day(by: Actor, me: Person, facts: dict[str, Any], at: dt.datetime) -> object:
    """Mark a day."""
    return actions_own.mark_day(by=by, at=at, person=me, kind=DayToMark.Kind(facts["kind"]), on=facts["on"])


def wish_as_it_is(wish: Wish | None) -> dict[str, Any]:
    """What the form shows first."""
    names = ("rank", "unit", "sex", "channel", "welsh", "not_own_manager", "one_to_one")
    return {name: getattr(wish, name) for name in names} if wish else {}
