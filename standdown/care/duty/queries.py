"""Who is on duty when, for many people at once, and what the screens about duty show."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Max, Min, Q

from standdown.care.duty import policy, slots
from standdown.care.duty.models import DutyPeriod, PatternShift
from standdown.care.duty.policy import Duty, Pattern, Shift, Span
from standdown.care.incidents.models import Incident
from standdown.foundation.kept_query import KeptQuery, Keys
from standdown.people.models import Posting

NOTICE = dt.timedelta(hours=2)  # nobody is asked in sooner than that
_PIECE = 5000  # people asked about in one statement
_AROUND = dt.timedelta(days=35)  # how far from the window a file is still looked for, to know which days it covers

# Asked about hundreds of people whenever somebody is looked for to lead a session, so that they are kept.
_PERIODS: KeptQuery[Any] = KeptQuery(
    lambda people, before, after, until: DutyPeriod.objects.filter(
        person__in=people, starts_at__lt=before, starts_at__gt=after, ends_at__gt=until
    ).order_by("person_id", "starts_at").values_list("person_id", "kind", "starts_at", "ends_at"),
    people=Keys, before=dt.datetime, after=dt.datetime, until=dt.datetime,
)  # fmt: skip
_FILES: KeptQuery[Any] = KeptQuery(
    lambda people, before, after: DutyPeriod.objects.filter(
        person__in=people, starts_at__lt=before, starts_at__gt=after
    ).order_by().values_list("person_id", "file_key").annotate(
        first=Min("starts_at"), last=Max("starts_at"), end=Max("ends_at")
    ),
    people=Keys, before=dt.datetime, after=dt.datetime,
)  # fmt: skip
_TEAMS: KeptQuery[Any] = KeptQuery(
    lambda people: Posting.objects.filter(
        person__in=people, until__isnull=True
    ).order_by().values_list("person_id", "team_id"),
    people=Keys,
)  # fmt: skip
_SHIFTS: KeptQuery[Any] = KeptQuery(
    lambda teams, first, last: PatternShift.objects.filter(
        Q(pattern__until__isnull=True) | Q(pattern__until__gt=first), pattern__team__in=teams, pattern__since__lt=last,
    ).order_by("pattern__since", "pattern_id", "day").values_list(
        "pattern__team_id", "pattern_id", "pattern__anchor", "pattern__days", "pattern__since", "pattern__until",
        "day", "starts", "minutes",
    ),
    teams=Keys, first=dt.date, last=dt.date,
)  # fmt: skip

_Teams = Mapping[uuid.UUID, uuid.UUID | None]
_Cycle = tuple[uuid.UUID, uuid.UUID, dt.date, int, dt.date, dt.date | None]  # team, pattern, and what it says


def known(
    people: Collection[uuid.UUID], since: dt.datetime, until: dt.datetime, *, teams: _Teams | None = None
) -> dict[uuid.UUID, Duty]:
    """For each of these people what is known of their duty between the two moments: by file, pattern, or nothing.

    Every one of them is a key. Four statements for up to 5,000 people, one less where it was read already in which
    `teams` they serve. Duties that reach into the window are whole.
    """
    found: dict[uuid.UUID, Duty] = {}
    everybody, window = list(dict.fromkeys(people)), Span(since, until)
    for first in range(0, len(everybody), _PIECE):
        found |= _known(everybody[first : first + _PIECE], window, teams)
    return found


def window_of(incident: Incident, at: dt.datetime) -> slots.Window:
    """The window for sessions of that incident by the programme that it started with, from that moment on."""
    programme = incident.programme
    return slots.Window(
        t0=incident.ended_at, target=programme.defuse_target_hours, green_from=programme.defuse_green_from_hours,
        green_until=programme.defuse_green_until_hours, amber_until=programme.defuse_amber_until_hours,
        minutes=programme.session_minutes, earliest=at + NOTICE,
    )  # fmt: skip


def sittings(
    incident: Incident,
    people: Collection[uuid.UUID],
    defusers: Collection[uuid.UUID] | None,
    at: dt.datetime,
    *,
    most: int = 24,
) -> slots.Found:
    """The times at which these people of that incident could sit together, best first, or why there is none (R78).

    `defusers`: one of them must be able to lead it; None asks for nobody. Four statements, none when it is too late.
    """
    window = window_of(incident, at)
    span = window.span
    if span.starts >= span.ends:
        return slots.Found(())
    duties = known([*people, *(defusers or ())], *span)
    leaders = None if defusers is None else [duties[one] for one in defusers]
    return slots.find(window, [duties[one] for one in people], leaders, most=most)


def _known(people: Sequence[uuid.UUID], window: Span, teams: _Teams | None) -> dict[uuid.UUID, Duty]:
    filed, covered = _filed(people, window), _covered(people, window)
    serve: _Teams = dict(_TEAMS.rows(people=people)) if teams is None else teams
    patterns = _patterns({team for team in map(serve.get, people) if team is not None}, window)
    # Many of a shift have the same duty: put it together once.
    same: dict[object, Duty] = {}
    duties: dict[uuid.UUID, Duty] = {}
    for person in people:
        files, of = covered.get(person, ()), patterns.get(serve.get(person), ())
        said = filed.get(person, ()) if files else ()
        if (of, files, said) not in same:
            spans = [(kind == DutyPeriod.Kind.DUTY, Span(starts, ends)) for kind, starts, ends in said]
            same[of, files, said] = policy.put_together(spans, files, of, window)
        duties[person] = same[of, files, said]
    return duties


def _filed(people: Sequence[uuid.UUID], window: Span) -> Mapping[uuid.UUID, tuple[tuple[Any, ...], ...]]:
    rows = _PERIODS.rows(
        people=people, before=window.ends + policy.DAY, after=window.starts - _AROUND, until=window.starts - policy.DAY
    )
    return {person: tuple(row[1:] for row in theirs) for person, theirs in groupby(rows, key=itemgetter(0))}


def _covered(people: Sequence[uuid.UUID], window: Span) -> Mapping[uuid.UUID, tuple[Span, ...]]:
    """From the first day to the last that each file says something about, cut to a day around the window."""
    least, most = window.starts - policy.DAY, window.ends + policy.DAY
    found: dict[uuid.UUID, tuple[Span, ...]] = {}
    for person, _file, begins, last, ends in _FILES.rows(
        people=people, before=window.ends + _AROUND, after=window.starts - _AROUND
    ):
        whole = _days_of_file(begins, last, ends)
        if whole.starts < most and whole.ends > least:
            cut = Span(max(whole.starts, least), min(whole.ends, most))
            found[person] = (*found.get(person, ()), cut)
    return found


@lru_cache(maxsize=1024)
def _days_of_file(begins: dt.datetime, last: dt.datetime, ends: dt.datetime) -> Span:
    """The whole days of a file: its first beginning, its last, and its last end. Of a shift all are the same."""
    # The morning in which a last night ends is not a day of the file yet.
    day = max(policy.day_of(last), policy.day_of(ends - policy.DAY / 2))
    return Span(policy.midnight(policy.day_of(begins)), policy.midnight(day + policy.DAY))


def _patterns(teams: Collection[uuid.UUID], window: Span) -> Mapping[uuid.UUID | None, tuple[Pattern, ...]]:
    first, last = policy.day_of(window.starts) - policy.DAY, policy.day_of(window.ends) + policy.DAY
    cycles: dict[_Cycle, list[Shift]] = defaultdict(list)
    rows = _SHIFTS.rows(teams=teams, first=first, last=last)
    for team, key, anchor, days, since, until, day, starts, minutes in rows:
        cycles[team, key, anchor, days, since, until].append(Shift(day, starts, minutes))
    found: dict[uuid.UUID | None, tuple[Pattern, ...]] = {}
    for (team, _key, anchor, days, since, until), shifts in cycles.items():
        found[team] = (*found.get(team, ()), Pattern(anchor, days, since, until, tuple(shifts)))
    return found
