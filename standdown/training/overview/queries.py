"""Reads of the national coordinator's first screen: few statements, whatever the number of dates and forces."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count as Number
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.design.times import day_and_month
from standdown.foundation import clock
from standdown.foundation.small_numbers import rounded
from standdown.people.adoption.models import AdoptionState
from standdown.people.adoption.queries import states_on
from standdown.people.models import Force
from standdown.people.qualifications import demand
from standdown.people.qualifications.policy import Need
from standdown.training.attendance.queries import open_registers
from standdown.training.feedback.models import Quote
from standdown.training.mutual_aid.models import MutualAid
from standdown.training.nominations.models import Nomination, State
from standdown.training.overview import policy
from standdown.training.overview.policy import Count, Filling
from standdown.training.sessions import lines
from standdown.training.sessions.lines import SessionLine
from standdown.training.sessions.models import Session, SessionForce, Status

_TAKEN = (State.ACCEPTED, State.ATTENDED, State.PART_ATTENDED, State.DID_NOT_ATTEND)
_TONES = {Filling.FULL: "done", Filling.FILLING: "calm", Filling.FEW: "due", Filling.UNUSED: "due"}


@dataclass(frozen=True, slots=True)
class DateLine:
    """One coming date: its facts, its places in numbers, how it fills in a word, and what else is to be known."""

    line: SessionLine
    count: Count
    status: str
    tone: str
    notes: list[str]


@dataclass(frozen=True, slots=True)
class ForceNeed:
    """What a force has and needs, as it may be shown; None where the number is too small to show."""

    force: Force
    able: int | None
    ending: int | None
    left: int | None
    interested: int | None
    wanted: int
    places: int
    short: int | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a decision: in words, and where it is made."""

    words: str
    address: str


def coming(at: dt.datetime) -> list[DateLine]:
    """All published dates that are not over, the soonest first, each with its places. Six statements."""
    keys = list(Session.objects.filter(status=Status.PUBLISHED, ends_at__gt=at).values_list("pk", flat=True))
    facts = {
        one.pk: one
        for one in Session.objects.filter(pk__in=keys)
        .select_related("version")
        .only("capacity", "allotments_until", "nominations_close_at", "version__least_delegates")
    }
    by_force = _by_force(keys)
    named: dict[uuid.UUID, list[SessionForce]] = defaultdict(list)
    for row in SessionForce.objects.filter(session_id__in=keys).select_related("force").order_by("force__short_name"):
        named[row.session_id].append(row)
    found = lines.read(Session.objects.filter(pk__in=keys), Q())
    return [_line(one, facts[one.id], named[one.id], by_force[one.id], at) for one in found]


@dataclass(slots=True)
class _Tally:
    taken: int = 0
    offered: int = 0
    waiting: int = 0
    over: int = 0
    aid: int = 0


def _by_force(keys: list[uuid.UUID]) -> dict[uuid.UUID, dict[uuid.UUID, _Tally]]:
    rows = (
        Nomination.objects.filter(session_id__in=keys, state__in=[*_TAKEN, State.OFFERED, State.WAITING])
        .order_by()
        .values_list("session_id", "force_id", "state", "over_capacity", "mutual_aid")
        .annotate(number=Number("pk"))
    )
    found: dict[uuid.UUID, dict[uuid.UUID, _Tally]] = defaultdict(lambda: defaultdict(_Tally))
    for session_id, force_id, state, over, aid, number in rows:
        tally = found[session_id][force_id]
        if state == State.WAITING:
            tally.waiting += number
            continue
        if state == State.OFFERED:
            tally.offered += number
        else:
            tally.taken += number
        tally.over += number if over else 0
        tally.aid += number if aid else 0
    return found


def _line(
    line: SessionLine, session: Session, named: list[SessionForce], tallies: dict[uuid.UUID, _Tally], at: dt.datetime
) -> DateLine:
    held = tallies.values()
    open_until = session.allotments_until or session.nominations_close_at
    unused = [(row, _unused(row, tallies)) for row in named if at < open_until and _unused(row, tallies)]
    count = Count(
        capacity=session.capacity,
        taken=sum(one.taken for one in held),
        offered=sum(one.offered for one in held),
        waiting=sum(one.waiting for one in held),
        over=sum(one.over for one in held),
        kept_unused=sum(number for _row, number in unused),
    )
    filling = policy.filling(count, session.version.least_delegates, session.nominations_close_at, at)
    own = {row.force_id for row in named}
    aid = sum(tally.taken + tally.offered for force_id, tally in tallies.items() if force_id not in own)
    notes = _notes(count, unused, open_until, aid)
    if filling is Filling.FEW:
        facts = {"least": session.version.least_delegates, "day": day_and_month(session.nominations_close_at)}
        notes.append(_("The course wants at least %(least)s people; names close on %(day)s") % facts)
    return DateLine(line, count, _word(filling), _TONES[filling], notes)


def _notes(count: Count, unused: list[tuple[SessionForce, int]], open_until: dt.datetime, aid: int) -> list[str]:
    """What is to be known of a date beside its numbers. Forces that pool their places may fill one another's."""
    notes = [
        _("%(count)s kept for %(force)s and not used, until %(day)s")
        % {"count": number, "force": row.force.short_name, "day": day_and_month(open_until)}
        for row, number in unused
        if count.free
    ]
    if count.over:
        notes.append(_("%(number)s beyond capacity") % {"number": count.over})
    if aid:
        notes.append(_("%(number)s by mutual aid") % {"number": aid})
    return notes


def _unused(row: SessionForce, tallies: dict[uuid.UUID, _Tally]) -> int:
    tally = tallies.get(row.force_id, _Tally())
    return max(0, (row.allotment or 0) - tally.taken - tally.offered)


def _word(filling: Filling) -> str:
    words = {
        Filling.FULL: _("Full"),
        Filling.FILLING: _("Filling"),
        Filling.FEW: _("Few names"),
        Filling.UNUSED: _("Kept places unused"),
    }
    return words[filling]


def waiting(at: dt.datetime) -> list[Waiting]:
    """What waits for a national coordinator: exceptions, words to publish, days nobody has closed. Three statements."""
    exceptions = MutualAid.objects.open().filter(owner_at__isnull=True, nomination__session__owner_force=None).count()
    words = Quote.objects.filter(state=Quote.State.WAITING).count()
    over = open_registers(at).count()
    found = (
        (
            exceptions,
            ngettext("%(n)s exception to decide", "%(n)s exceptions to decide", exceptions),
            "mutual_aid:list",
        ),
        (words, ngettext("%(n)s delegate's words to read", "%(n)s delegates' words to read", words), "feedback:words"),
        (
            over,
            ngettext("%(n)s date is over and not closed", "%(n)s dates are over and not closed", over),
            "attendance:next",
        ),
    )
    return [Waiting(words % {"n": number}, reverse(name)) for number, words, name in found if number]


@dataclass(frozen=True, slots=True)
class AdoptionCount:
    """How many forces stand at a point of adoption."""

    label: str
    number: int


def adoption(day: dt.date) -> list[AdoptionCount]:
    """How many standing forces have come how far. Two statements."""
    states = states_on(day)
    standing = Force.objects.standing_on(day).values_list("pk", flat=True)
    counts: dict[str, int] = defaultdict(int)
    for key in standing:
        counts[states[key].value if key in states else AdoptionState.NOT_ASKED] += 1
    return [AdoptionCount(str(state.label), counts[state]) for state in AdoptionState if counts[state]]


def needs(at: dt.datetime) -> list[ForceNeed]:
    """What each adopted force has and will need within six months (R121), largest need first. Nine statements.

    Counts of people are shown from ten on and rounded to five: a national coordinator sees no force's small numbers.
    """
    adopted = [key for key, state in states_on(clock.london_day(at)).items() if state.value == AdoptionState.ADOPTED]
    found = demand.of_forces(adopted, at)
    told = [_rounded(force, found[force.pk]) for force in Force.objects.filter(pk__in=adopted).order_by("short_name")]
    return sorted(told, key=lambda one: -(one.short or 0))  # of what is told: the order tells no small number either


def _rounded(force: Force, need: Need) -> ForceNeed:
    return ForceNeed(
        force, rounded(need.able), rounded(need.ending), rounded(need.left), rounded(need.interested), need.wanted,
        need.places, rounded(need.short),
    )  # fmt: skip
