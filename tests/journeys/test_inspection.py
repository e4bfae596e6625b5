"""The inspection bites: a page with a fault is not let through, with scripts on or off."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from playwright.sync_api import Browser

from tests.journeys import inspection
from tests.journeys.conftest import Windows
from tests.journeys.passkey import Passkey

SOUND = '<!doctype html><html lang="en-GB"><head><title>Sound</title></head><body><main>{}</main></body></html>'
PAGES = {
    "/sound": SOUND.format('<h1>Sound</h1><noscript><p id="without">No scripts here</p></noscript>'),
    "/no-label": SOUND.format('<h1>No label</h1><form action="/sound"><input name="force"></form>'),
    "/unclosed": SOUND.format("<h1>Unclosed</h1><div><p>Text</div></p>"),
    "/elsewhere": SOUND.format('<h1>Elsewhere</h1><img src="http://elsewhere.example/dot.png" alt="A dot">'),
    "/throws": SOUND.format("<h1>Throws</h1><script>undefined.fault</script>"),
}


class Pages(BaseHTTPRequestHandler):
    """Serves the pages above, so that the inspection has something to find."""

    pages: ClassVar = PAGES

    def do_GET(self) -> None:
        body = self.pages.get(self.path, "").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8" if body else "image/png")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the test's own output readable."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def windows(chromium: Browser, site: str) -> Windows:
    return Windows(chromium, site)


@pytest.mark.parametrize("js", [True, False])
@pytest.mark.parametrize(("address", "rules"), [("/sound", []), ("/no-label", ["label"])])
def test_a_field_without_a_label_is_a_barrier(windows: Windows, js: bool, address: str, rules: list[str]) -> None:
    page = windows(js=js)
    page.goto(address)
    options = {name: value for name, value in windows.of(page).options.items() if name != "js"}
    if js:
        found = inspection.barriers(page)
    else:
        assert page.locator("#without").is_visible() == (address == "/sound")
        with inspection.twin_with_scripts(windows.browser, page, **options) as twin:
            found = inspection.barriers(twin)
    assert [line.split(" ")[0] for line in found] == rules
    assert windows.close() == []


def test_html_is_checked_as_it_was_sent(windows: Windows, nu_checker: inspection.NuChecker | None) -> None:
    if nu_checker is None:
        pytest.skip("Java is missing, so no page's HTML is checked")
    page = windows()
    page.goto("/unclosed")
    html = inspection.as_sent(page, windows.of(page).answers)
    windows.close()
    assert html.decode() == PAGES["/unclosed"]
    assert nu_checker.faults(PAGES["/sound"].encode()) == []
    assert len(nu_checker.faults(html)) == 1


def test_a_page_that_asks_for_something_elsewhere_is_caught(windows: Windows) -> None:
    windows().goto("/elsewhere")
    assert windows.close() == ["asked for http://elsewhere.example/dot.png, which is not on this machine"]


def test_a_script_that_fails_is_caught(windows: Windows) -> None:
    windows().goto("/throws")
    assert [fault.partition(":")[0] for fault in windows.close()] == ["a script failed"]


def test_a_passkey_can_be_made(windows: Windows) -> None:
    page = windows()
    page.goto("/sound")
    passkey = Passkey(page)
    page.evaluate(
        """() => navigator.credentials.create({publicKey: {
            challenge: new Uint8Array(16), rp: {name: "Standdown"},
            pubKeyCredParams: [{type: "public-key", alg: -7}],
            user: {id: new Uint8Array(16), name: "alice", displayName: "Alice"}}}).then(made => made.type)"""
    )
    assert passkey.credentials() == 1
    windows.close()
