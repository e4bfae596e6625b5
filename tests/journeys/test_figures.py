"""Figures as they may be told: the page of a force's lead, the file of it, and the page before there are any."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.care_steps import FORCE, HOME, Look
from tests.journeys.conftest import Windows
from tests.journeys.standing import Standing
from tests.journeys.training_steps import sign_in


@pytest.fixture
def live(live_alone: Standing) -> Standing:
    return live_alone


@pytest.mark.parametrize(("js", "width"), [(False, 360), (True, 1280)])
def test_a_lead_reads_what_may_be_told_and_takes_exactly_that_away(
    page_for: Windows, live: Standing, look: Look, tmp_path: Path, *, js: bool, width: int
) -> None:
    page = page_for(js=js, width=width, dark=not js)
    sign_in(page, "ESTIP lead", "Bedfordshire")
    page.goto("/me/")
    page.get_by_role("link", name="Figures").first.click()
    expect(page.get_by_role("heading", name="Figures", level=1)).to_be_visible()
    look(page)
    live.ask("release", force=FORCE)
    page.reload()
    expect(page.get_by_role("table")).to_contain_text(HOME.removesuffix(" Police"))
    expect(page.get_by_role("heading", name="Why is a number hidden?")).to_be_visible()
    look(page)
    page.get_by_label("Step").select_option("Contact inside a month")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("columnheader", name="Reached")).to_be_visible()
    shown = page.get_by_role("row").all_inner_texts()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Take this list away as CSV").click()
    file = tmp_path / "figures.csv"
    waiting.value.save_as(file)
    told = [line.split(",")[1:] for line in file.read_text(encoding="utf-8-sig").splitlines()]
    assert len(told) == len(shown)
    assert all(set(cells) == {"under 10"} for cells in told[1:])
