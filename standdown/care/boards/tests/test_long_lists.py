"""The pages of an incident with many people: a part at a time, or folded, so that they can be used on a phone."""

from __future__ import annotations

import pytest
from django.test import Client

from standdown.care.models import Incident, Look
from standdown.people.models import Force
from standdown.people.roles.policy import Role
from tests import care_cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def force() -> Force:
    return cast.force("ashire")


@pytest.fixture
def coordinator(force: Force) -> Client:
    return cast.client_for(cast.holder(Role.ESTIP_COORDINATOR, force))


def with_people(force: Force, number: int, stage: str) -> Incident:
    one = care_cast.incident(force)
    for count in range(number):
        care_cast.exposure(one, cast.person(force, f"P{count:02}"), stage=stage)
    return one


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_names_come_a_page_at_a_time_and_only_who_is_shown_was_looked_at(force: Force, coordinator: Client) -> None:
    one = with_people(force, 30, "to-decide")
    address = f"/care/incidents/{one.pk}/"
    page = body(coordinator, address)
    assert (page.count("sd-people__one"), "P24 Ashdown" in page, "P25 Ashdown" in page) == (25, True, False)
    assert "Page 1 of 2" in page
    assert "<b>30</b> Next step to be decided" in page
    assert "Decide on 30 people" in page
    assert Look.objects.count() == 25
    page = body(coordinator, f"{address}?page=2")
    assert (page.count("sd-people__one"), "P25 Ashdown" in page, "Page 2 of 2" in page) == (5, True, True)
    assert Look.objects.count() == 30
    assert "Page 2 of 2" in body(coordinator, f"{address}?page=77")
    assert "Page 1 of 2" in body(coordinator, f"{address}?page=x")


def test_a_short_list_is_one_page(force: Force, coordinator: Client) -> None:
    page = body(coordinator, f"/care/incidents/{with_people(force, 25, 'to-decide').pk}/")
    assert (page.count("sd-people__one"), "Page 1" in page, "sd-figures" in page) == (25, False, False)


@pytest.mark.parametrize(("people", "folded"), [(25, False), (26, True)])
def test_what_is_said_for_all_at_once_comes_before_the_names(
    force: Force, coordinator: Client, people: int, folded: bool
) -> None:
    to_talk = with_people(force, people, "to-demobilise")
    page = body(coordinator, f"/care/demobilising/team/{to_talk.pk}/")
    assert (f"All {people} are ticked" in page, "P00 Ashdown" in page) == (folded, True)
    to_decide = with_people(force, people, "to-decide")
    page = body(coordinator, f"/care/exposures/incidents/{to_decide.pk}/decide/")
    assert ("Decide for some of them one by one" in page, "P00 Ashdown" in page) == (folded, True)


@pytest.mark.parametrize(("groups", "open_ones"), [(12, 12), (13, 0)])
def test_many_groups_are_folded(force: Force, coordinator: Client, groups: int, open_ones: int) -> None:
    one = care_cast.incident(force)
    for count in range(groups):
        who = care_cast.exposure(one, cast.person(force, f"P{count:02}"), stage="to-defuse", core=True)
        care_cast.defusing(one, who, state="planned")
    page = body(coordinator, f"/care/grouping/{one.pk}/")
    assert (page.count("<h3"), page.count("When could it be?")) == (open_ones, groups)
    assert (f"Look at all {groups}" in body(coordinator, f"/care/incidents/{one.pk}/")) == (open_ones == 0)
