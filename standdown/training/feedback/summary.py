"""Totals of feedback for each course, as they may be shown: small numbers hidden, the rest rounded (R40, R42)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from standdown.foundation.access import Actor, Can
from standdown.foundation.small_numbers import rounded
from standdown.training.feedback import policy
from standdown.training.feedback.models import Confidence, Feedback, FollowUp
from standdown.training.nominations.models import Nomination

Row = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Table:
    """How often each answer was given, by its words. `answers` is how many answered; None: fewer than ten."""

    answers: int | None
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class CourseTotals:
    """The totals of one course: confidence before and after; for coordinators also what was used."""

    title: str
    before: Table
    after: Table
    used: Table | None
    barriers: Table | None


def is_national(by: Actor) -> bool:
    """True for those who see the totals of every date; others see those of the dates that they run themselves."""
    return by.reach(Can.MODERATE_WORDS).everywhere


def of_courses(by: Actor) -> list[CourseTotals]:
    """The totals of each course of which somebody gave feedback, over the dates that this actor answers for."""
    national = is_national(by)
    mine = Q() if national else Q(nomination__session__trainers__person_id=by.person_id)
    rows = Feedback.objects.filter(mine).values_list(
        "nomination__session__course_id", "nomination__session__course__current__title", "before", "after"
    )
    titles: dict[uuid.UUID, str] = {}
    given: dict[uuid.UUID, list[tuple[str, str]]] = {}
    for course, title, before, after in rows.order_by("nomination__session__course__slug", "given_at", "id"):
        titles[course] = title or ""
        given.setdefault(course, []).append((str(before), str(after)))
    return [
        CourseTotals(
            title=titles[course],
            before=_confidence(before for before, _after in answers),
            after=_confidence(after for _before, after in answers),
            used=_used(course) if national else None,
            barriers=_barriers(course) if national else None,
        )
        for course, answers in given.items()
    ]


def _confidence(answers: Iterable[str]) -> Table:
    return _table(list(answers), [(str(value), str(label)) for value, label in Confidence.choices])


def _used(course: uuid.UUID) -> Table:
    found = _answered(course).values_list("follow_up__used", flat=True)
    return _table(list(found), [(value, str(label)) for value, label in FollowUp.Used.choices])


def _barriers(course: uuid.UUID) -> Table:
    found = _answered(course).values_list("follow_up__barriers", flat=True)
    codes = [(value, str(label)) for value, label in FollowUp.Barrier.choices]
    said = [code for codes_of_one in found for code in codes_of_one]
    return _table(said, codes, people=len(found))


def _answered(course: uuid.UUID) -> QuerySet[Nomination]:
    return Nomination.objects.filter(session__course_id=course, follow_up__answered_at__isnull=False)


def _table(answers: list[str], codes: list[tuple[str, str]], people: int | None = None) -> Table:
    """With fewer than ten people nothing is shown; otherwise each answer, as `policy.totals` lets it be shown."""
    answered = rounded(len(answers) if people is None else people)
    if answered is None:
        return Table(None, [])
    words = dict(codes)
    return Table(answered, [(words[total.code], total.number) for total in policy.totals(answers, list(words))])
