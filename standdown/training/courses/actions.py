"""What people do to a course: write a draft from the current words, change it block by block, and publish it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import asdict

from django.db.models import Max
from django.utils.translation import gettext as _

from standdown.audit.act import act
from standdown.foundation import db
from standdown.foundation.access import Actor, Can
from standdown.foundation.refusal import Refusal
from standdown.training.courses import policy, words
from standdown.training.courses.models import ContentBlock, Course, CourseVersion, ProgrammeVersion
from standdown.training.courses.policy import Figures


class NoDraft(Refusal):
    """The course has no draft, or the block is not part of it; perhaps somebody has just published it."""

    code = "no-draft"

    def __init__(self) -> None:
        super().__init__(_("There is no such draft any more: somebody may just have published it. Begin a new one."))


class NotReady(Refusal):
    """The draft cannot be published or changed like that."""

    code = "not-ready"


def add_course(*, by: Actor, at: dt.datetime, slug: str, kind: Course.Kind, title: str, summary: str) -> CourseVersion:
    """Begin another course, such as one for those who will train others (R47): a draft without words yet.

    Its figures begin as those of the first course. Raises NotReady for a word that addresses cannot take.
    """
    with act(by, Can.EDIT_COURSE, on=Course, at=at) as step:
        if not policy.is_slug(slug) or Course.objects.filter(slug=slug).exists():
            raise NotReady(_("That word is taken, or it has other signs than small letters and hyphens."))
        programme = ProgrammeVersion.objects.order_by("-effective_from", "-number").first()
        if programme is None:
            raise NotReady(_("Set up the first course before you add another."))
        course = Course.objects.create(slug=slug, kind=kind)
        draft = CourseVersion.objects.create(
            course=course, programme=programme, number=1, title=title, summary=summary, **asdict(words.FIGURES)
        )
        step.about(course)
    return draft


def draft_version(*, by: Actor, at: dt.datetime, course: Course) -> CourseVersion:
    """The draft of that course: the one there is, or a new one that begins as a copy of the current version."""
    with act(by, Can.EDIT_COURSE, on=course, at=at) as step:
        held = db.lock(Course.objects.select_related("current")).get(pk=course.pk)
        found = CourseVersion.objects.filter(course=held, published_at__isnull=True).first()
        if found is None:
            if held.current is None:
                raise NotReady(_("The course has no words to begin from. Set up the first course first."))
            found = _copy(held, held.current)
        step.about(found)
    return found


def edit_block(*, by: Actor, at: dt.datetime, block: ContentBlock, text: str, text_cy: str) -> ContentBlock:
    """Change the words of one block of a draft. Raises NoDraft."""
    with act(by, Can.EDIT_COURSE, on=block, at=at):
        _draft(block.version)
        block.text, block.text_cy = text, text_cy
        if not ContentBlock.objects.filter(pk=block.pk).update(text=text, text_cy=text_cy):
            raise NoDraft
    return block


def add_block(
    *, by: Actor, at: dt.datetime, version: CourseVersion, kind: str, text: str, text_cy: str
) -> ContentBlock:
    """Add a block to a draft, after the others of its kind. Raises NoDraft, NotReady."""
    with act(by, Can.EDIT_COURSE, on=version, at=at) as step:
        _draft(version)
        others = ContentBlock.objects.filter(version=version, kind=kind)
        if others.count() >= policy.MOST_BLOCKS_OF_A_KIND:
            raise NotReady(_("There are thirty blocks of this kind already. Put the words into one of them."))
        place = (others.aggregate(last=Max("place"))["last"] or 0) + 1
        block = ContentBlock.objects.create(version=version, kind=kind, place=place, text=text, text_cy=text_cy)
        step.about(block)
    return block


def remove_block(*, by: Actor, at: dt.datetime, block: ContentBlock) -> None:
    """Take a block out of a draft. Raises NoDraft."""
    with act(by, Can.EDIT_COURSE, on=block, at=at):
        _draft(block.version)
        ContentBlock.objects.filter(pk=block.pk).delete()


def order_block(*, by: Actor, at: dt.datetime, block: ContentBlock, up: bool) -> None:
    """Move a block of a draft one step up or down among those of its kind. Raises NoDraft."""
    with act(by, Can.EDIT_COURSE, on=block, at=at):
        _draft(block.version)
        siblings = {one.place: one for one in ContentBlock.objects.filter(version=block.version, kind=block.kind)}
        if block.place not in siblings:
            raise NoDraft
        order = policy.reordered(siblings, block.place, up=up)
        clear = max(siblings) + 1  # past every place in use, so that no two blocks stand in one place on the way
        for shift in (clear, 1):
            for index, place in enumerate(order):
                ContentBlock.objects.filter(pk=siblings[place].pk).update(place=shift + index)


def edit_figures(
    *, by: Actor, at: dt.datetime, version: CourseVersion, title: str, title_cy: str, summary: str, summary_cy: str,
    figures: Figures,
) -> CourseVersion:  # fmt: skip
    """Change title, summary, length and numbers of a draft. Raises NoDraft, NotReady."""
    with act(by, Can.EDIT_COURSE, on=version, at=at):
        draft = _draft(version)
        if policy.flaws(figures):
            raise NotReady(_("These figures do not go together. Check the length and the numbers of people."))
        draft.title, draft.title_cy, draft.summary, draft.summary_cy = title, title_cy, summary, summary_cy
        for name, value in asdict(figures).items():
            setattr(draft, name, value)
        draft.save()
    return draft


def publish_version(*, by: Actor, at: dt.datetime, version: CourseVersion) -> CourseVersion:
    """Make a draft the words that everybody reads from now on. Raises NoDraft, NotReady when a block is missing.

    A date keeps the version that it was published with; one still in preparation follows the current one (R8).
    """
    with act(by, Can.EDIT_COURSE, on=version, at=at) as step:
        draft = _draft(version)
        kinds = set(ContentBlock.objects.filter(version=draft).values_list("kind", flat=True))
        lacking = policy.missing(kinds)
        if lacking:
            names = ", ".join(str(ContentBlock.Kind(kind).label) for kind in lacking)
            raise NotReady(_("The page would leave questions open. Add: %(names)s.") % {"names": names})
        draft.published_at, draft.published_by_id = at, by.person_id
        draft.save(update_fields=["published_at", "published_by"])
        Course.objects.filter(pk=draft.course_id).update(current=draft)
        step.note(number=draft.number)
    return draft


def set_up_course(*, by: Actor, at: dt.datetime) -> Course:
    """The course that Standdown begins with, in our own words. Where it is there already, nothing changes."""
    with act(by, Can.EDIT_COURSE, on=Course, at=at) as step:
        course = Course.objects.filter(slug=words.SLUG).first()
        if course is None:
            course = _first_course(at, by)
        step.about(course)
    return course


def _draft(version: CourseVersion) -> CourseVersion:
    """The draft as it is stored, with its course locked. Raises NoDraft."""
    db.lock(Course.objects.filter(pk=version.course_id)).get()
    found = CourseVersion.objects.filter(pk=version.pk, published_at__isnull=True).first()
    if found is None:
        raise NoDraft
    return found


def _copy(course: Course, current: CourseVersion) -> CourseVersion:
    last = CourseVersion.objects.filter(course=course).aggregate(last=Max("number"))["last"]
    facts = {
        field.attname: getattr(current, field.attname)
        for field in CourseVersion._meta.concrete_fields
        if field.name not in {"id", "number", "published_at", "published_by"}
    }
    draft = CourseVersion.objects.create(**facts, number=last + 1)
    blocks = ContentBlock.objects.filter(version=current)
    ContentBlock.objects.bulk_create(
        ContentBlock(version=draft, kind=one.kind, place=one.place, text=one.text, text_cy=one.text_cy)
        for one in blocks
    )
    return draft


def _first_course(at: dt.datetime, by: Actor) -> Course:
    programme, _made = ProgrammeVersion.objects.get_or_create(
        name=words.PROGRAMME, number=1, defaults={"effective_from": words.EFFECTIVE_FROM}
    )
    course = Course.objects.create(slug=words.SLUG)
    course.current = CourseVersion.objects.create(
        course=course, programme=programme, number=1, title=words.TITLE, summary=words.SUMMARY,
        published_at=at, published_by_id=by.person_id, **asdict(words.FIGURES),
    )  # fmt: skip
    course.save(update_fields=["current"])
    placed: Counter[str] = Counter()
    for kind, text in words.blocks():
        placed[kind] += 1
        ContentBlock.objects.create(version=course.current, kind=kind, place=placed[kind], text=text)
    return course
