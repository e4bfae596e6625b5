"""A lead writes the force's own paragraph, reads it in a real message, and saves it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from standdown.audit.models import Entry
from standdown.foundation import clock
from standdown.foundation.access import NotAllowed
from standdown.notifications.force_words import actions
from standdown.notifications.models import ForceWords
from standdown.people.models import Force
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db
AT = cast.AT
LIST = "/notifications/words/"
OFFER = f"{LIST}ashire/offer/en/"


@pytest.fixture
def ashire() -> Force:
    return cast.force("ashire")


@pytest.fixture
def lead(ashire: Force) -> Client:
    return cast.client_for(cast.holder(Role.WELLBEING_LEAD, ashire))


def page(client: Client, address: str, **facts: object) -> str:
    answer = client.post(address, facts) if facts else client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def stored() -> list[tuple[str, str, str, int]]:
    return list(ForceWords.objects.values_list("kind", "language", "words", "version"))


def test_a_paragraph_is_written_changed_and_taken_away(ashire: Force) -> None:
    by = cast.holder(Role.WELLBEING_LEAD, ashire)

    def write(words: str, seen: int) -> ForceWords | None:
        return actions.write_words(by=by, at=AT, force=ashire, kind="offer", language="en", words=words, seen=seen)

    assert write("Park behind {place}.", 0) is not None
    write("Park before {place}.", 1)
    assert stored() == [("offer", "en", "Park before {place}.", 2)]
    with pytest.raises(actions.ChangedMeanwhile):
        write("Too late", 1)
    assert write("", 2) is None
    assert stored() == []
    with pytest.raises(actions.ChangedMeanwhile):
        write("Too late", 2)
    assert write("", 0) is None
    notes = [entry.detail for entry in Entry.objects.order_by("sequence") if entry.outcome == "done"]
    assert [(note["version"], note["removed"]) for note in notes] == [(1, False), (2, False), (3, True), (3, True)]


@pytest.mark.parametrize("words", ["Ask {name}.", "Open {", "Shut }"])
def test_what_could_not_be_filled_in_is_refused(ashire: Force, words: str) -> None:
    by = cast.holder(Role.WELLBEING_LEAD, ashire)
    with pytest.raises(actions.NoSuchPlaceholder):
        actions.write_words(by=by, at=AT, force=ashire, kind="offer", language="en", words=words, seen=0)
    assert stored() == []


def test_nobody_writes_for_another_force(ashire: Force) -> None:
    by = cast.holder(Role.WELLBEING_LEAD, cast.force("bshire"))
    with pytest.raises(NotAllowed):
        actions.write_words(by=by, at=AT, force=ashire, kind="offer", language="en", words="Ours", seen=0)


def test_it_is_read_in_a_real_message_before_it_is_saved(lead: Client, ashire: Force) -> None:
    day = clock.london_day(clock.now()).replace(year=2030)
    cast.session(cast.course(), ashire, day=day, platform="Zoom <b>")
    looked = page(lead, OFFER, words="Ring us about {course}, {place} & more.", seen="0", look="1")
    assert "Ring us about Demobilising and defusing, Online, Zoom &lt;b&gt; &amp; more." in looked
    assert "please answer" in looked
    assert "Nothing is saved yet." in looked
    assert stored() == []
    saved = lead.post(OFFER, {"words": "Ring us.\r\nSoon.", "seen": "0"}, follow=True)
    assert "The words are saved." in saved.content.decode()
    assert stored() == [("offer", "en", "Ring us.\nSoon.", 1)]
    assert "Version 1" in page(lead, LIST)
    assert "Ring us." in page(lead, OFFER)


@pytest.mark.parametrize("kind", ["joining", "reminder", "offer", "after"])
@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_kind_has_its_example_in_both_languages(lead: Client, ashire: Force, kind: str, language: str) -> None:
    cast.session(cast.course(), cast.force("bshire"), day=clock.london_day(clock.now()).replace(year=2030))
    looked = page(lead, f"{LIST}ashire/{kind}/{language}/", words="Our own words.", seen="0", look="1")
    assert looked.count("Our own words.") == 2  # in the box and in the message


def test_after_the_course_the_words_stand_in_the_message_with_the_certificate(lead: Client) -> None:
    cast.course()
    looked = page(lead, f"{LIST}ashire/after/en/", words="Ring peer support about {course}.", seen="0", look="1")
    assert "Whom people may ring or write to after the course" in looked
    assert "Ring peer support about Demobilising and defusing." in looked
    assert "Whom to turn to" in looked
    refused = page(lead, f"{LIST}ashire/after/en/", words="At {time}", seen="0")
    assert "{time} cannot be filled in. Use {date} or {course}" in refused
    assert stored() == []


def test_without_a_date_to_come_the_words_alone_are_shown(lead: Client) -> None:
    looked = page(lead, OFFER, words="Our own words.", seen="0", look="1")
    assert "There is no date to come" in looked


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("Ask {name}.", "{name} cannot be filled in."),
        ("x" * 601, "600"),
        ("Turn \u202e round", "cannot be seen"),
    ],
)
def test_what_is_wrong_is_said(lead: Client, words: str, complaint: str) -> None:
    assert complaint in page(lead, OFFER, words=words, seen="0")
    assert stored() == []


@pytest.mark.parametrize("address", ["ashire/other/en/", "ashire/offer/fr/", "bshire/offer/en/", "nowhere/offer/en/"])
def test_what_is_not_theirs_is_not_there(lead: Client, address: str) -> None:
    cast.force("bshire")
    assert lead.get(LIST + address).status_code == 404


def test_a_deputy_does_not_write_them(ashire: Force) -> None:
    deputy = cast.client_for(cast.holder(Role.WELLBEING_DEPUTY, ashire))
    assert deputy.get(reverse("force_words:list")).status_code == 404
