"""Every kind of page that somebody can reach by following links is valid HTML."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import Windows
from tests.journeys.test_dates import sign_in

KEY = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|/\d{4}/\d{2}(?=/)|(?<=/forces/)[a-z-]+(?=/)|(?<=adoption/)[a-z-]+"
)
LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)"')
LEAST = {None: 12, "National coordinator": 30, "Wellbeing lead": 20, "System administrator": 14, "Privacy officer": 14}


@pytest.mark.parametrize("role", LEAST)
def test_every_kind_of_page_is_valid(page_for: Windows, nu_check: Callable[[bytes], None], role: str | None) -> None:
    page = page_for()
    if role:
        sign_in(page, role)
    waiting, kinds, seen = deque(["/", "/me/" if role else "/service/", "/design/"]), set[str](), 0
    while waiting:
        address = waiting.popleft()
        kind = KEY.sub("*", urlsplit(address).path)
        if kind in kinds:
            continue
        kinds.add(kind)
        answer = page.request.get(address)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        assert answer.status == 200, address
        nu_check(answer.body())
        seen += 1
        waiting.extend(link.replace("&amp;", "&") for link in LINK.findall(answer.text()))
    assert seen >= LEAST[role], sorted(kinds)
