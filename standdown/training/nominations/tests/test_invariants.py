"""Every invariant of places is broken on purpose, and found; what is sound is left alone."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from typer import Typer
from typer.testing import CliRunner

from standdown.config.cli import check
from standdown.foundation import clock, db
from standdown.foundation.access import Actor
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Force, Person
from standdown.people.roles.policy import Role
from standdown.training.models import Nomination, Session, SessionForce
from standdown.training.nominations import actions, candidates, invariants, policy
from standdown.training.nominations.models import State
from standdown.training.nominations.tests.unguarded import unguarded
from tests import cast

pytestmark = pytest.mark.django_db
AT = cast.AT
NAMES = ("Ann", "Ben", "Cat", "Dan", "Eve", "Fay")


class Scene:
    """Two forces on a date of four places, two kept for each: one has two and two who wait, the other has one."""

    def __init__(self, at: dt.datetime = AT) -> None:
        self.at = at
        self.day = at.date() + dt.timedelta(days=50)
        self.here, self.there = cast.force("ashire"), cast.force("bshire")
        self.leads = {one.pk: cast.holder(Role.WELLBEING_LEAD, one) for one in (self.here, self.there)}
        self.course = cast.course()
        self.date = cast.session(self.course, self.here, self.there, capacity=4, day=self.day)
        with db.open_for("the cast"):
            SessionForce.objects.update(allotment=2)
        self.made = [self.put(self.here, name) for name in NAMES[:4]]
        self.other = self.put(self.there, "Gus")

    def put(self, force: Force, name: str, date: Session | None = None, who: Person | None = None) -> Nomination:
        lead, person = self.leads[force.pk], who or cast.person(force, name)
        known = candidates.known(lead, person.pk, "defuse", self.at)
        assert known is not None
        session = (date or self.date).pk
        return actions.put_forward(by=lead, at=self.at, session=session, who=known, released=True, stated=True)

    def own(self, person: Person) -> Actor:
        return cast.actor(person)


def change(one: Any, **facts: Any) -> None:
    with db.open_for("a sabotage"):
        type(one).objects.filter(pk=one.pk).update(**facts)


def found(at: dt.datetime = AT) -> dict[str, set[str]]:
    return {wrong.name: set(wrong.keys) for wrong in invariants.all_wrong(at)}


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_of_a_sound_date_nothing_is_said(scene: Scene) -> None:
    assert [one.state for one in scene.made] == ["offered", "offered", "waiting", "waiting"]
    assert found() == {}
    actions.decline_place(by=scene.own(scene.made[0].person), at=AT, nomination=scene.made[0])
    assert found() == {}
    assert invariants.standing() == invariants.Standing(dates=1, places=3, over_capacity=0, waiting=1)


# -- each is broken ---------------------------------------------------------------------------------------------------


def oversold(scene: Scene) -> set[str]:
    change(scene.date, capacity=1)
    change(scene.made[1], over_capacity=True)
    change(scene.other, over_capacity=False)
    return {scene.date.reference}


def the_same_place(scene: Scene) -> set[str]:
    change(scene.made[1], place_no=1)
    return {scene.date.reference}


def a_high_number(scene: Scene) -> set[str]:
    change(scene.made[1], place_no=5)
    return {str(scene.made[1].pk)}


def no_number(scene: Scene) -> set[str]:
    change(scene.made[0], place_no=None)
    change(scene.made[2], place_no=7, over_capacity=True)
    return {str(scene.made[0].pk), str(scene.made[2].pk)}


def a_mark_without_a_place(scene: Scene) -> set[str]:
    change(scene.made[0], over_capacity=True)
    change(scene.made[2], over_capacity=True)
    return {str(scene.made[0].pk), str(scene.made[2].pk)}


def anothers_place(scene: Scene) -> set[str]:
    change(scene.made[2], state=State.OFFERED, place_no=4, answer_by=AT + dt.timedelta(days=1))
    return {scene.date.reference}


def on_the_date_twice(scene: Scene) -> set[str]:
    change(scene.made[3], person=scene.made[2].person)
    return {scene.date.reference}


def twice_that_day(scene: Scene) -> set[str]:
    date = cast.session(scene.course, scene.here, day=scene.day + dt.timedelta(days=1))
    made = scene.put(scene.here, "", date, scene.made[0].person)
    change(date, starts_at=scene.date.starts_at, ends_at=scene.date.ends_at)
    change(made, clash_day=scene.day)
    return {str(made.pk), str(scene.made[0].pk)}


def another_day_than_the_dates(scene: Scene) -> set[str]:
    change(scene.made[0], clash_day=scene.day + dt.timedelta(days=1))
    return {str(scene.made[0].pk)}


def not_for_them(scene: Scene) -> set[str]:
    with db.open_for("a sabotage"):
        SessionForce.objects.filter(force=scene.there).delete()
    return {str(scene.other.pk)}


def nobody_agreed(scene: Scene) -> set[str]:
    change(scene.other, mutual_aid=True)
    return {str(scene.other.pk)}


def no_order(scene: Scene) -> set[str]:
    change(scene.made[2], queue_no=None)
    return {str(scene.made[2].pk)}


def the_same_order(scene: Scene) -> set[str]:
    change(scene.made[2], queue_no=2)
    return {scene.date.reference}


def a_place_that_nobody_was_offered(scene: Scene) -> set[str]:
    change(scene.made[0], state=State.DECLINED, place_no=None)
    return {str(scene.made[2].pk), str(scene.made[3].pk)}


def no_deadline(scene: Scene) -> set[str]:
    change(scene.made[0], answer_by=None)
    change(scene.made[1], answer_by=AT - dt.timedelta(minutes=61))
    change(scene.other, answer_by=AT - dt.timedelta(minutes=59))
    return {str(scene.made[0].pk), str(scene.made[1].pk)}


def cancelled(scene: Scene) -> set[str]:
    change(scene.date, status="cancelled")
    return {str(one.pk) for one in (*scene.made, scene.other)}


def nobody_told(scene: Scene) -> set[str]:
    with db.open_for("a sabotage"):
        OutboxMessage.objects.filter(about=str(scene.made[0].pk)).delete()
    change(scene.made[1], state=State.ACCEPTED)  # which was told of the offer only
    return {str(scene.made[0].pk), str(scene.made[1].pk)}


SABOTAGES: list[tuple[str, Callable[[Scene], set[str]]]] = [
    ("capacity", oversold),
    ("place-once", the_same_place),
    ("place-in-capacity", a_high_number),
    ("place-number", no_number),
    ("over-capacity", a_mark_without_a_place),
    ("kept-places", anothers_place),
    ("person-once", on_the_date_twice),
    ("one-date-a-day", twice_that_day),
    ("one-date-a-day", another_day_than_the_dates),
    ("for-the-force", not_for_them),
    ("mutual-aid-agreed", nobody_agreed),
    ("waiting-order", no_order),
    ("waiting-order", the_same_order),
    ("free-place", a_place_that_nobody_was_offered),
    ("answered-in-time", no_deadline),
    ("cancelled", cancelled),
    ("told", nobody_told),
]


@pytest.mark.parametrize(("name", "sabotage"), SABOTAGES)
def test_what_is_broken_is_found_and_named(scene: Scene, name: str, sabotage: Callable[[Scene], set[str]]) -> None:
    unguarded()
    keys = sabotage(scene)
    assert found()[name] == keys


def test_every_invariant_is_broken_once_at_least() -> None:
    assert {name for name, _sabotage in SABOTAGES} == set(invariants.CHECKS)


# -- what is no fault ------------------------------------------------------------------------------------------------


def test_places_that_come_free_by_the_hour_have_their_grace(scene: Scene) -> None:
    released = AT + dt.timedelta(hours=1)
    change(scene.date, allotments_until=released)
    change(scene.made[0], answer_by=AT + dt.timedelta(days=9))
    assert found(released + dt.timedelta(minutes=59)) == {}
    late = found(released + dt.timedelta(minutes=61))
    assert late == {"free-place": {str(scene.made[2].pk), str(scene.made[3].pk)}}


def test_who_let_an_offer_lapse_is_not_asked_again_at_once(scene: Scene) -> None:
    change(scene.made[0], state=State.WITHDRAWN, end_reason="roster", place_no=None)
    change(scene.made[2], lapses=1, changed_at=AT)
    change(scene.made[3], state=State.WITHDRAWN, end_reason="roster")
    rested = AT + policy.REST_AFTER_LAPSE
    change(scene.made[1], answer_by=rested + dt.timedelta(days=1))
    change(scene.other, answer_by=rested + dt.timedelta(days=1))
    assert found(rested + dt.timedelta(minutes=59)) == {}
    assert found(rested + dt.timedelta(minutes=61)) == {"free-place": {str(scene.made[2].pk)}}


def test_too_late_to_offer_anything_is_no_fault(scene: Scene) -> None:
    a_place_that_nobody_was_offered(scene)
    starts_at = AT + dt.timedelta(hours=2)
    facts = {"nominations_close_at": starts_at, "starts_at": starts_at, "ends_at": starts_at + dt.timedelta(hours=7)}
    change(scene.date, **facts)
    assert "free-place" not in found()


def test_places_allotted_beyond_the_capacity_are_nobodys_fault(scene: Scene) -> None:
    with db.open_for("a sabotage"):
        SessionForce.objects.update(allotment=9)
    assert "kept-places" not in found()


# -- the command ----------------------------------------------------------------------------------------------------

PROGRAM = Typer()
PROGRAM.add_typer(check.app, name="check")


def answer(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(PROGRAM, ["check", *arguments])
    return done.exit_code, done.stdout, done.stderr


def test_the_command_says_so_and_its_exit_code_too() -> None:
    scene = Scene(clock.now())
    sentence = "3 places on 1 dates, 0 more beyond a capacity, 2 people waiting: {} of 15 rules broken.\n"
    assert answer("places") == (0, sentence.format(0), "")
    keys = sorted(a_place_that_nobody_was_offered(scene))
    code, said, wrong = answer("places")
    assert (code, said) == (1, sentence.replace("3 places", "2 places").format(1))
    assert wrong == f"- Somebody waits although a place is open to their force. (free-place: {', '.join(keys)})\n"
    code, said, _wrong = answer("places", "--format=json")
    assert (code, json.loads(said)["wrong"][0]["keys"]) == (1, keys)
    assert json.loads(said)["standing"] == {"dates": 1, "places": 2, "over_capacity": 0, "waiting": 2}


def test_what_cannot_be_asked_is_not_called_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_at: dt.datetime) -> None:
        raise OperationalError("no such server")

    monkeypatch.setattr(invariants, "all_wrong", away)
    assert answer("places") == (
        2, "", "The database cannot be asked. Check that it runs, and that `standdown migrate` was run.\n"
    )  # fmt: skip
    code, said, _wrong = answer("places", "--format=json")
    assert (code, json.loads(said)["error"]) == (2, "OperationalError")


def test_the_check_of_the_installation_is_asked_as_before() -> None:
    code, said, wrong = answer()
    assert (code, said.split(" ")[1:]) == (1, ["things", "are", "wrong.\n"])
    assert wrong.startswith("- ")
    code, said, _wrong = answer("--format=json")
    assert (code, [*json.loads(said)]) == (1, ["problems"])
