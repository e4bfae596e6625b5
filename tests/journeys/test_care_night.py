"""A supervisor in a car park at four in the morning: three taps, one hand, and perhaps no signal."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Windows
from tests.journeys.night_steps import Night, kept_by, set_scene
from tests.journeys.standing import Standing
from tests.journeys.training_steps import ask, sign_in

Look = Callable[[Page], None]
FORCE = "Bedfordshire"
LIST = "/care/demobilising/"
MOST_TAPS = 3
NOTHING: dict[str, object] = {"stores": [], "caches": [], "local": {}, "session": {}}


@pytest.fixture
def live(demonstration: Path, tmp_path: Path) -> Iterator[Standing]:
    """A Standdown of one journey's own."""
    home = tmp_path / "home"
    shutil.copytree(demonstration, home)
    with Standing(home) as standing:
        yield standing


@pytest.fixture
def night(live: Standing) -> Night:
    return set_scene(live)


class Taps:
    """A thumb that counts."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, what: Locator) -> None:
        self.count += 1
        what.click()


def records(live: Standing, night: Night) -> list[tuple[str, str]]:
    """Outcome and way of every record of the night, in the order in which they came."""
    of_it = f"SELECT id FROM care_exposure WHERE incident_id = '{night.incident.replace('-', '')}'"
    return ask(
        live.home, f"SELECT outcome, kept FROM care_demobilisation WHERE exposure_id IN ({of_it}) ORDER BY recorded_at"
    )


def card_of(page: Page, night: Night, number: int) -> None:
    page.goto(f"{LIST}{night.keys[number]}/")
    expect(page.get_by_role("heading", name=night.names[number], level=1)).to_be_visible()


@pytest.mark.parametrize(("js", "dark"), [(False, True), (True, False)])
def test_from_the_link_to_the_record_in_three_taps(
    page_for: Windows, live: Standing, night: Night, look: Look, *, js: bool, dark: bool
) -> None:
    page = page_for(js=js, width=360, dark=dark)
    sign_in(page, "Supervisor", FORCE)
    page.goto("/me/")
    page.get_by_role("link", name="3 of yours still need five minutes").click()
    look(page)
    expect(page.locator(".sd-duty__who b")).to_have_text(night.names)
    tap = Taps()
    tap(page.locator(".sd-duty__row").filter(has_text=night.names[0]).get_by_role("link", name="Start"))
    look(page)
    tap(page.get_by_role("button", name="Held", exact=True).first)
    expect(page.get_by_text("It is recorded. Thank you.")).to_be_visible()
    assert tap.count <= MOST_TAPS
    assert records(live, night) == [("held", "online")]
    expect(page.locator(".sd-duty__who b")).to_have_text([*night.names[1:], night.names[0]])
    expect(page.get_by_text("Closed", exact=True)).to_have_count(1)
    page.get_by_role("link", name="Record 2 people together").click()
    look(page)
    page.get_by_role("button", name="Record it for the team").click()
    expect(page.get_by_text("Closed", exact=True)).to_have_count(3)
    page.goto(f"{LIST}{night.keys[0]}/urgent/")
    look(page)
    expect(page.get_by_role("link", name="116 123")).to_be_visible()


def test_without_signal_a_record_waits_sealed_and_goes_by_itself(
    page_for: Windows, live: Standing, night: Night, look: Look
) -> None:
    page = page_for(js=True, width=360, dark=True)
    sign_in(page, "Supervisor", FORCE)
    card_of(page, night, 0)
    page.context.set_offline(True)
    page.get_by_role("button", name="Declined", exact=True).first.click()
    expect(page.get_by_text("1 record not sent yet")).to_be_visible()
    kept = kept_by(page)
    stores = [(one["store"], one["extractable"], one["fields"]) for one in kept.pop("stores")]
    assert stores == [("lock", False, []), ("waiting", None, ["iv", "sealed"])]
    assert kept == {"caches": [], "local": {}, "session": {}}
    assert records(live, night) == []
    page.context.set_offline(False)
    page.wait_for_url(f"**{LIST}")
    look(page)
    assert records(live, night) == [("declined", "queued")]
    assert kept_by(page) == NOTHING


def test_nothing_that_waits_can_be_read_and_who_signed_out_is_asked_to_sign_in(
    page_for: Windows, live: Standing, night: Night
) -> None:
    page = page_for(js=True, width=360)
    sign_in(page, "Supervisor", FORCE)
    card_of(page, night, 1)
    page.context.set_offline(True)
    page.get_by_role("button", name="Held", exact=True).first.click()
    expect(page.get_by_text("1 record not sent yet")).to_be_visible()
    sealed = [one["sealed"] for one in kept_by(page)["stores"] if one["store"] == "waiting"]
    assert len(sealed) == 1
    for word in (night.keys[1], "held", "outcome", "capture", *night.names[1].split()):
        assert word not in sealed[0]
    page.context.clear_cookies()
    page.context.set_offline(False)
    expect(page.get_by_text("It is kept. Sign in again, and it is sent.")).to_be_visible()
    assert records(live, night) == []
    sign_in(page, "Supervisor", FORCE)
    page.goto(LIST)
    expect(page.get_by_text("Closed", exact=True)).to_be_visible()
    expect(page.get_by_text("1 record not sent yet")).to_be_hidden()
    assert records(live, night) == [("held", "queued")]
    assert kept_by(page) == NOTHING


def test_somebody_else_on_the_same_device_does_not_send_it_as_theirs(
    page_for: Windows, live: Standing, night: Night
) -> None:
    page = page_for(js=True, width=360)
    sign_in(page, "Supervisor", FORCE)
    card_of(page, night, 0)
    page.context.set_offline(True)
    page.get_by_role("button", name="Held", exact=True).first.click()
    expect(page.get_by_text("1 record not sent yet")).to_be_visible()
    page.context.clear_cookies()
    page.context.set_offline(False)
    sign_in(page, "ESTIP coordinator", FORCE)
    page.goto(LIST)
    expect(page.get_by_text("Somebody else recorded it on this device.")).to_be_visible()
    assert records(live, night) == []
