"""T09: a thousand random tamperings of seven kinds with the record of who did what, by somebody who owns the database.

The verifier has the record and the anchors. The control has the record alone: a cut end, a chain written anew and an
old copy put back must stay unseen there, or this proves nothing about anchors.
"""

from __future__ import annotations

import random
from pathlib import Path

from standdown.audit.tests import tampering
from standdown.audit.tests.tampering import SEEN_BY_ANCHORS, SEEN_BY_THE_CHAIN, WAYS

TRIES = 1001  # each of the seven equally often


def test_every_tampering_is_found(tmp_path: Path) -> None:
    outcomes = tampering.trial(tmp_path, TRIES)
    for name, one in outcomes.items():
        print(f"{name}: {one.found} of {one.tries} found, without anchors {one.found_without}")  # noqa: T201
    each = TRIES // len(WAYS)
    assert {name: (one.found, one.false_alarms) for name, one in outcomes.items()} == {
        way.__name__: (each, 0) for way in WAYS
    }
    assert {way.__name__: outcomes[way.__name__].found_without for way in SEEN_BY_THE_CHAIN} == {
        way.__name__: each for way in SEEN_BY_THE_CHAIN
    }
    assert {way.__name__: outcomes[way.__name__].found_without for way in SEEN_BY_ANCHORS} == {
        way.__name__: 0 for way in SEEN_BY_ANCHORS
    }


def test_what_was_done_since_the_last_anchor_can_be_cut_unseen(tmp_path: Path) -> None:
    """The limit: what is younger than the last anchor has no witness yet."""
    lots = random.Random(1)
    kept = tampering.made(lots)
    anchors = tmp_path / "heads.jsonl"
    anchors.write_text("\n".join(kept.lines), encoding="utf-8")
    key = min(kept.chains)
    del kept.chains[key][kept.anchors[key][-1] :]
    assert tampering.said(tampering.as_export(kept, tmp_path / "record"), anchors) is True
