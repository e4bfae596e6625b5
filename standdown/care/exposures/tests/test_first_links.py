from __future__ import annotations

import pytest

from standdown.care.exposures import first_links
from standdown.care.exposures.models import HandedOver
from standdown.care.exposures.tests.scene import AT, Shift
from standdown.foundation import db
from standdown.people.roles.policy import Role
from tests import care_cast, cast

pytestmark = pytest.mark.django_db


def test_everybody_in_a_force_finds_how_to_raise_an_incident_as_their_role_has_it() -> None:
    force = cast.force()
    found = {
        who: [link.words for link in first_links.something_happened(by, AT)]
        for who, by in (
            ("constable", cast.actor(cast.person(force, "Con"))),
            ("control", cast.holder(Role.CONTROL_ROOM, force, "Colin")),
            ("pim", cast.holder(Role.POST_INCIDENT_MANAGER, force, "Pim")),
            ("national", cast.national_coordinator()),
        )
    }
    assert found == {
        "constable": ["Raise an incident"],
        "control": ["Record an incident for crews"],
        "pim": ["Raise an incident", "Restrict conferring"],
        "national": [],
    }


def test_a_coordinator_finds_what_waits_for_their_word() -> None:
    shift, other = Shift(), cast.force("bshire")
    assert first_links.waits_for_a_word(shift.coordinator, AT) == []
    care_cast.incident(shift.force, state="proposed")
    there = care_cast.incident(other)
    with db.open_for("the cast"):
        HandedOver.objects.create(
            incident=there, from_force=other, to_force=shift.force, number="1", category=there.category, closeness=2,
            ended_at=AT, offered_at=AT, offered_by=cast.person(other, "Olga"),
        )  # fmt: skip
    words = [link.words for link in first_links.waits_for_a_word(shift.coordinator, AT)]
    assert words == ["1 proposed incident", "1 colleague handed over"]
    assert first_links.waits_for_a_word(cast.actor(shift.ann), AT) == []
