"""The coordinator's pages about a list, and what people say of themselves."""

from __future__ import annotations

import pytest
from django.test import Client

from standdown.care.exposures.models import Exposure
from standdown.care.exposures.tests.scene import AT, Shift, number_of, of
from standdown.care.exposures.tests.test_views_raise import words
from standdown.care.incidents.models import Incident
from standdown.care.models import Exclusion, Look
from standdown.foundation import db
from tests import care_cast, cast

pytestmark = pytest.mark.django_db
ROOT = "/care/exposures/"


@pytest.fixture
def shift() -> Shift:
    return Shift()


@pytest.fixture
def incident(shift: Shift) -> Incident:
    return shift.raised(shift.ann)


@pytest.fixture
def browser(shift: Shift) -> Client:
    return cast.client_for(shift.coordinator)


def role() -> str:
    return str(care_cast.role().pk)


def test_people_are_found_by_name_and_added(shift: Shift, incident: Incident, browser: Client) -> None:
    page = f"{ROOT}incidents/{incident.pk}/add/"
    assert "Ben Ashdown" in words(browser.get(f"{page}?q=ben"))
    assert "Nobody in your force has that name" in words(browser.get(f"{page}?q=nobody"))
    sent = {"who": [str(shift.ben.pk)], "numbers": f"{number_of(shift.cat)}\n{number_of(shift.ann)}", "role": role()}
    answer = browser.post(f"{page}?q=ben", sent)
    assert answer["Location"] == f"/care/incidents/{incident.pk}/"
    assert Exposure.objects.filter(incident=incident).count() == 3
    assert "Tick somebody, or give numbers" in words(browser.post(page, {"role": role()}))


def test_whole_teams_are_added(shift: Shift, incident: Incident, browser: Client) -> None:
    page = f"{ROOT}incidents/{incident.pk}/add-team/"
    assert "Response B, Riverside (4)" in words(browser.get(page))
    browser.post(page, {"teams": [str(shift.team.pk)], "role": role()})
    assert Exposure.objects.filter(incident=incident).count() == 4


def test_the_list_is_confirmed_with_three_answers(incident: Incident, browser: Client) -> None:
    page = f"{ROOT}incidents/{incident.pk}/list/"
    none = dict.fromkeys(("control_room", "staff_and_specials", "other_forces"), "none")
    assert "Say whether people of other forces" in words(browser.post(page, {**none, "other_forces": ""}))
    assert "Nobody on the list has a role in the control room" in words(
        browser.post(page, {**none, "control_room": "added"})
    )
    assert browser.post(page, none).status_code == 303
    incident.refresh_from_db()
    assert incident.list_confirmed_at is not None


def test_i_was_there_too(shift: Shift, incident: Incident) -> None:
    me = cast.client_for(cast.actor(shift.ben))
    page = f"{ROOT}was-there/"
    assert "no incident with this reference" in words(me.post(page, {"reference": "INC-XXXXXX", "role": role()}))
    assert me.post(page, {"reference": incident.reference.lower(), "role": role()}).status_code == 303
    assert of(incident, shift.ben).added_as == "self"
    assert "already" in words(me.post(page, {"reference": incident.reference, "role": role()}))


def test_a_reference_of_another_force_reads_as_unknown(shift: Shift, incident: Incident) -> None:
    other = Shift("bshire")
    them = cast.client_for(cast.actor(other.ann))
    page = words(them.post(f"{ROOT}was-there/", {"reference": incident.reference, "role": role()}))
    assert "no incident with this reference" in page


def test_this_is_wrong_and_the_coordinator_settles_it(shift: Shift, incident: Incident, browser: Client) -> None:
    exposure = of(incident, shift.ann)
    me = cast.client_for(cast.actor(shift.ann))
    assert me.post(f"{ROOT}people/{exposure.pk}/dispute/", {"what": "role"}).status_code == 303
    page = f"{ROOT}people/{exposure.pk}/settle/"
    assert "My role was another" in words(browser.get(page))
    assert Look.objects.filter(person=shift.ann, by=shift.coordinator.person_id).count() == 1
    sent = {"outcome": "put-right", "role": str(care_cast.role("cordon").pk), "talks": number_of(shift.ben)}
    assert browser.post(page, sent).status_code == 303
    exposure.refresh_from_db()
    assert (exposure.role.code, exposure.supervisor_id, exposure.duty_end_at) == ("cordon", shift.ben.pk, None)


def test_an_end_of_duty_is_given_with_its_day(shift: Shift, incident: Incident, browser: Client) -> None:
    page = f"{ROOT}people/{of(incident, shift.ann).pk}/settle/"
    day = {"off_day_day": 23, "off_day_month": 11, "off_day_year": 2026}
    wrong = words(browser.post(page, {"role": role(), "off_duty": "07:00", **day}))
    assert "Duty cannot end before the incident did" in wrong
    browser.post(page, {"role": role(), "off_duty": "17:00", **day})
    assert of(incident, shift.ann).duty_end_at == AT.replace(hour=17)
    assert "nobody in your force" in words(browser.post(page, {"role": role(), "talks": "99999"}))


def test_it_can_be_left_as_it_is(shift: Shift, incident: Incident, browser: Client) -> None:
    exposure = of(incident, shift.ann)
    cast.client_for(cast.actor(shift.ann)).post(f"{ROOT}people/{exposure.pk}/dispute/", {"what": "time"})
    browser.post(f"{ROOT}people/{exposure.pk}/settle/", {"outcome": "stays", "role": role()})
    exposure.refresh_from_db()
    assert exposure.disputed == ""


def test_a_name_is_taken_off(shift: Shift, incident: Incident, browser: Client) -> None:
    exposure = of(incident, shift.ann)
    assert browser.post(f"{ROOT}people/{exposure.pk}/take-off/").status_code == 303
    assert Exposure.objects.live().count() == 0


def test_whoever_is_excluded_finds_nobody(shift: Shift, incident: Incident, browser: Client) -> None:
    exposure = of(incident, shift.ann)
    with db.open_for("the cast"):
        Exclusion.objects.create(person=shift.ann, excluded=cast.person_of(shift.coordinator), since=AT)
    for page in ("settle", "take-off"):
        assert browser.get(f"{ROOT}people/{exposure.pk}/{page}/").status_code == 404
    assert Look.objects.count() == 0
