"""What is known of many people's duty, asked in a constant number of statements."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from standdown.care.duty import policy, queries
from standdown.care.duty.policy import Source, Span
from standdown.care.duty.slots import Rule, Zone
from standdown.care.duty.tests.scene import duties, force_with_teams, in_team, moment, period
from standdown.care.exposures import stages
from standdown.care.models import Exposure, Step
from standdown.foundation import db
from tests import care_cast, cast

pytestmark = pytest.mark.django_db
WINDOW = (moment(24, 0), moment(27, 0))


def test_the_file_speaks_first_then_the_pattern_of_the_team_then_nobody() -> None:
    of, team = force_with_teams()
    filed, by_pattern, unknown = (cast.person(of, name) for name in ("Ann", "Ben", "Cat"))
    in_team(filed, team)
    in_team(by_pattern, team)
    duties(filed, 24, 25, 26)
    found = queries.known([filed.pk, by_pattern.pk, unknown.pk], *WINDOW)
    assert [found[one.pk].source for one in (filed, by_pattern, unknown)] == [
        Source.FILE, Source.PATTERN, Source.UNKNOWN,
    ]  # fmt: skip
    assert policy.on_duty_at(found[filed.pk], moment(24, 9)) is True
    assert policy.on_duty_at(found[by_pattern.pk], moment(24, 16)) is False
    assert policy.on_duty_at(found[unknown.pk], moment(24, 9)) is None


def test_a_day_without_a_row_inside_a_file_is_a_rest_day_and_not_the_pattern() -> None:
    of, team = force_with_teams()
    who = in_team(cast.person(of), team)
    duties(who, 10, 30)
    found = queries.known([who.pk], *WINDOW)[who.pk]
    assert (found.source, found.on, found.known) == (Source.FILE, (), (Span(moment(23, 0), moment(28, 0)),))
    assert policy.rest_days(found) == (Span(moment(23, 0), moment(28, 0)),)


def test_between_two_files_the_pattern_speaks() -> None:
    of, team = force_with_teams()
    who = in_team(cast.person(of), team)
    duties(who, 23)
    duties(who, 27)
    found = queries.known([who.pk], *WINDOW)[who.pk]
    assert [one.starts for one in found.on] == [
        moment(23, 9), moment(24, 7), moment(25, 15), moment(26, 15), moment(27, 9),
    ]  # fmt: skip


def test_leave_and_court_are_certain_absences() -> None:
    who = cast.person(cast.force())
    key = duties(who, 24, 26)
    period(who, moment(25, 0), moment(26, 0), kind="leave", key=key)
    period(who, moment(26, 10), moment(26, 12), kind="court", key=key)
    found = queries.known([who.pk], *WINDOW)[who.pk]
    assert found.away == (Span(moment(25, 0), moment(26, 0)), Span(moment(26, 10), moment(26, 12)))
    assert policy.free(found)[1:] == (Span(moment(26, 9), moment(26, 10)), Span(moment(26, 12), moment(26, 17)))


def test_a_pattern_that_has_ended_says_nothing_about_later_days() -> None:
    of, team = force_with_teams()
    who = in_team(cast.person(of), team)
    with db.open_for("the cast"):
        team.shift_patterns.update(until=dt.date(2026, 11, 20))
    assert queries.known([who.pk], *WINDOW)[who.pk] == policy.UNKNOWN


def test_hundreds_of_people_take_four_statements(django_assert_num_queries: Any) -> None:
    of, team = force_with_teams()
    people = [in_team(cast.person(of, f"P{number}"), team) for number in range(30)]
    for who in people[::2]:
        duties(who, 24, 25)
    with django_assert_num_queries(4):
        found = queries.known([one.pk for one in people] + [uuid.UUID(int=1)], *WINDOW)
    assert len(found) == 31
    assert queries.known([], *WINDOW) == {}


# -- sittings ---------------------------------------------------------------------------------------------------------


def test_the_sittings_of_an_incident_fit_the_duties_of_its_people_and_a_defuser() -> None:
    of = cast.force()
    incident = care_cast.incident(of)  # T0 is Monday 23, 08:00
    ann, dee = cast.person(of, "Ann"), cast.person(of, "Dee")
    duties(ann, 23, 24, 25, 26, 27)
    duties(dee, 25, 26, hour=12)
    found = queries.sittings(incident, [ann.pk], [dee.pk], cast.AT)
    first = found.slots[0]
    assert (first.starts, first.zone, first.on_duty, first.defusers) == (moment(26, 12), Zone.HEART, 1, 1)
    nobody = queries.sittings(incident, [ann.pk], [], cast.AT)
    assert (list(nobody.slots), nobody.helps_most) == ([], Rule.NO_DEFUSER)
    assert queries.sittings(incident, [ann.pk], None, cast.AT).slots[0].defusers == 0


def test_after_the_window_there_are_no_sittings() -> None:
    of = cast.force()
    incident = care_cast.incident(of)
    late = incident.ended_at + dt.timedelta(hours=168)
    assert queries.sittings(incident, [cast.person(of).pk], None, late).slots == ()


# -- the end of duty --------------------------------------------------------------------------------------------------


def exposed(*people: Any, **facts: Any) -> list[Exposure]:
    """These people come onto the list of an incident now."""
    of = people[0].home_force
    incident = care_cast.incident(of, ended_at=moment(23, 9, 30))
    role = care_cast.role(of=incident.programme)
    rows = [
        Exposure(incident=incident, person=who, force=of, role=role, closeness=role.closeness, added_at=cast.AT,
                 added_as="supervisor", changed_at=cast.AT, **facts)
        for who in people
    ]  # fmt: skip
    with db.open_for("the test"):
        stages.begin(rows, cast.actor(people[0]), cast.AT)
    return rows


def test_who_comes_onto_a_list_without_an_end_of_duty_gets_it_and_the_talk_is_due_by_then() -> None:
    of, team = force_with_teams()
    ann, ben, cat = (cast.person(of, name) for name in ("Ann", "Ben", "Cat"))
    in_team(ann, team)
    duties(ben, 23, hour=8, hours=10)
    exposed(ann, ben, cat)
    ends = {one.person_id: one.duty_end_at for one in Exposure.objects.all()}
    due = dict(Step.objects.filter(kind="demobilise").values_list("exposure__person", "due_at"))
    assert ends == {ann.pk: moment(23, 16), ben.pk: moment(23, 18), cat.pk: None}
    assert due == {ann.pk: moment(23, 16), ben.pk: moment(23, 18), cat.pk: moment(23, 13, 30)}


def test_an_end_of_duty_that_somebody_said_is_left_alone() -> None:
    ann = cast.person(cast.force(), "Ann")
    duties(ann, 23)
    exposed(ann, duty_end_at=moment(23, 20))
    assert Exposure.objects.get().duty_end_at == moment(23, 20)
    assert Step.objects.get(kind="demobilise").due_at == moment(23, 20)
