from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from standdown.audit import anchors, chain, naming, words
from standdown.audit.act import as_row
from standdown.audit.models import NATIONAL, Chain, Entry, Outcome
from standdown.foundation import clock
from standdown.foundation.access import SENTENCES, Actor, ActorKind, Can

PAGE = 50


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one force's chain is whole, and where it first is not."""

    chain: str
    length: int
    broken_at: int | None = None
    why: str = ""

    @property
    def broken(self) -> bool:
        return self.broken_at is not None

    def as_dict(self) -> dict[str, object]:
        """For another program."""
        return {"chain": self.chain, "length": self.length, "broken_at": self.broken_at, "why": self.why}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the record in words."""

    number: int  # its place in the chain
    force: str
    at: dt.datetime
    by: str
    what: str | Promise
    refused: bool
    about: str
    codes: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, newest first, and whether older ones follow."""

    lines: list[Line]
    number: int
    more: bool


def entries(by: Actor, *, can: str = "", outcome: str = "", day: dt.date | None = None, page: int = 1) -> Page:
    """What this privacy officer may read, narrowed by permission, outcome and day in London, fifty a page."""
    found = Entry.objects.visible_to(by)
    if can:
        found = found.filter(can=can)
    if outcome:
        found = found.filter(outcome=outcome)
    if day is not None:
        begins, ends = clock.start_of_day(day), clock.start_of_day(day + dt.timedelta(days=1))
        found = found.filter(at__gte=begins, at__lt=ends)
    first = (page - 1) * PAGE
    rows = list(found.order_by("-at", "-sequence")[first : first + PAGE + 1])
    people = naming.names(naming.Named.PERSON, {one.actor_id for one in rows if one.actor_id})
    forces = _chain_names({one.chain_id for one in rows})
    return Page([_line(one, people, forces) for one in rows[:PAGE]], page, len(rows) > PAGE)


def _line(entry: Entry, people: Mapping[uuid.UUID, str], forces: Mapping[uuid.UUID, str]) -> Line:
    if entry.actor_id:
        by = people.get(entry.actor_id, str(entry.actor_id))
    elif entry.actor_kind == ActorKind.SYSTEM:
        by = _("The system (%(job)s)") % {"job": entry.actor_job}
    else:
        by = _("Somebody not signed in")
    return Line(
        number=entry.sequence,
        force=forces.get(entry.chain_id, str(entry.chain_id)),
        at=entry.at,
        by=by,
        what=SENTENCES[Can(entry.can)] if entry.can in set(Can) else entry.can,
        refused=entry.outcome == Outcome.REFUSED,
        about=f"{_kind(entry.kind)} {entry.record_id}".strip(),
        codes=words.of(entry.kind, entry.detail),
    )


def _kind(label: str) -> str:
    """What was acted on, in a word; the code itself where that kind of record is no longer kept."""
    return next(
        (str(model._meta.verbose_name) for model in apps.get_models() if model._meta.label_lower == label), label
    )


def _chain_names(keys: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    return {NATIONAL: _("National"), **naming.names(naming.Named.FORCE, keys - {NATIONAL})}


def called(verdicts: list[Verdict]) -> list[tuple[str, Verdict]]:
    """Each verdict with the name of the force whose chain it is about."""
    names = _chain_names({uuid.UUID(one.chain) for one in verdicts})
    named = [(names.get(uuid.UUID(one.chain), one.chain), one) for one in verdicts]
    return sorted(named, key=lambda pair: pair[0])


@dataclass(frozen=True, slots=True)
class Proof:
    """Every chain's verdict, how many anchors it was compared with, and what could not be checked."""

    verdicts: list[Verdict]
    anchors: int
    doubts: list[str]

    @property
    def broken(self) -> list[Verdict]:
        """The verdicts on chains that are not whole."""
        return [one for one in self.verdicts if one.broken]


def prove(by: Actor | None = None) -> Proof:
    """Walk every chain (with an actor only those that they may read), and compare it with its anchors."""
    try:
        known = anchors.kept()
    except chain.Unreadable as error:
        return Proof(verify_all(by), 0, [str(error)])
    return Proof(verify_all(by, known=known), known.number, known.doubts())


def verify_all(by: Actor | None = None, *, known: chain.Anchors | None = None) -> list[Verdict]:
    """Every chain's verdict; with an actor only of the chains that they may read.

    Each chain has to agree with the anchors `known` (read before this is asked); one that only they know is gone.
    """
    known = known or chain.Anchors()
    chains = Chain.objects.order_by("force_id")
    if by is not None and not by.reach(Can.READ_AUDIT).everywhere:
        chains = chains.filter(pk__in=by.reach(Can.READ_AUDIT).forces)
    found = [_verify(one, known.of(str(one.pk))) for one in chains]
    there = {one.chain for one in found}
    gone = sorted(key for key in known.by_chain.keys() - there if _covers(by, key))
    return [*found, *(Verdict(key, 0, 1, chain.OLDER) for key in gone)]


def _covers(by: Actor | None, key: str) -> bool:
    """Whether that chain is for this actor to read; the key of an anchor may be nonsense."""
    if by is None or by.reach(Can.READ_AUDIT).everywhere:
        return True
    return key in {str(force) for force in by.reach(Can.READ_AUDIT).forces}


def _verify(one: Chain, seen: Mapping[int, str]) -> Verdict:
    rows = _as_rows(Entry.objects.filter(chain=one))
    found = chain.verify(rows, head=one.head, length=one.sequence, anchors=seen)
    if found is not None and found.sequence > one.sequence + 1:  # longer than its head: somebody may have acted since
        grown = Chain.objects.get(pk=one.pk)
        if grown.sequence > one.sequence:
            return _verify(grown, seen)
    if found is None:
        return Verdict(str(one.pk), one.sequence)
    return Verdict(str(one.pk), one.sequence, found.sequence, found.why)


def exported() -> Iterator[dict[str, object]]:
    """Every entry of every chain as the hash sees it, and after those of each chain its head, for another machine.

    Who acts meanwhile makes a chain longer, never wrong: it is read on until it ends where its head does.
    """
    for one in Chain.objects.order_by("force_id"):
        length, later = 0, Entry.objects.filter(chain=one)
        while True:
            before = length
            for row in _as_rows(later):
                length = int(str(row["sequence"]))
                yield row
            head = Chain.objects.get(pk=one.pk)
            if length == before or head.sequence <= length:
                break
            later = Entry.objects.filter(chain=one, sequence__gt=length)
        yield {"chain_id": str(one.pk), "sequence": head.sequence, "head": head.head}


def _as_rows(entries: QuerySet[Entry]) -> Iterator[dict[str, object]]:
    for entry in entries.order_by("sequence").iterator(chunk_size=2000):
        yield as_row(entry)
