"""That the five minutes were offered: what is stored, what follows, and what happens when it comes twice."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from standdown.audit.models import Entry
from standdown.care.clocks.models import Step
from standdown.care.demobilising.actions import NEEDS, AlreadyDecided, NotOnList
from standdown.care.demobilising.forms import NEEDS as NEEDS_ASKED
from standdown.care.demobilising.models import Demobilisation
from standdown.care.demobilising.tests.scene import HOUR, NIGHT, Night
from standdown.care.exposures import stages
from standdown.care.exposures.models import Exposure, Stage
from standdown.care.programme.policy import NextStep, StepKind
from standdown.care.wishes.models import Exclusion
from standdown.foundation import access, db
from standdown.people.roles.policy import Role
from tests import care_cast, cast

pytestmark = pytest.mark.django_db
KEY = uuid.UUID("0190b1de-0000-7000-8000-000000000001")


@pytest.fixture
def night() -> Night:
    return Night()


def step_of(one: Exposure, kind: StepKind) -> tuple[str, dt.datetime | None]:
    found = Step.objects.get(exposure=one, kind=kind)
    return found.outcome, found.closed_at


@pytest.mark.parametrize(
    ("outcome", "came_to"),
    [("held", "done"), ("offered", "offered"), ("declined", "offered"), ("could-not", "no-reply")],
)
def test_every_outcome_closes_the_talk_and_asks_for_a_decision(night: Night, outcome: str, came_to: str) -> None:
    night.record(night.ann, outcome)
    assert step_of(night.ann, StepKind.DEMOBILISE) == (came_to, NIGHT)
    assert step_of(night.ann, StepKind.DECIDE) == ("", None)
    assert Exposure.objects.get(pk=night.ann.pk).stage == Stage.TO_DECIDE


def test_what_was_seen_to_is_kept_as_ticks(night: Night) -> None:
    made = night.record(
        night.ann, needs=frozenset({"food", "transport"}), fit_to_drive=False, proposal=NextStep.DEFUSE_GROUP
    )
    ticked = {name for name in NEEDS if getattr(made, name)}
    assert (ticked, made.fit_to_drive, made.not_alone) == ({"food", "transport"}, False, None)
    assert (made.held_at, made.kept, made.recorded_by_id) == (NIGHT, "online", night.sam.person_id)
    stored = Exposure.objects.get(pk=night.ann.pk)
    assert (stored.proposed_step, stored.proposed_by_id) == ("defuse-group", night.sam.person_id)
    assert [name for name, _words in NEEDS_ASKED] == list(NEEDS)


def test_the_record_says_whether_whoever_held_it_was_trained(night: Night) -> None:
    assert night.record(night.ann).trained is False
    care_cast.qualified(cast.person_of(night.sam), skill="demobilise")
    assert night.record(night.ben).trained is True


def test_the_same_capture_twice_is_one_record(night: Night) -> None:
    first = night.record(night.ann, "held", key=KEY)
    again = night.record(night.ann, "declined", key=KEY, at=NIGHT + HOUR)
    assert (again.pk, again.outcome) == (first.pk, "held")
    assert Demobilisation.objects.count() == 1


def test_a_record_is_put_right_by_a_second_one_until_it_is_decided(night: Night) -> None:
    night.record(night.ann, "could-not", proposal=NextStep.NOTHING_NOW)
    night.record(night.ann, "held", proposal=NextStep.DEFUSE_ONE, at=NIGHT + HOUR)
    stored = Exposure.objects.get(pk=night.ann.pk)
    assert (stored.proposed_step, stored.demobilisations.count()) == ("defuse-one", 2)
    decided(night, stored)
    with pytest.raises(AlreadyDecided):
        night.record(night.ann, "held", at=NIGHT + 2 * HOUR)
    assert Demobilisation.objects.count() == 2


def test_a_first_record_is_taken_however_late_it_comes(night: Night) -> None:
    decided(night, night.ann)
    made = night.record(night.ann, "held", kept="queued", held_at=NIGHT - HOUR, at=NIGHT + 30 * HOUR)
    assert (made.held_at, made.recorded_at) == (NIGHT - HOUR, NIGHT + 30 * HOUR)
    assert Exposure.objects.get(pk=night.ann.pk).stage == Stage.TO_DEFUSE


def decided(night: Night, one: Exposure) -> None:
    with db.open_for("the cast"):
        stages.decide(one, NextStep.DEFUSE_GROUP, night.cora, NIGHT + HOUR)


def test_nothing_is_recorded_of_who_was_taken_off_the_list(night: Night) -> None:
    with db.open_for("the cast"):
        stages.take_off(night.ann, night.cora, NIGHT)
    with pytest.raises(NotOnList):
        night.record(night.ann)


def test_the_coordinator_may_record_what_they_are_told_by_telephone(night: Night) -> None:
    assert night.record(night.ann, by=night.cora).recorded_by_id == night.cora.person_id


def test_nobody_else_may_record_it(night: Night) -> None:
    elsewhere = cast.holder(Role.ESTIP_COORDINATOR, cast.force("bshire"), "Otto")
    for stranger in (cast.holder(Role.SUPERVISOR, night.force, "Una"), cast.actor(night.ann_person), elsewhere):
        with pytest.raises(access.NotAllowed):
            night.record(night.ann, by=stranger)
    assert Demobilisation.objects.count() == 0


def test_nobody_records_their_own_talk(night: Night) -> None:
    own = night.exposed(cast.person_of(night.cora), by=night.cora)
    with pytest.raises(access.NotAllowed):
        night.record(own, by=night.cora)


def test_an_exclusion_beats_the_line_manager(night: Night) -> None:
    with db.open_for("the cast"):
        Exclusion.objects.create(person=night.ann_person, excluded=cast.person_of(night.sam), since=NIGHT)
    with pytest.raises(access.NotAllowed):
        night.record(night.ann)


def test_the_chain_says_that_it_was_recorded_and_not_what_came_of_it(night: Night) -> None:
    night.record(night.ann, "declined")
    entry = Entry.objects.get(can="demobilise", outcome="done")
    assert (entry.kind, entry.record_id, entry.detail) == ("care.exposure", str(night.ann.pk), {})
