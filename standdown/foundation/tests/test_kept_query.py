"""A question that is put together once answers as the mapper itself does, for whatever values."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from standdown.foundation import db
from standdown.foundation.kept_query import KeptQuery, Keys, NotKept
from standdown.people.accounts.models import serving_on
from standdown.people.models import Account, Force, Person, Posting
from tests import cast

pytestmark = pytest.mark.django_db


def serving(person: uuid.UUID, day: dt.date, number: str) -> QuerySet[Any]:
    postings = Posting.objects.filter(serving_on(day), person=OuterRef("pk"), number=number)
    return Person.objects.select_related("home_force").filter(pk=person).annotate(serves=Exists(postings))


KEPT = KeptQuery(serving, person=uuid.UUID, day=dt.date, number=str)


def test_it_answers_as_the_mapper_does(django_assert_num_queries: Callable[[int], Any]) -> None:
    force = cast.force()
    people = [cast.person(force, name) for name in ("Ann", "Ben")]
    numbers = {one.person_id: one.number for one in Posting.objects.all()}
    for person in people:
        for day in (dt.date(2019, 12, 31), dt.date(2026, 11, 23)):
            with django_assert_num_queries(1):
                (found,) = KEPT.rows(person=person.pk, day=day, number=numbers[person.pk])
                facts = (found.pk, found.full_name, found.home_force.name, found.serves)
            assert facts == (person.pk, person.full_name, force.name, day.year == 2026)
    assert KEPT.rows(person=uuid.uuid4(), day=dt.date(2026, 11, 23), number="") == []
    (stranger,) = KEPT.rows(person=people[0].pk, day=dt.date(2026, 11, 23), number=numbers[people[1].pk])
    assert not stranger.serves


def test_a_list_of_values_is_answered_too() -> None:
    force = cast.force()
    person = cast.person(force)
    kept = KeptQuery(lambda force: Person.objects.filter(home_force=force).values_list("pk"), force=uuid.UUID)
    assert kept.rows(force=force.pk) == [(person.pk,)]


@pytest.mark.parametrize(
    "build",
    [
        lambda day: Posting.objects.filter(since__lte=day + dt.timedelta(days=1), until=day),  # follows from it
        lambda day: Posting.objects.filter(since__year=day.year, until=day),
        lambda day: Posting.objects.filter(until__isnull=True),
    ],
)
def test_what_does_not_stand_by_itself_is_refused(build: Callable[..., QuerySet[Any]]) -> None:
    with pytest.raises(NotKept):
        KeptQuery(build, day=dt.date).rows(day=dt.date(2026, 11, 23))


def test_only_the_values_that_were_named_are_taken() -> None:
    with pytest.raises(NotKept):
        KEPT.rows(person=uuid.uuid4())
    with pytest.raises(NotKept):
        KeptQuery(lambda number: Posting.objects.filter(pk=number), number=int).rows(number=1)


def test_a_moment_may_change() -> None:
    account = cast.account(cast.person(cast.force()))
    kept: KeptQuery[Any] = KeptQuery(
        lambda key, at: Account.objects.filter(pk=key, created_at__lte=at), key=uuid.UUID, at=dt.datetime
    )
    second = dt.timedelta(seconds=1)
    assert kept.rows(key=account.pk, at=account.created_at - second) == []
    assert kept.rows(key=account.pk, at=account.created_at + second) == [account]


def test_any_number_of_keys_is_asked_about_in_one_statement(django_assert_num_queries: Callable[[int], Any]) -> None:
    force = cast.force()
    people = [cast.person(force, name) for name in ("Ann", "Ben", "Cat")]
    kept: KeptQuery[Any] = KeptQuery(
        lambda people, day, others: Posting.objects.filter(serving_on(day), person__in=people)
        .exclude(person__in=others)
        .order_by("person")
        .values_list("person_id", flat=True),
        people=Keys, day=dt.date, others=Keys,
    )  # fmt: skip
    ann, ben, cat = (one.pk for one in people)
    day = dt.date(2026, 11, 23)
    for asked, others, found in (
        ([ann, ben, cat], [], [ann, ben, cat]), ((ann, cat), {cat}, [ann]), ([ben], [ann, cat], [ben]), ([], [], []),
    ):  # fmt: skip
        with django_assert_num_queries(1):
            assert kept.rows(people=asked, day=day, others=others) == found
    assert kept.rows(people=[ann], day=dt.date(2019, 12, 31), others=[]) == []


def test_many_rows_come_back_as_the_mapper_gives_them() -> None:
    force = cast.force()
    people = [cast.account(cast.person(force, name)) for name in ("Ann", "Ben")]
    facts = ("pk", "created_at", "person__home_force_id", "person__message_preference__chosen_at", "email")
    kept: KeptQuery[Any] = KeptQuery(
        lambda accounts: Account.objects.filter(pk__in=accounts).order_by("pk").values_list(*facts), accounts=Keys
    )
    keys = [one.pk for one in people]
    assert kept.rows(accounts=keys) == list(Account.objects.filter(pk__in=keys).order_by("pk").values_list(*facts))


@pytest.mark.postgres
@pytest.mark.usefixtures("for_real")
def test_a_lock_is_asked_for_only_where_it_lasts() -> None:
    force = cast.force()
    kept = KeptQuery(lambda key: db.lock(Force.objects.filter(pk=key)), key=uuid.UUID)
    with transaction.atomic():
        assert kept.rows(key=force.pk) == [force]
    with pytest.raises(transaction.TransactionManagementError):
        kept.rows(key=force.pk)
