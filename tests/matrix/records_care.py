"""What the addresses of care name: an incident with one person on its list, and a session for them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from standdown.care.models import (
    Contact,
    DayToMark,
    Drill,
    EstimBooking,
    Exclusion,
    Exposure,
    HandedOver,
    Incident,
    OwnEntry,
    Referral,
    SelfReferral,
)
from standdown.care.programme import actions as programmes
from standdown.foundation import access, db, ids
from standdown.people.models import Force, Person
from standdown.training.models import Course, Session
from tests import care_cast, cast


def records(force: Force, _course: Course, someone: Person, _session: Session) -> dict[str, Any]:
    """By the word that addresses use. The person has nothing to do with those who come to the doors."""
    incident = care_cast.incident(force)
    exposure = care_cast.exposure(incident, someone)
    defusing = care_cast.defusing(incident, exposure)
    planned = care_cast.incident(force)
    to_defuse = care_cast.exposure(
        planned, someone, stage="to-defuse", decided_step="defuse-one", decided_at=cast.AT, core=True
    )
    session = care_cast.defusing(planned, to_defuse, state="planned")
    mine = _own(exposure)
    return {
        "grouping.incident": planned.pk, "grouping.defusing": session.pk,
        "grouping.attendee": session.attendees.get().pk,
        "handed": _handed(incident).pk, "incident": incident.pk, "exposure": exposure.pk, "defusing": defusing.pk,
        "drill": _drill(force), **_programme(force),
        **{word: made.pk for word, made in mine.items()},
        "attendee": defusing.attendees.get().pk, "ask": ids.new(), "handover": ids.new(), "step": ids.new(),
    }  # fmt: skip


def _drill(force: Force) -> Any:
    """An exercise of the force that runs."""
    with db.open_for("the cast"):
        return Drill.objects.create(force=force, people=2, begun_at=cast.AT).pk


def _programme(force: Force) -> dict[str, Any]:
    """A draft of the force's own."""
    by, shipped = access.system("the cast"), care_cast.programme()
    draft = programmes.copy(by=by, at=cast.AT, programme=shipped, force=force)
    entry = draft.categories.all()[1]
    names = ("change-entry", "move-entry-up", "remove-entry")
    return {
        "care_programme.programme": draft.pk, "care_programme.kind": "book",
        **{f"care_programme:{name}.entry": entry.pk for name in names},
    }  # fmt: skip


def _own(of: Exposure) -> dict[str, Any]:
    """What somebody said for themselves, and what is owed to them."""
    who, force, day = of.person, of.force, dt.date(2032, 1, 1)
    stranger = cast.person(force, "Stan")
    with db.open_for("the cast"):
        return {
            "contact": Contact.objects.create(exposure=of, kind="month", due_on=day),
            "asked": SelfReferral.objects.create(person=who, force=force, to="peer", asked_at=cast.AT),
            "referral": Referral.objects.create(
                person=who, force=force, exposure=of, route="self", consented_at=cast.AT, sent_at=cast.AT
            ),
            "day": DayToMark.objects.create(person=who, kind="trial", on=day, said_at=cast.AT),
            "entry": OwnEntry.objects.create(person=who, category="other", on=cast.TODAY, said_at=cast.AT),
            "exclusion": Exclusion.objects.create(person=who, excluded=stranger, since=cast.AT),
            "meeting": EstimBooking.objects.create(exposure=of, on=day, owner=stranger, booked_at=cast.AT),
        }


def _handed(incident: Incident) -> HandedOver:
    """A colleague of the incident's force, whom a third force handed to it."""
    elsewhere = cast.force(f"beyond-{incident.force.slug}")
    abroad = care_cast.incident(elsewhere)
    with db.open_for("the cast"):
        return HandedOver.objects.create(
            incident=abroad, from_force=elsewhere, to_force=incident.force, number="1", category=abroad.category,
            closeness=2, ended_at=cast.AT, offered_at=cast.AT, offered_by=cast.person(elsewhere, "Olga"),
        )  # fmt: skip
