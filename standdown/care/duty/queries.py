"""Who is on duty when, for many people at once, and what the screens about duty show."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.db.models import Max, Min, Q

from standdown.care.duty import policy, slots
from standdown.care.duty.models import DutyPeriod, PatternShift
from standdown.care.duty.policy import Duty, Pattern, Shift, Span
from standdown.care.incidents.models import Incident
from standdown.people.models import Posting

NOTICE = dt.timedelta(hours=2)  # nobody is asked in sooner than that
_PIECE = 5000  # people asked about in one statement
_AROUND = dt.timedelta(days=35)  # how far from the window a file is still looked for, to know which days it covers

_Cycle = tuple[uuid.UUID, uuid.UUID, dt.date, int, dt.date, dt.date | None]  # team, pattern, and what it says


def known(people: Collection[uuid.UUID], since: dt.datetime, until: dt.datetime) -> dict[uuid.UUID, Duty]:
    """For each of these people what is known of their duty between the two moments: by file, pattern, or nothing.

    Every one of them is a key. Four statements for up to 5,000 people. Duties that reach into the window are whole.
    """
    found: dict[uuid.UUID, Duty] = {}
    everybody, window = list(dict.fromkeys(people)), Span(since, until)
    for first in range(0, len(everybody), _PIECE):
        found |= _known(everybody[first : first + _PIECE], window)
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


def _known(people: Sequence[uuid.UUID], window: Span) -> dict[uuid.UUID, Duty]:
    filed, covered = _filed(people, window), _covered(people, window)
    teams = dict(Posting.objects.filter(person__in=people, until__isnull=True).values_list("person_id", "team_id"))
    patterns = _patterns({team for team in teams.values() if team is not None}, window)
    # A whole shift without a file has the same duty: put it together once for its team.
    of_team: dict[uuid.UUID | None, Duty] = {}
    duties: dict[uuid.UUID, Duty] = {}
    for person in people:
        team = teams.get(person)
        if person in covered:
            of = patterns.get(team, ()) if team else ()
            duties[person] = policy.put_together(filed[person], covered[person], of, window)
            continue
        if team not in of_team:
            of_team[team] = policy.put_together((), (), patterns.get(team, ()) if team else (), window)
        duties[person] = of_team[team]
    return duties


def _filed(people: Sequence[uuid.UUID], window: Span) -> Mapping[uuid.UUID, list[tuple[bool, Span]]]:
    rows = DutyPeriod.objects.filter(
        person__in=people, starts_at__lt=window.ends + policy.DAY, starts_at__gt=window.starts - _AROUND,
        ends_at__gt=window.starts - policy.DAY,
    )  # fmt: skip
    found: dict[uuid.UUID, list[tuple[bool, Span]]] = defaultdict(list)
    for person, kind, starts, ends in rows.order_by().values_list("person_id", "kind", "starts_at", "ends_at"):
        found[person].append((kind == DutyPeriod.Kind.DUTY, Span(starts, ends)))
    return found


def _covered(people: Sequence[uuid.UUID], window: Span) -> Mapping[uuid.UUID, list[Span]]:
    """From the first day to the last that each file says something about, cut to a day around the window."""
    rows = DutyPeriod.objects.filter(
        person__in=people, starts_at__lt=window.ends + _AROUND, starts_at__gt=window.starts - _AROUND
    )
    spans = (
        rows.order_by()
        .values("person_id", "file_key")
        .annotate(first=Min("starts_at"), last=Max("starts_at"), end=Max("ends_at"))
    )
    least, most = window.starts - policy.DAY, window.ends + policy.DAY
    found: dict[uuid.UUID, list[Span]] = defaultdict(list)
    for row in spans:
        first = policy.midnight(policy.day_of(row["first"]))
        # The morning in which a last night ends is not a day of the file yet.
        last = max(policy.day_of(row["last"]), policy.day_of(row["end"] - policy.DAY / 2))
        after = policy.midnight(last + policy.DAY)
        if first < most and after > least:
            found[row["person_id"]].append(Span(max(first, least), min(after, most)))
    return found


def _patterns(teams: Collection[uuid.UUID], window: Span) -> Mapping[uuid.UUID, Sequence[Pattern]]:
    first, last = policy.day_of(window.starts) - policy.DAY, policy.day_of(window.ends) + policy.DAY
    rows = PatternShift.objects.filter(
        Q(pattern__until__isnull=True) | Q(pattern__until__gt=first),
        pattern__team__in=teams, pattern__since__lt=last,
    ).order_by("pattern__since", "pattern_id", "day")  # fmt: skip
    cycles: dict[_Cycle, list[Shift]] = defaultdict(list)
    for team, key, anchor, days, since, until, day, starts, minutes in rows.values_list(
        "pattern__team_id", "pattern_id", "pattern__anchor", "pattern__days", "pattern__since", "pattern__until",
        "day", "starts", "minutes",
    ):  # fmt: skip
        cycles[team, key, anchor, days, since, until].append(Shift(day, starts, minutes))
    found: dict[uuid.UUID, list[Pattern]] = defaultdict(list)
    for (team, _key, anchor, days, since, until), shifts in cycles.items():
        found[team].append(Pattern(anchor, days, since, until, tuple(shifts)))
    return found
