import datetime as dt

import pytest

from standdown.people.forces import policy
from standdown.people.forces.policy import Bar, Called, Span, Standing

D1, D2, D3 = dt.date(2027, 4, 1), dt.date(2028, 4, 1), dt.date(2030, 4, 1)
ALWAYS = Span(None, None)


@pytest.mark.parametrize(
    ("span", "day", "holds"),
    [
        (ALWAYS, D1, True),
        (Span(D1, None), D1, True),
        (Span(D2, None), D1, False),
        (Span(None, D1), D1, False),  # the last day is the one before
        (Span(None, D2), D1, True),
    ],
)
def test_a_span_holds_its_first_day_and_not_its_last(span: Span, day: dt.date, holds: bool) -> None:
    assert span.holds_on(day) is holds


@pytest.mark.parametrize(
    ("day", "force", "found"),
    [
        (D1 - dt.timedelta(days=1), "a", ("a",)),
        (D1, "a", ("m",)),  # a and b merge into m
        (D2, "a", ("x", "y")),  # m splits into x and y
        (D3, "b", ("x", "z")),  # y becomes z
        (D3, "other", ("other",)),
    ],
)
def test_successors_are_followed_as_far_as_they_lead(day: dt.date, force: str, found: tuple[str, ...]) -> None:
    steps = [("a", "m", D1), ("b", "m", D1), ("m", "x", D2), ("m", "y", D2), ("y", "z", D3)]
    assert policy.successors_on(day, force, steps) == found


def test_two_ways_to_one_force_name_it_once() -> None:
    steps = [("a", "x", D1), ("a", "y", D1), ("x", "z", D2), ("y", "z", D2)]
    assert policy.successors_on(D2, "a", steps) == ("z",)


@pytest.mark.parametrize(
    ("origins", "successors", "least", "bar"),
    [
        ([Standing("a", ALWAYS), Standing("b", ALWAYS)], [Standing("c", ALWAYS)], 1, None),
        ([Standing("a", ALWAYS)], [Standing("c", Span(D1, None))], 1, None),  # new from that very day
        ([Standing("a", ALWAYS)], [Standing("a", ALWAYS)], 1, (Bar.ITSELF, "a")),
        ([], [Standing("c", ALWAYS)], 1, (Bar.TOO_FEW, "")),
        ([Standing("a", ALWAYS)], [], 1, (Bar.TOO_FEW, "")),
        ([Standing("a", ALWAYS)], [Standing("c", ALWAYS)], 2, (Bar.TOO_FEW, "")),
        ([Standing("a", ALWAYS), Standing("a", ALWAYS)], [Standing("c", ALWAYS)], 1, (Bar.TWICE, "a")),
        ([Standing("a", Span(None, D2))], [Standing("c", ALWAYS)], 1, (Bar.ENDS_ALREADY, "a")),
        ([Standing("a", ALWAYS)], [Standing("c", Span(None, D3))], 1, (Bar.ENDS_ALREADY, "c")),
        ([Standing("a", Span(D2, None))], [Standing("c", ALWAYS)], 1, (Bar.NOT_YET, "a")),
        ([Standing("a", Span(D1, None))], [Standing("c", ALWAYS)], 1, (Bar.NOT_YET, "a")),  # it never stood
        ([Standing("a", ALWAYS)], [Standing("c", Span(D2, None))], 1, (Bar.NOT_YET, "c")),
    ],
)
def test_what_keeps_forces_from_being_followed(
    origins: list[Standing], successors: list[Standing], least: int, bar: tuple[Bar, str] | None
) -> None:
    assert policy.bar_to_succession(D1, origins, successors, least=least) == bar


def test_a_name_holds_from_its_day_until_the_next() -> None:
    first, second, third = Called(None, "A", "a"), Called(D1, "B", "b"), Called(D2, "C", "c", "Ch")
    names = [third, first, second]
    days = (D1 - dt.timedelta(days=1), D1, D2 - dt.timedelta(days=1), D2, D3)
    assert [policy.name_on(day, names).name for day in days] == ["A", "B", "B", "C", "C"]
    assert policy.name_on(D1, [third]).name == "C"  # a force that is still to come has its first name


def test_names_are_compared_in_every_language() -> None:
    assert Called(None, "A", "a").same_words(Called(D1, "A", "a"))
    assert not Called(None, "A", "a").same_words(Called(None, "A", "a", "Ch"))


@pytest.mark.parametrize(
    ("one", "other"), [("MET", "met"), ("Devon & Cornwall", "devon  and cornwall"), ("Heddlu Gwent ", "HEDDLU GWENT")]
)
def test_words_are_looked_up_without_case_and_marks(one: str, other: str) -> None:
    assert policy.key(one) == policy.key(other)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("thames-valley", True), ("btp", True), ("a1", True), ("", False), ("Thames", False), ("a--b", False),
        ("-a", False), ("a/../b", False), ("a" * 61, False), ("add", False), ("demand", False), ("a\n", False),
    ],
)  # fmt: skip
def test_what_can_stand_in_an_address(text: str, fits: bool) -> None:
    assert policy.is_slug(text) is fits


@pytest.mark.parametrize(
    ("text", "fits"), [("E23000001", True), ("W15000001", True), ("e23000001", False), ("E2300001", False), ("", False)]
)
def test_what_is_an_ons_code(text: str, fits: bool) -> None:
    assert policy.is_ons_code(text) is fits
