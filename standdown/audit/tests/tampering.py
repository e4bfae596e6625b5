"""Seven ways to change a record behind its back, as somebody could who owns the database: heads are mended, too."""

from __future__ import annotations

import copy
import json
import random
import sqlite3
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from standdown.audit import chain

Rows = list[dict[str, Any]]
CHAINS, LENGTH = 3, 60
COLUMNS = ("at", "actor_kind", "actor_job", "can", "outcome", "kind", "record_id")


@dataclass
class Kept:
    """A record as somebody with the database has it in hand, and the anchors that they have not."""

    chains: dict[str, Rows] = field(default_factory=dict)
    anchors: dict[str, list[int]] = field(default_factory=dict)  # the numbers of the entries that were heads then
    lines: list[str] = field(default_factory=list)


def made(lots: random.Random) -> Kept:
    """Some chains that nobody touched, each anchored at a few moments; the last entries are not anchored yet."""
    kept = Kept()
    for _ in range(CHAINS):
        key = str(uuid.UUID(int=lots.getrandbits(128)))
        rows: Rows = []
        for number in range(1, LENGTH + 1):
            rows.append(entry(lots, key, number))
        chained(rows, 0)
        kept.chains[key] = rows
        kept.anchors[key] = sorted(lots.sample(range(5, LENGTH - 5), 5))
        for number in kept.anchors[key]:
            said = {"time": rows[number - 1]["at"], "chain": key, "sequence": number, "hash": rows[number - 1]["hash"]}
            kept.lines.append(json.dumps(said))
    return kept


def entry(lots: random.Random, key: str, number: int) -> dict[str, Any]:
    """One entry, not hashed yet."""
    person = str(uuid.UUID(int=lots.getrandbits(128)))
    at = f"2026-11-23T10:{number % 60:02}:00.{lots.randrange(10**6):06}+00:00"
    return {
        "chain_id": key, "sequence": number, "at": at,
        "actor_kind": "person", "actor_id": person, "actor_job": "", "can": "run-care", "outcome": "done",
        "kind": "care.incident", "record_id": str(lots.random()), "detail": {"looked_at": lots.randrange(9), "b": None},
    }  # fmt: skip


def chained(rows: Rows, since: int) -> None:
    """Number and hash from that place on, as the program would have."""
    for place in range(since, len(rows)):
        previous = rows[place - 1]["hash"] if place else chain.FIRST
        rows[place] |= {"sequence": place + 1, "previous": previous}
        rows[place]["hash"] = chain.digest(previous, rows[place])


# -- the seven ways -------------------------------------------------------------------------------------------------


def edit(rows: Rows, last_anchor: int, lots: random.Random) -> None:
    row = lots.choice(rows)
    name = lots.choice([*COLUMNS, "actor_id", "detail", "hash again"])
    if name == "detail":
        row["detail"]["looked_at"] += 1
    elif name == "hash again":
        row = lots.choice(rows[:-1])
        row["outcome"] = "refused"
        row["hash"] = chain.digest(row["previous"], row)
    else:
        row[name] = lots.choice(["x", "", "2026-11-23T10:00:00.000001+00:00"]) or f"{row[name]}x"


def delete(rows: Rows, last_anchor: int, lots: random.Random) -> None:
    del rows[lots.randrange(len(rows) - 1)]


def reorder(rows: Rows, last_anchor: int, lots: random.Random) -> None:
    one, other = lots.sample(range(len(rows)), 2)
    rows[one]["sequence"], rows[other]["sequence"] = rows[other]["sequence"], rows[one]["sequence"]
    if lots.random() < 0.5:  # and the lines with their numbers
        rows[one], rows[other] = rows[other], rows[one]


def insert(rows: Rows, last_anchor: int, lots: random.Random) -> None:
    place = lots.randrange(len(rows) - 1)
    new = copy.deepcopy(rows[place])
    if lots.random() < 0.5:  # one of their own that follows what stands before it, and all numbers fit
        new = entry(lots, rows[0]["chain_id"], place + 2)
        new["previous"] = rows[place]["hash"]
        new["hash"] = chain.digest(new["previous"], new)
        for row in rows[place + 1 :]:
            row["sequence"] += 1
    rows.insert(place + 1, new)


def cut(rows: Rows, last_anchor: int, lots: random.Random) -> None:
    del rows[lots.randrange(last_anchor) :]


def rewrite(rows: Rows, last_anchor: int, lots: random.Random) -> None:
    place = lots.randrange(last_anchor)
    if lots.random() < 0.5:
        rows[place]["outcome"] = "refused"
    else:
        del rows[place]
    chained(rows, place)


def put_back(rows: Rows, last_anchor: int, lots: random.Random) -> None:
    key, kept = rows[0]["chain_id"], lots.randrange(last_anchor)
    del rows[kept:]
    rows.extend(entry(lots, key, 0) for _ in range(lots.randrange(3 * LENGTH)))  # and work went on
    chained(rows, kept)


Way = Callable[[Rows, int, random.Random], None]
SEEN_BY_THE_CHAIN: tuple[Way, ...] = (edit, delete, reorder, insert)
SEEN_BY_ANCHORS: tuple[Way, ...] = (cut, rewrite, put_back)
WAYS = SEEN_BY_THE_CHAIN + SEEN_BY_ANCHORS


def tampered(kept: Kept, way: Way, lots: random.Random) -> None:
    """Do it to one chain; an old copy is put back for all of them."""
    for key in sorted(kept.chains) if way is put_back else [lots.choice(sorted(kept.chains))]:
        way(kept.chains[key], kept.anchors[key][-1], lots)


# -- as files -------------------------------------------------------------------------------------------------------


def as_export(kept: Kept, file: Path) -> Path:
    """The record as `standdown audit export` writes it."""
    lines = [json.dumps(row) for rows in kept.chains.values() for row in rows]
    heads = [json.dumps({"chain_id": key, "sequence": n, "head": head}) for key, n, head in _heads(kept)]
    file.write_text("\n".join(lines + heads) + "\n", encoding="utf-8")
    return file


def as_database(kept: Kept, file: Path) -> Path:
    """The record in an SQLite file without any guard."""
    file.unlink(missing_ok=True)
    database = sqlite3.connect(file)
    names = [*chain.FIELDS, "previous", "hash"]
    database.execute(f"CREATE TABLE audit_entry ({', '.join(names)})")
    database.execute("CREATE TABLE audit_chain (force_id, sequence, head)")
    for rows in kept.chains.values():
        for row in rows:
            values = row | {
                "chain_id": row["chain_id"].replace("-", ""), "actor_id": row["actor_id"].replace("-", ""),
                "at": row["at"].replace("T", " ").removesuffix("+00:00"), "detail": json.dumps(row["detail"]),
            }  # fmt: skip
            marks = ", ".join("?" * len(names))
            database.execute(f"INSERT INTO audit_entry VALUES ({marks})", [values[name] for name in names])
    for key, number, head in _heads(kept):
        database.execute("INSERT INTO audit_chain VALUES (?, ?, ?)", [key.replace("-", ""), number, head])
    database.commit()
    database.close()
    return file


def _heads(kept: Kept) -> list[tuple[str, int, str]]:
    return [(key, len(rows), rows[-1]["hash"] if rows else chain.FIRST) for key, rows in kept.chains.items()]


# -- the trial ------------------------------------------------------------------------------------------------------


@dataclass
class Outcome:
    """How often a way of tampering was found: with anchors, and without (the control)."""

    tries: int = 0
    found: int = 0
    found_without: int = 0
    false_alarms: int = 0


def trial(folder: Path, tries: int) -> dict[str, Outcome]:
    """Tamper that often, each way in turn, by turns with a database and with an export."""
    outcomes = {way.__name__: Outcome() for way in WAYS}
    for seed in range(tries):
        lots, way = random.Random(seed), WAYS[seed % len(WAYS)]
        kept, outcome = made(lots), outcomes[way.__name__]
        anchors = folder / "heads.jsonl"
        anchors.write_text("\n".join(kept.lines) + "\n", encoding="utf-8")
        write = as_database if seed // len(WAYS) % 2 else as_export
        outcome.tries += 1
        outcome.false_alarms += said(write(kept, folder / "record"), anchors) is not True
        tampered(kept, way, lots)
        record = write(kept, folder / "record")
        outcome.found += said(record, anchors) is False
        outcome.found_without += said(record, None) is False
    return outcomes


def said(record: Path, anchors: Path | None) -> bool | None:
    """Whether the verifier holds the record to be whole."""
    whole: bool | None = chain.check(record, chain.read_anchors([anchors]) if anchors else None)["whole"]
    return whole
