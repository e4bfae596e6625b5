import csv
import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from standdown.foundation import clock, db
from standdown.people.models import Force, Person, Posting
from standdown.people.qualifications import demand
from standdown.people.qualifications.policy import Need
from standdown.people.qualifications.tests.qualified import away, qualify, team
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db
AT, TODAY = cast.AT, cast.TODAY


@pytest.fixture
def force() -> Force:
    return cast.force()


def ahead(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


def leaves(person: Person, days_ago: int, to: Force | None = None) -> Person:
    with db.open_for("the cast"):
        Posting.objects.filter(person=person).update(until=ahead(-days_ago))
        if to is not None:
            Posting.objects.create(person=person, force=to, number=f"X{person.pk.hex[:8]}", since=ahead(-days_ago))
    return person


def need_of(force: Force) -> Need:
    return demand.of_forces([force.pk], AT)[force.pk]


def test_who_can_defuse_what_ends_and_what_is_wanted(force: Force) -> None:
    team(force, "Early", wanted=3)
    team(force, "Late", wanted=4)
    team(cast.force("bshire"), wanted=50)
    for until in (700, 184, 183, 20):
        qualify(cast.person(force), valid_until=ahead(until))
    away(cast.person(force), ahead(-1))
    qualify(cast.person(force), "demobilise")
    need = need_of(force)
    assert (need.able, need.ending, need.left, need.wanted, need.short) == (4, 2, 0, 7, 5)


def test_who_left_within_twelve_months_and_could_defuse_is_counted(force: Force) -> None:
    bshire = cast.force("bshire")
    qualify(leaves(cast.person(force, "Retired"), 10), valid_from=ahead(-300))
    qualify(leaves(cast.person(force, "Moved"), 364, bshire), valid_from=ahead(-900), force_id=force.pk)
    assert (need_of(force).left, need_of(bshire).left) == (2, 0)


@pytest.mark.parametrize(
    ("days_ago", "facts"),
    [
        (365, {"valid_from": ahead(-900)}),  # over a year ago
        (10, {"valid_from": ahead(-300), "valid_until": ahead(-10)}),  # had lapsed by that day
        (10, {"valid_from": ahead(-5)}),  # was not trained yet
        (10, {"valid_from": ahead(-300), "skill": "demobilise"}),
        (10, {"valid_from": ahead(-300), "end_reason": "revoked", "ended_at": AT}),
        (-1, {"valid_from": ahead(-300)}),  # leaves tomorrow
    ],
)
def test_who_did_not_leave_as_somebody_able_to_defuse_is_not(
    force: Force, days_ago: int, facts: dict[str, Any]
) -> None:
    qualify(leaves(cast.person(force), days_ago), **facts)
    assert need_of(force).left == 0


def test_who_changed_teams_or_came_back_did_not_leave(force: Force) -> None:
    qualify(leaves(cast.person(force), 10, force), valid_from=ahead(-300))
    assert need_of(force).left == 0


def test_one_person_is_counted_once_however_often_it_was_renewed(force: Force) -> None:
    gone = leaves(cast.person(force), 10)
    qualify(gone, valid_from=ahead(-300), end_reason="extended", ended_at=AT)
    qualify(gone, valid_from=ahead(-300))
    assert need_of(force).left == 1


@pytest.mark.parametrize("number", [1, 4])
def test_statements_do_not_grow_with_the_forces(number: int) -> None:
    forces = [cast.force(f"force-{index}").pk for index in range(number)]
    with CaptureQueriesContext(connection) as asked:
        demand.of_forces(forces, AT)
    assert len(asked) == 7  # three of them asked by training


# -- the page -----------------------------------------------------------------------------------------------------


def client(role: Role, force: Force) -> Client:
    return cast.client_for(cast.holder(role, force))


def rows(client: Client) -> list[list[str]]:
    answer = client.get(reverse("qualifications:needed-file", args=["csv"]))
    assert answer.status_code == 200
    return list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))


def test_the_page_says_how_each_number_is_counted(force: Force) -> None:
    team(force, wanted=3)
    qualify(cast.person(force), valid_until=clock.london_day(clock.now()) + dt.timedelta(days=700))
    lead = client(Role.WELLBEING_LEAD, force)
    text = lead.get(reverse("qualifications:needed")).content.decode()
    for words in ("Able to defuse", "Left", "nobody is asked or guessed to be leaving", "Still short"):
        assert words in text
    assert reverse("qualifications:needed") in lead.get(reverse("qualifications:cover")).content.decode()
    assert rows(lead) == [
        ["Force", "What", "People"],
        ["Ashire", "Able to defuse today", "1"],
        ["Ashire", "Of these, ending within six months", "0"],
        ["Ashire", "Left in the last twelve months", "0"],
        ["Ashire", "Wanted by the teams", "3"],
        ["Ashire", "Would like to be trained", "0"],
        ["Ashire", "Places planned on coming dates", "0"],
        ["Ashire", "Still short in six months", "2"],
    ]
    assert lead.get(reverse("qualifications:needed-file", args=["xlsx"])).content.startswith(b"PK")
    assert lead.get(reverse("qualifications:needed-file", args=["exe"])).status_code == 404


def test_who_would_like_to_be_trained_is_for_those_who_decide(force: Force) -> None:
    seen = {role: [row[1] for row in rows(client(role, force))] for role in (Role.WELLBEING_DEPUTY, Role.ESTIP_LEAD)}
    assert ("Would like to be trained" in seen[Role.WELLBEING_DEPUTY]) is True
    assert ("Would like to be trained" in seen[Role.ESTIP_LEAD]) is False
    assert client(Role.TRAINER, force).get(reverse("qualifications:needed")).status_code == 404
