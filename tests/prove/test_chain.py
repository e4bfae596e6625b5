"""A thousand ways to tamper with the record: each is found, and the one that cannot be found is named."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from standdown.audit import chain

Rows = list[dict[str, Any]]
LENGTH, TRIES = 200, 1000


def whole(seed: int) -> Rows:
    """A chain that nobody touched."""
    lots = random.Random(seed)
    rows: Rows = []
    previous = chain.FIRST
    for number in range(1, LENGTH + 1):
        row = {
            "chain_id": "force", "sequence": number, "at": f"2026-11-23T10:00:00.{number:06}+00:00",
            "actor_kind": "person", "actor_id": str(lots.random()), "actor_job": "", "can": "keep-bases",
            "outcome": "done", "kind": "people.base", "record_id": str(lots.random()),
            "detail": {"count": lots.randrange(99)}, "previous": previous,
        }  # fmt: skip
        previous = row["hash"] = chain.digest(previous, row)
        rows.append(row)
    return rows


def edit(rows: Rows, lots: random.Random) -> None:
    row = lots.choice(rows)
    row[lots.choice([name for name in chain.FIELDS if name not in {"sequence", "detail"}])] = "x"


def edit_codes(rows: Rows, lots: random.Random) -> None:
    lots.choice(rows)["detail"]["count"] = 100


def edit_and_hash_again(rows: Rows, lots: random.Random) -> None:
    row = lots.choice(rows[:-1])
    row["outcome"] = "refused"
    row["hash"] = chain.digest(row["previous"], row)


def delete(rows: Rows, lots: random.Random) -> None:
    del rows[lots.randrange(len(rows))]


def cut(rows: Rows, lots: random.Random) -> None:
    del rows[lots.randrange(1, len(rows)) :]


def swap(rows: Rows, lots: random.Random) -> None:
    one, other = lots.sample(range(len(rows)), 2)
    rows[one], rows[other] = rows[other], rows[one]


def insert(rows: Rows, lots: random.Random) -> None:
    place = lots.randrange(len(rows))
    rows.insert(place, dict(rows[place]))


def rewrite(rows: Rows, lots: random.Random) -> None:
    place = lots.randrange(len(rows))
    rows[place]["outcome"] = "refused"
    for number in range(place, len(rows)):
        rows[number]["previous"] = rows[number - 1]["hash"] if number else chain.FIRST
        rows[number]["hash"] = chain.digest(rows[number]["previous"], rows[number])


WAYS = (edit, edit_codes, edit_and_hash_again, delete, cut, swap, insert, rewrite)


@pytest.mark.parametrize("way", WAYS)
def test_every_tampering_is_found(way: Callable[[Rows, random.Random], None]) -> None:
    found = 0
    for seed in range(TRIES // len(WAYS)):
        rows = whole(seed)
        head = rows[-1]["hash"]
        assert chain.verify(rows, head=head, length=LENGTH) is None
        way(rows, random.Random(seed))
        found += chain.verify(rows, head=head, length=LENGTH) is not None
    assert found == TRIES // len(WAYS)


def test_who_rewrites_all_and_the_head_too_is_not_found_without_a_witness_elsewhere() -> None:
    """The control: this is what the chain alone cannot show, and why its head has to be kept outside as well."""
    rows = whole(1)
    rewrite(rows, random.Random(1))
    assert chain.verify(rows, head=rows[-1]["hash"], length=LENGTH) is None
