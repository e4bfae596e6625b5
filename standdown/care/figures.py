"""How many of those exposed were offered what they are owed: raw counts by force and month, over one denominator.

Only `reporting`, after its suppression of small numbers, may publish any of it: a count of one is somebody. The
denominator of every step is the same, and nobody chooses it: everybody confirmed as exposed. Who declines, or does not
reply, was offered it (R72): what a person decides for themselves never makes a force look worse.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import TruncMonth

from standdown.care.clocks.models import Step
from standdown.care.defusing.models import LIVE_SESSIONS, Attendee
from standdown.care.demobilising.models import Demobilisation
from standdown.care.exposures import policy
from standdown.care.exposures.models import Exposure
from standdown.care.follow_up.models import Contact
from standdown.care.incidents.models import State
from standdown.care.programme.policy import StepKind
from standdown.foundation import clock

Answer = Attendee.Answer
There = Attendee.There
CloseCode = Exposure.CloseCode


class Of(StrEnum):
    """The steps that are counted."""

    DEMOBILISE = "demobilise"
    DECIDE = "decide"
    DEFUSE = "defuse"
    MONTH = "month"


class Part(StrEnum):
    """Where one exposed person stands with one step. Everybody stands in exactly one."""

    HELD = "held"  # of the decision: taken
    ACCEPTED = "accepted"  # will come, or would rather have it another way
    DECLINED = "declined"  # also "not now"
    NO_REPLY = "no_reply"
    WAITING = "waiting"  # offered; an answer may still come
    AHEAD = "ahead"  # not offered, and not due yet
    MISSING = "missing"  # not offered, and it was due
    NOT_OWED = "not_owed"  # not for this person: off duty already, or another next step was decided


OFFERED = frozenset({Part.HELD, Part.ACCEPTED, Part.DECLINED, Part.NO_REPLY, Part.WAITING})
CLOCK = {
    Of.DEMOBILISE: StepKind.DEMOBILISE,
    Of.DECIDE: StepKind.DECIDE,
    Of.DEFUSE: StepKind.HOLD,
    Of.MONTH: StepKind.CONTACT_MONTH,
}


@dataclass(frozen=True, slots=True)
class Parts:
    """One step, in people. `late`: those of any part whose step was not seen to in time; that is ours, not theirs."""

    of: dict[Part, int] = field(default_factory=dict)
    late: int = 0

    def __getitem__(self, part: Part) -> int:
        """How many stand there."""
        return self.of.get(part, 0)

    @property
    def exposed(self) -> int:
        """Everybody: the parts add up to the denominator."""
        return sum(self.of.values())

    @property
    def offered(self) -> int:
        """To how many it was offered, whatever they said."""
        return sum(self[part] for part in OFFERED)

    @property
    def covered(self) -> int:
        """How many were offered it, or have no need to be: the numerator of coverage over `exposed`."""
        return self.offered + self[Part.NOT_OWED]


@dataclass(frozen=True, slots=True)
class OfMonth:
    """The people of one force in incidents that ended in one month (of London's calendar)."""

    force_id: uuid.UUID
    month: dt.date
    exposed: int
    steps: dict[Of, Parts]


def by_force_and_month(
    *, first: dt.date, until: dt.date, at: dt.datetime, forces: Collection[uuid.UUID] | None = None
) -> list[OfMonth]:
    """The figures of incidents that ended from the day `first` up to `until` (not of it), as they stand at `at`.

    `forces`: None means every force. Five statements, however many people and forces.
    """
    everybody = _confirmed(first, until, forces)
    counted: dict[tuple[uuid.UUID, dt.date], dict[Of, Parts]] = {}
    rows = list(everybody.values_list("force", "month").annotate(number=Count("pk")).order_by("month", "force"))
    for of in Of:
        for key, parts in _parts(everybody, of, at).items():
            counted.setdefault(key, {})[of] = parts
    return [OfMonth(force, month.date(), number, counted[force, month.date()]) for force, month, number in rows]


def _confirmed(first: dt.date, until: dt.date, forces: Collection[uuid.UUID] | None) -> QuerySet[Any]:
    """Everybody confirmed as exposed, in an incident that stands and is no exercise; nobody closed as a mistake."""
    confirmed = Q(confirmed_at__isnull=False) | Q(incident__list_confirmed_at__isnull=False)
    found = Exposure.objects.live().filter(
        confirmed, incident__drill=None, incident__state__in=[State.OPEN, State.CLOSED],
        incident__ended_at__gte=clock.start_of_day(first), incident__ended_at__lt=clock.start_of_day(until),
    ).exclude(close_code=CloseCode.NOT_EXPOSED)  # fmt: skip
    found = found if forces is None else found.filter(force__in=forces)
    return found.order_by().annotate(month=TruncMonth("incident__ended_at", tzinfo=clock.LONDON))


def _parts(
    everybody: QuerySet[Any], of: Of, at: dt.datetime
) -> dict[tuple[uuid.UUID, dt.date], Parts]:  # fmt: skip
    part = Case(*_whens(of, at), default=Value(Part.MISSING.value), output_field=CharField())
    marked = everybody.annotate(part=part, behind=_late(CLOCK[of], at))
    rows = marked.values_list("force", "month", "part", "behind").annotate(number=Count("pk"))
    found: dict[tuple[uuid.UUID, dt.date], dict[Part, int]] = defaultdict(dict)
    late: dict[tuple[uuid.UUID, dt.date], int] = defaultdict(int)
    for force, month, stands, behind, number in rows:
        key = (force, month.date())
        found[key][Part(stands)] = found[key].get(Part(stands), 0) + number
        late[key] += number if behind else 0
    return {key: Parts(parts, late[key]) for key, parts in found.items()}


def _whens(of: Of, at: dt.datetime) -> list[When]:
    """The first that is true says where somebody stands: what happened, what they said, how it was closed, its time."""
    own = {Of.DEMOBILISE: _talk, Of.DECIDE: _decision, Of.DEFUSE: _session, Of.MONTH: _contact}[of]()
    kinds = [CLOCK[of]] if of in {Of.DEMOBILISE, Of.MONTH} else [CLOCK[of], StepKind.DECIDE, StepKind.DEMOBILISE]
    ahead = _steps(*kinds).filter(closed_at=None, due_at__gt=at)
    return [
        *(When(condition, then=Value(part.value)) for condition, part in own),
        *(When(condition, then=Value(part.value)) for condition, part in _closed(CLOCK[of])),
        When(Exists(ahead), then=Value(Part.AHEAD.value)),
    ]


Conditions = list[tuple[Any, Part]]


def _talk() -> Conditions:
    """Of several records of one person the best counts. Could not be reached: it was not offered."""
    talks = Demobilisation.objects.filter(exposure=OuterRef("pk")).order_by()
    outcome = Demobilisation.Outcome
    return [
        (Exists(talks.filter(outcome=outcome.HELD)), Part.HELD),
        (Exists(talks.filter(outcome=outcome.DECLINED)), Part.DECLINED),
        (Exists(talks.filter(outcome=outcome.OFFERED)), Part.WAITING),
        (~Exists(_steps(StepKind.DEMOBILISE)) & ~Exists(talks), Part.NOT_OWED),
    ]


def _decision() -> Conditions:
    return [(Q(decided_at__isnull=False), Part.HELD)]


def _session() -> Conditions:
    """A session held with them; else the place that they have in one ahead; else what they said to any."""
    places = Attendee.objects.filter(exposure=OuterRef("pk")).order_by()
    ahead = places.filter(left_at=None, there="", defusing__state__in=LIVE_SESSIONS)
    otherwise = [Answer.ONE_TO_ONE, Answer.SOMEBODY_ELSE]
    return [
        (Exists(places.filter(there__in=[There.PRESENT, There.LATE, There.LEFT_EARLY])), Part.HELD),
        (Exists(ahead.filter(answer=Answer.ACCEPTED)), Part.ACCEPTED),
        (Exists(ahead.filter(answer=Answer.NONE, invited_at__isnull=False)), Part.WAITING),
        (Exists(places.filter(answer__in=[Answer.DECLINED, Answer.NOT_NOW])), Part.DECLINED),
        (Exists(places.filter(answer__in=otherwise)), Part.ACCEPTED),
        (Exists(places.filter(invited_at__isnull=False)), Part.NO_REPLY),
        (~Q(decided_step="") & ~Q(decided_step__in=[step.value for step in policy.DEFUSED]), Part.NOT_OWED),
    ]  # fmt: skip


def _contact() -> Conditions:
    month = Contact.objects.filter(exposure=OuterRef("pk"), kind=Contact.Kind.MONTH).order_by()
    outcome = Contact.Outcome
    return [
        (Exists(month.filter(outcome=outcome.REACHED)), Part.HELD),
        (Exists(month.filter(outcome=outcome.NOT_WISHED)), Part.DECLINED),
        (Exists(month.filter(outcome=outcome.NO_REPLY)), Part.NO_REPLY),
        (Exists(month.filter(outcome="", tries__isnull=False)), Part.WAITING),
        (Exists(month.filter(outcome="", snoozed_until__isnull=False)), Part.WAITING),
    ]


def _closed(kind: StepKind) -> Conditions:
    """What closing somebody's part says of a step that was open then, or had not begun: what was missed stays so."""
    step = _steps(kind)
    before = ~Exists(step) | Exists(step.filter(closed_at__gte=OuterRef("closed_at")))
    in_time = ~Exists(step) | Exists(step.filter(due_at__gte=OuterRef("closed_at")))
    closed = Q(closed_at__isnull=False)
    return [
        (closed & Q(close_code=CloseCode.PREFERS_NOT) & before, Part.DECLINED),
        (closed & Q(close_code=CloseCode.NO_REPLY) & before, Part.NO_REPLY),
        (closed & before & in_time, Part.NOT_OWED),
    ]


def _steps(*kinds: StepKind) -> QuerySet[Step]:
    return Step.objects.filter(exposure=OuterRef("pk"), kind__in=[kind.value for kind in kinds]).order_by()


def _late(kind: StepKind, at: dt.datetime) -> Exists:
    behind = Q(closed_at=None, due_at__lte=at) | Q(closed_at__gt=F("due_at"))
    return Exists(_steps(kind).filter(behind | Q(late_noticed_at__isnull=False)))
