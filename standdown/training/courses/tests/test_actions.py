from dataclasses import replace
from typing import Any

import pytest

from standdown.audit.models import Entry
from standdown.foundation import access, db
from standdown.foundation.access import Actor
from standdown.people.roles.policy import Role
from standdown.training.courses import actions, policy, queries, words
from standdown.training.courses.policy import Kind
from standdown.training.models import ContentBlock, Course, CourseVersion
from tests import cast

pytestmark = pytest.mark.django_db
SETUP = access.system("set up")


@pytest.fixture
def nadia() -> Actor:
    return cast.national_coordinator()


@pytest.fixture
def course() -> Course:
    return actions.set_up_course(by=SETUP, at=cast.AT)


@pytest.fixture
def draft(course: Course, nadia: Actor) -> CourseVersion:
    return actions.draft_version(by=nadia, at=cast.AT, course=course)


def block(of: CourseVersion, kind: str, place: int = 1) -> ContentBlock:
    return ContentBlock.objects.get(version=of, kind=kind, place=place)


def syllabus(of: CourseVersion) -> list[str]:
    return [one.text for one in queries.blocks(of.pk) if one.kind == "syllabus"]


def test_setting_up_twice_makes_one_course(course: Course) -> None:
    again = actions.set_up_course(by=SETUP, at=cast.AT)
    assert (again.pk, Course.objects.count(), CourseVersion.objects.count()) == (course.pk, 1, 1)
    assert {one.kind for one in queries.blocks(again.current_id)} == set(Kind)  # type: ignore[arg-type]


def test_the_first_course_says_what_has_to_be_said(course: Course) -> None:
    found = queries.published_course(words.SLUG)
    assert found is not None
    assert (found.title, found.minutes) == ("Demobilising and defusing", 420)
    page = " ".join(one.text for one in queries.blocks(found.version_id))
    for fact in (
        "five to ten minutes", "their own supervisor", "peer supporter", "around three days", "days, not hours",
        "core group", "line manager", "Home Office forces pay nothing", "by agreement", "officers and police staff",
        "mutual aid", "agreement of the person", "Microsoft Teams", "adopted the training", "wellbeing lead",
        "applications from individuals", "Looking after yourself", "meet one person alone", "(An example.)",
    ):  # fmt: skip
        assert fact in page


def test_a_draft_is_a_copy_and_there_is_one_at_a_time(course: Course, draft: CourseVersion, nadia: Actor) -> None:
    assert course.current is not None
    assert (draft.number, draft.published_at) == (2, None)
    assert queries.blocks(draft.pk) == queries.blocks(course.current.pk)
    assert actions.draft_version(by=nadia, at=cast.AT, course=course).pk == draft.pk


def test_a_course_without_words_has_no_draft(nadia: Actor) -> None:
    with db.open_for("the test"):
        empty = Course.objects.create(slug="empty")
    with pytest.raises(actions.NotReady):
        actions.draft_version(by=nadia, at=cast.AT, course=empty)


def test_the_words_of_a_draft_change_and_those_in_force_do_not(
    course: Course, draft: CourseVersion, nadia: Actor
) -> None:
    actions.edit_block(by=nadia, at=cast.AT, block=block(draft, "what"), text="New words.", text_cy="Geiriau newydd.")
    assert (block(draft, "what").text, block(draft, "what").text_cy) == ("New words.", "Geiriau newydd.")
    assert course.current is not None
    assert block(course.current, "what").text != "New words."
    assert Entry.objects.filter(can="edit-course", kind="training.contentblock").count() == 1


def test_blocks_are_added_ordered_and_taken_away(draft: CourseVersion, nadia: Actor) -> None:
    before = syllabus(draft)
    added = actions.add_block(by=nadia, at=cast.AT, version=draft, kind="syllabus", text="Sleep", text_cy="")
    actions.order_block(by=nadia, at=cast.AT, block=added, up=True)
    assert syllabus(draft) == [*before[:-1], "Sleep", before[-1]]
    first = block(draft, "syllabus")
    actions.order_block(by=nadia, at=cast.AT, block=first, up=False)
    assert syllabus(draft)[:2] == [before[1], before[0]]
    actions.remove_block(by=nadia, at=cast.AT, block=ContentBlock.objects.get(pk=added.pk))
    assert "Sleep" not in syllabus(draft)


def test_there_is_an_end_to_adding(draft: CourseVersion, nadia: Actor) -> None:
    for number in range(policy.MOST_BLOCKS_OF_A_KIND - 2):
        actions.add_block(by=nadia, at=cast.AT, version=draft, kind="words", text=str(number), text_cy="")
    with pytest.raises(actions.NotReady, match="thirty"):
        actions.add_block(by=nadia, at=cast.AT, version=draft, kind="words", text="One more", text_cy="")


def test_figures_change_when_they_go_together(draft: CourseVersion, nadia: Actor) -> None:
    facts = {"title": "Title", "title_cy": "Teitl", "summary": "In short.", "summary_cy": ""}
    figures = replace(words.FIGURES, minutes=360)
    actions.edit_figures(by=nadia, at=cast.AT, version=draft, figures=figures, **facts)
    stored = CourseVersion.objects.get(pk=draft.pk)
    assert (stored.title, stored.title_cy, stored.minutes) == ("Title", "Teitl", 360)
    with pytest.raises(actions.NotReady):
        actions.edit_figures(by=nadia, at=cast.AT, version=draft, figures=replace(figures, least_delegates=99), **facts)


def test_publishing_makes_the_draft_current(course: Course, draft: CourseVersion, nadia: Actor) -> None:
    actions.publish_version(by=nadia, at=cast.AT, version=draft)
    stored = Course.objects.get(pk=course.pk)
    assert stored.current_id == draft.pk
    found = queries.published_course(course.slug)
    assert found is not None
    assert (found.version_number, found.published_at) == (2, cast.AT)
    published = CourseVersion.objects.get(pk=draft.pk)
    assert published.published_by_id == nadia.person_id


def test_a_page_that_leaves_questions_open_is_not_published(draft: CourseVersion, nadia: Actor) -> None:
    actions.remove_block(by=nadia, at=cast.AT, block=block(draft, "how-run"))
    with pytest.raises(actions.NotReady, match="How it is run"):
        actions.publish_version(by=nadia, at=cast.AT, version=draft)


def test_what_is_published_is_not_changed(course: Course, nadia: Actor) -> None:
    current = course.current
    assert current is not None
    one = block(current, "what")
    with pytest.raises(actions.NoDraft):
        actions.edit_block(by=nadia, at=cast.AT, block=one, text="x", text_cy="")
    with pytest.raises(actions.NoDraft):
        actions.remove_block(by=nadia, at=cast.AT, block=one)
    with pytest.raises(actions.NoDraft):
        actions.publish_version(by=nadia, at=cast.AT, version=current)


def test_a_block_that_somebody_took_away_is_not_changed(draft: CourseVersion, nadia: Actor) -> None:
    gone = block(draft, "what")
    actions.remove_block(by=nadia, at=cast.AT, block=ContentBlock.objects.get(pk=gone.pk))
    with pytest.raises(actions.NoDraft):
        actions.edit_block(by=nadia, at=cast.AT, block=gone, text="x", text_cy="")
    with pytest.raises(actions.NoDraft):
        actions.order_block(by=nadia, at=cast.AT, block=gone, up=True)


def test_only_the_national_body_writes_courses(course: Course) -> None:
    lead = cast.holder(Role.WELLBEING_LEAD, cast.force())
    with pytest.raises(access.NotAllowed):
        actions.draft_version(by=lead, at=cast.AT, course=course)


def test_another_course_begins_as_a_draft(course: Course, nadia: Actor) -> None:
    facts: dict[str, Any] = {
        "kind": Course.Kind.TRAIN_THE_TRAINER, "title": "Train the trainer", "summary": "Two days.",
    }  # fmt: skip
    draft = actions.add_course(by=nadia, at=cast.AT, slug="train-the-trainer", **facts)
    assert (draft.course.kind, draft.number, draft.published_at) == ("train-the-trainer", 1, None)
    assert draft.minutes == words.FIGURES.minutes
    for slug in ("train-the-trainer", "mine", "Not so"):
        with pytest.raises(actions.NotReady):
            actions.add_course(by=nadia, at=cast.AT, slug=slug, **facts)


def test_another_course_needs_the_first(nadia: Actor) -> None:
    with pytest.raises(actions.NotReady):
        actions.add_course(
            by=nadia, at=cast.AT, slug="other", kind=Course.Kind.PRACTICE, title="Other", summary="Other."
        )
