"""What the documents name is there, and they stay short enough to be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.reading import PRODUCT, ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)|src=\"(?!https?:)([^\"]+)\"")
ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| `([^`]+)` \|$", re.MULTILINE)
TARGET = re.compile(r"^([a-z]+):.*## ", re.MULTILINE)
ONE_PAGE = 90  # lines


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(document: Path) -> None:
    names = [first or second for first, second in LINK.findall(document.read_text(encoding="utf-8"))]
    assert [name for name in names if not (document.parent / name).exists()] == []


def test_the_glossary_leads_to_files_and_is_in_order() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = ROW.findall(text)
    assert len(rows) > 50
    assert [file for _word, _meaning, file in rows if not (PRODUCT / file).exists()] == []
    for half in text.split("\n## ")[1:]:
        words = [word.casefold() for word, _meaning, _file in ROW.findall(half)]
        assert words == sorted(words)


def test_decisions_are_numbered_and_say_what_they_cost() -> None:
    assert [int(file.name[:4]) for file in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    parts = ("**Decided.**", "**Why.**", "**Costs.**")
    assert [f.name for f in DECISIONS if not all(part in f.read_text(encoding="utf-8") for part in parts)] == []


def test_the_architecture_is_one_page() -> None:
    assert len((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").splitlines()) <= ONE_PAGE


def test_the_readme_names_only_targets_that_there_are() -> None:
    targets = set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    named = set(re.findall(r"`make ([a-z]+)`", "".join(file.read_text(encoding="utf-8") for file in DOCUMENTS)))
    assert named - targets == set()
    assert {"run", "test", "bench", "lint", "wheel"} <= targets


def test_nothing_shouts_in_the_documents() -> None:
    shouting = re.compile(r"(?<![\[!`])!(?=\s|$)")
    assert [file.name for file in DOCUMENTS if shouting.search(file.read_text(encoding="utf-8"))] == []
