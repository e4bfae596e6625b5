"""An exercise of three hundred: begun, run as a major incident, planned at once, and taken away whole."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.care_steps import Look, confirm_list, says
from tests.journeys.conftest import Windows
from tests.journeys.standing import Standing
from tests.journeys.training_steps import ask, sign_in

EACH = pytest.mark.parametrize(("js", "width"), [(False, 360), (True, 1280)])
PEOPLE = 300
ABOUT_THEM = ("people_person", "people_posting", "people_qualification")
OF_THE_WORKER = {
    "care_telling",
    "care_contacttry",
    "care_secondlook",
}  # what it tells meanwhile of what is there anyway


@EACH
def test_an_exercise_of_three_hundred_comes_and_goes(
    page_for: Windows, live: Standing, look: Look, *, js: bool, width: int
) -> None:
    before = kept(live.home)
    page = page_for(js=js, width=width, dark=not js)
    sign_in(page, "ESTIP coordinator", "Bedfordshire")
    it_is_begun(page, look)
    open_it(page)
    look(page)
    confirm_list(page, look, control_room=True, staff=False)
    talks_are_recorded(page, look)
    steps_are_decided(page, look)
    groups_are_made(page, look)
    everybody_is_asked(page, look)
    the_board_of_the_day(page, look)
    assert "The exercise of" in live.command("drill", "end")
    nothing_is_left(page, live.home, before)


def kept(home: Path) -> dict[str, int]:
    """How many rows there are of each record of care and of people."""
    with closing(sqlite3.connect(home / "standdown.sqlite3", timeout=20)) as database:
        named = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'care@_%' ESCAPE '@'"
        )
        tables = ({name for (name,) in named.fetchall()} - OF_THE_WORKER).union(ABOUT_THEM)
        return {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}


def it_is_begun(page: Page, look: Look) -> None:
    """From the coordinator's first screen."""
    page.get_by_role("link", name="Exercises").click()
    page.get_by_role("link", name="Begin an exercise").click()
    page.get_by_label("How many people were exposed?").fill(str(PEOPLE))
    page.get_by_role("button", name="Begin the exercise").click()
    says(page, "The exercise has begun")
    look(page)


def open_it(page: Page) -> None:
    """Open its incident; every page of care says that it is made up."""
    page.goto("/care/exercises/")
    page.get_by_role("link", name=re.compile("^Open the incident INC-")).click()
    expect(page.get_by_text("An exercise runs.")).to_be_visible()


def talks_are_recorded(page: Page, look: Look) -> None:
    """The whole list in one record."""
    open_it(page)
    page.get_by_role("link", name="Record talks before off duty").click()
    look(page)
    page.get_by_label("Held", exact=True).first.check()
    page.get_by_role("button", name="Record it for the team").click()
    says(page, f"It is recorded for {PEOPLE} people")


def steps_are_decided(page: Page, look: Look) -> None:
    """A hundred at a time, each hundred in one go."""
    for left in range(PEOPLE, 0, -100):
        open_it(page)
        page.get_by_role("link", name=f"Decide on {left} people").click()
        if left == PEOPLE:
            look(page)
            expect(page.locator("main")).to_contain_text(f"{left - 100} more people come after these.")
        page.get_by_label("For everybody who is not decided on below").select_option("Defusing in a group")
        page.get_by_role("button", name="Decide", exact=True).click()
        says(page, "Decided for 100 people")


def groups_are_made(page: Page, look: Look) -> None:
    """As they are proposed."""
    open_it(page)
    page.get_by_role("link", name=f"Place {PEOPLE} people in sessions").click()
    look(page)
    page.get_by_role("button", name="Plan it like this").click()
    look(page)


def everybody_is_asked(page: Page, look: Look) -> None:
    """All groups at once, with the proof of how good that is; then all are asked."""
    open_it(page)
    look(page)
    page.get_by_role("link", name="Plan all groups at once").click()
    page.get_by_role("button", name="Plan all sessions").click()
    look(page)
    main = page.locator("main")
    found = re.search(r"(\d+) of (\d+)", main.inner_text())
    assert found is not None
    assert found[1] == found[2], "nobody is left over"
    expect(main).to_contain_text(re.compile("No plan of these candidates is better|at most 0\\.[0-4]"))
    page.get_by_role("button", name="Ask everybody in this plan").click()
    says(page, f"{found[1]} people are asked")


def the_board_of_the_day(page: Page, look: Look) -> None:
    """The board says how it stands, in numbers and without a name."""
    page.goto("/care/")
    look(page)
    line = page.locator("li.sd-incidents__one").filter(has_text=f"{PEOPLE} people")
    expect(line).to_have_count(1)
    expect(page.locator("main")).not_to_contain_text("Exercise 1")


def nothing_is_left(page: Page, home: Path, before: dict[str, int]) -> None:
    """Only that it was run."""
    assert kept(home) == {**before, "care_drill": before["care_drill"] + 1}
    assert ask(home, "PRAGMA foreign_key_check") == [], "something tells of what is gone"
    assert ask(home, "SELECT count(*) FROM people_person WHERE given_name LIKE 'Exercise%'") == [(0,)]
    assert ask(home, "SELECT count(*) FROM notifications_outboxmessage WHERE subject LIKE 'Exercise:%'") == [(0,)]
    page.goto("/care/exercises/")
    expect(page.locator("main")).to_contain_text(f"{PEOPLE} people, from")
    expect(page.get_by_text("An exercise runs.")).to_have_count(0)
    page.goto("/care/")
    expect(page.locator("main")).not_to_contain_text(f"{PEOPLE} people")
