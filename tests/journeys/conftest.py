"""Fixtures of the browser journeys.

A journey asks for `page_for`, opens pages of `live` and calls `look` on each page that it shows somebody.
A page that asks for anything outside this machine, throws, or breaks its content policy fails its journey.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, Response, sync_playwright

from tests import empty_database
from tests.journeys import inspection
from tests.journeys.standing import Standing, run_standdown
from tests.journeys.training_steps import count_as_sent, leave_nobody_in_peace

HERE = Path(__file__).parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_OPTIONS = (
    "--no-sandbox",  # Chromium refuses to start as root with it, and loads nothing but our own pages
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
THIS_MACHINE = {"localhost", "127.0.0.1"}
HEIGHTS = {360: 740, 1280: 900}
SECONDS_FOR_A_PAGE = 15


@dataclass
class _Watched:
    """One page, and what it did that no page of ours may do."""

    page: Page
    options: dict[str, Any]
    answers: list[Response] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Listen to everything that the page asks for and says."""
        self.page.on("request", self._on_request)
        self.page.on("response", self._on_response)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", self._on_error)

    def _on_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname not in THIS_MACHINE:
            self.faults.append(f"asked for {request.url}, which is not on this machine")

    def _on_response(self, response: Response) -> None:
        document = response.request.resource_type == "document"
        if document:
            self.answers.append(response)
        # A visitor may well be told that something is not there; that it broke, never.
        if response.status >= (500 if document else 400):
            self.faults.append(f"{response.url} answered {response.status}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.faults.append(message.text)

    def _on_error(self, error: Error) -> None:
        self.faults.append(f"a script failed: {error}")


class Windows:
    """Opens browser windows for one journey; calling it gives a fresh visitor's page."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self.browser = browser
        self.opened: list[_Watched] = []
        self._base_url = base_url

    def __call__(
        self,
        *,
        js: bool = True,
        width: int = 1280,
        dark: bool = False,
        language: str = "en-GB",
        reduced_motion: Literal["reduce", "no-preference"] = "reduce",
    ) -> Page:
        """Return an empty page of a visitor without cookies; addresses may leave the host out."""
        options: dict[str, Any] = {
            "base_url": self._base_url,
            "viewport": {"width": width, "height": HEIGHTS.get(width, 900)},
            "color_scheme": "dark" if dark else "light",
            "locale": language,
            "timezone_id": "Europe/London",
            "reduced_motion": reduced_motion,
        }
        context = self.browser.new_context(**options, java_script_enabled=js)
        context.set_default_timeout(SECONDS_FOR_A_PAGE * 1000)
        watched = _Watched(context.new_page(), options | {"js": js})
        watched.watch()
        self.opened.append(watched)
        return watched.page

    def of(self, page: Page) -> _Watched:
        """Return what is known of a page that this journey opened."""
        return next(watched for watched in self.opened if watched.page == page)

    def close(self) -> list[str]:
        """Close every window and return what was wrong in any."""
        for watched in self.opened:
            watched.page.context.close()
        return [fault for watched in self.opened for fault in watched.faults]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder goes through a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("journey")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run; each page has a profile of its own."""
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path is None:
        pytest.fail("Chromium is missing. Install it with: apt-get install chromium")
    # Playwright waits in an event loop, and Django would take every later test for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_OPTIONS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder with the demonstration's data, made once for the run whatever the number of workers."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    made = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            making = shared / "demonstration-in-the-making"
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            empty_database.copy_to(making / "standdown.sqlite3")
            run_standdown(making, "migrate")
            run_standdown(making, "demo")
            making.rename(made)
    return made


@pytest.fixture(scope="module")
def live(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """A running Standdown with the demonstration's data, a fresh copy for each module."""
    home = tmp_path_factory.mktemp("live") / "home"
    shutil.copytree(demonstration, home)
    with Standing(home) as standing:
        yield standing


@pytest.fixture
def live_alone(demonstration: Path, tmp_path: Path) -> Iterator[Standing]:
    """A Standdown of one journey's own, whose people are written to at any hour; nothing from before is sent."""
    home = tmp_path / "home"
    shutil.copytree(demonstration, home)
    leave_nobody_in_peace(home)
    count_as_sent(home)
    with Standing(home) as standing:
        yield standing


@pytest.fixture
def page_for(chromium: Browser, live: Standing) -> Iterator[Windows]:
    """Opens pages: `page_for(js=False, width=360, dark=True)`."""
    windows = Windows(chromium, live.url)
    yield windows
    faults = windows.close()
    assert faults == []


@pytest.fixture
def axe(page_for: Windows) -> Callable[[Page], None]:
    """Assert that axe finds no barrier on a page, whether its scripts are on or off."""

    def check(page: Page) -> None:
        options = dict(page_for.of(page).options)
        if options.pop("js"):
            found = inspection.barriers(page)
        else:
            with inspection.twin_with_scripts(page_for.browser, page, **options) as twin:
                found = inspection.barriers(twin)
        assert found == [], f"axe on {page.url}"

    return check


@pytest.fixture(scope="session")
def nu_checker() -> Iterator[inspection.NuChecker | None]:
    """The HTML checker, or None without Java."""
    if inspection.java() is None:
        yield None
        return
    checker = inspection.NuChecker()
    yield checker
    checker.stop()


@pytest.fixture
def nu_check(nu_checker: inspection.NuChecker | None) -> Callable[[bytes], None]:
    """Assert that HTML is valid; without Java it holds nothing against it."""

    def check(html: bytes) -> None:
        assert (nu_checker.faults(html) if nu_checker else []) == []

    return check


@pytest.fixture
def look(page_for: Windows, axe: Callable[[Page], None], nu_check: Callable[[bytes], None]) -> Callable[[Page], None]:
    """Assert what must hold of any page: no barrier, valid HTML, no sideways scrolling."""

    def check(page: Page) -> None:
        html = inspection.as_sent(page, page_for.of(page).answers)
        inspection.keep(page, html)
        nu_check(html)
        axe(page)
        if page_for.of(page).options["js"]:
            overhang = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert overhang <= 0, f"{page.url} is {overhang} px wider than its window"

    return check
