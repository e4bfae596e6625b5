"""What time does to steps: who is told, what is late, and what was left behind and is put right. Each is one act."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from standdown.audit.act import act
from standdown.care.clocks import policy, recipients, steps
from standdown.care.clocks.messages import Call, tell_waiting
from standdown.care.clocks.models import Step, Telling
from standdown.care.clocks.queries import due, late_and_unnoticed
from standdown.care.clocks.recipients import Book
from standdown.foundation import db
from standdown.foundation.access import Actor, Can
from standdown.people.models import Force, Person

AT_ONCE = 200  # steps in one act


def tell_due(*, by: Actor, at: dt.datetime, force: Force, only: uuid.UUID | None = None) -> int:
    """Tell whoever is next of the force's steps whose moment has come, at most 200 of them; how many there were.

    The tellings, the steps' next moments and the messages stand or fall together: a worker that is killed leaves
    nothing half done, and the lock and the uniqueness of a telling let two workers do nothing twice. Each person gets
    one message, however many steps. Sixteen statements and the act's own, however many steps.
    """
    with act(by, Can.RUN_CARE, on=force, at=at) as step:
        found = list(db.lock_unclaimed(due(force.pk, at, only))[:AT_ONCE])
        if found:
            book = recipients.read(found, force.pk, at)
            rounds = [(one, _go_on(one, book, at)) for one in found]
            Telling.objects.bulk_create(
                (row for one, its in rounds for row in _tellings(one, its, at)), ignore_conflicts=True
            )
            Step.objects.bulk_update(found, ["level", "next_at"])
            tell_waiting(_calls(rounds, at), at)
            step.note(told=len(found), nobody=sum(not any(call.people for call in its.calls) for _one, its in rounds))
        return len(found)


def _go_on(one: Step, book: Book, at: dt.datetime) -> policy.Round[Person]:
    its = policy.go_on(book.chain(one), one.level, one.due_at, at, lambda told: book.whom(one, told))
    one.level, one.next_at = its.level, its.next_at
    return its


def _tellings(one: Step, its: policy.Round[Person], at: dt.datetime) -> list[Telling]:
    return [
        Telling(step=one, moved=one.moved, level=call.level, told=call.told, person=person, at=at)
        for call in its.calls
        for person in call.people or (None,)
    ]


def _calls(rounds: Sequence[tuple[Step, policy.Round[Person]]], at: dt.datetime) -> list[Call]:
    """Everybody who is told of a step, whether it can wait for the morning, and whether it is of an exercise."""
    return [
        Call(person, policy.wakes(one.kind, one.due_at, at), one.incident.drill_id if one.incident_id else None)
        for one, its in rounds
        for call in its.calls
        for person in call.people
    ]


def notice_late(*, by: Actor, at: dt.datetime) -> int:
    """Note on every open step whose time is over that it was seen to be late; how many. It stays so for ever."""
    with act(by, Can.RUN_CARE, on=Step, at=at) as step:
        number = late_and_unnoticed(at).update(late_noticed_at=at)
        step.note(late=number)
        return number


def resume(*, by: Actor, at: dt.datetime, force: Force, keys: Sequence[uuid.UUID]) -> None:
    """Give steps that lost their next moment the one that their chain says; the worker goes on from there."""
    with act(by, Can.RUN_CARE, on=force, at=at) as step:
        found = list(db.lock(Step.objects.open().filter(force=force, pk__in=keys, next_at__isnull=True)))
        for one in found:
            chain = steps.chain_of(one.programme_id, one.kind)
            one.next_at = policy.moment_of(chain, one.level, one.due_at)
        Step.objects.bulk_update(found, ["next_at"])
        step.note(resumed=len(found))
