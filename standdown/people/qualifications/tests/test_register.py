from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from standdown.foundation import db
from standdown.people.models import Person, Posting, Qualification
from standdown.people.qualifications import register
from standdown.people.qualifications.cover import TeamCover, by_team
from standdown.people.qualifications.tests.qualified import ahead, away, member, qualify, rows, team
from tests import cast
from tests.cast import AT, TODAY

pytestmark = pytest.mark.django_db
LATER = AT + dt.timedelta(days=1)


def give(person: Person, *skills: str, **facts: Any) -> list[Qualification]:
    """Grant, as an action would inside its act."""
    facts = {
        "force_id": person.home_force_id, "valid_from": TODAY, "valid_until": ahead(730), "latest_until": ahead(1095),
        "source": "certificate", "source_id": "", "evidence": "", "at": AT, "by_id": None, **facts,
    }  # fmt: skip
    with db.open_for("the cast"):
        return register.grant(person=person, skills=skills or ("defuse",), **facts)


def revoke(source_id: str) -> int:
    with db.open_for("the cast"):
        return register.revoke(source_id=source_id, at=LATER)


@pytest.fixture
def person() -> Person:
    return cast.person(cast.force())


# -- granting -----------------------------------------------------------------------------------------------------


def test_a_course_gives_each_of_its_skills_once(person: Person) -> None:
    assert [one.skill for one in give(person, "demobilise", "defuse", "defuse")] == ["demobilise", "defuse"]
    assert rows(person) == [("demobilise", ahead(730), ""), ("defuse", ahead(730), "")]


def test_a_new_one_replaces_what_stands(person: Person) -> None:
    qualify(person, valid_until=ahead(10))
    qualify(person, "estim", valid_until=ahead(10))
    (made,) = give(person)
    assert (made.valid_until, made.ended_at) == (ahead(730), None)
    assert rows(person) == [("defuse", ahead(10), "replaced"), ("estim", ahead(10), ""), ("defuse", ahead(730), "")]


def test_new_training_never_takes_away(person: Person) -> None:
    longer = qualify(person, valid_until=ahead(900))
    assert give(person) == [longer]
    assert rows(person) == [("defuse", ahead(900), ""), ("defuse", ahead(730), "replaced")]


def test_what_stands_on_another_register_gives_way(person: Person) -> None:
    qualify(person, valid_until=ahead(900), force_id=cast.force("bshire").pk)
    (made,) = give(person)
    assert made.force_id == person.home_force_id
    assert rows(person) == [("defuse", ahead(900), "replaced"), ("defuse", ahead(730), "")]


def test_three_statements_however_many_skills(person: Person) -> None:
    qualify(person, valid_until=ahead(10))
    with CaptureQueriesContext(connection) as asked:
        give(person, "demobilise", "defuse", "estim")
    assert len(asked) == 3


# -- revoking -----------------------------------------------------------------------------------------------------


def test_revoking_ends_what_rests_on_it_extended_though_it_may_be(person: Person) -> None:
    give(person, "demobilise", "defuse", source_id="C1")
    row = Qualification.objects.get(skill="defuse")
    with db.open_for("the cast"):
        register.extend(row, ahead(1000), at=LATER, by_id=None)
    assert revoke("C1") == 2
    assert rows(person) == [
        ("demobilise", ahead(730), "revoked"), ("defuse", ahead(730), "extended"), ("defuse", ahead(1000), "revoked"),
    ]  # fmt: skip


def test_what_a_revoked_one_had_replaced_stands_again(person: Person) -> None:
    qualify(person, valid_until=ahead(300), source_id="C0")
    give(person, source_id="C1")
    assert revoke("C1") == 1
    (standing,) = Qualification.objects.standing()
    assert (standing.valid_until, standing.source_id, standing.granted_at) == (ahead(300), "C0", LATER)


def test_what_was_revoked_itself_or_is_over_does_not_stand_again(person: Person) -> None:
    give(person, source_id="C1")
    give(person, source_id="C2", valid_until=ahead(800))
    assert revoke("C1") == 0
    assert revoke("C2") == 1
    assert [reason for _skill, _until, reason in rows(person)] == ["revoked", "revoked"]
    other = cast.person(person.home_force)
    qualify(other, valid_until=ahead(1), source_id="C0")
    give(other, source_id="C3")
    assert revoke("C3") == 1
    assert not Qualification.objects.standing().exists()


def test_revoking_what_is_not_there_does_nothing() -> None:
    assert revoke("C9") == 0


# -- cover --------------------------------------------------------------------------------------------------------


def test_cover_counts_who_is_able_in_each_team() -> None:
    force = cast.force()
    response, desk = team(force, wanted=3), team(force, "Desk", base="")
    closed = team(force, "Old")
    for days in (20, 90, 91):
        qualify(member(response), valid_until=ahead(days))
    qualify(member(response), valid_until=ahead(0))  # lapsed
    qualify(member(response), "demobilise")
    gone = member(response)
    qualify(gone)
    away(gone, ahead(-1))
    qualify(member(closed))
    qualify(cast.person(force))  # in no team
    with db.open_for("the cast"):
        closed.closed_on = TODAY
        closed.save()
    assert by_team([force.pk], TODAY) == {
        response.pk: TeamCover(response.pk, "Response A", "North", 3, 3, 2),
        desk.pk: TeamCover(desk.pk, "Desk", "", 0, 0, 0),
    }
    assert list(by_team([force.pk], TODAY)) == [response.pk, desk.pk]
    assert [one.able for one in by_team([force.pk], ahead(90)).values()] == [1, 0]
    assert [one.short for one in by_team([force.pk], ahead(90)).values()] == [2, 0]


def test_who_moved_counts_nowhere_until_the_register_follows() -> None:
    old, new = cast.force(), cast.force("bshire")
    person = member(team(new))
    qualify(person, force_id=old.pk)
    assert [one.able for one in by_team([old.pk, new.pk], TODAY).values()] == [0]


def test_a_past_posting_is_not_counted() -> None:
    force = cast.force()
    first, second = team(force, "First"), team(force, "Second")
    person = member(second)
    qualify(person)
    with db.open_for("the cast"):
        Posting.objects.create(
            person=person, force=force, team=first, number="9", since=dt.date(2019, 1, 1), until=dt.date(2020, 1, 1)
        )
    assert [(one.team, one.able) for one in by_team([force.pk], TODAY).values()] == [("First", 0), ("Second", 1)]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_cover_takes_two_statements_however_many(number: int) -> None:
    force = cast.force()
    for index in range(number):
        qualify(member(team(force, f"Team {index}", wanted=1)))
    with CaptureQueriesContext(connection) as asked:
        found = by_team([force.pk], TODAY)
    assert (len(found), len(asked)) == (number, 2)
