"""A Microsoft Teams attendance file, read: who was in the meeting from when until when (R38). Stores nothing.

Three layouts are known: the sections "1. Summary", "2. Participants" (and, where it is there, "3. In-Meeting
Activities", which is exact about every join); one table of joins and leaves; and the older list of "Joined" and "Left".
They come with tabs in UTF-16, or with commas in UTF-8; dates in British or American order or as ISO.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from standdown.design.times import long_date
from standdown.foundation.clock import LONDON, UTC, london_day
from standdown.training.attendance import policy, teams_text
from standdown.training.attendance.policy import Stay
from standdown.training.attendance.teams_text import FileRefused, Line

MOST_PEOPLE = 1_000
AROUND = dt.timedelta(hours=1)  # a join up to this long before the start, or after the end, still belongs to the date
_MOMENT = re.compile(
    r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})[,T ]\s*(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([ap])?\.?m?\.?",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"(?:(\d+)\s*d)?\s*(?:(\d+)\s*h)?\s*(?:(\d+)\s*m)?\s*(?:(\d+)\s*s)?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d+):(\d{2})(?::(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in the file: as they called themselves, and when they were in the meeting.

    `away`: minutes between first joining and last leaving for which they were out, the file does not say when.
    """

    name: str
    address: str
    stays: tuple[Stay, ...]
    away: int = 0


@dataclass(slots=True)
class _Gathered:
    name: str
    address: str
    stays: list[Stay] = field(default_factory=list)
    away: int = 0


def read(raw: bytes, starts_at: dt.datetime, ends_at: dt.datetime) -> list[Participant]:
    """Who was in the meeting, by name. Raises FileRefused, also when it was not the meeting of this date."""
    tables = teams_text.tables(raw)
    lines = [line for table in tables for line in table]
    if not lines:
        raise FileRefused(
            _("No participants were found in this file. Download the attendance report from Teams again.")
        )
    moments = _moments(lines, {london_day(starts_at), london_day(ends_at)})
    found = _gathered(tables, moments)
    if len(found) > MOST_PEOPLE:
        raise FileRefused(
            _("The file names more than 1,000 people. This date has no such number. Choose its own file.")
        )
    _check_date([stay for one in found for stay in one.stays], starts_at, ends_at)
    people = [Participant(one.name, one.address, tuple(policy.merged(one.stays)), one.away) for one in found]
    return sorted(people, key=lambda one: one.name.casefold())


# -- words to moments -------------------------------------------------------------------------------------------------


def _moments(lines: Iterable[Line], days: set[dt.date]) -> dict[str, dt.datetime]:
    """Every time in the file as a moment. British or American order: whichever puts it on the day of the date."""
    texts = {line[name]: line.number for line in lines for name in ("joined", "left", "moment") if line[name]}
    readings = []
    for day_first in (True, False):
        found = {text: _moment(text, day_first=day_first) for text in texts}
        if all(found.values()):
            whole = {text: moment for text, moment in found.items() if moment is not None}
            readings.append((sum(london_day(moment) in days for moment in whole.values()), whole))
    if not readings:
        bad = next(text for text in texts if _moment(text, day_first=True) is None)
        words = _("The time “%(text)s” in line %(line)s cannot be read. Download the report from Teams again.")
        raise FileRefused(words % {"text": bad[:40], "line": texts[bad]})
    return max(readings, key=lambda one: one[0])[1]


def _moment(text: str, *, day_first: bool) -> dt.datetime | None:
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    one, two, three, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    year, month, day = (one, two, three) if len(found[1]) == len("2027") else (three, two, one)
    if len(found[1]) != len("2027") and not day_first:
        month, day = day, month
    half = (found[7] or "").lower()
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    try:
        wall = dt.datetime(year + 2000 if year < 100 else year, month, day, hour, minute, second, tzinfo=LONDON)  # noqa: PLR2004
    except ValueError:
        return None
    return wall.astimezone(UTC)


def _minutes(text: str) -> int | None:
    """A length such as "6h 40m 12s" or "1:23:45", in whole minutes; None when there is none."""
    clock = _CLOCK.fullmatch(text)
    if clock:
        return int(clock[1]) * 60 + int(clock[2])
    found = _LENGTH.fullmatch(text)
    if found is None or not any(found.groups()):
        return None
    days, hours, minutes = (int(part or 0) for part in found.groups()[:3])
    return (days * 24 + hours) * 60 + minutes


# -- moments to people ------------------------------------------------------------------------------------------------


def _gathered(tables: Iterable[Sequence[Line]], moments: Mapping[str, dt.datetime]) -> list[_Gathered]:
    found: dict[str, _Gathered] = {}
    latest = max(moments.values(), default=None)
    for lines in tables:
        steps: dict[str, list[tuple[dt.datetime, bool]]] = {}
        for line in lines:
            one = found.setdefault(line.who, _Gathered(line["name"], line["address"] or line["account"]))
            if line["moment"]:
                steps.setdefault(line.who, []).append(
                    (moments[line["moment"]], line["deed"].casefold().startswith("j"))
                )
            elif line["joined"]:
                _stayed(one, line, moments, latest)
        for who, taken in steps.items():
            found[who].stays += list(_stays(sorted(taken), latest))
    return [one for one in found.values() if one.stays]


def _stayed(one: _Gathered, line: Line, moments: Mapping[str, dt.datetime], latest: dt.datetime | None) -> None:
    joined = moments[line["joined"]]
    left = moments[line["left"]] if line["left"] else latest
    if left is None or left < joined:
        return
    one.stays.append((joined, left))
    inside = _minutes(line["duration"])
    if inside is not None:
        one.away += max(0, policy.minutes_of((joined, left)) - inside - 1)  # the seconds of the file are cut off


def _stays(steps: Iterable[tuple[dt.datetime, bool]], latest: dt.datetime | None) -> Iterator[Stay]:
    """From joins and leaves in order to stays; who never left stayed until the last that the file knows of."""
    since: dt.datetime | None = None
    for moment, is_join in steps:
        if is_join:
            since = since or moment
        elif since is not None:
            yield since, moment
            since = None
    if since is not None and latest is not None:
        yield since, latest


def _check_date(stays: Sequence[Stay], starts_at: dt.datetime, ends_at: dt.datetime) -> None:
    if any(joined < ends_at + AROUND and left > starts_at - AROUND for joined, left in stays):
        return
    if not stays:
        raise FileRefused(_("Nobody in this file was in a meeting. Download the attendance report from Teams again."))
    facts = {"day": long_date(min(stays)[0]), "date": long_date(starts_at)}
    if facts["day"] == facts["date"]:
        raise FileRefused(_("This file is of a meeting at another time of that day. Choose the file of this date."))
    words = _("This file is of a meeting on %(day)s. This date was %(date)s. Choose its own file; nothing was changed.")
    raise FileRefused(words % facts)
