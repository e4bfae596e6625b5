"""Every colour that carries words can be read on every ground that it stands on, by day and by night."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PALETTE = (Path(__file__).parents[1] / "styles" / "_palette.scss").read_text()
GROUNDS = ("paper", "raised", "sunk")
AA = 4.5
AAA = 7.0
SHAPES = 3.0  # what is no text: the edge of a box, a bar of a drawing

BODY = ("ink", "soft", "link", "link-hover", "link-visited")
STATES = ("due", "late", "done", "plain", "calm")


def scheme(name: str) -> dict[str, str]:
    block = re.search(rf"\${name}: \((.*?)\);", PALETTE, re.DOTALL)
    assert block
    return dict(re.findall(r'"([a-z-]+)": (#[0-9a-f]{6})', block[1]))


SCHEMES = {name: scheme(name) for name in ("light", "dark")}


def brightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Ratio after WCAG 2.2, from 1 to 21."""
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


def pairs() -> list[tuple[str, str, str, float]]:
    found = []
    for name in SCHEMES:
        found += [(name, word, ground, AAA) for word in BODY for ground in GROUNDS]
        found += [(name, state, f"{state}-ground", AAA) for state in STATES]
        found += [(name, state, ground, AA) for state in STATES for ground in GROUNDS]
        found += [(name, "ink", f"{state}-ground", AAA) for state in ("done", "calm")]
        found += [(name, "link", "calm-ground", AA), (name, "paper", "late", AA), (name, "paper", "ink", AAA)]
        found += [(name, "bar-ink", "bar", AAA), (name, "bar-soft", "bar", AAA), (name, "bar-line", "bar", SHAPES)]
        found += [(name, "act-ink", "act", AAA), (name, "act-ink", "act-hover", AAA)]
        found += [(name, "focus-ink", "focus", AAA)]
        found += [(name, shape, ground, SHAPES) for shape in ("edge", "act") for ground in GROUNDS]
    return found


def test_both_schemes_name_the_same_colours() -> None:
    assert list(SCHEMES["light"]) == list(SCHEMES["dark"])


@pytest.mark.parametrize(("name", "words", "ground", "wanted"), pairs())
def test_it_can_be_read(name: str, words: str, ground: str, wanted: float) -> None:
    assert contrast(SCHEMES[name][words], SCHEMES[name][ground]) >= wanted
