"""The public sees which force trains when; a coordinator adopts a force, plans, publishes, moves and cancels."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Windows

Look = Callable[[Page], None]
COURSE = "/training/demobilising-and-defusing/"
EACH = pytest.mark.parametrize(
    ("js", "width", "dark"), [(False, 360, False), (True, 360, True), (False, 1280, True), (True, 1280, False)]
)


def sign_in(page: Page, role: str) -> None:
    """Sign in with one click as the first made-up person of that role."""
    page.goto("/sign-in/demonstration/")
    page.locator("li.sd-card").filter(has=page.get_by_role("heading", name=role, exact=True)).first.get_by_role(
        "button"
    ).click()


def fill_date(page: Page, group: str, day: dt.date) -> None:
    """Type a date into its three boxes."""
    boxes = page.get_by_role("group", name=group)
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        boxes.get_by_label(label, exact=True).fill(str(value))


@EACH
def test_a_visitor_finds_the_next_date_of_their_force_and_how_to_be_put_forward(
    page_for: Windows, look: Look, *, js: bool, width: int, dark: bool
) -> None:
    page = page_for(js=js, width=width, dark=dark)
    page.goto("/")
    look(page)
    page.get_by_role("link", name="Bedfordshire", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bedfordshire")
    expect(page.locator("main")).to_contain_text("wellbeing lead")
    look(page)
    page.locator("main").get_by_role("link", name=re.compile(r"Bedfordshire")).first.click()
    expect(page.locator("main")).to_contain_text("9:00am")
    look(page)


@EACH
def test_a_visitor_from_a_force_that_has_not_adopted_is_told_whom_to_ask(
    page_for: Windows, look: Look, *, js: bool, width: int, dark: bool
) -> None:
    page = page_for(js=js, width=width, dark=dark)
    page.goto(COURSE + "forces/wiltshire/")
    expect(page.locator("main")).to_contain_text("does not take part")
    look(page)
    page.locator("main").get_by_role("button").last.click()
    look(page)
    page.locator("main").get_by_role("button").last.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url.endswith("/thanks/")
    look(page)


@EACH
def test_the_month_of_august_2022_states_what_it_stated(
    page_for: Windows, look: Look, *, js: bool, width: int, dark: bool
) -> None:
    page = page_for(js=js, width=width, dark=dark)
    page.goto(COURSE + "2022/08/")
    main = page.locator("main")
    for words in (
        "8 August 2022", "Bedfordshire", "31 August 2022", "MET", "9:00am", "4:00pm", "7 hours", "Online",
        "Microsoft Teams", "Home Office forces", "mutual aid", "has passed",
    ):  # fmt: skip
        expect(main).to_contain_text(words)
    look(page)


@EACH
def test_a_coordinator_plans_publishes_moves_and_cancels_a_date(
    page_for: Windows, look: Look, *, js: bool, width: int, dark: bool
) -> None:
    page, visitor = page_for(js=js, width=width, dark=dark), page_for(js=js, width=width, dark=dark)
    sign_in(page, "National coordinator")
    look(page)
    # Each of the four runs has a day of its own, so that they can follow one another on one database.
    day = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=150 + 7 * (2 * js + (width > 400)))
    month = f"{COURSE}{day.year}/{day.month:02}/"
    date_words = f"{day.day} {day:%B} {day.year}"

    page.get_by_role("button", name="Plan a date").click()
    fill_date(page, "Date", day)
    page.get_by_label("Places", exact=True).fill("16")
    page.get_by_label("Force", exact=True).first.select_option(label="Durham Constabulary")
    look(page)
    page.locator("main").get_by_role("button", name=re.compile("Plan|Keep|Save|Prepare")).last.click()
    expect(page.locator("main")).to_contain_text("In preparation")
    look(page)
    visitor.goto(month)
    expect(visitor.locator("main")).not_to_contain_text(date_words)

    page.get_by_role("button", name="Publish").first.click()
    expect(page.locator("main")).to_contain_text("Who is told")
    look(page)
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("main")).to_contain_text("Published")
    visitor.goto(month)
    expect(visitor.locator("main")).to_contain_text(date_words)

    moved = day + dt.timedelta(days=1)
    page.get_by_role("button", name="Move").first.click()
    fill_date(page, "New date", moved)
    page.get_by_label("No trainer is available").check()
    look(page)
    page.get_by_role("button", name="Move").click()
    expect(page.locator("main")).to_contain_text("Moved")
    visitor.goto(f"{COURSE}{moved.year}/{moved.month:02}/")
    expect(visitor.locator("main")).to_contain_text(f"{moved.day} {moved:%B} {moved.year}")
    look(visitor)

    page.get_by_role("link", name="Cancel this date").click()
    page.get_by_label("Operational demand in the force").check()
    look(page)
    page.get_by_role("button", name="Cancel the date").click()
    expect(page.locator("main")).to_contain_text("Cancelled")
    look(page)
    visitor.reload()
    expect(visitor.locator("main")).to_contain_text("Cancelled")
    look(visitor)


@pytest.mark.parametrize(("js", "width", "slug"), [(False, 360, "northumbria"), (True, 1280, "sussex")])
def test_a_coordinator_records_that_a_force_adopts(
    page_for: Windows, look: Look, *, js: bool, width: int, slug: str
) -> None:
    page = page_for(js=js, width=width)
    sign_in(page, "National coordinator")
    page.goto(f"/people/adoption/{slug}/")
    expect(page.locator("main")).to_contain_text("7 points are still open")
    look(page)
    for _ in range(7):
        page.get_by_role("button", name=re.compile("It is in place")).first.click()
    page.get_by_role("button", name="Record a step").click()
    page.get_by_label("The force has").select_option(label="Adopted")
    fill_date(page, "From", dt.datetime.now(dt.UTC).date())
    look(page)
    page.get_by_role("button", name="Record the step").click()
    expect(page.locator("main")).to_contain_text("Adopted since")
    look(page)
    page.goto(f"{COURSE}forces/{slug}/")
    expect(page.locator("main")).not_to_contain_text("does not take part")


# What is typed into each field that the keyboard comes to; a letter or two chooses from a list.
_TYPED = {"day_day": "{0.day}", "day_month": "{0.month}", "day_year": "{0.year}", "capacity": "16", "force_1": "Durham"}
# Something must show where the keyboard is: at the field itself or, where that is drawn by its label, there.
_SHOWS = """() => [document.activeElement, document.activeElement.labels?.[0]].filter(Boolean).some(one =>
    ["", "::before"].some(part => {
        const style = getComputedStyle(one, part || null)
        return (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none"
    }))"""


def test_a_date_is_planned_with_the_keyboard_alone(page_for: Windows) -> None:
    page = page_for()
    sign_in(page, "National coordinator")
    page.goto("/training/sessions/plan/")
    day = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=400)
    reached: list[str] = []
    while (not reached or reached[-1] != "Prepare the date") and len(reached) < 80:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))
        assert page.evaluate(_SHOWS), f"nothing shows that the keyboard is at {reached[-1]}"
        if reached[-1] in _TYPED:
            page.keyboard.type(_TYPED[reached[-1]].format(day))
    assert reached[0] == "Skip to main content"
    assert set(_TYPED) - set(reached) == set()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("In preparation")
    expect(page.locator("main")).to_contain_text(f"{day.day} {day:%B} {day.year}")
    expect(page.locator("main")).to_contain_text("Durham Constabulary")


def test_a_visitor_finds_their_force_with_the_keyboard_alone(page_for: Windows) -> None:
    page = page_for()
    page.goto("/")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Humberside":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Humberside")
    expect(page.locator("main")).to_contain_text("wellbeing lead")
