from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from standdown.care.matching.tests.scenes import Scene, excludes, soon
from standdown.care.models import Ask, DutyPeriod, Exposure
from standdown.foundation import clock, db, ids
from standdown.people.models import Person
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene(t0=soon())


@pytest.fixture
def browser(scene: Scene) -> Client:
    return cast.client_for(scene.lead)


def page(browser: Client, scene: Scene, name: str = "find", **query: str) -> str:
    answer = browser.get(reverse(f"matching:{name}", args=[scene.session.pk]), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def send(browser: Client, scene: Scene, name: str = "find", **sent: Any) -> Any:
    return browser.post(reverse(f"matching:{name}", args=[scene.session.pk]), sent, follow=True)


def start(scene: Scene) -> int:
    """Three days after, as the form sends it: an even hour in London."""
    moment = scene.incident.ended_at + dt.timedelta(hours=72)
    return int((moment + dt.timedelta(hours=clock.london(moment).hour % 2)).timestamp())


def on_leave(scene: Scene, who: Person, until: int = 400) -> None:
    with db.open_for("the cast"):
        DutyPeriod.objects.create(
            person=who, force=scene.force, kind="leave", starts_at=scene.incident.ended_at,
            ends_at=scene.incident.ended_at + dt.timedelta(hours=until), file_key=ids.new(),
        )  # fmt: skip


def test_the_page_says_who_when_and_why(scene: Scene, browser: Client) -> None:
    dee = scene.able(
        "Dee",
    )
    scene.team("Response A", dee, base="Central")
    text = page(browser, scene)
    for words in (
        "Find somebody to lead session 1", "Ask Dee Ashdown", "Response A, Central", "Why this person?",
        "Number 1 of 1 who could lead it, out of 1.", "The time is within 12 hours of the target.",
        "Leads no other session within 28 days.", "Works in another team than everybody in the group.",
    ):  # fmt: skip
        assert words in text


def test_asking_shows_whom_and_offers_to_ask_no_longer(scene: Scene, browser: Client) -> None:
    dee, first = scene.able("Dee"), page(browser, scene)
    sent = first.split('name="starts" value="')[1].split('"')[0]
    answer = send(browser, scene, person=dee.pk, starts=sent)
    text = " ".join(answer.content.decode().split())
    assert "They are asked. You see here when they answer." in text
    assert "Ask Dee Ashdown no longer" in text
    assert "Asked to lead it" in text
    again = send(browser, scene, "take-back", ask=Ask.objects.get().pk)
    assert "They are asked no longer." in again.content.decode()
    assert Ask.objects.get().answer == "taken-back"


def test_somebody_who_may_not_be_asked_any_more_is_refused_with_what_to_do(scene: Scene, browser: Client) -> None:
    dee = scene.able("Dee")
    scene.able("Eve")
    with db.open_for("the cast"):
        Exposure.objects.filter(pk=scene.exposures[0].pk).update(person=dee)
    text = send(browser, scene, person=dee.pk, starts=start(scene)).content.decode()
    assert "This person cannot lead the session at that time any more. Choose somebody else below." in text
    assert not Ask.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"person": "x", "starts": "1"}, {"person": ids.new(), "starts": "99999999999"}])
def test_a_form_that_nobody_made_asks_nobody(scene: Scene, browser: Client, sent: dict[str, Any]) -> None:
    answer = send(browser, scene, **sent)
    assert (answer.status_code, Ask.objects.exists()) == (200, False)
    assert "This page is no longer of today. Open it again" in answer.content.decode()


def test_counts_say_why_the_others_not_and_never_who_excluded_whom(scene: Scene, browser: Client) -> None:
    scene.able("Dee")
    shut, away = scene.able("Shut"), scene.able("Away")
    excludes(scene.ann, shut)
    on_leave(scene, away)
    text = page(browser, scene)
    assert "Why not somebody else?" in text
    assert 'Not available</td><td class="govuk-table__cell govuk-table__cell--numeric">2</td>' in text
    assert "xclu" not in text
    assert "Shut" not in text
    assert "Shut" not in page(browser, scene, "by-hand")


def test_where_nobody_can_the_page_says_why_and_what_would_help(scene: Scene, browser: Client) -> None:
    for name in ("Dee", "Eve"):
        on_leave(scene, scene.able(name))
    text = page(browser, scene)
    assert "Nobody can lead it now" in text
    assert "Why nobody?" in text
    assert "No single rule that you may bend would bring somebody." in text


def test_people_after_the_window_are_offered_as_that(scene: Scene, browser: Client) -> None:
    on_leave(scene, scene.able("Dee"), until=110)
    text = page(browser, scene)
    assert "Nobody can lead it inside the window." in text
    assert "Ask Dee Ashdown" in text


def test_the_page_by_hand_has_everybody_by_name_with_every_time(scene: Scene, browser: Client) -> None:
    scene.able("Zoe")
    scene.able("Dee")
    text = page(browser, scene, "by-hand")
    assert text.index("Time for Dee Ashdown") < text.index("Time for Zoe Ashdown")
    assert "Time for Zoe" not in page(browser, scene, "by-hand", q="dee")
    assert "Nobody whom the rules allow has that name" in page(browser, scene, "by-hand", q="nobody")


def test_a_choice_by_hand_is_asked_for_the_time_chosen(scene: Scene, browser: Client) -> None:
    dee, text = scene.able("Dee"), page(browser, scene, "by-hand")
    chosen = text.split('<option value="')[1].split('"')[0]
    send(browser, scene, "by-hand", person=dee.pk, starts=chosen)
    made = Ask.objects.get()
    assert made.starts_at is not None
    assert int(made.starts_at.timestamp()) == int(chosen)
    assert made.reasons.filter(code="by-hand").exists()


def test_nobody_is_looked_for_while_the_groups_are_only_proposed(browser: Client, scene: Scene) -> None:
    with db.open_for("the cast"):
        type(scene.session).objects.filter(pk=scene.session.pk).update(state="proposed")
    text = page(browser, scene)
    assert "Nobody is looked for" in text
    assert "Nobody is looked for" in page(browser, scene, "by-hand")


def test_a_coordinator_whom_somebody_in_the_group_excluded_finds_nothing(browser: Client, scene: Scene) -> None:
    excludes(scene.ann, cast.person_of(scene.lead))
    assert browser.get(reverse("matching:find", args=[scene.session.pk])).status_code == 404


def test_another_forces_coordinator_finds_nothing(scene: Scene) -> None:
    stranger = cast.client_for(cast.holder(Role.ESTIP_COORDINATOR, cast.force("beeshire"), "Bob"))
    for name in ("find", "by-hand"):
        assert stranger.get(reverse(f"matching:{name}", args=[scene.session.pk])).status_code == 404
    assert stranger.post(reverse("matching:take-back", args=[scene.session.pk])).status_code == 404
