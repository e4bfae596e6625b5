"""`act()`: permission, transaction, record and the opening of the database to writes, as one."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import IntegrityError, models
from django.utils.translation import gettext_lazy as _

from standdown.audit import chain
from standdown.audit.models import NATIONAL, Chain, Entry, Outcome
from standdown.foundation import access, db
from standdown.foundation.access import Actor, Can
from standdown.foundation.kept_insert import KeptInsert
from standdown.foundation.kept_query import KeptQuery
from standdown.foundation.records import Record
from standdown.foundation.refusal import Refusal

Detail = dict[str, str | int | bool | None]


@dataclass(slots=True)
class Step:
    """The act under way: what it turned out to be about, and the codes that go into the record."""

    by: Actor
    can: Can
    at: dt.datetime
    kind: str
    record_id: str
    force_id: uuid.UUID
    detail: Detail = field(default_factory=dict)

    def about(self, record: Record) -> None:
        """The record that this act made or really concerns, where it was not there to be named at the start."""
        self.kind, self.record_id = record._meta.label_lower, str(record.pk)

    def note(self, **codes: str | int | bool | None) -> None:
        """Add codes and numbers to the record. Never words about a person."""
        self.detail.update(codes)


class Clash(Refusal):
    """Two people saved the same thing at once, and a constraint of the database let only the first."""

    code = "clash"

    def __init__(self) -> None:
        super().__init__(_("Somebody else has just saved the same thing. Open the page again to see it."))


@contextmanager
def act(by: Actor, can: Can, *, on: Record | type[Record], at: dt.datetime) -> Iterator[Step]:
    """Do one thing as `by`: checked, all or nothing, and recorded in the chain of the force that it concerns.

    `on` is the record acted on, or the model when a first record of that kind is made nationally; `at` the moment
    (aware). Raises `access.NotAllowed` when the permission's rule says no, and lets a `Refusal` raised inside
    through; both leave an entry with the outcome "refused" and nothing else. So does a `Clash`: a constraint said
    "already there" although the rules had found nothing, because somebody else was first. Adds three statements to
    a write: the chain's lock, the entry, the chain's new head.
    """
    step = _step(by, can, on, at)
    if not access.allows(by, can, on):
        _record_refusal(step, access.NotAllowed.code)
        raise access.NotAllowed(can)
    try:
        with db.one_transaction(), db.open_for(can):
            yield step
            _append(step, Outcome.DONE)
    except Refusal as refusal:
        _record_refusal(step, refusal.code)
        raise
    except IntegrityError as error:
        if not db.is_clash(error):
            raise
        _record_refusal(step, Clash.code)
        raise Clash from error


def _step(by: Actor, can: Can, on: Record | type[Record], at: dt.datetime) -> Step:
    if at.tzinfo is None:
        raise ValueError("an act happens at a moment with a zone")
    force_id = (on.belongs_to_force or NATIONAL) if isinstance(on, models.Model) else NATIONAL
    record_id = str(on.pk) if isinstance(on, models.Model) else ""
    return Step(by=by, can=can, at=at, kind=on._meta.label_lower, record_id=record_id, force_id=force_id)


def _record_refusal(step: Step, code: str) -> None:
    with db.one_transaction(), db.open_for("refusal"):
        step.detail = {"refusal": code}
        _append(step, Outcome.REFUSED)


# Asked at each act, so that both are kept.
_HEAD: KeptQuery[Chain] = KeptQuery(lambda force: db.lock(Chain.objects.filter(pk=force)), force=uuid.UUID)
_ENTRIES = KeptInsert(Entry)
_NEW_HEAD = "UPDATE audit_chain SET sequence = %s, head = %s WHERE force_id = %s"


def _locked_chain(force_id: uuid.UUID) -> Chain:
    """The chain's head, locked. A force's first act makes it."""
    found = _HEAD.rows(force=force_id)
    if not found:
        Chain.objects.bulk_create([Chain(force_id=force_id)], ignore_conflicts=True)
        found = _HEAD.rows(force=force_id)
    return found[0]


def _append(step: Step, outcome: Outcome) -> None:
    head = _locked_chain(step.force_id)
    entry = Entry(
        chain=head,
        sequence=head.sequence + 1,
        at=step.at,
        actor_kind=step.by.kind.value,
        actor_id=step.by.person_id,
        actor_job=step.by.name if step.by.person_id is None else "",
        can=step.can.value,
        outcome=outcome.value,
        kind=step.kind,
        record_id=step.record_id,
        detail=step.detail,
        previous=head.head,
    )
    entry.hash = chain.digest(head.head, as_row(entry))
    _ENTRIES.store_new(entry)
    db.change_plain(_NEW_HEAD, entry.sequence, entry.hash, head.pk)


def as_row(entry: Entry) -> dict[str, object]:
    """The entry as the hash sees it: keys as text, the moment as ISO 8601 in UTC."""
    return {
        "chain_id": str(entry.chain_id),
        "sequence": entry.sequence,
        "at": entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "actor_kind": entry.actor_kind,
        "actor_id": str(entry.actor_id) if entry.actor_id else None,
        "actor_job": entry.actor_job,
        "can": entry.can,
        "outcome": entry.outcome,
        "kind": entry.kind,
        "record_id": entry.record_id,
        "detail": entry.detail,
        "previous": entry.previous,
        "hash": entry.hash,
    }
