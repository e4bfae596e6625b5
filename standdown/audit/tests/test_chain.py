from __future__ import annotations

from typing import Any

import pytest

from standdown.audit import chain

Rows = list[dict[str, Any]]


def whole(length: int = 3) -> Rows:
    rows: Rows = []
    previous = chain.FIRST
    for sequence in range(1, length + 1):
        row: dict[str, Any] = {**dict.fromkeys(chain.FIELDS, "x"), "sequence": sequence, "detail": {"b": 1, "a": None}}
        row |= {"previous": previous, "hash": chain.digest(previous, row)}
        rows.append(row)
        previous = row["hash"]
    return rows


def verdict(rows: Rows, of: Rows) -> tuple[int, str] | None:
    found = chain.verify(rows, head=of[-1]["hash"], length=len(of))
    return None if found is None else (found.sequence, found.why)


def test_a_whole_chain_has_no_break() -> None:
    assert verdict(whole(), whole()) is None
    assert chain.verify([], head=chain.FIRST, length=0) is None


@pytest.mark.parametrize("field", [name for name in chain.FIELDS if name != "sequence"])
def test_a_changed_field_shows_where_it_was_changed(field: str) -> None:
    rows = whole()
    rows[1][field] = "y"
    assert verdict(rows, whole()) == (2, "an entry was changed")


def test_a_missing_entry_an_exchanged_one_and_a_cut_end_show() -> None:
    rows = whole()
    assert verdict([rows[0], rows[2]], rows) == (2, "an entry is missing")
    assert verdict(rows[:2], rows) == (3, "the end of the chain was cut or replaced")
    forged = whole()
    forged[2]["previous"] = "0" * 64
    assert verdict(forged, rows) == (3, "an entry does not follow the one before it")


def test_the_order_in_which_a_database_keeps_the_codes_does_not_matter() -> None:
    rows = whole()
    rows[0]["detail"] = dict(sorted(rows[0]["detail"].items()))
    assert verdict(rows, whole()) is None
