"""A sample of `tests/prove/test_tampering.py`, which does it a thousand times."""

from pathlib import Path

from standdown.audit.tests import tampering
from standdown.audit.tests.tampering import SEEN_BY_ANCHORS, SEEN_BY_THE_CHAIN, WAYS

TRIES = 42


def test_each_way_of_tampering_is_found_and_the_last_three_by_anchors_alone(tmp_path: Path) -> None:
    outcomes = tampering.trial(tmp_path, TRIES)
    each = TRIES // len(WAYS)
    assert {name: (one.tries, one.found, one.false_alarms) for name, one in outcomes.items()} == {
        way.__name__: (each, each, 0) for way in WAYS
    }
    assert [outcomes[way.__name__].found_without for way in SEEN_BY_THE_CHAIN] == [each] * 4
    assert [outcomes[way.__name__].found_without for way in SEEN_BY_ANCHORS] == [0] * 3
