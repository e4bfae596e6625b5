from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from standdown.foundation import clock, db, links
from standdown.foundation.links import Link
from standdown.people.roles.policy import Role
from standdown.public.cache import shelf
from standdown.training.feedback import links as feedback_links
from standdown.training.feedback import policy
from standdown.training.feedback.links import Purpose
from standdown.training.feedback.tests import scene
from standdown.training.feedback.tests.scene import Scene
from standdown.training.models import Feedback, FollowUp, Quote
from tests import cast

pytestmark = pytest.mark.django_db
WORDS = "Clear from the first minute."
ANSWERS = {"before": "2", "after": "4", "comment": WORDS, "quote": "on", "consent_version": "1"}
COURSE = "/training/demobilising-and-defusing/"


@pytest.fixture(autouse=True)
def _empty_shelf() -> None:
    shelf.clear()


def link(day: Scene) -> str:
    return feedback_links.feedback(day.nomination, clock.now())


def given(client: Client, day: Scene) -> Quote:
    client.post(link(day), ANSWERS)
    return Quote.objects.get()


def publish(quote: Quote) -> None:
    nadia = cast.client_for(cast.national_coordinator())
    answer = nadia.post(f"/training/feedback/words/{quote.pk}/decide/", {"decision": "publish"}, follow=True)
    assert b"The words are on the course" in answer.content


def test_feedback_is_given_by_the_link_without_a_password(client: Client) -> None:
    day = scene.real_day()
    asked = client.get(link(day))
    assert policy.CONSENT[1] in asked.content.decode()
    assert b"checked" not in asked.content
    answer = client.post(link(day), ANSWERS, follow=True)
    assert (answer.redirect_chain[0][1], Feedback.objects.get().comment) == (303, WORDS)
    assert b"your certificate is on its way" in answer.content
    take_back = feedback_links.quote(Quote.objects.get(), clock.now()).rpartition("/link/")[0]
    assert f'href="{take_back}/link/' in answer.content.decode()
    client.post(link(day), {**ANSWERS, "comment": "Again."})
    assert Feedback.objects.get().comment == WORDS


def test_opening_the_link_changes_nothing(client: Client) -> None:
    day = scene.real_day()
    for _ in range(2):
        assert client.get(link(day)).status_code == 200
    assert client.head(link(day)).status_code == 200
    assert Feedback.objects.count() == 0


def test_feedback_is_given_signed_in_and_by_nobody_else() -> None:
    day = scene.real_day()
    address = f"/training/feedback/{day.nomination.pk}/"
    assert cast.client_for(day.by).post(address, ANSWERS).status_code == 303
    assert cast.client_for(day.by).get(address).status_code == 200
    other = cast.client_for(cast.holder(Role.WELLBEING_LEAD, day.force, "Lena"))
    assert (other.get(address).status_code, other.post(address, ANSWERS).status_code) == (404, 404)


def test_what_is_missing_is_said_and_old_consent_is_asked_for_anew(client: Client) -> None:
    day = scene.real_day()
    answer = client.post(link(day), {"comment": "x" * 401})
    assert b"Choose how sure you felt before the course" in answer.content
    answer = client.post(link(day), {**ANSWERS, "consent_version": "0"})
    assert b"What you agree to has changed" in answer.content
    assert b'value="1"' in answer.content
    assert Feedback.objects.count() == 0


def test_a_link_that_is_over_or_not_ours(client: Client) -> None:
    day = scene.real_day()
    past = Link(day.nomination.pk, day.nomination.person_id, clock.now() - dt.timedelta(seconds=1))
    over = client.get(f"/training/feedback/link/{links.sign(Purpose.FEEDBACK, past)}/")
    assert (over.status_code, b"This link is over" in over.content) == (410, True)
    soon = clock.now() + dt.timedelta(hours=1)
    stranger = Link(day.nomination.pk, cast.person(day.force, "Ben").pk, soon)
    for token in (
        "nonsense",
        links.sign(Purpose.QUOTE, Link(day.nomination.pk, day.nomination.person_id, soon)),
        links.sign(Purpose.FEEDBACK, stranger),
    ):
        assert client.get(f"/training/feedback/link/{token}/").status_code == 404
        assert client.post(f"/training/feedback/link/{token}/", ANSWERS).status_code == 404
    for path, purpose in (("my-words/link", Purpose.QUOTE), ("follow-up/link", Purpose.FOLLOW_UP)):
        token = links.sign(purpose, stranger)
        assert client.get(f"/training/feedback/{path}/{token}/").status_code == 404


def test_feedback_that_is_not_open_says_so_and_refuses_with_a_reason(client: Client) -> None:
    day = scene.day(closed_at=None)
    assert b"There is no feedback to give" in client.get(link(day)).content
    answer = client.post(link(day), ANSWERS)
    assert (answer.status_code, Feedback.objects.count()) == (200, 0)


# -- words ------------------------------------------------------------------------------------------------------------


def test_words_come_on_the_course_page_and_go_from_it_at_once(client: Client) -> None:
    day = scene.real_day()
    quote = given(client, day)
    assert WORDS.encode() not in client.get(COURSE).content
    publish(quote)
    shown = client.get(COURSE).content
    assert WORDS.encode() in shown
    assert b"Ashdown" not in shown
    assert len(shelf) == 1  # the page is kept, and is stale all the same once the words are taken back
    address = feedback_links.quote(quote, clock.now())
    assert WORDS.encode() in client.get(address).content
    assert WORDS.encode() in client.get(COURSE).content
    answer = client.post(address, follow=True)
    assert b"Your words are taken back" in answer.content
    assert WORDS.encode() not in client.get(COURSE).content
    assert client.post(address).status_code == 303


def test_words_are_taken_back_signed_in_too(client: Client) -> None:
    day = scene.real_day()
    quote = given(client, day)
    address = f"/training/feedback/my-words/{quote.pk}/"
    own = cast.client_for(day.by)
    assert b"wait for a coordinator" in own.get(address).content
    assert b"Take my words back" in own.get(address).content
    assert own.post(address).status_code == 303
    quote.refresh_from_db()
    assert (quote.state, quote.words) == ("withdrawn", "")
    other = cast.client_for(cast.national_coordinator())
    assert (other.get(address).status_code, other.post(address).status_code) == (404, 404)


def test_a_coordinator_reads_words_without_knowing_whose_they_are(client: Client) -> None:
    day = scene.real_day()
    given(client, day)
    other = scene.attended(day.session, cast.person(day.force, "Ben"), place=2)
    with db.open_for("the cast"):
        Feedback.objects.create(nomination=other, before=1, after=2, comment="Too long a day.", given_at=clock.now())
    page = cast.client_for(cast.national_coordinator()).get("/training/feedback/words/").content.decode()
    assert WORDS in page
    assert "Too long a day." in page
    assert "Alice" not in page
    assert "Ben" not in page
    assert day.force.name not in page


def test_words_are_left_out_once(client: Client) -> None:
    quote = given(client, scene.real_day())
    nadia = cast.client_for(cast.national_coordinator())
    address = f"/training/feedback/words/{quote.pk}/decide/"
    assert nadia.post(address, {"decision": "perhaps"}).status_code == 400
    assert b"left out" in nadia.post(address, {"decision": "leave-out"}, follow=True).content
    assert b"no longer wait for a decision" in nadia.post(address, {"decision": "publish"}, follow=True).content
    assert (
        nadia.post(address.replace(str(quote.pk), str(quote.feedback_id)), {"decision": "publish"}).status_code == 404
    )
    quote.refresh_from_db()
    assert quote.state == "not-published"


def test_words_and_totals_are_for_those_who_run_the_courses(client: Client) -> None:
    day = scene.real_day()
    given(client, day)
    trainer = cast.client_for(cast.holder(Role.TRAINER, None, "Tom"))
    lead = cast.client_for(cast.holder(Role.WELLBEING_LEAD, day.force, "Lena"))
    nadia = cast.client_for(cast.national_coordinator())
    expected = {"words": (404, 404, 200), "summary": (200, 404, 200)}
    for name, codes in expected.items():
        found = tuple(one.get(f"/training/feedback/{name}/").status_code for one in (trainer, lead, nadia))
        assert found == codes
    assert b"Fewer than 10 people have answered" in nadia.get("/training/feedback/summary/").content


# -- three months on --------------------------------------------------------------------------------------------------


def test_whether_it_was_used_is_answered_by_the_link_or_signed_in(client: Client) -> None:
    day = scene.real_day()
    with db.open_for("the cast"):
        asked = FollowUp.objects.create(nomination=day.nomination, asked_at=clock.now())
    own, address = cast.client_for(day.by), feedback_links.follow_up(asked, clock.now())
    assert b"Did you use it?" in own.get(f"/training/feedback/follow-up/{asked.pk}/").content
    assert b"Choose whether you used it" in client.post(address, {"barriers": "no-time"}).content
    answer: Any = client.post(address, {"used": "not-yet", "barriers": ["no-time", "not-asked"]}, follow=True)
    assert b"you will not be asked again" in answer.content
    asked.refresh_from_db()
    assert (asked.used, asked.barriers) == ("not-yet", ["no-time", "not-asked"])
    other = cast.client_for(cast.national_coordinator())
    assert other.get(f"/training/feedback/follow-up/{asked.pk}/").status_code == 404
