"""Cards on paper and keying them in; the page to take home; a force's own numbers."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse

from standdown.care.demobilising import actions_numbers, paper, policy, queries, screens
from standdown.care.demobilising.models import Demobilisation, HelpNumber
from standdown.care.demobilising.policy import PaperProblem
from standdown.care.demobilising.tests.scene import Night, tonight
from standdown.foundation import access, clock
from standdown.people.roles.policy import Role
from tests import cast

AT = cast.AT
HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("held", "problem"),
    [(AT, None), (AT - HOUR, None), (AT - 2 * HOUR, None), (AT + HOUR, PaperProblem.AHEAD),
     (AT - 3 * HOUR, PaperProblem.BEFORE)],
)  # fmt: skip
def test_a_card_was_held_between_the_end_of_the_incident_and_now(
    held: dt.datetime, problem: PaperProblem | None
) -> None:
    assert policy.paper_problem(held, AT - 2 * HOUR, AT) is problem


@pytest.mark.parametrize("typed", ["CARD-7KQ3MD", "card 7kq3md", "7KQ 3MD", "  7kq-3md "])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert paper.read(typed) == "CARD-7KQ3MD"


@pytest.mark.parametrize("typed", ["", "CARD-7KQ3M", "7KQ3MDX", "7KQ3M0", "Ann Ambridge"])
def test_what_is_no_code_is_not_taken(typed: str) -> None:
    assert paper.read(typed) is None


def test_there_is_a_code_for_each_card_and_no_more_than_forty() -> None:
    assert [len(paper.codes(count)) for count in (0, 1, 3, 99)] == [1, 1, 3, 40]
    assert all(paper.read(code) == code for code in paper.codes(40))


@pytest.mark.django_db
def test_cards_name_the_incident_by_its_reference_and_nobody() -> None:
    night = tonight()
    page = cast.client_for(night.sam).get(reverse("demobilising:paper", args=[night.incident.pk])).content.decode()
    assert len(set(re.findall(r"CARD-\w{6}", page))) == 2
    assert night.incident.reference in page
    assert [name for name in ("Ann", "Ben", "Ambridge", "Borchester") if name in page] == []
    assert "CARD-" in cast.client_for(night.sam).get(reverse("demobilising:blank-card")).content.decode()


def card_of(night: Night, held: dt.datetime) -> dict[str, str]:
    wall = clock.london(held)
    return {
        "code": "CARD-7KQ3MD", "on_day": str(wall.day), "on_month": str(wall.month), "on_year": str(wall.year),
        "clock_time": f"{wall:%H:%M}", "outcome": "offered", "needs": "rest",
    }  # fmt: skip


@pytest.mark.django_db
def test_a_card_keyed_in_twice_is_one_record_of_when_it_was_held() -> None:
    night = tonight()
    client, address = cast.client_for(night.cora), reverse("demobilising:key-in", args=[night.ann.pk])
    held = (night.at - HOUR).replace(second=0, microsecond=0)
    assert [client.post(address, card_of(night, held)).status_code for _time in range(2)] == [303, 303]
    made = Demobilisation.objects.get()
    assert (made.held_at, made.kept, made.outcome, made.rest) == (held, "paper", "offered", True)
    assert made.recorded_by_id == night.cora.person_id


@pytest.mark.django_db
def test_a_card_from_ahead_of_now_is_asked_about() -> None:
    night = tonight()
    client, address = cast.client_for(night.sam), reverse("demobilising:key-in", args=[night.ann.pk])
    answer = client.post(address, card_of(night, night.at + 2 * HOUR))
    assert "This time is still ahead. Enter when it was held." in answer.content.decode()
    assert Demobilisation.objects.count() == 0


# -- numbers ----------------------------------------------------------------------------------------------------------

OWN = {"round-the-clock": "01632 960 001", "chaplain": "01632 960 002", "assistance": ""}


@pytest.mark.django_db
def test_a_force_sets_its_numbers_and_the_card_names_the_one_that_always_answers() -> None:
    force = cast.force()
    lead = cast.holder(Role.ESTIP_LEAD, force)
    assert screens.card(queries.help_numbers(force.pk))[-1] == "At 3 a.m. somebody answers: 116 123"
    assert actions_numbers.set_help_numbers(by=lead, at=AT, force=force, numbers=OWN) == 2
    found = queries.help_numbers(force.pk)
    assert [one.number for one in found.all] == ["999", "01632 960 001", "01632 960 002", "116 123", "111"]
    assert screens.card(found)[-1] == "At 3 a.m. somebody answers: 01632 960 001"
    actions_numbers.set_help_numbers(by=lead, at=AT, force=force, numbers=dict.fromkeys(OWN, ""))
    assert HelpNumber.objects.count() == 0
    with pytest.raises(access.NotAllowed):
        actions_numbers.set_help_numbers(
            by=cast.holder(Role.ESTIP_LEAD, cast.force("bshire")), at=AT, force=force, numbers=OWN
        )


@pytest.mark.django_db
def test_only_numbers_go_into_a_number() -> None:
    force = cast.force()
    client = cast.client_for(cast.holder(Role.ESTIP_LEAD, force))
    address = reverse("demobilising:numbers", args=[force.slug])
    answer = client.post(address, {"round-the-clock": "ask for Ann"})
    assert "Enter a telephone number, like 01632 960 001." in answer.content.decode()
    assert client.post(address, OWN).status_code == 303
    assert 'value="01632 960 001"' in client.get(address).content.decode()


@pytest.mark.django_db
def test_the_page_to_take_home_is_in_both_languages_with_the_numbers_of_the_force() -> None:
    force = cast.force()
    actions_numbers.set_help_numbers(by=cast.holder(Role.ESTIP_LEAD, force), at=AT, force=force, numbers=OWN)
    page = cast.client_for(cast.actor(cast.person(force))).get(reverse("demobilising:take-away")).content.decode()
    assert re.findall(r'<section lang="([\w-]+)">', page) == ["en-GB", "cy"]
    assert page.count("tel:01632960001") == 2
    other = cast.client_for(cast.actor(cast.person(cast.force("bshire"))))
    assert "01632" not in other.get(reverse("demobilising:take-away")).content.decode()
