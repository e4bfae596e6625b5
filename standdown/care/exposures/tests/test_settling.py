"""What a coordinator puts right of one person."""

from __future__ import annotations

import pytest

from standdown.care.exposures import actions, actions_settling
from standdown.care.exposures.actions_settling import Facts
from standdown.care.exposures.models import Exposure
from standdown.care.exposures.tests import scene
from standdown.care.exposures.tests.scene import AT, HOUR, Shift, of, owed
from standdown.care.models import Exclusion
from standdown.foundation import db
from standdown.foundation.access import NotAllowed
from standdown.foundation.refusal import Refusal
from tests import care_cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def shift() -> Shift:
    return Shift()


@pytest.fixture
def exposure(shift: Shift) -> Exposure:
    found = of(shift.raised(shift.ann), shift.ann)
    actions.dispute(by=cast.actor(shift.ann), at=AT, exposure=found, what=Exposure.Dispute.TIME)
    return found


def test_role_duty_and_talk_are_put_right_and_what_is_owed_moves(shift: Shift, exposure: Exposure) -> None:
    other = shift.member("Otto")
    right = Facts(role=scene.role("cordon"), duty_end_at=AT + 9 * HOUR, supervisor=other.pk)
    actions_settling.put_right(by=shift.coordinator, at=AT, exposure=exposure, facts=right)
    exposure.refresh_from_db()
    assert (exposure.role.code, exposure.closeness, exposure.disputed, exposure.disputed_at) == ("cordon", 3, "", None)
    assert owed(exposure) == [("demobilise", AT + 9 * HOUR, other.pk)]


def test_after_the_talk_nothing_of_it_moves(shift: Shift, exposure: Exposure) -> None:
    with db.open_for("the cast"):
        Exposure.objects.filter(pk=exposure.pk).update(stage="to-decide")
    right = Facts(role=exposure.role, duty_end_at=None, supervisor=None)
    actions_settling.put_right(by=shift.coordinator, at=AT, exposure=exposure, facts=right)
    assert owed(exposure) == [("demobilise", AT + 6 * HOUR, shift.sergeant.pk)]


def test_what_cannot_be_is_refused(shift: Shift, exposure: Exposure) -> None:
    other_version = Facts(
        role=care_cast.role("scene", care_cast.programme("trim-like")), duty_end_at=None, supervisor=None
    )
    too_early = Facts(role=exposure.role, duty_end_at=AT - 5 * HOUR, supervisor=None)
    for facts, words in ((other_version, "another version"), (too_early, "before the incident did")):
        with pytest.raises(Refusal, match=words):
            actions_settling.put_right(by=shift.coordinator, at=AT, exposure=exposure, facts=facts)


def test_a_talk_is_given_to_nobody_who_was_exposed_or_excluded_or_elsewhere(shift: Shift, exposure: Exposure) -> None:
    with db.open_for("the cast"):
        Exclusion.objects.create(person=shift.ann, excluded=shift.ben, since=AT)
    elsewhere = cast.person(scene.force("bshire"), "Bea")
    care_cast.exposure(exposure.incident, shift.cat)
    for who in (shift.ben, shift.cat, elsewhere):
        right = Facts(role=exposure.role, duty_end_at=None, supervisor=who.pk)
        with pytest.raises(Refusal, match="not available"):
            actions_settling.put_right(by=shift.coordinator, at=AT, exposure=exposure, facts=right)


def test_or_it_stays_as_it_is(shift: Shift, exposure: Exposure) -> None:
    actions_settling.leave_as_it_is(by=shift.coordinator, at=AT, exposure=exposure)
    exposure.refresh_from_db()
    assert (exposure.disputed, exposure.disputed_at) == ("", AT)
    with pytest.raises(NotAllowed):
        actions_settling.leave_as_it_is(by=cast.actor(shift.ann), at=AT, exposure=exposure)
