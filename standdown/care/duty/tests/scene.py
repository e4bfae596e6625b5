"""Duty made quickly for the tests of care: periods of a file, and the pattern of a team."""

from __future__ import annotations

import datetime as dt
import uuid

from standdown.care.models import DutyPeriod, PatternShift, ShiftPattern
from standdown.foundation import db, ids
from standdown.people.models import Force, Person, Posting, Team
from tests import cast

MONDAY = dt.date(2026, 11, 23)
RHYTHM = ((0, 7), (1, 7), (2, 15), (3, 15), (4, 22), (5, 22))  # two early, two late, two nights; then four days off


def moment(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """A moment of November 2026."""
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=dt.UTC)


def period(who: Person, starts: dt.datetime, ends: dt.datetime, *, kind: str = "duty", key: uuid.UUID) -> DutyPeriod:
    """A period of a file."""
    assert who.home_force is not None
    with db.open_for("the cast"):
        return DutyPeriod.objects.create(
            person=who, force=who.home_force, kind=kind, starts_at=starts, ends_at=ends, file_key=key
        )


def duties(who: Person, *days: int, hour: int = 9, hours: int = 8) -> uuid.UUID:
    """Duties of a file on those days of November; the key of the file."""
    key = ids.new()
    for day in days:
        period(who, moment(day, hour), moment(day, hour) + dt.timedelta(hours=hours), key=key)
    return key


def team(of: Force, name: str = "Response A") -> Team:
    """A team of that force."""
    with db.open_for("the cast"):
        return Team.objects.create(force=of, name=name)


def in_team(who: Person, of: Team) -> Person:
    """The person, serving in that team."""
    with db.open_for("the cast"):
        Posting.objects.filter(person=who, until=None).update(team=of)
    return who


def pattern(of: Team, *, anchor: dt.date = MONDAY, since: dt.date = dt.date(2026, 1, 5)) -> ShiftPattern:
    """The rhythm of a response team."""
    with db.open_for("the cast"):
        made = ShiftPattern.objects.create(team=of, anchor=anchor, days=10, since=since)
        for day, hour in RHYTHM:
            PatternShift.objects.create(pattern=made, day=day, starts=dt.time(hour), minutes=540)
    return made


def force_with_teams() -> tuple[Force, Team]:
    """A force with one team that has a rhythm."""
    of = cast.force()
    one = team(of)
    pattern(one)
    return of, one
