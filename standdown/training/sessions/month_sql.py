"""The month page's reads in plain SQL, because it is the page that everybody opens and the bench showed the need.

`queries.month` gives the same answers through the ORM; a test holds the two together. Rows as they come from the
database are turned into lines once and remembered: a line is nothing but its facts.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from standdown.foundation import db
from standdown.foundation.clock import london_day, month_bounds
from standdown.training.sessions.lines import ForceName, SessionLine

Row = tuple[Any, ...]
Rows = tuple[Row, ...]

# Moments come as text: turning sixty times four of them into objects costs more than reading the rest of the rows.
_FROM = """
  FROM training_session s
  JOIN training_course c ON c.id = s.course_id"""
_WHERE = """
 WHERE c.slug = %s AND s.starts_at >= %s AND s.starts_at < %s AND s.status <> 'draft'"""
# A date that was moved or cancelled comes once for each such change, with it at the end of the row.
_FACTS = f"""
SELECT s.id, s.reference, c.slug, v.title, v.title_cy, v.minutes, CAST(s.starts_at AS text),
       CAST(s.ends_at AS text), s.status, s.delivery, s.platform, s.place, s.language,
       CAST(s.nominations_close_at AS text), s.calendar_sequence, CAST(s.changed_at AS text), o.name,
       CAST(h.at AS text), h.kind, h.reason, CAST(h.previous_starts_at AS text){_FROM}
  JOIN training_courseversion v ON v.id = s.version_id
  LEFT JOIN people_force o ON o.id = s.owner_force_id
  LEFT JOIN training_sessionchange h ON h.session_id = s.id AND h.kind IN ('moved', 'cancelled'){_WHERE}"""
_CHANGE = 4  # columns of a change
_STARTS_AT = 6
_LINKS = f"""
SELECT s.id, n.force_id{_FROM}
  JOIN training_sessionforce n ON n.session_id = s.id{_WHERE}"""
# All of them: reading sixty rows once is cheaper than looking two of them up for each date.
_FORCES = """
SELECT f.id, f.slug, f.name, f.short_name, f.welsh_name, CAST(f.home_office AS integer)
  FROM people_force f
 WHERE f.dates_public"""

_SHOWN = """
  FROM training_session s
  JOIN training_course c ON c.id = s.course_id
 WHERE c.slug = %s AND s.status <> 'draft' AND EXISTS (
       SELECT 1 FROM training_sessionforce n JOIN people_force f ON f.id = n.force_id
        WHERE n.session_id = s.id AND f.dates_public)"""
_NEIGHBOURS = f"""
SELECT * FROM (SELECT s.starts_at{_SHOWN} AND s.starts_at < %s ORDER BY s.starts_at DESC LIMIT 1) earlier
UNION ALL
SELECT * FROM (SELECT s.starts_at{_SHOWN} AND s.starts_at >= %s ORDER BY s.starts_at LIMIT 1) later"""  # noqa: S608 -- put together from the texts above


@dataclass(frozen=True, slots=True, eq=False)
class Dates:
    """Dates in order. While nothing about them changes it is the same object, so what is made of them can be kept."""

    lines: tuple[SessionLine, ...]


def month(course_slug: str, year: int, month: int) -> Dates:
    """The dates of a course that begin in that month in London. Three statements.

    Raises ValueError when there is no such month.
    """
    bounds = (course_slug, *month_bounds(year, month))
    facts, links = (tuple(db.read_plain(statement, *bounds)) for statement in (_FACTS, _LINKS))
    return _dates(facts, links, tuple(db.read_plain(_FORCES)))


@lru_cache(maxsize=64)
def _dates(facts: Rows, links: Rows, forces: Rows) -> Dates:
    by_key = {key: tuple(force) for key, *force in forces}
    named: dict[Any, list[Row]] = {}
    for session, force in links:
        if force in by_key:
            named.setdefault(session, []).append(by_key[force])
    changes: dict[Row, list[Row]] = {}
    for row in facts:
        found = changes.setdefault(row[:-_CHANGE], [])
        if row[-_CHANGE] is not None:
            found.append(row[-_CHANGE:])
    shown = sorted((row for row in changes if row[0] in named), key=lambda row: (row[_STARTS_AT], row[0]))
    return Dates(tuple(_line(row, tuple(named[row[0]]), tuple(changes[row])) for row in shown))


def neighbours(course_slug: str, year: int, month: int) -> tuple[dt.date | None, dt.date | None]:
    """The first days of the nearest months before and after that have dates. One statement, by index.

    None where there is no such month. Raises ValueError when the month itself does not exist.
    """
    first, until = month_bounds(year, month)
    earlier = later = None
    for (moment,) in db.read_plain(_NEIGHBOURS, course_slug, first, course_slug, until):
        found = db.plain_moment(moment)
        if found < first:
            earlier = london_day(found).replace(day=1)
        else:
            later = london_day(found).replace(day=1)
    return earlier, later


@lru_cache(maxsize=2048)
def _line(facts: Row, forces: Rows, changes: Rows) -> SessionLine:
    key, reference, slug, title, title_cy, minutes, starts_at, ends_at, status, *rest = facts
    delivery, platform, place, language, closes_at, sequence, changed_at, owner = rest
    in_turn = sorted(changes, key=lambda change: db.plain_moment(change[0]))
    stood = [db.plain_moment(before) for _at, kind, _reason, before in in_turn if kind == "moved"]
    previous = stood[-1] if stood else None
    cancelled = [reason for _at, kind, reason, _before in in_turn if kind == "cancelled"]
    return SessionLine(
        id=db.plain_key(key),
        reference=reference,
        course_slug=slug,
        title_en=title,
        title_cy=title_cy,
        minutes=minutes,
        starts_at=(begins := db.plain_moment(starts_at)),
        ends_at=db.plain_moment(ends_at),
        status=status,
        delivery=delivery,
        platform=platform,
        place=place,
        language=language,
        nominations_close_at=db.plain_moment(closes_at),
        sequence=sequence,
        changed_at=db.plain_moment(changed_at),
        owner=owner,
        forces=tuple(sorted(map(_force, forces), key=lambda force: force.short_name)),
        previous_starts_at=None if previous == begins else previous,  # the same where only the place was moved
        reason=cancelled[-1] if cancelled else "",
    )


@lru_cache(maxsize=512)
def _force(row: Row) -> ForceName:
    slug, name, short_name, welsh_name, home_office = row
    return ForceName(slug, name, short_name, welsh_name, bool(home_office))
