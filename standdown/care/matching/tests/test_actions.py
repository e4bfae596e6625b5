from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from standdown.audit.models import Entry
from standdown.care.defusing import hooks
from standdown.care.matching import actions, queries
from standdown.care.matching.tests.scenes import AT, Scene, excludes, hours
from standdown.care.matching.words import AlreadyAsked, HeldBack, NoLongerPossible, NotToBeAsked
from standdown.care.models import (
    Ask,
    Attendee,
    DefuserProfile,
    Defusing,
    Drill,
    DrillPerson,
    DutyPeriod,
    Restriction,
    Wish,
)
from standdown.foundation import db, ids
from standdown.foundation.access import NotAllowed
from standdown.people.models import LineManagement, Person, StandDown
from standdown.people.roles.policy import Role
from tests import care_cast, cast

pytestmark = pytest.mark.django_db
START = hours(72)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def ask(scene: Scene, person: Person, start: dt.datetime = START, **facts: Any) -> Ask:
    return actions.ask(by=scene.lead, at=AT, session=scene.session, person=person.pk, starts_at=start, **facts)


def possible(scene: Scene) -> list[str]:
    looked = queries.look(scene.session, scene.lead, AT)
    assert looked is not None
    names = dict(Person.objects.values_list("pk", "given_name"))
    return sorted(names[one.who.key] for one in looked.found.candidates)


# -- asking -----------------------------------------------------------------------------------------------------------


def test_asking_stores_who_when_until_when_and_why(scene: Scene) -> None:
    dee = scene.able("Dee")
    scene.able("Eve")
    made = ask(scene, dee)
    scene.session.refresh_from_db()
    assert (made.person, made.starts_at, made.lapses_at, made.answer) == (dee, START, AT + dt.timedelta(hours=12), "")
    assert (scene.session.state, made.as_second) == ("asked", False)
    told = dict(made.reasons.values_list("code", "figure"))
    assert {code: told[code] for code in ("candidates", "left", "in-window", "load", "other-team", "travel")} == {
        "candidates": 2, "left": 2, "in-window": 1, "load": 0, "other-team": 1, "travel": 0,
    }  # fmt: skip
    assert told["rank"] in {1, 2}
    assert "by-hand" not in told


def test_nobody_is_asked_to_lead_a_group_while_conferring_is_restricted(scene: Scene) -> None:
    dee = scene.able("Dee")
    with db.open_for("the cast"):
        Restriction.objects.create(incident=scene.incident, set_at=AT, set_by=scene.ann)
    with pytest.raises(HeldBack):
        ask(scene, dee)
    with db.open_for("the cast"):
        Defusing.objects.filter(pk=scene.session.pk).update(kind="one")
    assert ask(scene, dee).person == dee


def test_a_choice_by_hand_is_stored_as_such(scene: Scene) -> None:
    assert dict(ask(scene, scene.able("Dee"), by_hand=True).reasons.values_list("code", "figure"))["by-hand"] == 1


def test_asking_is_on_record_without_a_word_about_anybody(scene: Scene) -> None:
    ask(scene, scene.able("Dee"))
    entry = Entry.objects.latest("sequence")
    assert (entry.can, entry.outcome, entry.detail) == ("run-care", "done", {"part": "lead", "by_hand": False})


def test_who_joins_in_hears_of_the_ask(scene: Scene) -> None:
    heard: list[Any] = []

    def listener(of: Ask, _by: Any, _at: Any) -> None:
        heard.append(of)

    hooks.ASKED.append(listener)
    try:
        made = ask(scene, scene.able("Dee"))
    finally:
        hooks.ASKED.remove(listener)
    assert heard == [made]


def test_a_second_coordinator_finds_that_somebody_is_asked_already(scene: Scene) -> None:
    dee, eve, fay = scene.able("Dee"), scene.able("Eve"), scene.able("Fay")
    ask(scene, dee)
    ask(scene, eve)  # to help
    with pytest.raises(AlreadyAsked):
        ask(scene, fay)
    assert Entry.objects.latest("sequence").outcome == "refused"


def test_who_helps_comes_at_the_time_of_who_leads(scene: Scene) -> None:
    dee, eve = scene.able("Dee"), scene.able("Eve")
    ask(scene, dee)
    with pytest.raises(NoLongerPossible):
        ask(scene, eve, hours(74))
    made = ask(scene, eve)
    scene.session.refresh_from_db()
    assert (made.as_second, scene.session.state) == (True, "asked")


@pytest.mark.parametrize("state", ["proposed", "held", "stood-down"])
def test_nobody_is_asked_while_groups_are_only_proposed_or_when_it_is_over(state: str) -> None:
    scene = Scene(state="planned")
    dee = scene.able("Dee")
    facts = {"starts_at": hours(70), "ends_at": hours(71), "defuser": scene.able("Old")} if state == "held" else {}
    with db.open_for("the cast"):
        type(scene.session).objects.filter(pk=scene.session.pk).update(state=state, **facts)
    with pytest.raises(NotToBeAsked):
        ask(scene, dee)


def test_another_forces_coordinator_may_not_ask(scene: Scene) -> None:
    stranger = cast.holder(Role.ESTIP_COORDINATOR, cast.force("beeshire"), "Bob")
    with pytest.raises(NotAllowed):
        actions.ask(by=stranger, at=AT, session=scene.session, person=scene.able("Dee").pk, starts_at=START)


def test_a_time_that_is_not_looked_at_is_refused(scene: Scene) -> None:
    with pytest.raises(NoLongerPossible):
        ask(scene, scene.able("Dee"), START + dt.timedelta(minutes=5))


# -- taking back ------------------------------------------------------------------------------------------------------


def test_an_ask_is_taken_back_and_somebody_else_may_be_asked(scene: Scene) -> None:
    dee, eve = scene.able("Dee"), scene.able("Eve")
    made, heard = ask(scene, dee), []

    def listener(of: Ask, _by: Any, _at: Any) -> None:
        heard.append(of.pk)

    hooks.NO_LONGER_ASKED.append(listener)
    try:
        actions.take_back(by=scene.lead, at=AT, session=scene.session, of=made.pk)
    finally:
        hooks.NO_LONGER_ASKED.remove(listener)
    scene.session.refresh_from_db()
    made.refresh_from_db()
    assert (made.answer, scene.session.state, heard) == ("taken-back", "planned", [made.pk])
    assert ask(scene, eve).as_second is False


def test_who_helps_is_taken_back_alone(scene: Scene) -> None:
    ask(scene, scene.able("Dee"))
    second = ask(scene, scene.able("Eve"))
    actions.take_back(by=scene.lead, at=AT, session=scene.session, of=second.pk)
    scene.session.refresh_from_db()
    assert scene.session.state == "asked"


def test_what_is_answered_cannot_be_taken_back(scene: Scene) -> None:
    made = ask(scene, scene.able("Dee"))
    with db.open_for("the cast"):
        Ask.objects.filter(pk=made.pk).update(answer="yes")
    with pytest.raises(NotToBeAsked):
        actions.take_back(by=scene.lead, at=AT, session=scene.session, of=made.pk)


# -- the rules, from the records ---------------------------------------------------------------------------------------


def _lapsed(_scene: Scene, dee: Person) -> None:
    dee.qualifications.update(valid_until=dt.date(2026, 11, 24))


def _other_skill(_scene: Scene, dee: Person) -> None:
    dee.qualifications.update(skill="demobilise")


def _stood_down(_scene: Scene, dee: Person) -> None:
    StandDown.objects.create(person=dee, since=cast.TODAY, until=None, said_at=AT)


def _exposed(scene: Scene, dee: Person) -> None:
    care_cast.exposure(scene.incident, dee)


def _excluded(scene: Scene, dee: Person) -> None:
    excludes(scene.ann, dee)


def _excludes_a_member(scene: Scene, dee: Person) -> None:
    excludes(dee, scene.ben)


def _excludes_the_coordinator(scene: Scene, dee: Person) -> None:
    excludes(dee, cast.person_of(scene.lead))


def _passed(scene: Scene, dee: Person) -> None:
    care_ask(scene, dee, answer="passed")


def _somebody_else(scene: Scene, dee: Person) -> None:
    earlier = care_cast.defusing(scene.incident, state="planned", defuser=dee)
    Attendee.objects.create(defusing=earlier, exposure=scene.exposures[0], answer="somebody-else", left_at=AT)


def _manager(scene: Scene, dee: Person) -> None:
    LineManagement.objects.create(person=scene.ann, manager=dee, since=dt.date(2020, 1, 1))
    Wish.objects.create(person=scene.ann, not_own_manager=True, said_at=AT)


def _on_leave(scene: Scene, dee: Person) -> None:
    DutyPeriod.objects.create(
        person=dee, force=scene.force, kind="leave", starts_at=hours(0), ends_at=hours(200), file_key=ids.new()
    )


def _leads_another(scene: Scene, dee: Person) -> None:
    for number in range(2, 8):
        care_cast.defusing(
            scene.incident, state="booked", defuser=dee, starts_at=hours(24 * number), ends_at=hours(24 * number + 24)
        )


def _full(scene: Scene, dee: Person) -> None:
    for number in range(1, 5):
        start = AT - dt.timedelta(days=number)
        other = care_cast.incident(scene.force)
        care_cast.defusing(
            other, state="held", second=dee, starts_at=start, ends_at=start + dt.timedelta(hours=1),
            defuser=scene.able(f"Other {number}", until=dt.date(2026, 11, 1)),
        )  # fmt: skip


def _moved_away(_scene: Scene, dee: Person) -> None:
    dee.postings.update(force=cast.force("beeshire"))


def care_ask(scene: Scene, person: Person, **facts: Any) -> Ask:
    told = {"asked_at": AT, "lapses_at": AT, "answered_at": AT, **facts}
    return Ask.objects.create(defusing=scene.session, person=person, **told)


BARS: list[Callable[[Scene, Person], None]] = [
    _lapsed, _other_skill, _stood_down, _exposed, _excluded, _excludes_a_member, _excludes_the_coordinator, _passed,
    _somebody_else, _manager, _on_leave, _leads_another, _full, _moved_away,
]  # fmt: skip


@pytest.mark.parametrize("bar", BARS, ids=lambda bar: bar.__name__)
def test_whoever_a_rule_stops_is_neither_proposed_nor_asked(scene: Scene, bar: Callable[[Scene, Person], None]) -> None:
    dee = scene.able("Dee")
    scene.able("Eve")
    with db.open_for("the cast"):
        bar(scene, dee)
    assert possible(scene) == ["Eve"]
    with pytest.raises(NoLongerPossible):
        ask(scene, dee)


@pytest.mark.parametrize("bar", [_excluded, _full, _lapsed], ids=lambda bar: bar.__name__)
def test_what_changed_after_the_page_was_opened_counts(scene: Scene, bar: Callable[[Scene, Person], None]) -> None:
    dee = scene.able("Dee")
    assert possible(scene) == ["Dee"]
    with db.open_for("the cast"):
        bar(scene, dee)
    with pytest.raises(NoLongerPossible):
        ask(scene, dee)


def test_nobody_is_asked_for_two_sessions_at_once(scene: Scene) -> None:
    dee = scene.able("Dee")
    other = care_cast.incident(scene.force)
    ann = care_cast.exposure(other, cast.person(scene.force, "Gus"))
    session = care_cast.defusing(other, ann, state="planned")
    ask(scene, dee)
    with pytest.raises(NoLongerPossible):
        actions.ask(by=scene.lead, at=AT, session=session, person=dee.pk, starts_at=START)


def test_an_ask_that_nobody_answered_in_time_stands_in_nobodys_way(scene: Scene) -> None:
    dee = scene.able("Dee")
    other = care_cast.incident(scene.force)
    session = care_cast.defusing(other, care_cast.exposure(other, cast.person(scene.force, "Gus")), state="asked")
    with db.open_for("the cast"):
        Ask.objects.create(defusing=session, person=dee, asked_at=AT, lapses_at=AT, starts_at=START)
    assert ask(scene, dee).person == dee


def test_people_of_an_exercise_lead_only_there(scene: Scene) -> None:
    dee = scene.able("Dee")
    with db.open_for("the cast"):
        drill = Drill.objects.create(force=scene.force, people=1, begun_at=AT)
        DrillPerson.objects.create(drill=drill, person=dee)
    assert possible(scene) == []
    scene.able("Eve")
    with db.open_for("the cast"):
        type(scene.incident).objects.filter(pk=scene.incident.pk).update(drill=drill)
    scene.session.refresh_from_db()
    scene.session.incident.refresh_from_db()
    assert possible(scene) == ["Dee"]


def test_wishes_and_profiles_decide_among_equals(scene: Scene) -> None:
    dee, eve = scene.able("Dee"), scene.able("Eve")
    with db.open_for("the cast"):
        Wish.objects.create(person=scene.ann, sex="woman", welsh=True, said_at=AT)
        DefuserProfile.objects.create(person=eve, sex="woman", welsh=True, said_at=AT)
    looked = queries.look(scene.session, scene.lead, AT)
    assert looked is not None
    assert [one.who.key for one in looked.possible] == [eve.pk, dee.pk]
    assert [one.met for one in looked.possible] == [2, 0]


def test_a_base_of_the_session_decides_who_travels(scene: Scene) -> None:
    near, far = scene.able("Dee"), scene.able("Eve")
    scene.team("Response", near, base="Central")
    scene.team("Roads", far, base="North")
    scene.team("Custody", scene.ann, scene.ben, base="Central")
    looked = queries.look(scene.session, scene.lead, AT)
    assert looked is not None
    assert [(one.who.key, one.order.travel) for one in looked.possible] == [(near.pk, False), (far.pk, True)]
    scene.session.remote = True
    looked = queries.look(scene.session, scene.lead, AT)
    assert looked is not None
    assert {one.order.travel for one in looked.possible} == {False}


def test_after_the_window_people_are_found_where_nobody_could_inside_it(scene: Scene) -> None:
    dee = scene.able("Dee")
    with db.open_for("the cast"):
        DutyPeriod.objects.create(
            person=dee, force=scene.force, kind="leave", starts_at=hours(0), ends_at=hours(100), file_key=ids.new()
        )
    looked = queries.look(scene.session, scene.lead, AT)
    assert looked is not None
    assert looked.found.candidates == []
    assert [one.who.key for one in looked.possible] == [dee.pk]
    assert min(one.slot.starts_at for one in looked.possible) >= hours(96)


def test_a_look_takes_as_many_statements_for_forty_people_as_for_one(
    scene: Scene, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        scene.able(f"Dee{number}")
    with django_assert_max_num_queries(14):
        queries.look(scene.session, scene.lead, AT)
