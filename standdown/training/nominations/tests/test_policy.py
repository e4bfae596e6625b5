"""The rules of names and places, in tables: no database, no clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from standdown.foundation import working_time
from standdown.foundation.clock import LONDON
from standdown.training.nominations import policy
from standdown.training.nominations.policy import Candidate, Cover, DateFacts, Deed, Held, No, Places, Wait

STARTS = dt.datetime(2027, 1, 12, 9, tzinfo=LONDON)
CLOSES = STARTS - dt.timedelta(days=7)
AT = dt.datetime(2026, 11, 23, 10, tzinfo=LONDON)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def candidate(**facts: Any) -> Candidate:
    """A line manager against whom nothing speaks, but for these facts."""
    usual = {"serving": True, "has_address": True, "kind": "officer", "line_manager": True, "peer_supporter": False}
    return Candidate(**{**usual, **facts})


def date(**facts: Any) -> DateFacts:
    """A date against which nothing speaks, but for these facts."""
    usual = {
        "status": "published", "starts_at": STARTS, "closes_at": CLOSES, "day": STARTS.date(), "adopted": True,
        "for_force": True, "home_office": True,
    }  # fmt: skip
    return DateFacts(**{**usual, **facts})


# -- who may be put forward -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "day", "nos"),
    [
        ({}, {}, []),
        ({}, {"adopted": False}, [No.NOT_ADOPTED]),
        ({}, {"status": "draft"}, [No.NOT_PUBLISHED]),
        ({}, {"status": "cancelled"}, [No.NOT_PUBLISHED]),
        ({}, {"starts_at": AT, "closes_at": AT - DAY}, [No.HAS_BEGUN]),
        ({}, {"starts_at": AT - HOUR, "closes_at": AT - DAY, "substitute": True}, [No.HAS_BEGUN]),
        ({}, {"closes_at": AT}, [No.CLOSED]),
        ({}, {"closes_at": AT, "substitute": True}, []),
        ({}, {"closes_at": AT + HOUR}, []),
        ({}, {"for_force": False}, [No.NOT_FOR_FORCE]),
        ({}, {"for_force": False, "exception": True}, []),
        ({"serving": False}, {}, [No.LEFT]),
        ({"has_address": False}, {}, [No.NO_ADDRESS]),
        ({"kind": "staff"}, {}, []),
        ({"kind": "special"}, {}, [No.NOT_OFFICER_OR_STAFF]),
        ({"kind": "volunteer"}, {}, [No.NOT_OFFICER_OR_STAFF]),
        ({"line_manager": False}, {}, [No.NOT_ELIGIBLE]),
        ({"line_manager": False, "peer_supporter": True}, {}, []),
        ({"line_manager": False, "stated": True}, {}, []),
        ({"in_session": True}, {}, [No.ALREADY]),
        ({"same_day": True}, {}, [No.SAME_DAY]),
        ({"in_session": True, "same_day": True}, {}, [No.ALREADY]),  # said once
        ({"trains": True}, {}, [No.TRAINS_IT]),
        ({"until": STARTS.date() + policy.CURRENT_ENOUGH}, {}, []),
        ({"until": STARTS.date() + policy.CURRENT_ENOUGH + DAY}, {}, [No.CURRENT]),
        ({"until": STARTS.date() - DAY}, {}, []),
        ({}, {"home_office": False}, [No.TERMS]),
        ({}, {"home_office": False, "cost_agreed": True}, []),
        (
            {"serving": False, "kind": "volunteer", "line_manager": False},
            {"adopted": False, "for_force": False},
            [No.NOT_ADOPTED, No.NOT_FOR_FORCE, No.LEFT, No.NOT_OFFICER_OR_STAFF, No.NOT_ELIGIBLE],
        ),
    ],
)
def test_every_rule_that_speaks_against_a_name_is_said(
    person: dict[str, Any], day: dict[str, Any], nos: list[No]
) -> None:
    assert policy.why_not(candidate(**person), date(**day), AT) == nos


@pytest.mark.parametrize(
    ("manager", "peer", "stated", "grounds"),
    [
        (True, True, True, "both"),
        (True, False, True, "line-manager"),
        (False, True, True, "peer-supporter"),
        (False, False, True, "stated"),
        (False, False, False, None),
    ],
)
def test_what_the_directory_knows_goes_before_what_a_lead_states(
    manager: bool, peer: bool, stated: bool, grounds: str | None
) -> None:
    assert candidate(line_manager=manager, peer_supporter=peer, stated=stated).eligibility == grounds


# -- places ---------------------------------------------------------------------------------------------------------


def board(capacity: int, kept: dict[str, int], *holding: Held, released: bool = False) -> Places:
    """The places of a date."""
    return Places(capacity, kept, released, list(holding))


def held(*pools: str, beyond: int = 0) -> list[Held]:
    """Places one after the other by who holds them; the last `beyond` of them beyond the capacity."""
    ordinary = len(pools) - beyond
    return [Held(number, pool, number > ordinary) for number, pool in enumerate(pools, start=1)]


@pytest.mark.parametrize(
    ("capacity", "kept", "released", "holding", "open_to"),
    [
        (4, {}, False, held(), {"a": 4, "b": 4}),
        (4, {"a": 0, "b": 0}, False, held("a"), {"a": 3, "b": 3}),
        (4, {"a": 2, "b": 0}, False, held(), {"a": 4, "b": 2}),  # two wait for a; two are anybody's
        (4, {"a": 2, "b": 2}, False, held(), {"a": 2, "b": 2}),
        (4, {"a": 2, "b": 2}, False, held("a"), {"a": 1, "b": 2}),
        (4, {"a": 2, "b": 2}, False, held("a", "a"), {"a": 0, "b": 2}),
        (
            4,
            {"a": 2, "b": 0},
            False,
            held("a", "a", "a"),
            {"a": 1, "b": 1},
        ),  # more than its own: from what is anybody's
        (4, {"a": 2, "b": 2}, True, held("a"), {"a": 3, "b": 3}),  # released: what is free is anybody's
        (4, {"a": 2, "b": 2}, True, held("a", "a", "b", "b"), {"a": 0, "b": 0}),
        (4, {"a": 2}, False, held("b", "b", "b"), {"a": 1, "b": 0}),  # the pool came to keep places later
        (2, {"a": 2}, False, held("b", "b", "b"), {"a": 0, "b": 0}),  # capacity cut below what is taken
        (2, {"a": 1, "b": 0}, False, held("a", "b", "b", beyond=1), {"a": 0, "b": 0}),  # beyond the capacity: apart
        (3, {"a": 1, "b": 0}, False, held("b", "a", beyond=1), {"a": 2, "b": 1}),  # and it uses up nothing that is kept
        (4, {"ab": 3, "c": 1}, False, held("ab", "ab"), {"ab": 1, "c": 1}),  # two forces that share their places
        (4, {"a": 3}, False, held(), {"mutual-aid": 1}),  # the exception gets only what is kept for nobody
    ],
)
def test_what_is_open_to_a_pool(
    capacity: int, kept: dict[str, int], released: bool, holding: list[Held], open_to: dict[str, int]
) -> None:
    places = Places(capacity, kept, released, holding)
    assert {pool: places.open_to(pool) for pool in open_to} == open_to


def test_places_beyond_the_capacity_are_counted_apart() -> None:
    places = Places(2, {}, released=False, held=held("a", "b", "b", beyond=1))
    assert (places.taken, places.free, places.taken_by("b"), places.taken_by("c")) == (2, 0, 1, 0)


def test_the_lowest_number_that_nobody_holds_comes_next() -> None:
    places = Places(4, {}, released=False, held=[Held(1, "a"), Held(3, "a")])
    assert (places.take("b"), places.take("b"), places.next_number()) == (2, 4, 5)


def test_a_place_beyond_the_capacity_has_a_number_beyond_it() -> None:
    places = Places(3, {}, released=False, held=[Held(1, "a"), Held(4, "a", over_capacity=True)])
    assert (places.take("b", over_capacity=True), places.take("b")) == (5, 2)
    assert places.held[-2:] == [Held(5, "b", over_capacity=True), Held(2, "b")]


@pytest.mark.parametrize(
    ("holding", "capacity", "moved"),
    [
        ([], 2, {}),
        ([Held(1, "a"), Held(2, "a")], 2, {}),
        ([Held(1, "a"), Held(5, "a")], 2, {5: 2}),
        ([Held(3, "a"), Held(4, "a")], 2, {3: 1, 4: 2}),
        ([Held(1, "a"), Held(3, "a", over_capacity=True)], 4, {3: 5}),  # a larger capacity pushes the marked ones on
        ([Held(1, "a"), Held(3, "a"), Held(2, "a", over_capacity=True)], 2, {2: 4, 3: 2}),
    ],
)
def test_another_capacity_gives_new_numbers(holding: list[Held], capacity: int, moved: dict[int, int]) -> None:
    found = policy.renumbered(holding, capacity)
    assert list(found.items()) == list(moved.items())  # in an order in which none meets another


# -- whose turn it is -------------------------------------------------------------------------------------------------


def wait(key: str, queue: int, own: int | None = None, *, pool: str = "") -> Wait:
    """A name whose first letter is its force."""
    return Wait(key, pool or key[0], queue, own, key[0])


@pytest.mark.parametrize(
    ("waiting", "order"),
    [
        ([], []),
        ([wait("a1", 1), wait("b1", 2), wait("a2", 3)], ["a1", "b1", "a2"]),
        ([wait("a2", 3), wait("b1", 2), wait("a1", 1)], ["a1", "b1", "a2"]),  # however they are read
        # The lead of a prefers a3: it takes a's first turn, and b's turn stays where it was.
        ([wait("a1", 1, 2), wait("b1", 2), wait("a3", 4, 1), wait("a2", 3, 3)], ["a3", "b1", "a1", "a2"]),
        # Who came after the lead had ordered stands behind those that are ordered.
        ([wait("a1", 1), wait("a2", 2, 1), wait("a3", 3)], ["a2", "a1", "a3"]),
        # Two forces that share places each keep their own order.
        ([wait("a1", 1, 2, pool="x"), wait("b1", 2, 1, pool="x"), wait("a2", 3, 1, pool="x")], ["a2", "b1", "a1"]),
    ],
)
def test_a_list_turns_by_force_and_within_a_force_by_its_leads_order(waiting: list[Wait], order: list[str]) -> None:
    assert [one.key for one in policy.in_turn(waiting)] == order


@pytest.mark.parametrize(
    ("places", "waiting", "key"),
    [
        (board(2, {}, *held("a")), [wait("a1", 2), wait("b1", 1)], "b1"),
        (board(2, {}, *held("a", "a")), [wait("b1", 1)], None),
        (board(2, {"a": 1}, *held("b")), [wait("b1", 1), wait("a1", 2)], "a1"),  # the place is kept for a
        (board(2, {"a": 1}, *held("b"), released=True), [wait("b1", 1), wait("a1", 2)], "b1"),
        (board(2, {"a": 1}, *held("b")), [wait("b1", 1), wait("a1", 2), wait("a2", 3, 1)], "a2"),
        (board(2, {}), [], None),
    ],
)
def test_a_place_goes_to_whose_turn_it_is_among_those_to_whom_it_is_open(
    places: Places, waiting: list[Wait], key: str | None
) -> None:
    found = policy.next_in_turn(places, waiting)
    assert (found.key if found else None) == key


# -- times ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "hours", "cut"),
    [
        (30 * DAY, policy.ANSWER_HOURS, 2 * DAY),
        (2 * DAY + 2 * HOUR, policy.ANSWER_HOURS, 2 * DAY),
        (2 * DAY + HOUR, policy.SHORT_ANSWER_HOURS, 2 * HOUR),
        (4 * HOUR, policy.SHORT_ANSWER_HOURS, 2 * HOUR),
    ],
)
def test_an_offer_is_open_until_a_cut_off(before: dt.timedelta, hours: int, cut: dt.timedelta) -> None:
    assert policy.answer_window(STARTS, STARTS - before) == (hours, STARTS - cut)


@pytest.mark.parametrize("before", [3 * HOUR, HOUR, -HOUR])
def test_nobody_is_offered_a_place_that_they_could_not_prepare_for(before: dt.timedelta) -> None:
    assert policy.answer_window(STARTS, STARTS - before) is None


@pytest.mark.parametrize(
    ("offered", "starts", "until"),
    [
        ("2026-04-02 10:00", "2026-05-20 09:00", "2026-04-08 10:00"),  # over Easter
        ("2026-10-23 16:00", "2026-11-20 09:00", "2026-10-27 16:00"),  # over the night of 25 October
        ("2027-03-25 16:00", "2027-04-20 09:00", "2027-03-31 16:00"),  # over Easter and the night of 28 March
        ("2027-12-23 16:00", "2027-12-31 09:00", "2027-12-29 09:00"),  # never past the cut-off
    ],
)
def test_two_working_days_hold_over_holidays_and_changes_of_the_clock(offered: str, starts: str, until: str) -> None:
    at, begins, ends = (dt.datetime.fromisoformat(one).replace(tzinfo=LONDON) for one in (offered, starts, until))
    window = policy.answer_window(begins, at)
    assert window is not None
    assert min(working_time.after(at, window[0], "england-and-wales"), window[1]) == ends


@pytest.mark.parametrize(("before", "late"), [(3 * DAY, False), (2 * DAY, True), (HOUR, True)])
def test_a_place_given_back_in_the_last_two_days_is_late(before: dt.timedelta, late: bool) -> None:
    assert policy.is_late(STARTS, STARTS - before) is late


@pytest.mark.parametrize(
    ("after", "shown"), [(-25 * HOUR, False), (-24 * HOUR, True), (3 * HOUR, True), (7 * HOUR, False)]
)
def test_the_joining_link_is_shown_from_a_day_before_until_the_end(after: dt.timedelta, shown: bool) -> None:
    assert policy.shows_joining_link(STARTS, STARTS + 7 * HOUR, STARTS + after) is shown


# -- what may be done -------------------------------------------------------------------------------------------------

ALL = ("nominated", "offered", "accepted", "waiting", *policy.ENDED, "attended", "part-attended", "did-not-attend")


@pytest.mark.parametrize(
    ("deed", "states"),
    [
        (Deed.ANSWER, {"offered"}),
        (Deed.LAPSE, {"offered"}),
        (Deed.RELEASE, {"nominated"}),
        (Deed.EXPIRE, {"nominated", "waiting"}),
        (Deed.WITHDRAW, {"nominated", "offered", "accepted", "waiting"}),
        (Deed.SUBSTITUTE, {"offered", "accepted"}),
        (Deed.TRANSFER, {"offered", "accepted", "waiting"}),
        (Deed.REORDER, {"waiting"}),
        (Deed.OVER_CAPACITY, {"waiting"}),
        (Deed.NEEDS, {"nominated", "offered", "accepted", "waiting"}),
        (Deed.MARK, {"accepted", "attended", "part-attended", "did-not-attend"}),
    ],
)
def test_what_may_be_done_in_which_state(deed: Deed, states: set[str]) -> None:
    assert {state for state in ALL if policy.may(deed, state, STARTS, AT)} == states


def test_every_deed_has_its_states() -> None:
    assert policy.ALLOWED.keys() == set(Deed)


def test_once_a_date_has_begun_only_what_came_of_it_is_recorded() -> None:
    may = {deed for deed in Deed if any(policy.may(deed, state, STARTS, STARTS) for state in ALL)}
    assert may == {Deed.MARK, Deed.LAPSE, Deed.EXPIRE}


# -- the order of names -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("able", "wanted", "lapsing", "gap"), [(1, 3, 0, 2), (1, 3, 1, 3), (4, 3, 0, 0), (4, 3, 2, 1), (0, 0, 0, 0)]
)
def test_who_will_soon_lapse_is_missing_already(able: int, wanted: int, lapsing: int, gap: int) -> None:
    assert Cover(able, wanted, lapsing).gap == gap


def test_the_widest_gap_comes_first_then_the_thinner_team_then_who_waits_longer() -> None:
    names = [
        ("no team", Cover(0, 0), AT - 9 * DAY),
        ("gap of one in ten", Cover(9, 10), AT),
        ("gap of one in two", Cover(1, 2), AT),
        ("gap of two", Cover(1, 3), AT),
        ("gap of two, earlier", Cover(1, 3), AT - DAY),
        ("gap of two by lapsing", Cover(3, 3, 2), AT - 9 * DAY),
    ]
    assert policy.in_cover_order(names) == [
        "gap of two, earlier", "gap of two", "gap of two by lapsing", "gap of one in two", "gap of one in ten",
        "no team",
    ]  # fmt: skip
