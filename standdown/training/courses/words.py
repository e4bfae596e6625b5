"""The first course: its figures, and its words in `first_course.txt`. They are ours, and from then on its editors'.

In the file each block begins with its kind in brackets; an empty line parts paragraphs.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from standdown.training.courses.policy import Figures, Kind

SLUG = "demobilising-and-defusing"
TITLE = "Demobilising and defusing"
SUMMARY = (
    "One day of training for the people who give the first support to colleagues after a traumatic incident: "
    "a few minutes before they go off duty, and a small group about three days later."
)
PROGRAMME = "Demobilise and defuse"
EFFECTIVE_FROM = dt.date(2020, 1, 1)
FIGURES = Figures(minutes=420, least_delegates=6, most_online=16, most_in_person=12, second_trainer_above=10)
FILE = Path(__file__).with_name("first_course.txt")


def blocks() -> Iterator[tuple[Kind, str]]:
    """The blocks of the first course, in page order."""
    parts = re.split(r"^\[([a-z-]+)\]\n", FILE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    for kind, text in zip(parts[::2], parts[1::2], strict=True):
        paragraphs = (" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))
        yield Kind(kind), "\n\n".join(paragraphs)
