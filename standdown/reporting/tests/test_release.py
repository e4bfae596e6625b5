"""What was told is told for good, and nothing told later gives a small number away that was hidden before."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from django.db import DatabaseError, transaction

from standdown.audit.act import Clash
from standdown.audit.models import Entry
from standdown.foundation import db
from standdown.foundation.access import Can, NotAllowed
from standdown.people.models import Force
from standdown.people.roles.policy import Role
from standdown.reporting import actions, jobs, policy
from standdown.reporting.models import Release, SettledMonth
from standdown.reporting.suppression import Mark, Told, attack_on, plain_rule, publish
from standdown.reporting.tests import worlds
from tests import care_cast, cast

APRIL, MAY, JUNE = dt.date(2026, 4, 1), dt.date(2026, 5, 1), dt.date(2026, 6, 1)
FEW, WITHHELD = Mark.FEW, Mark.WITHHELD


def exposed(force: Force, number: int, month: dt.date) -> None:
    ended = dt.datetime(month.year, month.month, 15, 12, tzinfo=dt.UTC)
    incident = care_cast.incident(force, ended_at=ended)
    for _ in range(number):
        care_cast.exposure(incident, cast.person(force), confirmed_at=cast.AT)


def released(force: Force, last: dt.date) -> Release:
    return actions.release(by=jobs.BY, at=cast.AT, force=force, last=last)


@pytest.mark.django_db
def test_a_table_tells_rounded_numbers_and_no_small_one() -> None:
    force = cast.force()
    exposed(force, 13, APRIL)
    told = released(force, APRIL).table
    assert told["2026-04|exposed"] == 15
    assert told["2026-04|defuse|offered"] is FEW
    assert SettledMonth.objects.get().numbers == {f"{step}|rest": 13 for step in policy.STEPS}
    assert Entry.objects.get(kind="reporting.release").can == Can.SEE_FIGURES


@pytest.mark.django_db
def test_a_settled_month_stands_whatever_is_added_later() -> None:
    force = cast.force()
    exposed(force, 13, APRIL)
    first = released(force, APRIL)
    exposed(force, 9, APRIL)
    second = released(force, MAY)
    assert second.table["2026-04|exposed"] == 15
    assert {key: second.told[key] for key in first.told} == first.told


@pytest.mark.django_db
def test_a_total_with_a_month_more_does_not_give_that_month_away() -> None:
    """Told both, 30 so far and 35 with the month after would leave 1 to 9 for that month."""
    force = cast.force()
    for number, month in ((14, APRIL), (16, MAY), (5, JUNE)):
        exposed(force, number, month)
    assert released(force, MAY).table["2026-04..2026-05|exposed"] == 30
    assert released(force, JUNE).table["2026-04..2026-06|exposed"] is WITHHELD


@pytest.mark.django_db
def test_a_table_that_comes_out_late_stands_beside_those_of_later_months() -> None:
    force = cast.force()
    for number, month in ((5, APRIL), (14, MAY)):
        exposed(force, number, month)
    later = released(force, MAY)
    assert released(force, APRIL).told == {key: later.told[key] for key in policy.listed(APRIL)}
    assert SettledMonth.objects.count() == 2


@pytest.mark.django_db
def test_the_same_question_has_one_answer() -> None:
    force = cast.force()
    made = released(force, APRIL)
    with pytest.raises(Clash):
        released(force, APRIL)
    assert (made.hash, Release.objects.get().pk) == (made.table.hash, made.pk)


@pytest.mark.django_db
def test_nobody_who_may_not_see_figures_has_them_released() -> None:
    force = cast.force()
    supervisor = cast.holder(Role.SUPERVISOR, force)
    with pytest.raises(NotAllowed):
        actions.release(by=supervisor, at=cast.AT, force=force, last=APRIL)


@pytest.mark.django_db
def test_nothing_told_is_changed_or_taken_back() -> None:
    made = released(cast.force(), APRIL)
    for rows in (Release.objects.filter(pk=made.pk), SettledMonth.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic(), db.open_for("the test"):
            rows.update(force=made.force)
        with pytest.raises(DatabaseError), transaction.atomic(), db.open_for("the test"):
            rows.delete()


@pytest.mark.django_db
def test_the_worker_releases_one_table_a_minute_until_all_are_out() -> None:
    forces = [cast.force(), cast.force("bshire")]
    at = dt.datetime(2026, 6, 5, tzinfo=dt.UTC)  # April has settled; the year before has its own table
    for force in forces:
        actions.release(by=jobs.BY, at=at, force=force, last=dt.date(2026, 3, 1))
    assert [jobs.release_next(at) for _ in range(3)] == [True, True, False]
    assert set(Release.objects.filter(last=APRIL).values_list("force_id", flat=True)) == {one.pk for one in forces}


def test_no_order_of_releases_narrows_a_small_number() -> None:
    lots = random.Random(27)
    months = {month: worlds.month(lots, 24) for month in (APRIL, MAY, JUNE)}
    told: dict[str, Told] = {}
    for number, last in enumerate((APRIL, MAY, JUNE), start=1):
        so_far = {month: months[month] for month in list(months)[:number]}
        counts = policy.counts(so_far, list(so_far))
        told |= publish(counts, policy.listed(last), earlier=told).cells
    small = [key for key, number in counts.numbers.items() if number < 10]
    assert attack_on(counts, told).narrowed(small) == []
    everything = [key for last in months for key in policy.listed(last)]
    assert attack_on(counts, plain_rule(counts, everything)).narrowed(small) != []
