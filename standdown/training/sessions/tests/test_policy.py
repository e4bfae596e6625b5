import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standdown.training.sessions import policy
from standdown.training.sessions.policy import CautionCode, Code, Deed, Every, ForcePlan, Limits, No, Plan

UTC = dt.UTC
START = dt.datetime(2027, 1, 12, 9, tzinfo=UTC)
END = START + dt.timedelta(hours=7)
CLOSE = START - dt.timedelta(days=7)
LIMITS = Limits(minutes=420, least=6, most_online=16, most_in_person=12, second_trainer_above=10)
ASHIRE, BSHIRE = ForcePlan("a", "Ashire Police"), ForcePlan("b", "Bshire Police")
PLAN = Plan(
    starts_at=START, ends_at=END, nominations_close_at=CLOSE, delivery="online", platform="Microsoft Teams",
    place="", capacity=16, language="en", forces=(ASHIRE,),
)  # fmt: skip
FIRST, LAST = dt.datetime(2020, 1, 1), dt.datetime(2035, 1, 1)  # noqa: DTZ001 - the strategy adds the zone
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))


def codes(**facts: object) -> list[Code]:
    return [problem.code for problem in policy.problems(replace(PLAN, **facts), LIMITS)]  # type: ignore[arg-type]


def test_a_sound_plan_has_no_problem_and_nothing_to_look_at_but_the_second_trainer() -> None:
    assert codes() == []
    assert [one.code for one in policy.cautions(PLAN, LIMITS, 1)] == [CautionCode.TRAINERS_WANTED]
    assert policy.cautions(PLAN, LIMITS, 2) == []


@pytest.mark.parametrize(
    ("deed", "status", "at", "expected"),
    [
        (Deed.EDIT, "draft", START, None),
        (Deed.EDIT, "published", START, No.STATE),
        (Deed.PUBLISH, "draft", CLOSE, None),
        (Deed.PUBLISH, "draft", START, No.HAS_BEGUN),
        (Deed.PUBLISH, "published", CLOSE, No.STATE),
        (Deed.MOVE, "published", CLOSE, None),
        (Deed.MOVE, "published", START, No.HAS_BEGUN),
        (Deed.MOVE, "cancelled", CLOSE, No.STATE),
        (Deed.CANCEL, "published", END, None),
        (Deed.CANCEL, "draft", CLOSE, No.STATE),
        (Deed.CANCEL, "held", END, No.STATE),
        (Deed.HOLD, "published", END, None),
        (Deed.HOLD, "published", START, No.NOT_OVER),
        (Deed.HOLD, "cancelled", END, No.STATE),
        (Deed.ALLOT, "published", CLOSE, None),
        (Deed.ALLOT, "published", START, No.HAS_BEGUN),
        (Deed.CHANGE_TRAINERS, "draft", END, None),
        (Deed.CHANGE_TRAINERS, "held", END, No.STATE),
    ],
)
def test_what_may_happen_to_a_date_follows_from_its_state(
    deed: Deed, status: str, at: dt.datetime, expected: No | None
) -> None:
    assert policy.why_not(deed, status=status, starts_at=START, ends_at=END, at=at) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"ends_at": START}, [Code.END_BEFORE_START]),
        ({"ends_at": START - dt.timedelta(hours=1)}, [Code.END_BEFORE_START]),
        ({"ends_at": START + dt.timedelta(hours=14, minutes=30)}, []),
        ({"starts_at": START.replace(hour=20), "ends_at": START + dt.timedelta(hours=25)}, []),
        ({"ends_at": START + dt.timedelta(hours=15, minutes=30)}, [Code.TOO_LONG]),
        ({"nominations_close_at": START}, [Code.CLOSES_AFTER_START]),
        ({"platform": ""}, [Code.PLATFORM_MISSING]),
        ({"delivery": "in-person", "capacity": 12}, [Code.PLACE_MISSING]),
        ({"delivery": "in-person", "capacity": 12, "place": "Harbour House", "platform": ""}, []),
        ({"delivery": "blended", "capacity": 12, "platform": ""}, [Code.PLATFORM_MISSING, Code.PLACE_MISSING]),
        ({"delivery": "blended", "capacity": 13, "place": "Harbour House"}, [Code.OVER_THE_MOST]),
        ({"delivery": "in-person", "capacity": 13, "place": "Harbour House"}, [Code.OVER_THE_MOST]),
        ({"capacity": 17}, [Code.OVER_THE_MOST]),
        ({"capacity": 0}, [Code.NO_CAPACITY]),
        ({"forces": ()}, [Code.NO_FORCE]),
        ({"forces": (ASHIRE, BSHIRE, ASHIRE)}, [Code.FORCE_TWICE]),
        ({"forces": (replace(ASHIRE, allotment=10), replace(BSHIRE, allotment=6))}, []),
        ({"forces": (replace(ASHIRE, allotment=10), replace(BSHIRE, allotment=7))}, [Code.OVER_CAPACITY]),
        ({"forces": (replace(ASHIRE, allotment=0),)}, [Code.EMPTY_ALLOTMENT]),
        ({"forces": (replace(ASHIRE, stood_down=START.date()),)}, [Code.FORCE_NOT_STANDING]),
        ({"forces": (replace(ASHIRE, stood_up=START.date() + dt.timedelta(days=1)),)}, [Code.FORCE_NOT_STANDING]),
        ({"forces": (replace(ASHIRE, stood_up=START.date(), stood_down=dt.date(2030, 1, 1)),)}, []),
    ],
)
def test_each_rule_of_a_plan(facts: dict[str, object], expected: list[Code]) -> None:
    assert codes(**facts) == expected


def test_what_to_look_at_before_publishing() -> None:
    plan = replace(
        PLAN, capacity=5, ends_at=START + dt.timedelta(hours=3), forces=(replace(ASHIRE, allotment=5), BSHIRE)
    )
    assert [(one.code, dict(one.facts)) for one in policy.cautions(plan, LIMITS, 0)] == [
        (CautionCode.OTHER_LENGTH, {"minutes": 180, "course": 420}),
        (CautionCode.FEW_PLACES, {"capacity": 5, "least": 6}),
        (CautionCode.NOTHING_LEFT, {"force": "Bshire Police"}),
        (CautionCode.TRAINERS_WANTED, {"trainers": 0, "wanted": 1}),
    ]


def test_a_second_trainer_is_wanted_above_the_figure_only() -> None:
    assert [policy.trainers_wanted(capacity, 10) for capacity in (1, 10, 11)] == [1, 1, 2]


@pytest.mark.parametrize(
    ("every", "count", "expected"),
    [
        (Every.WEEK, 3, ["2027-03-23", "2027-03-30", "2027-04-06"]),
        (Every.FORTNIGHT, 2, ["2027-03-23", "2027-04-06"]),
        (Every.MONTH, 3, ["2027-03-23", "2027-04-27", "2027-05-25"]),
    ],
)
def test_a_series_goes_by_weeks_or_by_the_weekday_of_the_month(every: Every, count: int, expected: list[str]) -> None:
    assert [day.isoformat() for day in policy.series(dt.date(2027, 3, 23), every, count)] == expected


def test_a_fifth_weekday_becomes_the_last_where_the_month_has_four() -> None:
    found = policy.series(dt.date(2027, 3, 30), Every.MONTH, 3)
    assert [day.isoformat() for day in found] == ["2027-03-30", "2027-04-27", "2027-05-25"]


@pytest.mark.parametrize("count", [0, 61])
def test_a_series_has_bounds(count: int) -> None:
    with pytest.raises(ValueError, match="60"):
        policy.series(dt.date(2027, 1, 1), Every.WEEK, count)


@pytest.mark.parametrize("every", list(Every))
def test_a_series_ends_with_the_calendar(every: Every) -> None:
    with pytest.raises(ValueError, match=r"calendar|out of range"):
        policy.series(dt.date(9999, 12, 20), every, 5)


def test_a_list_of_days_says_which_come_twice() -> None:
    one, two = dt.date(2027, 1, 1), dt.date(2027, 1, 2)
    assert policy.repeated([two, one, two]) == [two]


@given(first=st.dates(dt.date(2000, 1, 1), dt.date(2050, 1, 1)), count=st.integers(1, 60), every=st.sampled_from(Every))
def test_a_series_keeps_its_weekday_and_goes_forward(first: dt.date, count: int, every: Every) -> None:
    days = policy.series(first, every, count)
    assert days[0] == first
    assert len(days) == count
    assert {day.weekday() for day in days} == {first.weekday()}
    assert days == sorted(set(days))


@given(start=MOMENTS, length=st.timedeltas(dt.timedelta(hours=-3), dt.timedelta(hours=40)))
def test_times_are_judged_by_the_clock_of_london_whatever_the_season(start: dt.datetime, length: dt.timedelta) -> None:
    end, closes = start + length, start - dt.timedelta(hours=1)
    found = [problem.code for problem in policy.times(start, end, closes)]
    same_day = start.astimezone(policy.LONDON).date() == end.astimezone(policy.LONDON).date()
    if length <= dt.timedelta(0):
        assert found == [Code.END_BEFORE_START]
    elif same_day or length <= dt.timedelta(hours=14):
        assert found == []
    else:
        assert found == [Code.TOO_LONG]
