"""What must hold of every page that a journey looks at: reachable by everybody, and valid HTML."""

import hashlib
import json
import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Response

from tests.journeys.standing import free_port

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
NU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
KEPT_PAGES = ROOT / "build" / "pages"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SECONDS_FOR_JAVA = 90
# What the design system's own markup says twice, for readers that do not know the element. Nothing else is let pass.
REDUNDANT_BUT_RIGHT = ("The “group” role is unnecessary for element “fieldset”.",)
# What differs between two visits to one page and decides nothing that axe looks at: tokens, keys and the time of day.
_WITHOUT = re.compile(
    rb'(csrfmiddlewaretoken"[^>]*value=|nonce=)"[^"]*"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b\d\d:\d\d\b'
)
AXE_RUN = "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})"


_known: dict[str, list[str]] = {}


def barriers(page: Page) -> list[str]:
    """Return what axe finds on the page, one line for each element. The same page in the same window is asked once."""
    window = page.evaluate("[innerWidth, innerHeight, matchMedia('(prefers-color-scheme: dark)').matches]")
    looks = _WITHOUT.sub(b"", page.content().encode()) + json.dumps(window).encode()
    key = hashlib.sha256(looks).hexdigest()
    if key not in _known:
        _known[key] = _asked(page)
    return _known[key]


def _asked(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(AXE_RUN, STANDARDS)["violations"]
    return [
        f"{rule['id']} ({rule['help']}): {node['html'][:200]}  {_measured(node)}"
        for rule in found
        for node in rule["nodes"]
    ]


@contextmanager
def twin_with_scripts(browser: Browser, page: Page, **options: Any) -> Iterator[Page]:
    """Show the same HTML in a page that axe can run in, for a page whose own scripts are off.

    None of the site's scripts is loaded there, so what axe sees is what the visitor without them sees.
    """
    context = browser.new_context(**options, java_script_enabled=True)
    try:
        # With scripts on, a browser would take what is said to those without them for plain text.
        html, address = re.sub(r"</?noscript>", "", page.content()), page.url
        context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
        twin = context.new_page()
        twin.route("**/*.js", lambda route: route.abort())
        # Registered last, so asked first.
        twin.route(address, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        twin.goto(address)
        yield twin
    finally:
        context.close()


class NuChecker:
    """The W3C's Nu checker, kept running so that each page takes milliseconds."""

    def __init__(self) -> None:
        self._port = free_port()
        self._known: dict[str, list[str]] = {}
        options = ["-Xss1m", "-Xmx400m", "-Dnu.validator.servlet.bind-address=127.0.0.1"]
        self._process = subprocess.Popen(
            [str(java()), *options, "-cp", NU, "nu.validator.servlet.Main", str(self._port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def faults(self, html: bytes) -> list[str]:
        """Return the errors of one page as the server sent it, and the warnings."""
        key = hashlib.sha256(_without_tokens(html)).hexdigest()
        if key not in self._known:
            self._known[key] = self._ask(html)
        return self._known[key]

    def stop(self) -> None:
        """End Java."""
        self._process.terminate()
        self._process.wait()

    def _ask(self, html: bytes) -> list[str]:
        address = f"http://127.0.0.1:{self._port}/?out=json"
        headers = {"Content-Type": "text/html; charset=utf-8"}
        request = urllib.request.Request(address, data=html, headers=headers)
        messages: list[dict[str, Any]] = json.loads(self._answer(request))["messages"]
        worth_saying = [said for said in messages if said["type"] != "info" or said.get("subType") == "warning"]
        worth_saying = [said for said in worth_saying if said["message"] not in REDUNDANT_BUT_RIGHT]
        return [f"{said['message']}  {said.get('extract', '').strip()}" for said in worth_saying]

    def _answer(self, request: urllib.request.Request) -> bytes:
        deadline = time.monotonic() + SECONDS_FOR_JAVA
        while True:
            try:
                with urllib.request.urlopen(request, timeout=SECONDS_FOR_JAVA) as answer:
                    body: bytes = answer.read()
                    return body
            except OSError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.2)


def java() -> str | None:
    """Return the path of a Java, or None: then the pages' HTML can't be checked."""
    return shutil.which("java")


def as_sent(page: Page, answers: list[Response]) -> bytes:
    """Return the page's HTML as the server sent it, before the browser mended it."""
    here = page.url.partition("#")[0]
    for answer in reversed(answers):
        if answer.url.partition("#")[0] == here and "text/html" in answer.headers.get("content-type", ""):
            with suppress(Exception):  # the browser forgets bodies; then its own reading has to do
                return answer.body()
    return page.content().encode()


def keep(page: Page, html: bytes) -> None:
    """Keep a page under build/pages, for whoever wants to look."""
    KEPT_PAGES.mkdir(parents=True, exist_ok=True)
    address = re.sub(r"^https?://[^/]+/?", "", page.url)
    name = re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-")[:80] or "front"
    KEPT_PAGES.joinpath(f"{name}-{hashlib.sha256(html).hexdigest()[:8]}.html").write_bytes(html)


def _measured(node: dict[str, Any]) -> str:
    """Say which colours were too close: axe keeps that in the element's data."""
    checks = [*node["any"], *node["all"], *node["none"]]
    return " ".join(check["message"] for check in checks)[:200]


def _without_tokens(html: bytes) -> bytes:
    return re.sub(rb'(csrfmiddlewaretoken"[^>]*value=|nonce=)"[^"]*"', b"", html)
