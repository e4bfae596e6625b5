"""Writes the plan of a directory file, in pieces that either database takes in one statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from django.db import models

from standdown.people.accounts.directory_known import Plan
from standdown.people.accounts.models import LineManagement, Person, Posting
from standdown.people.forces.models import Base, Team

M = TypeVar("M", bound=models.Model)
Ended = TypeVar("Ended", Posting, LineManagement)
_PIECE = 1000  # rows between two reports of progress
_FEW = 400  # keys in one statement


def write(plan: Plan, progress: Callable[[int, int], None]) -> None:
    """Write everything. Must be called inside `act()`; `progress` is told (rows so far, of all)."""
    writer = _Writer(progress, _size(plan))
    writer.add(Base, plan.bases)
    writer.add(Team, plan.teams)
    writer.change(Team, plan.based, "base")
    writer.add(Person, plan.new_people)
    # Addresses that pass from one person to another must not meet on the way.
    for piece in _pieces(plan.changed_people.get("work_email", []), _FEW):
        Person.objects.filter(pk__in=[person.pk for person in piece]).update(work_email="")
    for name, people in plan.changed_people.items():
        writer.change(Person, people, name)
    writer.end(Posting, plan.ended_postings)
    writer.change(Posting, plan.corrected_postings, "team")
    writer.add(Posting, plan.new_postings)
    writer.end(LineManagement, plan.ended_managements)
    for rows in _pieces(plan.dropped_managements, _FEW):
        LineManagement.objects.filter(pk__in=[row.pk for row in rows]).delete()
    writer.add(LineManagement, plan.new_managements)


def _size(plan: Plan) -> int:
    made = len(plan.bases) + len(plan.teams) + len(plan.new_people) + len(plan.new_postings) + len(plan.new_managements)
    changed = len(plan.based) + len(plan.corrected_postings) + sum(len(some) for some in plan.changed_people.values())
    return made + changed + len(plan.ended_postings) + len(plan.ended_managements)


def _pieces(rows: Sequence[M], size: int) -> Iterator[Sequence[M]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


class _Writer:
    def __init__(self, progress: Callable[[int, int], None], total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def _advance(self, rows: int) -> None:
        self._done += rows
        self._progress(self._done, self._total)

    def add(self, model: type[M], rows: Sequence[M]) -> None:
        for piece in _pieces(rows, _PIECE):
            model._default_manager.bulk_create(piece)
            self._advance(len(piece))

    def change(self, model: type[M], rows: Sequence[M], name: str) -> None:
        for piece in _pieces(rows, _PIECE):
            model._default_manager.bulk_update(piece, [name], batch_size=200)
            self._advance(len(piece))

    def end(self, model: type[Ended], rows: Sequence[Ended]) -> None:
        for day in sorted({row.until for row in rows if row.until is not None}):
            for piece in _pieces([row for row in rows if row.until == day], _FEW):
                model._default_manager.filter(pk__in=[row.pk for row in piece]).update(until=day)
                self._advance(len(piece))
