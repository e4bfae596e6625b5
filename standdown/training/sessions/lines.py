"""A date as a line of a list: its facts as stored, the words for them, and how many lines are read at once."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from standdown.training.courses.queries import welsh
from standdown.training.sessions.models import Delivery, Language, Session, SessionChange, SessionQuerySet, Status

_FACTS = (
    "id", "reference", "course__slug", "version__title", "version__title_cy", "version__minutes", "starts_at",
    "ends_at", "status", "delivery", "platform", "place", "language", "nominations_close_at", "calendar_sequence",
    "changed_at", "owner_force__name",
)  # fmt: skip
_STARTS_AT = _FACTS.index("starts_at") - 1  # without the key
FORCE_FACTS = ("slug", "name", "short_name", "welsh_name", "home_office")
FORCE_OF_SESSION = tuple(f"for_forces__force__{name}" for name in FORCE_FACTS)


@dataclass(frozen=True, slots=True)
class ForceName:
    """A force that a date is for, by its names of today; `home_office` decides whether it is free of charge (R22)."""

    slug: str
    name: str
    short_name: str
    welsh_name: str
    home_office: bool

    @property
    def shown(self) -> str:
        """The full name in the language of the page."""
        return self.welsh_name if self.welsh_name and welsh() else self.name


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One published date. Codes are stored words (`models.Status`, `Delivery`, `Language`); times are aware, in UTC.

    `forces` leaves out a force that keeps its dates off the public pages. `previous_starts_at` is where it stood
    before the last move, `reason` the code for which it was cancelled. `sequence` and `changed_at` are a calendar's.
    """

    id: uuid.UUID
    reference: str
    course_slug: str
    title_en: str
    title_cy: str
    minutes: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    status: str
    delivery: str
    platform: str
    place: str
    language: str
    nominations_close_at: dt.datetime
    sequence: int
    changed_at: dt.datetime
    owner: str | None  # the force that gives it; None: the national body
    forces: tuple[ForceName, ...] = ()
    previous_starts_at: dt.datetime | None = None
    reason: str = ""

    @property
    def title(self) -> str:
        """What the course is called, in the language of the page; in English where the Welsh is not written yet."""
        return self.title_cy if self.title_cy and welsh() else self.title_en

    @property
    def is_cancelled(self) -> bool:
        """True when it will not take place, or did not."""
        return self.status == Status.CANCELLED

    @property
    def is_moved(self) -> bool:
        """True when it stands on another time than it was first published with."""
        return self.previous_starts_at is not None

    def is_over(self, at: dt.datetime) -> bool:
        """True when it ended before `at`, whether or not anybody has recorded that it was held."""
        return self.status == Status.HELD or self.ends_at <= at

    @property
    def lasts_minutes(self) -> int:
        """From beginning to end, in minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def short_names(self) -> str:
        """The forces as a listing names them: "Bedfordshire", "Bedfordshire and MET"."""
        return listed(force.short_name for force in self.forces)

    @property
    def full_names(self) -> str:
        """The forces by their full names: "Bedfordshire Police and Metropolitan Police Service"."""
        return listed(force.shown for force in self.forces)

    @property
    def free_for_all(self) -> bool:
        """True when every force that it is for is a Home Office force, for which there is no charge (R22)."""
        return bool(self.forces) and all(force.home_office for force in self.forces)

    @property
    def how(self) -> str:
        """How it is held and where: "Online, Microsoft Teams", "In person, Harbour House"."""
        return how(self.delivery, self.platform, self.place)

    @property
    def status_words(self) -> str:
        """The state in words."""
        return str(Status(self.status).label)

    @property
    def language_words(self) -> str:
        """The language of the day in words."""
        return str(Language(self.language).label)

    @property
    def reason_words(self) -> str:
        """Why it was cancelled, in words; empty when it was not."""
        return str(SessionChange.Reason(self.reason).label) if self.reason else ""


def listed(words: Iterable[str]) -> str:
    """Words in a row: "A", "A and B", "A, B and C"."""
    *before, last = list(words) or [""]
    if not before:
        return last
    return _("%(words)s and %(last)s") % {"words": ", ".join(before), "last": last}


def how(delivery: str, platform: str, place: str) -> str:
    """How a date is held and where, in words."""
    facts = [str(Delivery(delivery).label)]
    if delivery != Delivery.IN_PERSON and platform:
        facts.append(platform)
    if delivery != Delivery.ONLINE and place:
        facts.append(place)
    return ", ".join(facts)


def read(found: SessionQuerySet, forces: Q) -> list[SessionLine]:
    """These dates in order, each with those of its forces that meet `forces` (over `for_forces__`). Two statements.

    A date of which no force meets it is left out.
    """
    rows = (
        found.filter(forces)
        .order_by("starts_at", "id", "for_forces__force__short_name")
        .values_list(*_FACTS, *FORCE_OF_SESSION)
    )
    facts: dict[uuid.UUID, tuple[Any, ...]] = {}
    named: dict[uuid.UUID, list[ForceName]] = {}
    for row in rows:
        facts.setdefault(row[0], row[1 : len(_FACTS)])
        named.setdefault(row[0], []).append(ForceName(*row[len(_FACTS) :]))
    moved, reasons = _changes(facts)
    gathered = []
    for key, fact in facts.items():
        previous = moved.get(key)
        starts_at = fact[_STARTS_AT]
        rest = (tuple(named[key]), None if previous == starts_at else previous, reasons.get(key, ""))
        gathered.append(SessionLine(*(key, *fact, *rest)))
    return gathered


def one(session: Session) -> SessionLine:
    """A date as it stands now, with all of its forces, for those who answer for it. Two statements."""
    return read(Session.objects.filter(pk=session.pk), Q())[0]


def of_session(session: Session) -> SessionLine:
    """A date for a message to one delegate: without its forces, and no statement where course and owner are loaded."""
    version, owner = session.version, session.owner_force
    return SessionLine(
        id=session.pk,
        reference=session.reference,
        course_slug=session.course.slug,
        title_en=version.title,
        title_cy=version.title_cy,
        minutes=version.minutes,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        status=session.status,
        delivery=session.delivery,
        platform=session.platform,
        place=session.place,
        language=session.language,
        nominations_close_at=session.nominations_close_at,
        sequence=session.calendar_sequence,
        changed_at=session.changed_at,
        owner=owner.name if owner else None,
    )


def _changes(keys: Iterable[uuid.UUID]) -> tuple[dict[uuid.UUID, dt.datetime], dict[uuid.UUID, str]]:
    """Of these dates: where each stood before its last move, and for what it was cancelled. At most one statement."""
    kinds = SessionChange.Kind
    moved: dict[uuid.UUID, dt.datetime] = {}
    reasons: dict[uuid.UUID, str] = {}
    rows = SessionChange.objects.filter(session_id__in=list(keys), kind__in=[kinds.MOVED, kinds.CANCELLED])
    for key, kind, reason, previous in rows.order_by("at", "id").values_list(
        "session_id", "kind", "reason", "previous_starts_at"
    ):
        if kind == kinds.CANCELLED:
            reasons[key] = reason
        elif previous is not None:
            moved[key] = previous
    return moved, reasons
