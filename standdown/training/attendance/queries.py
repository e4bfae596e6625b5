"""Reads for the trainer's screens. They start from the dates whose roster this actor may open."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.foundation import clock
from standdown.foundation.access import Actor
from standdown.people.models import Force, Person
from standdown.training.attendance import policy
from standdown.training.attendance.models import AttendanceFile, Mark, Register
from standdown.training.attendance.permissions import within_reach
from standdown.training.interest.models import Need
from standdown.training.nominations.models import Nomination, State
from standdown.training.nominations.policy import ALLOWED, Deed
from standdown.training.sessions import lines
from standdown.training.sessions.lines import SessionLine
from standdown.training.sessions.models import Session, SessionForce, SessionQuerySet, Status

MOST_LISTED = 10
CONFIRMED = ALLOWED[Deed.MARK]


# -- dates ------------------------------------------------------------------------------------------------------------


def visible(by: Actor) -> SessionQuerySet:
    """The dates whose roster this actor may open."""
    return within_reach(by).select_related("version", "course", "owner_force")


@dataclass(frozen=True, slots=True)
class TrainersDay:
    """What a trainer opens first: their next date (or the one of today), the others in short, registers still open."""

    session: Session | None
    line: SessionLine | None
    coming: list[dict[str, object]]
    past: list[dict[str, object]]
    still_open: list[dict[str, object]]


def first_screen(by: Actor, at: dt.datetime) -> TrainersDay:
    """The dates that this actor trains on; one stays first until its register is closed or its day over in London."""
    own = visible(by).filter(trainers__person=by.person_id).exclude(status=Status.CANCELLED)
    today = clock.start_of_day(clock.london_day(at))
    done = Q(ends_at__lt=today) | Q(register__isnull=False)
    coming = list(own.exclude(done).order_by("starts_at", "pk")[: MOST_LISTED + 1])
    past = list(own.filter(done).order_by("-starts_at", "pk")[:MOST_LISTED])
    first = coming[0] if coming else None
    still_open = [one for one in _still_open(by, at) if one != first]
    shown = {one.id: one for one in _lines([*coming, *past, *still_open])}
    return TrainersDay(
        session=first,
        line=shown.get(first.pk) if first else None,
        coming=[_row(shown[one.pk]) for one in coming[1:] if one.pk in shown],
        past=[_row(shown[one.pk]) for one in past if one.pk in shown and one not in still_open],
        still_open=[_row(shown[one.pk]) for one in still_open if one.pk in shown],
    )


def _still_open(by: Actor, at: dt.datetime) -> SessionQuerySet:
    """Dates that are over, had somebody on them, and whose register nobody has closed, the oldest first."""
    return open_registers(at).filter(pk__in=within_reach(by).values("pk")).order_by("starts_at", "pk")[:MOST_LISTED]


def open_registers(at: dt.datetime) -> SessionQuerySet:
    """Every date that is over, with confirmed delegates, whose register is not closed. For a job, and for the list."""
    confirmed = Nomination.objects.filter(session=OuterRef("pk"), state=State.ACCEPTED)
    over = Session.objects.filter(ends_at__lte=at, status__in=[Status.PUBLISHED, Status.HELD], register__isnull=True)
    return over.filter(Exists(confirmed))


def _lines(found: Iterable[Session]) -> list[SessionLine]:
    return lines.read(Session.objects.filter(pk__in=[one.pk for one in found]), Q())


def _row(line: SessionLine) -> dict[str, object]:
    return {
        "start": line.starts_at, "end": line.ends_at, "forces": line.full_names, "how": line.how,
        "href": reverse("attendance:roster", args=[line.id]), "minutes": line.lasts_minutes,
    }  # fmt: skip


def trainers(session: Session) -> list[Person]:
    """Who runs the date and has an address."""
    found = Person.objects.filter(trains__session=session).exclude(work_email="")
    return list(found.order_by("family_name", "given_name", "pk"))


# -- the roster -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Delegate:
    """One line of the roster: only what a trainer needs. `marks` by half, where there are any."""

    key: uuid.UUID
    name: str
    address: str
    force: str
    needs: tuple[str, ...]
    place: int | None
    only_half: str
    half_words: str
    state: str
    state_words: str
    marks: Mapping[str, Mark]

    @property
    def halves(self) -> tuple[str, ...]:
        """For which halves they are to be marked."""
        return policy.wanted(self.only_half)


def roster(session: Session) -> list[Delegate]:
    """Everybody with a confirmed place, by name. Needs only where the person shares them. Two statements."""
    rows = list(
        Nomination.objects.filter(session=session, state__in=CONFIRMED)
        .select_related("person", "force")
        .order_by("person__family_name", "person__given_name", "pk")
    )
    marks: dict[uuid.UUID, dict[str, Mark]] = {row.pk: {} for row in rows}
    for mark in Mark.objects.filter(nomination__in=marks, superseded_at__isnull=True):
        marks[mark.nomination_id][mark.half] = mark
    return [_delegate(row, marks[row.pk]) for row in rows]


def _delegate(row: Nomination, marks: Mapping[str, Mark]) -> Delegate:
    return Delegate(
        key=row.pk,
        name=row.person.full_name,
        address=row.person.work_email,
        force=row.force.name,
        needs=tuple(str(Need(code).label) for code in row.needs) if row.needs_shared else (),
        place=row.place_no,
        only_half=row.only_half,
        half_words=str(Nomination.Half(row.only_half).label) if row.only_half else "",
        state=row.state,
        state_words=str(State(row.state).label),
        marks=marks,
    )


def delegate(session: Session, key: str) -> Nomination | None:
    """The confirmed nomination of that date with that key; None when there is none."""
    found = Nomination.objects.filter(session=session, state__in=CONFIRMED).select_related("person", "force")
    return found.filter(pk=key).first()


def said(mark: Mark) -> str:
    """A mark in words: "Came late, 20 minutes"."""
    return said_of(mark.there, mark.minutes_missed)


def said_of(there: str, minutes_missed: int) -> str:
    """How somebody was there, in words."""
    words = str(Mark.There(there).label)
    if not minutes_missed:
        return words
    minutes = ngettext("%(count)s minute", "%(count)s minutes", minutes_missed) % {"count": minutes_missed}
    return _("%(mark)s, %(minutes)s") % {"mark": words, "minutes": minutes}


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the register of a date has come."""

    day_begun: bool
    over: bool
    closed_at: dt.datetime | None
    may_mark: bool
    why_not: policy.No | None


def standing(session: Session, at: dt.datetime) -> Standing:
    """Whether the date can be marked and closed now. One statement."""
    closed = Register.objects.filter(session=session).first()
    closed_at = closed.closed_at if closed else None
    begins = clock.start_of_day(clock.london_day(session.starts_at))
    no = policy.why_not_mark(status=session.status, day_begins=begins, closed_at=closed_at, at=at)
    return Standing(at >= begins, at >= session.ends_at, closed_at, no is None, no)


def marks_as_of(session: Session, seen: dt.datetime) -> dict[tuple[uuid.UUID, str], tuple[str, int]]:
    """The marks that held at that moment: what a screen of then showed. One statement."""
    found = Mark.objects.filter(nomination__session=session, at__lte=seen).filter(
        Q(superseded_at__isnull=True) | Q(superseded_at__gt=seen)
    )
    rows = found.values_list("nomination_id", "half", "there", "minutes_missed")
    return {(key, half): (there, minutes) for key, half, there, minutes in rows}


def marked_by_hand(session: Session) -> set[tuple[uuid.UUID, str]]:
    """The half-days that somebody marked by hand: no file changes them. One statement."""
    found = Mark.objects.filter(nomination__session=session, superseded_at__isnull=True, source=Mark.Source.HAND)
    return set(found.values_list("nomination_id", "half"))


def open_cells(rows: Mapping[uuid.UUID, Nomination], halves: Sequence[str]) -> list[tuple[uuid.UUID, str]]:
    """The half-days among these for which nobody has been marked yet. One statement."""
    marked = set(
        Mark.objects.filter(nomination__in=rows, superseded_at__isnull=True).values_list("nomination_id", "half")
    )
    return [
        (key, half)
        for key, row in rows.items()
        for half in policy.wanted(row.only_half)
        if half in halves and (key, half) not in marked
    ]


def forces(session: Session) -> list[tuple[str, str]]:
    """Every force that stands on the day, those of the date first, as choices for who is at the door."""
    named = set(SessionForce.objects.filter(session=session).values_list("force_id", flat=True))
    found = Force.objects.standing_on(clock.london_day(session.starts_at)).order_by("name").values_list("pk", "name")
    rows = [(str(key), name) for key, name in found]
    return sorted(rows, key=lambda row: uuid.UUID(row[0]) not in named)


def is_for(session: Session, force: str) -> bool:
    """True when the date names that force."""
    return SessionForce.objects.filter(session=session, force_id=force).exists()


def nominations_of(session: Session, force: str) -> list[tuple[str, str, str]]:
    """Name, address and state of everybody of that force whose name is on the date. Nobody else is looked up."""
    found = Nomination.objects.filter(session=session, force_id=force).select_related("person").order_by("pk")
    return [(row.person.full_name, row.person.work_email, row.state) for row in found]


def read_before(session: Session, digest: str) -> AttendanceFile | None:
    """That file, where it was taken in for this date before."""
    return AttendanceFile.objects.filter(session=session, digest=digest).first()
