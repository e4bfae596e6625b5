"""Sittings inside the window: which are possible, in which order, and why none is."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from standdown.care.duty import policy, slots
from standdown.care.duty.policy import Duty, Pattern, Shift, Source, Span
from standdown.care.duty.slots import Rule, Window, Zone

T0 = dt.datetime(2026, 11, 23, 14, 0, tzinfo=dt.UTC)  # a Monday
H = dt.timedelta(hours=1)


def window(**facts: Any) -> Window:
    """The window of the programme that ships by default."""
    made = {
        "t0": T0, "target": 72, "green_from": 48, "green_until": 96, "amber_until": 168, "minutes": 60,
        "earliest": T0, **facts,
    }  # fmt: skip
    return Window(**made)


def on(*duties: tuple[int, int, int], away: tuple[int, ...] = (), first: int = 20, last: int = 31) -> Duty:
    """On duty on these days of November (day, hour, how many hours); away on whole days; known from 20 to 30."""
    start = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    spans = [Span(start + dt.timedelta(days=d - 1, hours=h), start + dt.timedelta(days=d - 1, hours=h + n))
             for d, h, n in duties]  # fmt: skip
    gone = [Span(start + dt.timedelta(days=d - 1), start + dt.timedelta(days=d)) for d in away]
    known = Span(start + dt.timedelta(days=first - 1), start + dt.timedelta(days=last - 1))
    return Duty(Source.FILE, policy.merged(spans), policy.merged(gone), (known,))


WEEK = tuple((day, 9, 8) for day in (23, 24, 25, 26, 27, 30))


def test_the_grid_is_every_half_hour_that_ends_inside_the_window() -> None:
    starts = slots.grid(window())
    assert (starts[0], starts[-1]) == (T0 + 48 * H, T0 + 167 * H)
    assert len(starts) == 119 * 2 + 1


def test_nothing_begins_before_the_earliest_moment_and_the_grid_keeps_to_the_half_hour() -> None:
    starts = slots.grid(window(earliest=T0 + 50 * H + dt.timedelta(minutes=7, seconds=3)))
    assert starts[0] == T0 + 50 * H + dt.timedelta(minutes=30)


def test_a_window_that_is_over_has_no_sitting() -> None:
    late = window(earliest=T0 + 200 * H)
    assert slots.grid(late) == []
    assert slots.find(late, [on(*WEEK)], [on(*WEEK)]) == slots.Found([], [], 0)


def test_the_window_is_counted_in_hours_over_a_change_of_the_clocks() -> None:
    t0 = dt.datetime(2026, 10, 23, 13, 0, tzinfo=dt.UTC)  # 14:00 in London; the clocks go back two nights later
    first = slots.grid(window(t0=t0, earliest=t0))[0]
    assert first.astimezone(policy.LONDON).strftime("%a %H:%M") == "Sun 13:00"


def test_the_heart_of_the_window_comes_first_then_who_is_on_duty_then_the_target() -> None:
    found = slots.find(window(), [on(*WEEK), on(*WEEK)])
    first = found.slots[0]
    assert (first.starts, first.zone, first.on_duty, first.unknown) == (T0 + 72 * H, Zone.HEART, 2, 0)
    # From 60 to 84 hours there are the Thursday afternoon and the hours of duty before it: all before any green one.
    assert [one.zone for one in slots.find(window(), [on(*WEEK)], most=400).slots] == sorted(
        [one.zone for one in slots.find(window(), [on(*WEEK)], most=400).slots], key=list(Zone).index
    )


def test_duty_time_goes_before_coming_in_on_the_same_day() -> None:
    found = slots.find(window(), [on(*WEEK), on((26, 15, 9), (27, 15, 9))], most=400)
    on_duty = [one.on_duty for one in found.slots if one.zone is Zone.HEART]
    assert on_duty == sorted(on_duty, reverse=True)
    assert found.slots[0].starts == dt.datetime(2026, 11, 26, 15, 0, tzinfo=dt.UTC)


def test_nobody_is_asked_in_on_a_rest_day_on_leave_or_after_a_night() -> None:
    nights = on((25, 22, 9), (26, 22, 9))
    found = slots.find(window(amber_until=96), [nights], most=400)
    assert {(one.starts.day, one.starts.hour >= 22 or one.starts.hour < 7) for one in found.slots} == {
        (25, True), (26, False), (26, True), (27, True), (25, False),
    }  # fmt: skip
    # On Thursday 26 only from 18:00, eleven hours after the night; and from 20:00 to 22:00 nobody off duty is asked.
    thursday = [one.starts for one in found.slots if one.starts.day == 26 and 7 <= one.starts.hour < 22]
    assert [f"{one:%H:%M}" for one in sorted(thursday)] == ["18:00", "18:30", "19:00"]


def test_where_nobody_knows_the_duty_waking_hours_are_proposed_and_it_says_so() -> None:
    found = slots.find(window(), [policy.UNKNOWN], most=400)
    assert found.slots[0].unknown == 1
    hours = {one.starts.hour for one in found.slots}
    assert (min(hours), max(hours)) == (8, 19)


def test_when_no_sitting_fits_it_says_which_rule_stops_it_and_what_is_nearest() -> None:
    away = on(*WEEK, away=(25, 26, 27, 28, 29, 30))
    found = slots.find(window(), [on(*WEEK), away])
    assert found.slots == []
    assert found.looked_at == 239
    assert found.helps_most is Rule.AWAY
    assert found.nearly[0].kept == {Rule.AWAY: 1}
    assert found.nearly[0].starts == T0 + 72 * H
    assert found.stopped[Rule.AWAY] == 239


def test_two_rules_that_stop_the_same_time_help_only_together() -> None:
    away = on(*WEEK, away=(25, 26, 27, 28, 29, 30))
    found = slots.find(window(), [away], [])
    assert found.slots == []
    assert found.alone == {}
    assert found.helps_most is None


def test_a_defuser_leads_on_duty_and_rested_only() -> None:
    starts = slots.grid(window())
    day, nights = slots.can_lead(on(*WEEK), starts, H), slots.can_lead(on((25, 22, 9), (26, 22, 9)), starts, H)
    leads_by_day = {starts[index].hour for index in range(len(starts)) if day >> index & 1}
    leads_by_night = {starts[index].hour for index in range(len(starts)) if nights >> index & 1}
    assert (min(leads_by_day), max(leads_by_day)) == (9, 16)
    assert leads_by_night == {22, 23, 0, 1, 2, 3, 4, 5, 6}
    assert slots.can_lead(policy.UNKNOWN, [], H) == 0
    unsaid = slots.can_lead(policy.UNKNOWN, starts, H)
    assert {starts[index].hour for index in range(len(starts)) if unsaid >> index & 1} == set(range(8, 20))


def test_no_sitting_is_possible_without_one_who_could_lead_it() -> None:
    late = on(*((day, 15, 9) for day in (25, 26, 27)))
    found = slots.find(window(amber_until=96), [on(*WEEK)], [late], most=400)
    assert {one.starts.hour for one in found.slots} <= {15, 16, 17, 18, 19}
    assert {one.defusers for one in found.slots} == {1}
    assert found.stopped[Rule.NO_DEFUSER] > 0


def test_the_answer_does_not_depend_on_the_order_of_people() -> None:
    people = [on(*WEEK), on((26, 15, 9)), policy.UNKNOWN, on((25, 22, 9), (26, 22, 9))]
    assert slots.find(window(), people) == slots.find(window(), people[::-1])


def test_hundreds_of_people_and_defusers_take_a_moment() -> None:
    rhythm = tuple(Shift(day, dt.time(hour), 540) for day, hour in ((0, 7), (1, 7), (2, 15), (3, 15), (4, 22), (5, 22)))
    around = Span(T0, T0 + 168 * H)
    anchors = [dt.date(2026, 11, 1 + number % 10) for number in range(400)]
    patterns = [Pattern(anchor, 10, dt.date(2026, 1, 1), None, rhythm) for anchor in anchors]
    people = [policy.put_together((), (), [pattern], around) for pattern in patterns]
    began = time.process_time()
    slots.find(window(), people[:8], people, most=72)
    assert time.process_time() - began < 1  # it takes about 20 ms; the bound only catches another order of growth
