"""Two sides, different people; a national coordinator never speaks for a force."""

from __future__ import annotations

from dataclasses import replace

import pytest

from standdown.training.mutual_aid.policy import Decider, Outcome, Request, Side, may_decide, outcome, sides

NATIONAL = Request(home="ashire", owner=None, asker="lead", person="ann")
FORCES = replace(NATIONAL, owner="bshire")
OWN = Decider(key="estip", forces=frozenset({"ashire"}), national=False)
OWNER = Decider(key="their-estip", forces=frozenset({"bshire"}), national=False)
COORDINATOR = Decider(key="nadia", forces=frozenset(), national=True)
BOTH = Decider(key="shared", forces=frozenset({"ashire", "bshire"}), national=False)


@pytest.mark.parametrize(
    ("who", "request_", "expected"),
    [
        (OWN, NATIONAL, [Side.OWN_FORCE]),
        (OWN, FORCES, [Side.OWN_FORCE]),
        (OWNER, FORCES, [Side.OWNER]),
        (OWNER, NATIONAL, []),
        (COORDINATOR, NATIONAL, [Side.OWNER]),
        (COORDINATOR, FORCES, []),
        (BOTH, FORCES, [Side.OWN_FORCE, Side.OWNER]),
        (BOTH, replace(FORCES, own_force_by="shared"), []),
        (BOTH, replace(FORCES, owner_by="shared"), []),
        (BOTH, replace(FORCES, own_force_by="estip"), [Side.OWNER]),
        (replace(OWN, key="lead"), FORCES, []),
        (replace(OWN, key="ann"), FORCES, []),
        (replace(OWN, key=None), FORCES, []),
    ],
)
def test_who_may_answer_for_which_side(who: Decider, request_: Request, expected: list[Side]) -> None:
    assert sides(who, request_) == expected


def test_who_answered_may_answer_the_same_again() -> None:
    assert may_decide(Side.OWN_FORCE, OWN, replace(FORCES, own_force_by="estip"))


@pytest.mark.parametrize(
    ("state", "refused", "both", "expected"),
    [
        ("nominated", False, False, Outcome.OPEN),
        ("refused", True, False, Outcome.REFUSED),
        ("accepted", False, True, Outcome.AGREED),
        ("withdrawn", False, True, Outcome.AGREED),
        ("expired", False, False, Outcome.NO_ANSWER),
        ("withdrawn", False, False, Outcome.ENDED),
    ],
)
def test_what_came_of_it(state: str, expected: Outcome, *, refused: bool, both: bool) -> None:
    assert outcome(state, refused=refused, both=both) is expected
