import uuid

import pytest
from django.test import Client

from standdown.foundation import access
from standdown.people.roles.policy import Role
from standdown.training.courses import actions
from standdown.training.models import ContentBlock, Course, CourseVersion
from tests import cast

pytestmark = pytest.mark.django_db
ROOT = "/training/courses/"
HERE = ROOT + "demobilising-and-defusing/"


@pytest.fixture(autouse=True)
def course() -> Course:
    return actions.set_up_course(by=access.system("set up"), at=cast.AT)


@pytest.fixture
def nadia() -> Client:
    return cast.client_for(cast.national_coordinator())


@pytest.fixture
def draft(nadia: Client) -> CourseVersion:
    assert nadia.post(HERE + "begin-draft/").status_code == 303
    return CourseVersion.objects.get(published_at__isnull=True)


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_pages_of_a_course(nadia: Client, draft: CourseVersion) -> None:
    assert "Demobilising and defusing" in words(nadia, ROOT)
    assert "Go on with the draft" in words(nadia, HERE)
    assert "five to ten minutes" in words(nadia, HERE + "versions/2/")
    assert "Publish this version" in words(nadia, HERE + "draft/")
    assert nadia.get(HERE + "versions/3/").status_code == 404
    assert nadia.get(ROOT + "another/").status_code == 404


def test_a_course_without_a_draft_offers_to_begin_one(nadia: Client) -> None:
    assert "Begin a draft" in words(nadia, HERE)
    assert nadia.get(HERE + "draft/").status_code == 404


@pytest.mark.parametrize(
    "page", [ROOT, HERE, HERE + "draft/", HERE + "versions/1/", HERE + "draft/figures/", HERE + "draft/add/what/"]
)
def test_only_the_national_body_opens_them(draft: CourseVersion, page: str) -> None:
    lead = cast.client_for(cast.holder(Role.WELLBEING_LEAD, cast.force()))
    assert (lead.get(page).status_code, Client().get(page).status_code) == (404, 302)


def test_words_are_changed_added_ordered_and_taken_out(nadia: Client, draft: CourseVersion) -> None:
    what = ContentBlock.objects.get(version=draft, kind="what")
    at = f"{HERE}draft/blocks/{what.pk}/"
    assert "A single day teaches" in words(nadia, at)
    assert nadia.post(at, {"text": "New words.", "text_cy": "Geiriau newydd."}).status_code == 303
    assert "Enter the words in English" in nadia.post(at, {"text": ""}).content.decode()
    assert nadia.post(HERE + "draft/add/syllabus/", {"text": "Sleep", "text_cy": ""}).status_code == 303
    added = ContentBlock.objects.get(text="Sleep")
    assert nadia.post(f"{HERE}draft/blocks/{added.pk}/up/").status_code == 303
    assert nadia.post(f"{HERE}draft/blocks/{added.pk}/down/").status_code == 303
    assert nadia.post(f"{HERE}draft/blocks/{added.pk}/remove/").status_code == 303
    assert nadia.post(f"{HERE}draft/blocks/{added.pk}/remove/").status_code == 404
    assert ContentBlock.objects.get(pk=what.pk).text == "New words."
    assert 'lang="cy"' in words(nadia, HERE + "versions/2/")


def test_what_is_not_part_of_the_draft_is_not_there(nadia: Client, draft: CourseVersion, course: Course) -> None:
    published = ContentBlock.objects.get(version=course.current, kind="what")
    assert {nadia.get(f"{HERE}draft/blocks/{key}/").status_code for key in (published.pk, uuid.uuid4())} == {404}
    assert nadia.get(HERE + "draft/add/nonsense/").status_code == 404


def test_figures_are_judged_together(nadia: Client, draft: CourseVersion) -> None:
    facts = {
        "title": "Title", "summary": "In short.", "minutes": "360", "least_delegates": "6", "most_online": "14",
        "most_in_person": "12", "second_trainer_above": "9", "completion_percent": "50", "grace_minutes": "10",
        "valid_months": "12", "retrain_months": "24",
    }  # fmt: skip
    assert 'value="420"' in words(nadia, HERE + "draft/figures/")
    answer = nadia.post(HERE + "draft/figures/", {**facts, "least_delegates": "13"})
    assert "no more than either of the two most" in answer.content.decode()
    assert nadia.post(HERE + "draft/figures/", facts).status_code == 303
    assert CourseVersion.objects.get(pk=draft.pk).minutes == 360


def test_publishing_says_which_version_and_what_is_missing_stops_it(
    nadia: Client, draft: CourseVersion, course: Course
) -> None:
    run = ContentBlock.objects.get(version=draft, kind="how-run")
    nadia.post(f"{HERE}draft/blocks/{run.pk}/remove/")
    assert "Before this can be published, add: How it is run." in words(nadia, HERE + "draft/")
    refused = nadia.post(HERE + "draft/publish/")
    assert (refused.status_code, "How it is run" in refused.content.decode()) == (409, True)
    nadia.post(HERE + "draft/add/how-run/", {"text": "Online."})
    assert nadia.post(HERE + "draft/publish/").status_code == 303
    assert "Version 2 is published." in words(nadia, HERE)
    assert Course.objects.get(pk=course.pk).current_id == draft.pk


def test_a_course_is_added_and_its_draft_opens(nadia: Client) -> None:
    facts = {"title": "Train the trainer", "slug": "train-the-trainer", "kind": "train-the-trainer", "summary": "Two."}
    assert "Begin the course" in words(nadia, ROOT + "add/")
    answer = nadia.post(ROOT + "add/", facts)
    assert (answer.status_code, answer["Location"]) == (303, ROOT + "train-the-trainer/draft/")
    assert "That word is taken" in nadia.post(ROOT + "add/", facts).content.decode()
