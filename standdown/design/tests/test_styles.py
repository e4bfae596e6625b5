"""What `make styles` lays out: light enough for a bad signal, and nothing of GOV.UK's own look."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

BUILT = Path(__file__).parents[1] / "static" / "design"
BYTES = 14_000
BYTES_OF_CARE = 1_000


@pytest.fixture
def css() -> str:
    return (BUILT / "standdown.css").read_text()


def test_the_sheet_stays_small(css: str) -> None:
    assert len(gzip.compress(css.encode(), 9)) <= BYTES


def test_what_pages_of_care_add_stays_small() -> None:
    assert len(gzip.compress((BUILT / "care.css").read_bytes(), 9)) <= BYTES_OF_CARE


def test_neither_crown_nor_typeface_of_gov_uk_nor_any_third_party(css: str) -> None:
    assert not re.search(r"GDS Transport|crown|url\(.?(https?|data|//):?", css)


def test_every_file_that_the_sheet_and_the_script_name_is_there(css: str) -> None:
    script = (BUILT / "standdown.js").read_text()
    named = re.findall(r"""url\(["']?([^"')]+)""", css) + re.findall(r'from "\./([^"]+)"', script)
    assert len(named) == 3
    assert [name for name in named if not (BUILT / name).is_file()] == []


def test_the_face_has_the_letters_of_welsh(css: str) -> None:
    assert "U+100-2BA" in css  # ŵ is U+175, ŷ is U+177
