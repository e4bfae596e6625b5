"""A published course with all of its words in one plain statement.

For the pages that everybody opens; `queries` gives the same answers through the ORM, and a test holds them together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from standdown.foundation import db
from standdown.training.courses import policy
from standdown.training.courses.queries import Block, PublishedCourse, welsh

_COURSE = """
SELECT b.kind, b.place, b.text, b.text_cy, c.id, v.id, v.number, v.title, v.title_cy, v.summary, v.summary_cy,
       v.minutes, v.published_at
  FROM training_course c
  JOIN training_courseversion v ON v.id = c.current_id
  LEFT JOIN training_contentblock b ON b.version_id = v.id
 WHERE c.slug = %s"""


@dataclass(frozen=True, slots=True, eq=False)
class CoursePage:
    """A published course and its blocks in page order; the same object for as long as they are the same."""

    facts: PublishedCourse
    blocks: list[Block]


def course_page(slug: str) -> CoursePage | None:
    """The published course of that slug with its words; None when there is none. One statement."""
    rows = tuple(db.read_plain(_COURSE, slug))
    return _page(slug, rows, welsh()) if rows else None


@lru_cache(maxsize=64)
def _page(slug: str, rows: tuple[tuple[Any, ...], ...], cymraeg: bool) -> CoursePage:
    key, version, number, title, title_cy, summary, summary_cy, minutes, at = rows[0][4:]
    if cymraeg:
        title, summary = title_cy or title, summary_cy or summary
    facts = PublishedCourse(
        db.plain_key(key), slug, db.plain_key(version), number, title, summary, minutes, db.plain_moment(at)
    )
    blocks = [
        Block(kind, place, text_cy if cymraeg and text_cy else text, "cy" if cymraeg and text_cy else "en")
        for kind, place, text, text_cy, *_ in rows
        if kind is not None
    ]
    order = policy.PAGE_ORDER
    return CoursePage(facts, sorted(blocks, key=lambda block: (order.get(block.kind, len(order)), block.place)))
