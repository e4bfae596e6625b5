"""What a supervisor sees at the end of a night, and what nobody sees."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from standdown.care.demobilising import first_links, opening, queries
from standdown.care.demobilising.models import Demobilisation
from standdown.care.demobilising.policy import Standing
from standdown.care.demobilising.tests.scene import HOUR, NIGHT, Night, tonight
from standdown.care.exposures.models import Exposure
from standdown.care.looks.models import Look
from standdown.care.wishes.models import Exclusion
from standdown.foundation import db, ids
from standdown.people.roles.policy import Role
from tests import care_cast, cast

pytestmark = pytest.mark.django_db
LIST = "/care/demobilising/"
KEY_ON_PAGE = re.compile(r'name="capture_key" value="([^"]+)"[^>]*')


def listed(night: Night, at: dt.datetime = NIGHT) -> list[tuple[str, Standing]]:
    return [(row.name, row.standing) for row in opening.duty_end(night.sam, at)]


def test_whoever_goes_home_first_stands_first_and_what_is_closed_last() -> None:
    night = Night()
    assert listed(night) == [("Ann Ambridge", Standing.NOT_YET), ("Ben Borchester", Standing.NOT_YET)]
    assert listed(night, NIGHT + 90 * dt.timedelta(minutes=1))[0] == ("Ann Ambridge", Standing.LATE)
    night.record(night.ann)
    assert listed(night) == [("Ben Borchester", Standing.NOT_YET), ("Ann Ambridge", Standing.CLOSED)]


def test_a_line_goes_72_hours_after_it_is_closed() -> None:
    night = Night()
    night.record(night.ann)
    assert ("Ann Ambridge", Standing.CLOSED) in listed(night, NIGHT + 72 * HOUR - HOUR / 60)
    assert [name for name, _standing in listed(night, NIGHT + 72 * HOUR)] == ["Ben Borchester"]


def test_every_name_on_the_list_is_looked_at_in_one_act() -> None:
    night = Night()
    listed(night)
    looks = [
        (look.person_id, look.by_id, look.why, look.role) for look in Look.objects.order_by("exposure__duty_end_at")
    ]
    sam = night.sam.person_id
    assert looks == [(one.person_id, sam, "supervising", "supervisor") for one in (night.ann, night.ben)]


def test_nobody_sees_whom_they_are_excluded_by() -> None:
    night = Night()
    with db.open_for("the cast"):
        Exclusion.objects.create(person=night.ann_person, excluded=cast.person_of(night.sam), since=NIGHT)
        Exclusion.objects.create(
            person=night.ben_person, excluded=cast.person_of(night.sam), since=NIGHT - 9 * HOUR, ended_at=NIGHT
        )
    assert [name for name, _standing in listed(night)] == ["Ben Borchester"]


def test_the_list_opens_in_as_many_statements_for_twenty_as_for_two(django_assert_max_num_queries: object) -> None:
    night = Night()
    listed(night)  # the force's first act makes its chain
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        listed(night)
    for number in range(18):
        night.exposed(cast.person(night.force, f"Person{number}"), duty_end_at=NIGHT + HOUR)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert len(listed(night)) == 20


def test_ones_own_page_says_how_many_wait() -> None:
    night = Night()
    assert [link.words for link in first_links.before_they_go_home(night.sam, NIGHT)] == [
        "2 of yours still need five minutes"
    ]
    night.record(night.ann)
    night.record(night.ben)
    assert first_links.before_they_go_home(night.sam, NIGHT) == []
    assert queries.waiting(night.sam, NIGHT) == 0


def test_another_incident_is_raised_from_here_also_when_nobody_waits() -> None:
    """A supervisor's sign-in ends on this list, and what happens at night begins here."""
    night = Night()
    for who in (night.sam, cast.holder(Role.SUPERVISOR, night.force)):
        assert b'href="/care/exposures/raise/"' in cast.client_for(who).get(LIST).content


def recorded_by_hand(client: Client, one: Exposure, outcome: str) -> Any:
    """Open the card, press the button."""
    address = reverse("demobilising:card", args=[one.pk])
    key = KEY_ON_PAGE.search(client.get(address).content.decode())
    assert key is not None
    return client.post(address, {"capture_key": key[1], "outcome": outcome, "next_step": ""})


def without_who(page: str, one: Exposure) -> str:
    """The page with nothing left that tells one person's from another's, nor one visit from the next."""
    page = page.replace(str(one.pk), "ID").replace(one.person.full_name, "NAME")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", KEY_ON_PAGE.sub("", page))


def test_a_decline_reads_as_every_other_outcome_also_to_who_recorded_it() -> None:
    night = tonight()
    client = cast.client_for(night.sam)
    pages = {}
    for one, outcome in ((night.ann, "declined"), (night.ben, "held")):
        answer = recorded_by_hand(client, one, outcome)
        assert (answer.status_code, answer.headers["Location"]) == (303, LIST)
        client.get(LIST)  # shows, once, that it was recorded
        pages[outcome] = without_who(client.get(reverse("demobilising:card", args=[one.pk])).content.decode(), one)
    assert pages["declined"] == pages["held"]
    lines = re.findall(r'<li class="sd-duty__row">.*?</li>', client.get(LIST).content.decode(), re.DOTALL)
    assert [without_who(line, one) for line, one in zip(lines, (night.ann, night.ben), strict=True)] == [
        without_who(lines[0], night.ann)
    ] * 2
    assert [row.outcome for row in Demobilisation.objects.all()] == ["declined", "held"]


def test_urgent_leads_to_the_numbers_at_once() -> None:
    night = tonight()
    client = cast.client_for(night.sam)
    address = reverse("demobilising:card", args=[night.ann.pk])
    facts = {"capture_key": str(ids.new()), "outcome": "held", "next_step": "urgent"}
    answer = client.post(address, facts)
    assert answer.headers["Location"] == reverse("demobilising:urgent", args=[night.ann.pk])
    page = client.get(answer.headers["Location"]).content.decode()
    assert [number for number in ("tel:999", "tel:116123", "tel:111") if number in page] == [
        "tel:999", "tel:116123", "tel:111",
    ]  # fmt: skip


def test_a_card_without_an_outcome_says_what_is_missing() -> None:
    night = tonight()
    answer = cast.client_for(night.sam).post(
        reverse("demobilising:card", args=[night.ann.pk]), {"capture_key": str(ids.new())}
    )
    assert "Press one of the four buttons to say what came of it." in answer.content.decode()
    assert Demobilisation.objects.count() == 0


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.PEER_SUPPORTER, Role.WELLBEING_LEAD])
def test_a_card_of_somebody_elses_people_is_not_there(role: Role) -> None:
    night = tonight()
    client = cast.client_for(cast.holder(role, night.force, "Una"))
    assert client.get(reverse("demobilising:card", args=[night.ann.pk])).status_code == 404
    assert client.post(reverse("demobilising:card", args=[night.ann.pk]), {"outcome": "held"}).status_code == 404
    assert b"Ambridge" not in client.get(LIST).content


def test_a_coordinator_opens_a_card_and_the_look_says_why() -> None:
    night = tonight()
    client = cast.client_for(night.cora)
    assert client.get(reverse("demobilising:card", args=[night.ann.pk])).status_code == 200
    assert [(look.person_id, look.why, look.role) for look in Look.objects.all()] == [
        (night.ann.person_id, "coordinating", "estip-coordinator")
    ]


def test_who_is_not_trained_is_reminded_and_not_stopped() -> None:
    night = tonight()
    client = cast.client_for(night.sam)
    address = reverse("demobilising:card", args=[night.ann.pk])
    assert b"You have not had the training for this yet" in client.get(address).content
    care_cast.qualified(cast.person_of(night.sam), skill="demobilise", until=dt.date(2090, 1, 1))
    assert b"You have not had the training for this yet" not in client.get(address).content
