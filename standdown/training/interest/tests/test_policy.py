"""The rules of telling one's lead, and the order of names."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from standdown.training.interest import policy
from standdown.training.interest.policy import Cover, Deed, No, Teller

AT = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
ANN = Teller(
    has_force=True, serving=True, adopted=True, kind="officer", line_manager=True, peer_supporter=False, already=False
)


@pytest.mark.parametrize(
    ("who", "no"),
    [
        (ANN, None),
        (replace(ANN, line_manager=False, peer_supporter=True, kind="staff"), None),
        (replace(ANN, has_force=False, serving=False), No.NO_FORCE),
        (replace(ANN, serving=False), No.LEFT),
        (replace(ANN, adopted=False, already=True), No.NOT_ADOPTED),
        (replace(ANN, kind="volunteer"), No.NOT_OFFICER_OR_STAFF),
        (replace(ANN, already=True), No.ALREADY),
        (replace(ANN, line_manager=False), No.NO_ROLE),
    ],
)
def test_the_first_rule_that_speaks_against_is_named(who: Teller, no: No | None) -> None:
    assert policy.why_not(who) == no


@pytest.mark.parametrize(
    ("deed", "states"),
    [
        (Deed.KEEP, {"open"}),
        (Deed.NOT_NOW, {"open", "held"}),
        (Deed.ASK_LINE_MANAGER, {"open", "held"}),
        (Deed.TAKE_BACK, {"open", "held"}),
    ],
)
def test_what_is_decided_stays_decided(deed: Deed, states: set[str]) -> None:
    every = ("open", "held", "put-forward", "not-now", "withdrawn")
    assert {state for state in every if policy.may(deed, state)} == states


def test_names_come_where_the_most_are_missing_then_the_smaller_share_then_who_waited() -> None:
    later = AT + dt.timedelta(days=1)
    names = [
        ("no figure", policy.NOWHERE, AT),
        ("enough", Cover(4, 4), AT),
        ("one of four", Cover(3, 4), AT),
        ("one of two, later", Cover(1, 2), later),
        ("one of two", Cover(1, 2), AT),
        ("lapsing", Cover(2, 2, lapsing=2), AT),
    ]
    assert policy.in_cover_order(names) == [
        "lapsing", "one of two", "one of two, later", "one of four", "enough", "no figure",
    ]  # fmt: skip


def test_the_cover_of_a_base_is_that_of_its_teams() -> None:
    assert sum([Cover(1, 2), Cover(0, 3, lapsing=1)], policy.NOWHERE) == Cover(1, 5, 1)
    assert Cover(5, 2).gap == 0
