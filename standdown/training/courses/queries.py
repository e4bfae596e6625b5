"""Reads of courses. The first half is what anyone may read, in few statements and without building records."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.translation import get_language

from standdown.foundation.access import ANYONE
from standdown.training.courses import policy
from standdown.training.courses.models import ContentBlock, Course


def welsh() -> bool:
    """True when the page is being made in Welsh."""
    return (get_language() or "en").startswith("cy")


# -- for anyone -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PublishedCourse:
    """A published course with the words and figures of its current version, in the language of the page."""

    id: uuid.UUID
    slug: str
    version_id: uuid.UUID
    version_number: int
    title: str
    summary: str
    minutes: int
    published_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a course's page. `language` is that of the text: English where the Welsh is not written yet."""

    kind: str
    place: int
    text: str
    language: str

    @property
    def paragraphs(self) -> list[str]:
        """The text cut at its empty lines."""
        return [part.strip() for part in self.text.replace("\r\n", "\n").split("\n\n") if part.strip()]


_COURSE = (
    "id", "slug", "current_id", "current__number", "current__title", "current__title_cy", "current__summary",
    "current__summary_cy", "current__minutes", "current__published_at",
)  # fmt: skip


def _published(row: tuple[object, ...]) -> PublishedCourse:
    key, slug, version, number, title, title_cy, summary, summary_cy, minutes, at = row
    if welsh():
        title, summary = title_cy or title, summary_cy or summary
    return PublishedCourse(key, slug, version, number, title, summary, minutes, at)  # type: ignore[arg-type]


def courses() -> list[PublishedCourse]:
    """Every published course, by slug. One statement."""
    found = Course.objects.visible_to(ANYONE).order_by("slug").values_list(*_COURSE)
    return [_published(row) for row in found]


def published_course(slug: str) -> PublishedCourse | None:
    """The published course of that slug; None when there is none or it is not published. One statement."""
    row = Course.objects.visible_to(ANYONE).filter(slug=slug).values_list(*_COURSE).first()
    return None if row is None else _published(row)


def blocks(version_id: uuid.UUID) -> list[Block]:
    """The blocks of a version in page order, in the language of the page or else in English. One statement."""
    cymraeg = welsh()
    rows = ContentBlock.objects.filter(version_id=version_id).values_list("kind", "place", "text", "text_cy").order_by()
    found = [
        Block(kind, place, text_cy if cymraeg and text_cy else text, "cy" if cymraeg and text_cy else "en")
        for kind, place, text, text_cy in rows
    ]
    return sorted(found, key=lambda block: (policy.PAGE_ORDER.get(block.kind, len(policy.PAGE_ORDER)), block.place))
