"""Everything that the rules need to know about sessions of one incident, read in a constant number of statements."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from standdown.care.defusing.models import LIVE_SESSIONS, Ask, Attendee, Defusing
from standdown.care.exposures.models import Exposure
from standdown.care.incidents.models import Incident
from standdown.care.matching import slots
from standdown.care.matching.openings import Openings
from standdown.care.matching.policy import Defuser, Group, Limits, Member
from standdown.care.matching.spans import Slot, Span, Times
from standdown.care.programme.models import Programme
from standdown.care.wishes import queries as wishes
from standdown.care.wishes.models import DefuserProfile, Wish
from standdown.foundation.access import Actor
from standdown.foundation.clock import london_day
from standdown.people.models import LineManagement, Posting, Qualification, Skill, StandDown

Key = uuid.UUID
_LED = ("accepted", "booked", "held")
_NOBODY = frozenset[Key]()
_FEW = 500  # people named one by one in a statement; more are named by their incident
_Names = Mapping[Key, set[Key]]
_Profiles = Mapping[Key, tuple[int | None, str, bool]]


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
    def theirs(self) -> Q:
        """The condition that a row is of one of these sessions; for many, of any session of the incident."""
        many = len(self.sessions) > 1
        return Q(defusing__incident=self.incident) if many else Q(defusing__in=self.sessions)


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
    """Read the scene of sessions of one incident. Sixteen statements, however many sessions and people.

    Each session comes with the beginning that stands for it already; then only that is looked at. Else the times
    inside the programme's window are looked at, or those after it (`late`). Whoever excluded `by` is not in it. People
    made up for an exercise lead there and nowhere else.
    """
    times = times_of(incident, [start for start in sessions.values() if start], at, late=late)
    frame, profiles = _Frame(incident, tuple(sessions), times, at), _profiles(incident)
    members, register = _members(frame), _register(incident)
    everybody = {person for group in members.values() for person in group}
    pairs = wishes.excluded_pairs([*everybody, *(row[0] for row in register)])
    hidden = {person for person, excluded in pairs if excluded == by.person_id}
    register = [row for row in register if row[0] not in hidden]
    duty = Openings(times, [*everybody, *(row[0] for row in register)])
    people = _people(frame, register, profiles, duty)
    described, bases = _described(incident, everybody, profiles)
    never, refused = _both_ways(pairs), _refused(frame)
    exposed = frozenset(Exposure.objects.live().filter(incident=incident).values_list("person_id", flat=True))
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
    rows = Attendee.objects.filter(frame.theirs, left_at__isnull=True).order_by("defusing_id", "id")
    found: dict[Key, list[Key]] = defaultdict(list)
    for session, person in rows.values_list("defusing_id", "exposure__person_id"):
        found[session].append(person)
    return {one.pk: found[one.pk] for one in frame.sessions}


def _named(incident: Incident, everybody: set[Key]) -> Any:
    """These people in a statement: one by one, or where they are many as those of their incident."""
    if len(everybody) <= _FEW:
        return sorted(everybody)
    return Exposure.objects.live().filter(incident=incident).values("person")


def _described(
    incident: Incident, everybody: set[Key], profiles: _Profiles
) -> tuple[dict[Key, Member], dict[Key, Key | None]]:
    named = _named(incident, everybody)
    postings = Posting.objects.filter(person__in=named, until__isnull=True).order_by()
    where = {person: (team, base) for person, team, base in postings.values_list("person_id", "team_id", "team__base")}
    bosses = LineManagement.objects.filter(person__in=named, until__isnull=True).order_by()
    manager = dict(bosses.values_list("person_id", "manager_id"))
    rows = Wish.objects.filter(person__in=named).values_list(
        "person_id", "rank", "unit", "sex", "welsh", "not_own_manager"
    )
    wish = {person: rest for person, *rest in rows}
    found = {}
    for person in everybody:
        rank, unit, sex, welsh, not_own = wish.get(person, ("", "", "", False, False))
        found[person] = Member(
            key=person, team=where.get(person, (None, None))[0], manager=manager.get(person),
            not_own_manager=bool(not_own), rank=profiles.get(person, (None,))[0], wants_rank=str(rank),
            wants_unit=str(unit), wants_sex=str(sex), wants_welsh=bool(welsh),
        )  # fmt: skip
    return found, {person: base for person, (_team, base) in where.items()}


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
    asks = Ask.objects.filter(frame.theirs).exclude(answer=Ask.Answer.TAKEN_BACK).order_by()
    for session, person in asks.values_list("defusing_id", "person_id"):
        found[session].add(person)
    others = Attendee.objects.filter(exposure__incident=frame.incident, answer=Attendee.Answer.SOMEBODY_ELSE)
    rows = others.order_by().values_list(
        "exposure__person_id", "defusing__defuser_id", "defusing__second_id", "defusing__asks__person_id"
    )
    for person, *led in rows:
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
    rows = Qualification.objects.standing().filter(
        skill=Skill.DEFUSE, force=incident.force_id, person__postings__until__isnull=True,
        person__postings__isnull=False,
    )  # fmt: skip
    drill = incident.drill_id
    rows = rows.filter(person__drill__drill=drill) if drill else rows.filter(person__drill__isnull=True)
    return list(
        rows.order_by("person_id").values_list(
            "person_id", "valid_from", "valid_until", "person__postings__force_id", "person__postings__team_id",
            "person__postings__team__base_id",
        )
    )  # fmt: skip


def _profiles(incident: Incident) -> dict[Key, tuple[int | None, str, bool]]:
    rows = DefuserProfile.objects.filter(person__home_force=incident.force_id)
    return {who: (rank, sex, welsh) for who, rank, sex, welsh in rows.values_list("person_id", "rank", "sex", "welsh")}


def _people(frame: _Frame, register: Sequence[tuple[Any, ...]], profiles: _Profiles, duty: Openings) -> list[Defuser]:
    force, today = frame.incident.force_id, london_day(frame.at)
    away: dict[Key, list[tuple[dt.date, dt.date | None]]] = defaultdict(list)
    downs = StandDown.objects.filter(Q(until__isnull=True) | Q(until__gt=today), person__home_force=force)
    for person, since, until in downs.values_list("person_id", "since", "until"):
        away[person].append((since, until))
    led = _sessions(frame)
    found = []
    for person, first, last, serves, team, base in register:
        rank, sex, welsh = profiles.get(person, (None, "", False))
        found.append(
            Defuser(
                key=person, force=serves, valid_from=first, valid_until=last, away=tuple(away.get(person, ())),
                free=duty.free(person), sessions=tuple(sorted(led.get(person, {}).values())), team=team,
                base=base, rank=rank, sex=sex, welsh=welsh,
            )
        )  # fmt: skip
    return found


def _sessions(frame: _Frame) -> Mapping[Key, Mapping[Key, Span]]:
    """What each of the force's people led lately, will lead or is asked to lead, but for these very sessions."""
    force, programme = frame.incident.force_id, frame.incident.programme
    length = dt.timedelta(minutes=programme.session_minutes)
    since = min([frame.at, *frame.times.starts[:1]]) - dt.timedelta(days=programme.load_days)
    asks = Ask.objects.filter(
        Q(answer=Ask.Answer.YES) | Q(answer=Ask.Answer.NONE, lapses_at__gt=frame.at), defusing__force=force,
        defusing__state__in=LIVE_SESSIONS,
    ).annotate(start=Coalesce("defusing__starts_at", "starts_at"))  # fmt: skip
    asked = asks.filter(start__gt=since).order_by().values_list("defusing_id", "person_id", "start")
    found: dict[Key, dict[Key, Span]] = defaultdict(dict)
    for session, person, start in asked:
        found[person][session] = (start, start + length)
    led = Defusing.objects.filter(force=force, state__in=_LED, starts_at__gt=since).order_by()
    for session, first, second, start, end in led.values_list("pk", "defuser_id", "second_id", "starts_at", "ends_at"):
        for person in (first, second):
            if person and start and end:
                found[person][session] = (start, end)
    these = {one.pk for one in frame.sessions}
    return {
        person: {session: span for session, span in sessions.items() if session not in these}
        for person, sessions in found.items()
    }
