"""Reads for the screens of those who write courses."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, fields
from itertools import groupby

from django.db.models import QuerySet

from standdown.foundation.access import Actor
from standdown.training.courses import policy
from standdown.training.courses.models import ContentBlock, Course, CourseVersion
from standdown.training.courses.policy import Figures


@dataclass(frozen=True, slots=True)
class BlocksOfKind:
    """The blocks of one kind, in order, with its name; `needed` when the page is not published without one."""

    kind: str
    name: str
    blocks: list[ContentBlock]
    needed: bool


def visible(by: Actor) -> QuerySet[Course]:
    """The courses that this actor may see."""
    return Course.objects.visible_to(by).select_related("current")


def versions(course: Course) -> list[CourseVersion]:
    """Every version of a course, the latest first."""
    return list(CourseVersion.objects.filter(course=course).select_related("published_by", "programme"))


def draft(course: Course) -> CourseVersion | None:
    """The draft of a course; None when nobody has begun one."""
    return CourseVersion.objects.filter(course=course, published_at__isnull=True).first()


def version(course: Course, number: int) -> CourseVersion | None:
    """That version of a course; None when there is none."""
    return CourseVersion.objects.filter(course=course, number=number).first()


def block(of: CourseVersion, key: uuid.UUID) -> ContentBlock | None:
    """That block of a version; None when it is not part of it."""
    return ContentBlock.objects.filter(version=of, pk=key).select_related("version").first()


def siblings(of: ContentBlock) -> int:
    """How many blocks of its kind the version has, with it."""
    return ContentBlock.objects.filter(version_id=of.version_id, kind=of.kind).count()


def by_kind(of: CourseVersion) -> list[BlocksOfKind]:
    """The blocks of a version under every kind that there is, in page order. One statement."""
    found = sorted(ContentBlock.objects.filter(version=of), key=lambda one: (policy.PAGE_ORDER[one.kind], one.place))
    blocks = {kind: list(group) for kind, group in groupby(found, lambda one: one.kind)}
    return [
        BlocksOfKind(kind.value, str(ContentBlock.Kind(kind.value).label), blocks.get(kind.value, []), kind in NEEDED)
        for kind in policy.Kind
    ]


NEEDED = frozenset(policy.NEEDED)


def figures_of(of: CourseVersion) -> Figures:
    """The figures of a version."""
    return Figures(**{field.name: getattr(of, field.name) for field in fields(Figures)})
