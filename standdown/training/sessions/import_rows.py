"""Dates from a file: each row read into a plan, with everything that is wrong said at once."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from standdown.design import parsing
from standdown.foundation import clock
from standdown.foundation.csv_files import Column, Report, Row
from standdown.people.forces.queries import ForceIndex
from standdown.people.models import Force
from standdown.training.courses.models import Course
from standdown.training.sessions import diary, policy, sentences
from standdown.training.sessions.models import Delivery, Language, Status
from standdown.training.sessions.policy import ForcePlan, Plan

COLUMNS = (
    Column("date", ("day", "on")),
    Column("start", ("starts", "from", "start time")),
    Column("end", ("ends", "to", "end time")),
    Column("forces", ("force", "for")),
    Column("delivery", ("how", "mode")),
    Column("platform", ("held on",), required=False),
    Column("place", ("venue", "where"), required=False),
    Column("capacity", ("places",)),
    Column("allotments", ("places by force", "kept"), required=False),
    Column("deadline", ("names by", "nominations close"), required=False),
    Column("language", (), required=False),
    Column("course", ("slug",), required=False),
    Column("status", ("state",), required=False),
)
EXAMPLE = (
    ("12/01/2027", "09:00", "16:00", "Bedfordshire", "online", "Microsoft Teams", "", "16", "", "", "en", "", "draft"),
    ("19/01/2027", "09:30", "16:30", "MET; Kent", "in-person", "", "Harbour House", "12", "8; 4", "05/01/2027", "en",
     "", "draft"),
)  # fmt: skip
Choice = TypeVar("Choice", Status, Delivery, Language)
_SEPARATOR = re.compile(r"[;|]")
_DAY_FIRST = re.compile(r"(\d{1,2})[/. -](\w{1,12})[/. -](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DELIVERY_WORDS = {
    "online": Delivery.ONLINE, "virtual": Delivery.ONLINE, "inperson": Delivery.IN_PERSON,
    "classroom": Delivery.IN_PERSON, "blended": Delivery.BLENDED, "hybrid": Delivery.BLENDED,
}  # fmt: skip
_LANGUAGE_WORDS = {
    "": Language.ENGLISH, "en": Language.ENGLISH, "english": Language.ENGLISH, "cy": Language.WELSH,
    "welsh": Language.WELSH, "cymraeg": Language.WELSH, "both": Language.BOTH,
}  # fmt: skip
_STATUS_WORDS = {"": Status.DRAFT, **{status.value: status for status in Status if status is not Status.CANCELLED}}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row asks for."""

    row: int
    course: Course
    plan: Plan
    status: Status

    @property
    def key(self) -> tuple[uuid.UUID, dt.datetime, frozenset[str]]:
        """What makes it the same date when the file is brought in again: course, start and forces."""
        return self.course.pk, self.plan.starts_at, frozenset(force.key for force in self.plan.forces)


class Reader:
    """Reads rows against the forces and courses there are; problems go into the report."""

    def __init__(self, report: Report, at: dt.datetime) -> None:
        self.report = report
        self.at = at
        self.courses = {course.slug: course for course in Course.objects.select_related("current").order_by("slug")}
        self.forces = ForceIndex(clock.london_day(at))

    def wanted(self, row: Row) -> Wanted | None:
        """The date that a row asks for; None when anything about it is wrong."""
        before = len(self.report.problems)
        course = self._course(row)
        plan = self._plan(row)
        status = self._word(row, "status", _STATUS_WORDS)
        if course is None or course.current is None or plan is None or status is None:
            return None
        for problem in policy.problems(plan, diary.limits_of(course.current)):
            self.report.add(row.number, sentences.of(problem), problem.about)
        if status == Status.HELD and plan.ends_at > self.at:
            self.report.add(row.number, _("It is not over yet, so it cannot have been held."), "status")
        return Wanted(row.number, course, plan, status) if len(self.report.problems) == before else None

    def _plan(self, row: Row) -> Plan | None:
        day, start, end = self._day(row, "date"), self._time(row, "start"), self._time(row, "end")
        delivery = self._word(row, "delivery", _DELIVERY_WORDS)
        language = self._word(row, "language", _LANGUAGE_WORDS)
        capacity, forces = self._number(row, "capacity", row["capacity"]), self._forces(row, day)
        starts_at = self._moment(row, "start", day, start)
        ends_at = self._moment(row, "end", day, end)
        closes_on = self._day(row, "deadline") if row["deadline"] else None
        if starts_at is None or ends_at is None or delivery is None or language is None or capacity is None:
            return None
        closes_at = clock.from_wall(closes_on, policy.CLOSES_AT) if closes_on else sentences.usual_close(starts_at)
        return Plan(
            starts_at=starts_at, ends_at=ends_at, nominations_close_at=closes_at, delivery=delivery.value,
            platform=row["platform"] or ("Microsoft Teams" if delivery != Delivery.IN_PERSON else ""),
            place=row["place"], capacity=capacity, language=language.value, forces=forces,
        )  # fmt: skip

    def _course(self, row: Row) -> Course | None:
        published = [course for course in self.courses.values() if course.current_id]
        if not row["course"] and len(published) == 1:
            return published[0]
        found = self.courses.get(row["course"].casefold())
        if found is None or found.current_id is None:
            words = _("There is no published course “%(word)s”. Give its word from the address, such as %(example)s.")
            facts = {"word": row["course"], "example": "demobilising-and-defusing"}
            self.report.add(row.number, words % facts, "course")
            return None
        return found

    def _force(self, word: str, day: dt.date | None) -> Force | None:
        """The one force that the word means; of several the one that stands on the day."""
        found = self.forces.owners(word)
        if len(found) > 1 and day is not None:
            found = [force for force in found if diary.force_plan(force, None).stands_on(day)]
        return found[0] if len(found) == 1 else None

    def _forces(self, row: Row, day: dt.date | None) -> tuple[ForcePlan, ...]:
        words = [word.strip() for word in _SEPARATOR.split(row["forces"]) if word.strip()]
        kept = [word.strip() for word in _SEPARATOR.split(row["allotments"])] if row["allotments"] else []
        if kept and len(kept) != len(words):
            self.report.add(row.number, _("Give one number for each force, in the same order."), "allotments")
            kept = []
        found = []
        for index, word in enumerate(words):
            force = self._force(word, day)
            allotment = self._number(row, "allotments", kept[index]) if kept and kept[index] else None
            if force is None:
                said = _("No force is known as “%(word)s”. Use its name, its short name or its word from the address.")
                self.report.add(row.number, said % {"word": word}, "forces")
            else:
                found.append(diary.force_plan(force, allotment))
        return tuple(found)

    def _moment(self, row: Row, column: str, day: dt.date | None, time: dt.time | None) -> dt.datetime | None:
        if day is None or time is None:
            return None
        try:
            return sentences.moment(day, time, column)
        except sentences.PlanRefused as refusal:
            self.report.add(row.number, str(refusal), column)
            return None

    def _day(self, row: Row, column: str) -> dt.date | None:
        text = row[column]
        first, year_first = _DAY_FIRST.fullmatch(text), _YEAR_FIRST.fullmatch(text)
        parts = first.groups() if first else tuple(reversed(year_first.groups())) if year_first else ("", "", "")
        try:
            return parsing.date_from_parts(*parts, name=_("The date"))
        except ValidationError:
            said = _("“%(text)s” is not a day. Write it like 31/08/2022 or 2022-08-31.") % {"text": text}
            empty = _("This must not be empty. Write a day like 31/08/2022 or 2022-08-31.")
            self.report.add(row.number, said if text else empty, column)
            return None

    def _time(self, row: Row, column: str) -> dt.time | None:
        try:
            return parsing.time_of_day(row[column])
        except ValidationError:
            said = _("“%(text)s” is not a time of day. Write it like 09:00 or 9am.") % {"text": row[column]}
            empty = _("This must not be empty. Write a time like 09:00 or 9am.")
            self.report.add(row.number, said if row[column] else empty, column)
            return None

    def _number(self, row: Row, column: str, text: str) -> int | None:
        if text.isascii() and text.isdigit() and len(text) <= len("9999"):
            return int(text)
        said = _("“%(text)s” is not a whole number.") % {"text": text}
        self.report.add(row.number, said if text else _("This must not be empty. Write a whole number."), column)
        return None

    def _word(self, row: Row, column: str, known: Mapping[str, Choice]) -> Choice | None:
        text = row[column]
        plain = "" if not text else _plain(text)
        if plain in known:
            return known[plain]
        said = (
            _("“%(text)s” is not one of %(known)s.") if text else _("This must not be empty. Write one of %(known)s.")
        )
        self.report.add(row.number, said % {"text": text, "known": ", ".join(_usual(known))}, column)
        return None


def _usual(known: Mapping[str, str]) -> list[str]:
    """One word for each choice, the one that the template uses."""
    return list(dict.fromkeys(known.values()))


def _plain(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())
