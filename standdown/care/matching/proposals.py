"""From a plan to its rows and on to asks, inside the act that gives the reason."""

from __future__ import annotations

import datetime as dt
import math
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace

from standdown.care.defusing.models import Ask, AskReason, Defusing, SessionState
from standdown.care.incidents.models import Incident
from standdown.care.matching import policy, reasons, scene
from standdown.care.matching.models import Plan, PlanPlace
from standdown.care.matching.plan import Planned
from standdown.care.matching.policy import Candidate, Defuser, Judge
from standdown.foundation.access import Actor

_PIECE = 500  # rows in one statement


def store(incident: Incident, planned: Planned, by: Actor, at: dt.datetime) -> Plan:
    """Store a plan with a row for each session, placed or left over. Statements grow with hundreds of sessions only."""
    made = Plan.objects.create(
        incident=incident, made_at=at, made_by_id=by.person_id, groups=len(planned.placed) + len(planned.left),
        placed=len(planned.placed), objective=1000 * planned.worth, bound=1000 * planned.at_best,
        gap=math.ceil(1_000_000 * planned.gap), milliseconds=round(1000 * planned.seconds),
    )  # fmt: skip
    rows = [PlanPlace(plan=made, defusing_id=one.group, person_id=one.person, starts_at=one.starts_at)
            for one in planned.placed]  # fmt: skip
    rows += [PlanPlace(plan=made, defusing_id=key) for key in planned.left]
    PlanPlace.objects.bulk_create(rows, batch_size=_PIECE)
    return made


def asks_of(of: Plan, sessions: Sequence[Defusing], by: Actor, at: dt.datetime) -> list[tuple[Ask, Mapping[str, int]]]:
    """The asks that a plan comes to with what the rules say now, each with why; who no longer may is left out."""
    read = scene.read(of.incident, dict.fromkeys(sessions), by, at)
    groups, people = {one.key: one for one in read.groups}, {one.key: one for one in read.people}
    lapses = at + dt.timedelta(hours=of.incident.programme.ask_lapses_hours)
    found: list[tuple[Ask, Mapping[str, int]]] = []
    for place in of.places.filter(defusing__in=groups.keys(), person__isnull=False).order_by("starts_at", "id"):
        who = people.get(place.person_id) if place.person_id else None
        chosen = _now(Judge(groups[place.defusing_id], read.times, read.limits), who, place) if who else None
        if who is None or chosen is None:
            continue
        span = (chosen.slot.starts_at, chosen.slot.ends_at)
        people[who.key] = replace(who, sessions=tuple(sorted([*who.sessions, span])))
        made = Ask(
            defusing_id=place.defusing_id, person_id=who.key, asked_at=at, asked_by_id=by.person_id, lapses_at=lapses,
            starts_at=place.starts_at,
        )  # fmt: skip
        found.append((made, reasons.planned(len(read.people), chosen)))
    return found


def _now(judge: Judge, who: Defuser, place: PlanPlace) -> Candidate | None:
    if place.starts_at not in judge.times.starts:
        return None
    left = 1 << judge.times.starts.index(place.starts_at)
    for mask in judge.masks(who, policy.standing(who, judge.times, judge.limits)).values():
        left &= mask
    return judge.candidate(who, left) if left else None


def store_asks(told: Sequence[tuple[Ask, Mapping[str, int]]], at: dt.datetime) -> list[Ask]:
    """Store asks with their reasons, and that their sessions are asked for."""
    asks = Ask.objects.bulk_create([ask for ask, _figures in told], batch_size=_PIECE)
    AskReason.objects.bulk_create(
        [AskReason(ask=ask, code=code, figure=figure) for ask, figures in told for code, figure in figures.items()],
        batch_size=_PIECE,
    )
    keys: list[uuid.UUID] = [ask.defusing_id for ask in asks]
    for first in range(0, len(keys), _PIECE):
        some = Defusing.objects.filter(pk__in=keys[first : first + _PIECE])
        some.update(state=SessionState.ASKED, changed_at=at)
    return asks
