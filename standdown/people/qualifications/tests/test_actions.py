from __future__ import annotations

import datetime as dt

import pytest

from standdown.foundation import ids
from standdown.foundation.access import Actor, NotAllowed
from standdown.notifications.models import OutboxMessage
from standdown.people.accounts import actions as accounts
from standdown.people.models import Currency, Establishment, Force, Person, Qualification, RegisterMove, StandDown
from standdown.people.qualifications import actions, queries
from standdown.people.qualifications import refusals as no
from standdown.people.qualifications.cover import by_team
from standdown.people.qualifications.tests.qualified import ahead, away, qualify, rows, team
from standdown.people.roles.policy import Role
from tests import cast
from tests.cast import AT, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def force() -> Force:
    return cast.force()


@pytest.fixture
def lead(force: Force) -> Actor:
    return cast.holder(Role.WELLBEING_LEAD, force, "Lea")


@pytest.fixture
def person(force: Force) -> Person:
    return cast.person(force, "Dee")


def told(purpose: str) -> list[str]:
    return [one.recipient.given_name for one in OutboxMessage.objects.filter(purpose=purpose)]


# -- keeping current ----------------------------------------------------------------------------------------------


def lead_session(by: Actor, person: Person, day: dt.date) -> list[Qualification]:
    return actions.record_currency(by=by, at=AT, person=person, kind="delivery", on=day)


def test_two_sessions_led_begin_the_next_row(lead: Actor, person: Person) -> None:
    qualify(person, valid_until=ahead(100), source_id="C1")
    qualify(person, "train", valid_until=ahead(100))
    assert lead_session(lead, person, ahead(-20)) == []
    (made,) = lead_session(lead, person, ahead(-10))
    assert (made.skill, made.source, made.source_id, made.granted_by_id) == ("defuse", "extended", "C1", lead.person_id)
    assert rows(person)[0] == ("defuse", ahead(100), "extended")
    assert made.valid_until == dt.date(2028, 3, 3)


def test_further_training_counts_by_its_minutes_and_a_session_has_none(lead: Actor, person: Person) -> None:
    qualify(person, valid_until=ahead(100))
    with_minutes = {"by": lead, "at": AT, "person": person, "minutes": 180}
    assert actions.record_currency(**with_minutes, kind="delivery", on=TODAY) == []  # type: ignore[arg-type]
    assert len(actions.record_currency(**with_minutes, kind="cpd", on=TODAY)) == 1  # type: ignore[arg-type]
    assert list(Currency.objects.values_list("kind", "minutes").order_by("minutes")) == [("delivery", 0), ("cpd", 180)]


def test_what_cannot_be_recorded(lead: Actor, person: Person) -> None:
    with pytest.raises(no.NothingToKeep):
        lead_session(lead, person, TODAY)
    qualify(person)
    with pytest.raises(no.WrongDay, match="lies ahead"):
        lead_session(lead, person, ahead(1))
    lead_session(lead, person, TODAY)
    with pytest.raises(no.RecordedAlready):
        lead_session(lead, person, TODAY)
    assert Currency.objects.count() == 1


def test_only_the_leads_of_the_persons_force_record(person: Person) -> None:
    qualify(person)
    for role, of in ((Role.ESTIP_COORDINATOR, person.home_force), (Role.WELLBEING_LEAD, cast.force("bshire"))):
        with pytest.raises(NotAllowed):
            lead_session(cast.holder(role, of), person, TODAY)


# -- standing down ------------------------------------------------------------------------------------------------


def stand_down(who: Actor, since: int = 0, until: int | None = None) -> StandDown:
    back = None if until is None else ahead(until)
    assert who.person_id is not None
    return actions.stand_down(by=who, at=AT, person_id=who.person_id, since=ahead(since), until=back)


def come_back(who: Actor) -> None:
    assert who.person_id is not None
    actions.come_back(by=who, at=AT, person_id=who.person_id)


def spans() -> list[tuple[dt.date, dt.date | None]]:
    return list(StandDown.objects.order_by("said_at", "id").values_list("since", "until"))


def test_standing_down_and_coming_back_at_once(person: Person) -> None:
    qualify(person)
    who = cast.actor(person)
    stand_down(who)
    assert not Qualification.objects.able_on(TODAY).exists()
    come_back(who)
    assert Qualification.objects.able_on(TODAY).exists()
    assert spans() == [(TODAY, TODAY)]
    assert (told("StoodDown"), told("CameBack")) == (["Dee"], ["Dee"])


def test_the_latest_word_holds(person: Person) -> None:
    who = cast.actor(person)
    away(person, ahead(-50), ahead(-40))
    away(person, ahead(-5), ahead(10))
    stand_down(who, 3, 20)
    stand_down(who, 5)
    assert spans() == [
        (ahead(-50), ahead(-40)), (ahead(-5), ahead(3)), (ahead(3), ahead(5)), (ahead(5), None),
    ]  # fmt: skip
    stand_down(who, 1, 2)
    assert spans()[-2:] == [(ahead(5), ahead(5)), (ahead(1), ahead(2))]


def test_days_that_do_not_fit(person: Person) -> None:
    who = cast.actor(person)
    with pytest.raises(no.WrongDay, match="is over"):
        stand_down(who, -1)
    with pytest.raises(no.WrongDay, match="must come after"):
        stand_down(who, 2, 2)
    with pytest.raises(no.NotStoodDown):
        come_back(who)


def test_nobody_stands_down_for_another(lead: Actor, person: Person) -> None:
    with pytest.raises(NotAllowed):
        actions.stand_down(by=lead, at=AT, person_id=person.pk, since=TODAY, until=None)
    away(person, TODAY)
    with pytest.raises(NotAllowed):
        actions.come_back(by=lead, at=AT, person_id=person.pk)


def test_who_has_no_address_stands_down_all_the_same(force: Force) -> None:
    person = cast.person(force, work_email="")
    who = cast.actor(person)
    stand_down(who)
    assert queries.away_from(person.pk, TODAY) is not None
    assert told("StoodDown") == []


# -- moving to another force --------------------------------------------------------------------------------------


@pytest.fixture
def keeper() -> Actor:
    return cast.holder(Role.SYSTEM_ADMINISTRATOR, None, "Keir")


def post(by: Actor, person: Person, to: Force, days_ago: int = 0) -> None:
    accounts.post_person(
        by=by, at=AT, person=Person.objects.get(pk=person.pk), force=to, team=None, number=f"N{days_ago}",
        since=ahead(-days_ago),
    )  # fmt: skip


def decide(person: Person, move: RegisterMove, *, approved: bool) -> RegisterMove:
    person.refresh_from_db()
    return actions.decide_move(by=cast.actor(person), at=AT, move=move, approved=approved)


def test_who_moves_is_asked_and_takes_them_along(keeper: Actor, person: Person) -> None:
    old, new = person.home_force, cast.force("bshire")
    qualify(person, source_id="C1")
    post(keeper, person, new)
    (move,) = RegisterMove.objects.all()
    assert (move.from_force, move.to_force, told("MoveAsked")) == (old, new, ["Dee"])
    assert decide(person, move, approved=True).approved
    assert [one.end_reason for one in Qualification.objects.filter(force=old)] == ["moved"]
    (made,) = Qualification.objects.standing()
    assert (made.force, made.source, made.source_id, made.valid_until) == (new, "certificate", "C1", ahead(700))
    with pytest.raises(no.MoveDecided):
        decide(person, move, approved=False)


def test_who_says_no_may_say_yes_later(keeper: Actor, person: Person) -> None:
    qualify(person)
    post(keeper, person, cast.force("bshire"))
    move = RegisterMove.objects.get()
    decide(person, move, approved=False)
    assert rows(person) == [("defuse", ahead(700), "")]
    with pytest.raises(no.MoveDecided):
        decide(person, move, approved=False)
    assert queries.own_move(cast.actor(person)) == move
    decide(person, move, approved=True)
    assert [reason for _skill, _until, reason in rows(person)] == ["moved", ""]
    assert queries.own_move(cast.actor(person)) is None


def test_moving_on_asks_anew_and_moving_back_asks_nothing(keeper: Actor, person: Person) -> None:
    home = person.home_force
    assert home is not None
    qualify(person)
    post(keeper, person, cast.force("bshire"), 5)
    post(keeper, person, cast.force("cshire"), 3)
    first, second = RegisterMove.objects.order_by("id")
    assert (first.approved, second.approved) == (False, None)
    with pytest.raises(no.MoveDecided):
        decide(person, first, approved=True)
    post(keeper, person, home, 1)
    second.refresh_from_db()
    assert (second.approved, RegisterMove.objects.count()) == (False, 2)


def test_who_has_no_qualification_or_leaves_is_asked_nothing(keeper: Actor, person: Person, force: Force) -> None:
    post(keeper, person, cast.force("bshire"))
    leaver = cast.person(force, "Len")
    qualify(leaver)
    accounts.end_posting(by=keeper, at=AT, person=leaver, until=TODAY)
    assert not RegisterMove.objects.exists()


def test_nobody_decides_for_another(keeper: Actor, person: Person, lead: Actor) -> None:
    qualify(person)
    post(keeper, person, cast.force("bshire"))
    with pytest.raises(NotAllowed):
        actions.decide_move(by=lead, at=AT, move=RegisterMove.objects.get(), approved=True)


# -- what is wanted -----------------------------------------------------------------------------------------------


def test_setting_what_the_teams_of_a_base_need(lead: Actor, force: Force) -> None:
    early, late, desk = team(force, "Early", wanted=2), team(force, "Late"), team(force, "Desk", base="")
    assert early.base is not None
    actions.set_establishment(by=lead, at=AT, place=early.base, wanted={early.pk: 3, late.pk: 0})
    actions.set_establishment(by=lead, at=AT, place=force, wanted={desk.pk: 1})
    assert [(one.team, one.wanted) for one in by_team([force.pk], TODAY).values()] == [
        ("Early", 3), ("Late", 0), ("Desk", 1),
    ]  # fmt: skip
    assert Establishment.objects.count() == 2
    assert Establishment.objects.get(team=early).set_by_id == lead.person_id


def test_a_team_of_another_base_or_force_is_refused(lead: Actor, force: Force) -> None:
    here, elsewhere = team(force, "Here"), team(force, "There", "South")
    assert here.base is not None
    with pytest.raises(no.TeamElsewhere):
        actions.set_establishment(by=lead, at=AT, place=here.base, wanted={elsewhere.pk: 3})
    with pytest.raises(NotAllowed):
        actions.set_establishment(by=lead, at=AT, place=cast.force("bshire"), wanted={ids.new(): 3})
