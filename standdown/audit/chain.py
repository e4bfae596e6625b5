"""A force's record as a chain: how an entry is hashed, and how every chain is proven whole from outside.

Plain Python (3.11) and nothing beside it. Copy this one file to another machine and run it there:

    python chain.py RECORD --anchors FOLDER

RECORD is the SQLite database, or the file that `standdown audit export` writes. Anchors are what a chain's head was at
some moment, kept where nobody who keeps the database can change them; without them a cut end, a chain that was written
anew and an old copy put back do not show. Exit code 0: whole. 1: not whole. 2: it could not be checked.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import sqlite3
import sys
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

WHOLE, BROKEN, NOT_CHECKED = 0, 1, 2
FIRST = "0" * 64
FIELDS = (
    "chain_id", "sequence", "at", "actor_kind", "actor_id", "actor_job",
    "can", "outcome", "kind", "record_id", "detail",
)  # fmt: skip
_ENTRY, _HEAD = {*FIELDS, "previous", "hash"}, {"chain_id", "sequence", "head"}
CHANGED = "an entry was changed"
MISSING = "an entry is missing"
NOT_FOLLOWING = "an entry does not follow the one before it"
CUT = "the end of the chain was cut or replaced"
OLDER = "the chain is older than its anchor: its end was cut, or an old copy was put back"
REWRITTEN = "the chain was written anew since it was anchored"
_DISAGREE = "anchors disagree"  # equals no hash
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=str).encode

Row = Mapping[str, Any]


class Unreadable(Exception):
    """What was given is no record or no anchor: nothing can be said about it."""


def digest(previous: str, row: Row) -> str:
    """SHA-256 over the previous hash and the row in canonical JSON. `at` is ISO 8601 in UTC with microseconds."""
    body = _encode([row[name] for name in FIELDS])
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain is not whole."""

    sequence: int
    why: str


@dataclass(slots=True)
class Walk:
    """One chain, walked entry by entry. `anchors`: what the hash of an entry was when its chain was anchored."""

    anchors: Mapping[int, str] = field(default_factory=dict)
    length: int = 0
    hash: str = FIRST
    found: Break | None = None

    def step(self, row: Row) -> None:
        """Look at the next entry. Once the chain is broken, what follows says nothing more."""
        if self.found is not None:
            return
        expected = self.length + 1
        if row["sequence"] != expected:
            self.found = Break(expected, MISSING)
        elif row["previous"] != self.hash:
            self.found = Break(expected, NOT_FOLLOWING)
        elif digest(self.hash, row) != row["hash"]:
            self.found = Break(expected, CHANGED)
        elif self.anchors.get(expected, row["hash"]) != row["hash"]:
            self.found = Break(expected, REWRITTEN)
        else:
            self.length, self.hash = expected, row["hash"]

    def end(self, head: str, length: int) -> Break | None:
        """The first break, now that no entry is left; None when the last one is the head and all anchors were met."""
        if self.found is None and self.anchors and max(self.anchors) > self.length:
            self.found = Break(self.length + 1, OLDER)
        if self.found is None and (self.length, self.hash) != (length, head):
            self.found = Break(self.length + 1, CUT)
        return self.found


def verify(rows: Iterable[Row], *, head: str, length: int, anchors: Mapping[int, str] | None = None) -> Break | None:
    """Walk a chain in order; None when every row follows the one before, the last is the head, and anchors agree."""
    walk = Walk(anchors or {})
    for row in rows:
        walk.step(row)
    return walk.end(head, length)


# -- anchors --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Anchors:
    """What was kept outside: by chain, the hash of an entry by its number."""

    by_chain: dict[str, dict[int, str]] = field(default_factory=dict)
    number: int = 0
    newest: str = ""  # when the newest was written, ISO 8601 in UTC
    unreadable: int = 0  # lines

    def add(self, chain: str, sequence: int, head: str, written: str = "") -> None:
        """Take one in. One of an empty chain says nothing; two that disagree are met by no chain."""
        self.number += 1
        self.newest = max(self.newest, written)
        if sequence > 0:
            seen = self.by_chain.setdefault(chain, {})
            seen[sequence] = head if seen.get(sequence, head) == head else _DISAGREE

    def doubts(self) -> list[str]:
        """What keeps them from proving anything."""
        found = [] if self.number else ["no anchor was found"]
        return [*found, f"{self.unreadable} lines among the anchors cannot be read"] if self.unreadable else found

    def of(self, chain: str) -> Mapping[int, str]:
        """Those of one chain."""
        return self.by_chain.get(chain, {})


def read_anchors(places: Iterable[Path], as_of: str = "") -> Anchors:
    """The anchors in these files, and in the `.jsonl` files of these folders. Raises Unreadable.

    `as_of` (ISO 8601 in UTC): what was written later is left out, for a copy of the record that was made then.
    """
    found = Anchors()
    for place in places:
        for file in sorted(place.glob("*.jsonl")) if place.is_dir() else [place]:
            try:
                with file.open(encoding="utf-8", errors="replace") as lines:
                    for line in lines:
                        _take_in(found, line, as_of)
            except OSError as error:
                raise Unreadable(f"{file}: {error.strerror}") from error
    return found


def _take_in(found: Anchors, line: str, as_of: str) -> None:
    try:
        said = json.loads(line)
        if not as_of or said["time"] <= as_of:
            found.add(str(uuid.UUID(said["chain"])), int(said["sequence"]), str(said["hash"]), str(said["time"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        found.unreadable += bool(line.strip())


# -- records --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Record:
    """Every chain of a record, walked."""

    anchors: Anchors
    walks: dict[str, Walk] = field(default_factory=dict)
    heads: dict[str, tuple[str, int]] = field(default_factory=dict)
    rows: int = 0

    def take(self, rows: Iterable[Row]) -> None:
        """Walk entries of any chains; those of one chain in their order. An export holds heads among them."""
        walks = self.walks
        for row in rows:
            if "head" in row:
                self.heads[row["chain_id"]] = (row["head"], row["sequence"])
                continue
            chain = row["chain_id"]
            walk = walks.get(chain) or walks.setdefault(chain, Walk(self.anchors.of(chain)))
            walk.step(row)
            self.rows += 1

    def verdicts(self) -> Iterator[tuple[str, int, Break | None]]:
        """Each chain with the number of entries that hold and its first break; one that only an anchor knows, too."""
        for chain in sorted({*self.walks, *self.heads, *self.anchors.by_chain}):
            walk = self.walks.get(chain) or Walk(self.anchors.of(chain))
            head, length = self.heads.get(chain, (FIRST, 0))
            found = walk.end(head, length)
            yield chain, walk.length, found


def from_export(file: Path) -> Iterator[Row]:
    """The lines that `standdown audit export` wrote: entries, and after those of each chain its head."""
    number = 0
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                row = json.loads(line)
                if not (isinstance(row, dict) and (row.keys() >= _ENTRY or row.keys() == _HEAD)):
                    raise Unreadable(f"{file}: line {number} is neither an entry nor a head")
                yield row
    except ValueError as error:
        raise Unreadable(f"{file}: line {number + 1} is no JSON") from error
    if not number:
        raise Unreadable(f"{file} is empty")


def from_database(file: Path) -> Iterator[Row]:
    """The entries and heads in an SQLite database, as of one moment. It is opened to read only."""
    names = [name for name in (*FIELDS, "previous", "hash") if name != "chain_id"]
    try:
        database = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
        try:
            database.execute("BEGIN")
            for chain, length, head in database.execute("SELECT force_id, sequence, head FROM audit_chain"):
                yield {"chain_id": _key(chain), "sequence": length, "head": head}
            asked = f"SELECT chain_id, {', '.join(names)} FROM audit_entry ORDER BY chain_id, sequence"  # noqa: S608
            for chain, number, at, kind, actor, *rest in database.execute(asked):
                job, can, outcome, about, record, detail, previous, own = rest
                yield {
                    "chain_id": _key(chain), "sequence": number, "at": _moment(at), "actor_kind": kind,
                    "actor_id": None if actor is None else _key(actor), "actor_job": job, "can": can,
                    "outcome": outcome, "kind": about, "record_id": record, "detail": _codes(detail),
                    "previous": previous, "hash": own,
                }  # fmt: skip
        finally:
            database.close()
    except sqlite3.Error as error:
        raise Unreadable(f"{file}: {error}") from error


@lru_cache(maxsize=65536)
def _key(kept: Any) -> Any:
    """A key as the hash sees it. What is none stays as it is, and then does not match."""
    text = str(kept)
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}" if len(text) == 32 else kept  # noqa: PLR2004


def _moment(kept: Any) -> Any:
    text = str(kept)
    if len(text) == 26 and text[10] == " " and text[19] == ".":  # noqa: PLR2004 - to the microsecond, as nearly all are
        return f"{text[:10]}T{text[11:]}+00:00"
    day, _, clock = text.partition(" ")
    whole, _, part = clock.partition(".")
    return f"{day}T{whole}.{part:0<6}+00:00"


@lru_cache(maxsize=65536)  # the same few codes, again and again
def _codes(kept: Any) -> Any:
    try:
        return json.loads(kept)
    except (ValueError, TypeError):
        return kept


# -- the program ----------------------------------------------------------------------------------------------------


def check(record: Path, anchors: Anchors | None) -> dict[str, Any]:
    """What there is to say about a record; `whole` is None when some of it could not be checked. Raises Unreadable."""
    began = time.monotonic()
    try:
        with record.open("rb") as start:
            is_database = start.read(16) == b"SQLite format 3\0"
    except OSError as error:
        raise Unreadable(f"{record}: {error.strerror}") from error
    found = Record(anchors or Anchors())
    found.take(from_database(record) if is_database else from_export(record))
    chains = [
        {
            "chain": chain, "entries": length, "anchors": len(found.anchors.of(chain)),
            "broken_at": broken.sequence if broken else None, "why": broken.why if broken else "",
        }
        for chain, length, broken in found.verdicts()
    ]  # fmt: skip
    seconds = time.monotonic() - began
    known = found.anchors
    doubts = [] if anchors is None else anchors.doubts()
    broken = any(one["broken_at"] for one in chains)
    return {
        "whole": False if broken else None if doubts else True,
        "doubts": doubts, "with_anchors": anchors is not None, "anchors": known.number, "newest_anchor": known.newest,
        "entries": found.rows, "seconds": round(seconds, 3), "entries_a_second": int(found.rows / max(seconds, 1e-9)),
        "chains": chains,
    }  # fmt: skip


def main(given: list[str] | None = None) -> int:
    """Check what the command line names, print what there is to say as JSON, and return the exit code."""
    parser = argparse.ArgumentParser(description="Prove a record of Standdown whole, without Standdown.")
    parser.add_argument("record", type=Path, help="the SQLite database, or a file of `standdown audit export`")
    parser.add_argument("--anchors", type=Path, nargs="+", default=[], help="folders or files of anchors")
    parser.add_argument("--anchor", nargs="+", default=[], metavar="CHAIN:NUMBER:HASH", help="as a mail gives it")
    parser.add_argument("--as-of", type=_in_utc, help="when the copy was made: later anchors are left out")
    parser.add_argument("--without-anchors", action="store_true", help="what was cut or written anew will not show")
    asked = parser.parse_args(given)
    if bool(asked.anchors or asked.anchor) == asked.without_anchors:
        parser.error("give anchors, or --without-anchors")
    try:
        anchors = read_anchors(asked.anchors, asked.as_of or "")
        for one in asked.anchor:
            _from_a_mail(anchors, one)
        said = check(asked.record, None if asked.without_anchors else anchors)
    except Unreadable as error:
        said = {"whole": None, "doubts": [str(error)]}
    sys.stdout.write(json.dumps(said, indent=2) + "\n")
    return {True: WHOLE, False: BROKEN, None: NOT_CHECKED}[said["whole"]]


def _in_utc(said: str) -> str:
    moment = dt.datetime.fromisoformat(said)
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(dt.UTC).isoformat()


def _from_a_mail(anchors: Anchors, said: str) -> None:
    chain, _, rest = said.partition(":")
    number, _, head = rest.partition(":")
    if not number.isdecimal() or len(head) != len(FIRST):
        raise Unreadable(f"{said} is no anchor: CHAIN:NUMBER:HASH")
    anchors.add(chain, int(number), head)


if __name__ == "__main__":
    sys.exit(main())
