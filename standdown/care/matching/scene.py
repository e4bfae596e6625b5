"""Everything that the rules need to know about sessions of one incident, read in a constant number of statements."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from standdown.care.defusing.models import Defusing
from standdown.care.incidents.models import Incident
from standdown.care.matching import questions, slots
from standdown.care.matching.openings import Openings
from standdown.care.matching.policy import Defuser, Group, Limits, Member
from standdown.care.matching.spans import Slot, Span, Times
from standdown.care.programme.models import Programme
from standdown.care.wishes import queries as wishes
from standdown.foundation.access import Actor
from standdown.foundation.clock import london_day

Key = uuid.UUID
_NOBODY = frozenset[Key]()
_FEW = 500  # people named one by one in a statement; more are named by their incident
_Names = Mapping[Key, set[Key]]


@dataclass(frozen=True, slots=True)
class Scene:
    """Groups of one incident, everybody on the force's register, the times looked at, and what the programme asks."""

    groups: Sequence[Group]
    people: Sequence[Defuser]
    times: Times
    limits: Limits


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is being read: which sessions of which incident, at which times, and when."""

    incident: Incident
    sessions: Sequence[Defusing]
    times: Times
    at: dt.datetime

    @property
    def only(self) -> Key | None:
        """The one session, where it is one; for many, whatever is of any session of the incident is read."""
        return self.sessions[0].pk if len(self.sessions) == 1 else None


def limits_of(programme: Programme) -> Limits:
    """What this programme version asks of whoever leads a session."""
    return Limits(
        load_most=programme.load_most, load=dt.timedelta(days=programme.load_days),
        rest=dt.timedelta(hours=programme.rest_hours), own_manager=programme.own_manager_may_defuse,
    )  # fmt: skip


def times_of(incident: Incident, fixed: Sequence[dt.datetime], at: dt.datetime, *, late: bool) -> Times:
    """The times to look at from that moment on: those inside the programme's own window, or `late`, after it.

    All are as long as the programme's sessions; `fixed` are beginnings that stand already.
    """
    programme, t0 = incident.programme, incident.ended_at
    length = dt.timedelta(minutes=programme.session_minutes)
    green = t0 + dt.timedelta(hours=programme.defuse_green_until_hours)
    opens, closes = t0 + dt.timedelta(hours=programme.defuse_green_from_hours), green
    if late:
        opens = green - length + dt.timedelta(seconds=1)
        closes = t0 + dt.timedelta(hours=programme.defuse_amber_until_hours)
    found = {*slots.between(opens, closes, length, at)}
    found |= {Slot(start, start + length, london_day(start)) for start in fixed}
    return Times(found, t0 + dt.timedelta(hours=programme.defuse_target_hours))


def read(
    incident: Incident, sessions: Mapping[Defusing, dt.datetime | None], by: Actor, at: dt.datetime, *,
    late: bool = False,
) -> Scene:  # fmt: skip
    """Read the scene of sessions of one incident. Thirteen statements, however many sessions and people.

    Each session comes with the beginning that stands for it already; then only that is looked at. Else the times
    inside the programme's window are looked at, or those after it (`late`). Whoever excluded `by` is not in it. People
    made up for an exercise lead there and nowhere else.
    """
    times = times_of(incident, [start for start in sessions.values() if start], at, late=late)
    frame = _Frame(incident, tuple(sessions), times, at)
    members, register = _members(frame), _register(incident)
    everybody = {person for group in members.values() for person in group}
    pairs = wishes.excluded_pairs([*everybody, *(row[0] for row in register)])
    hidden = {person for person, excluded in pairs if excluded == by.person_id}
    register = [row for row in register if row[0] not in hidden]
    described, bases = _described(incident, everybody)
    teams = {person: one.team for person, one in described.items()} | {row[0]: row[4] for row in register}
    duty = Openings(times, teams)
    people = _people(frame, register, duty)
    never, refused = _both_ways(pairs), _refused(frame)
    exposed = frozenset(questions.EXPOSED.rows(incident=incident.pk))
    groups = [
        Group(
            key=one.pk, force=one.force_id, members=tuple(described[person] for person in members[one.pk]),
            suits=duty.suits(start, members[one.pk]), on_duty=duty.on_duty(members[one.pk]), exposed=exposed,
            excluded=frozenset[Key]().union(*(never.get(person, ()) for person in members[one.pk])),
            refused=refused.get(one.pk, _NOBODY).union(*(refused.get(person, ()) for person in members[one.pk])),
            base=_base(one, incident, [bases.get(person) for person in members[one.pk]]),
        )
        for one, start in sessions.items()
    ]  # fmt: skip
    return Scene(groups, people, times, limits_of(incident.programme))


# -- the group -----------------------------------------------------------------------------------------------------


def _members(frame: _Frame) -> Mapping[Key, list[Key]]:
    """Who is in each of these sessions."""
    found: dict[Key, list[Key]] = defaultdict(list)
    for session, person in questions.MEMBERS.of(frame.incident.pk, frame.only):
        found[session].append(person)
    return {one.pk: found[one.pk] for one in frame.sessions}


def _described(incident: Incident, everybody: set[Key]) -> tuple[dict[Key, Member], dict[Key, Key | None]]:
    """Those people, and at which base each serves. Where they are many, all in its sessions are read."""
    if len(everybody) <= _FEW:
        rows = questions.DESCRIBED.rows(people=everybody)
    else:
        rows = list(questions.described(questions.sitting(incident.pk)))
    found, bases = {}, {}
    for person, home, team, base, manager, wants_rank, unit, sex, welsh, not_own, rank in rows:
        bases[person] = base
        found[person] = Member(
            key=person, team=team, manager=manager, not_own_manager=bool(not_own),
            rank=rank if home == incident.force_id else None, wants_rank=wants_rank or "", wants_unit=unit or "",
            wants_sex=sex or "", wants_welsh=bool(welsh),
        )  # fmt: skip
    return found, bases


def _both_ways(pairs: set[tuple[Key, Key]]) -> _Names:
    """Of each person whom they excluded and who excluded them: neither is put before the other."""
    found: dict[Key, set[Key]] = defaultdict(set)
    for person, excluded in pairs:
        found[person].add(excluded)
        found[excluded].add(person)
    return found


def _refused(frame: _Frame) -> Mapping[Key, frozenset[Key]]:
    """By session who was asked and did not take it; by person who led a session from which they asked for another."""
    found: dict[Key, set[Key]] = defaultdict(set)
    for session, person in questions.ASKED.of(frame.incident.pk, frame.only):
        found[session].add(person)
    for person, *led in questions.SOMEBODY_ELSE.rows(incident=frame.incident.pk):
        found[person].update(one for one in led if one is not None)
    return {key: frozenset(people) for key, people in found.items()}


def _base(session: Defusing, incident: Incident, bases: Sequence[Key | None]) -> Key | None:
    """Where the session is, or would best be: said, else the incident's base, else where most of the group serve."""
    if session.remote:
        return None
    counted = Counter(sorted(base for base in bases if base is not None))
    most = counted.most_common(1)[0][0] if counted else None
    return session.base_id or incident.base_id or most


# -- those who could lead ------------------------------------------------------------------------------------------


def _register(incident: Incident) -> list[tuple[Any, ...]]:
    """Everybody on the register of the incident's force who ever learnt to defuse there and serves: in date or not."""
    force, drill = incident.force_id, incident.drill_id
    if drill:
        return questions.DRILL_REGISTER.rows(force=force, drill=drill)
    return questions.REGISTER.rows(force=force)


def _people(frame: _Frame, register: Sequence[tuple[Any, ...]], duty: Openings) -> list[Defuser]:
    force, today = frame.incident.force_id, london_day(frame.at)
    away: dict[Key, list[tuple[dt.date, dt.date | None]]] = defaultdict(list)
    for person, since, until in questions.STOOD_DOWN.rows(force=force, today=today):
        away[person].append((since, until))
    led = _sessions(frame)
    found = []
    for person, first, last, serves, team, base, home, *profile in register:
        rank, sex, welsh = profile if home == force else (None, "", False)
        found.append(
            Defuser(
                key=person, force=serves, valid_from=first, valid_until=last, away=tuple(away.get(person, ())),
                free=duty.free(person), sessions=tuple(sorted(led.get(person, {}).values())), team=team,
                base=base, rank=rank, sex=sex or "", welsh=bool(welsh),
            )
        )  # fmt: skip
    return found


def _sessions(frame: _Frame) -> Mapping[Key, Mapping[Key, Span]]:
    """What each of the force's people led lately, will lead or is asked to lead, but for these very sessions."""
    force, programme = frame.incident.force_id, frame.incident.programme
    length = dt.timedelta(minutes=programme.session_minutes)
    since = min([frame.at, *frame.times.starts[:1]]) - dt.timedelta(days=programme.load_days)
    found: dict[Key, dict[Key, Span]] = defaultdict(dict)
    for session, person, start in questions.ASKS.rows(force=force, at=frame.at, since=since):
        found[person][session] = (start, start + length)
    for session, first, second, start, end in questions.LED.rows(force=force, since=since):
        for person in (first, second):
            if person and start and end:
                found[person][session] = (start, end)
    these = {one.pk for one in frame.sessions}
    return {
        person: {session: span for session, span in sessions.items() if session not in these}
        for person, sessions in found.items()
    }
