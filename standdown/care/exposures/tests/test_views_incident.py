"""The coordinator's pages about an incident as such, files, other forces, and the post-incident manager's one page."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from standdown.care.exposures import stages
from standdown.care.exposures.models import Exposure, HandedOver
from standdown.care.exposures.tests.scene import AT, HOUR, Shift, number_of, of
from standdown.care.exposures.tests.test_elsewhere import HEAD, line
from standdown.care.exposures.tests.test_views_raise import words
from standdown.care.incidents.models import Incident, Restriction
from standdown.care.models import Look, Step
from standdown.care.programme.policy import NextStep
from standdown.foundation import db
from standdown.people.roles.policy import Role
from tests import care_cast, cast

pytestmark = pytest.mark.django_db
ROOT = "/care/exposures/"


@pytest.fixture
def shift() -> Shift:
    return Shift()


@pytest.fixture
def incident(shift: Shift) -> Incident:
    return shift.raised(shift.ann, shift.ben)


@pytest.fixture
def browser(shift: Shift) -> Client:
    return cast.client_for(shift.coordinator)


def talked(shift: Shift, incident: Incident, step: NextStep) -> Exposure:
    exposure = of(incident, shift.ann)
    with db.open_for("the test"):
        stages.talked(exposure, step, cast.actor(shift.sergeant), AT, outcome=Step.Outcome.DONE)
    return exposure


def test_what_was_proposed_is_chosen_beforehand_and_decided(shift: Shift, incident: Incident, browser: Client) -> None:
    page = f"{ROOT}incidents/{incident.pk}/decide/"
    assert "Nobody waits for a decision." in words(browser.get(page))
    exposure = talked(shift, incident, NextStep.DEFUSE_GROUP)
    shown = browser.get(page).content.decode()
    assert '<option value="defuse-group" selected' in shown
    assert Look.objects.filter(person=shift.ann).count() == 1
    assert "Choose a next step for at least one person" in words(browser.post(page, {f"step_{exposure.pk}": ""}))
    assert browser.post(page, {f"step_{exposure.pk}": "defuse-one"}).status_code == 303
    exposure.refresh_from_db()
    assert (exposure.decided_step, exposure.stage) == ("defuse-one", "to-defuse")


def test_everybody_is_decided_on_together_but_whoever_is_chosen_otherwise(
    shift: Shift, incident: Incident, browser: Client
) -> None:
    page = f"{ROOT}incidents/{incident.pk}/decide/"
    first = talked(shift, incident, NextStep.DEFUSE_GROUP)
    second = of(incident, shift.ben)
    with db.open_for("the test"):
        stages.talked(second, None, cast.actor(shift.sergeant), AT, outcome=Step.Outcome.DONE)
    assert browser.post(page, {"together": "defuse-group", f"step_{first.pk}": "nothing-now"}).status_code == 303
    rows = Exposure.objects.filter(pk__in=[first.pk, second.pk])
    assert set(rows.values_list("pk", "decided_step")) == {(first.pk, "nothing-now"), (second.pk, "defuse-group")}


def test_one_person_is_decided_anew(shift: Shift, incident: Incident, browser: Client) -> None:
    exposure = talked(shift, incident, NextStep.DEFUSE_GROUP)
    page = f"{ROOT}incidents/{incident.pk}/decide/"
    browser.post(page, {f"step_{exposure.pk}": "defuse-one"})
    one = f"{page}?person={exposure.pk}"
    assert '<option value="defuse-one" selected' in browser.get(one).content.decode()
    assert browser.post(one, {f"step_{exposure.pk}": "nothing-now", f"seen_{exposure.pk}": ""}).status_code == 200
    sent = {f"step_{exposure.pk}": "nothing-now", f"seen_{exposure.pk}": "defuse-one"}
    assert browser.post(one, sent).status_code == 303
    assert "Nobody waits" in words(browser.get(f"{page}?person=nobody"))


def test_two_incidents_are_merged(shift: Shift, incident: Incident, browser: Client) -> None:
    page = f"{ROOT}incidents/{incident.pk}/merge/"
    assert "no other open incident" in words(browser.get(page))
    other = shift.raised(shift.cat)
    assert other.reference in words(browser.get(page))
    assert browser.post(page, {"other": str(other.pk)}).status_code == 303
    assert Exposure.objects.live().filter(incident=incident).count() == 3


def test_facts_are_put_right(shift: Shift, incident: Incident, browser: Client) -> None:
    page = f"{ROOT}incidents/{incident.pk}/edit/"
    day = {"day_day": 23, "day_month": 11, "day_year": 2026}
    sent = {"category": str(incident.category_id), "time": "08:00", "own_reference": "5-23nov", **day}
    assert browser.post(page, sent).status_code == 303
    incident.refresh_from_db()
    assert (incident.ended_at, incident.own_reference, incident.base_id) == (AT - 2 * HOUR, "5-23NOV", None)
    assert "in the future" in words(browser.post(page, {**sent, "day_year": 2030}))
    skipped = {"day_day": 29, "day_month": 3, "day_year": 2026, "time": "01:30"}
    assert "skipped this time" in words(browser.post(page, {**sent, **skipped}))
    browser.post(page, {**sent, "time": "07:00"})
    incident.refresh_from_db()
    assert incident.ended_at == AT - 3 * HOUR


def test_accounts_and_major(incident: Incident, browser: Client) -> None:
    assert browser.post(f"{ROOT}incidents/{incident.pk}/accounts/", {"accounts": "outstanding"}).status_code == 303
    assert browser.post(f"{ROOT}incidents/{incident.pk}/major/").status_code == 303
    incident.refresh_from_db()
    assert (incident.accounts, incident.major) == ("outstanding", True)
    decide = words(browser.get(f"{ROOT}incidents/{incident.pk}/decide/"))
    assert "Initial accounts are outstanding" in decide


def test_a_file_is_checked_stored_and_confirmed(shift: Shift, browser: Client) -> None:
    text = f"{HEAD}\n{line(shift, shift.ann)}".encode()

    def send(what: str, name: str = "a.csv", content: bytes = text) -> str:
        return words(browser.post(f"{ROOT}file/", {"what": what, "file": SimpleUploadedFile(name, content)}))

    assert "Only checked: nothing was stored" in send("check")
    assert "ends in .csv or .json" in send("check", "a.xlsx")
    assert "Nothing was stored" in send("store", content=b"reference\n1")
    assert "A coordinator confirms it" in send("store")
    incident = Incident.objects.get()
    assert "12-1: Fatal or serious road collision" in words(browser.get(f"{ROOT}proposed/"))
    assert browser.post(f"{ROOT}proposed/{incident.pk}/confirm/")["Location"] == f"/care/incidents/{incident.pk}/"
    incident.refresh_from_db()
    assert incident.state == "open"
    assert browser.get(f"{ROOT}file/example.csv").content.decode().startswith("reference,category,ended")


def test_what_is_no_incident_is_said_so(shift: Shift, browser: Client) -> None:
    incident = care_cast.incident(shift.force, state="proposed")
    assert browser.post(f"{ROOT}incidents/{incident.pk}/reject/")["Location"] == f"{ROOT}proposed/"
    incident.refresh_from_db()
    assert incident.state == "rejected"


def test_a_colleague_is_handed_over_between_two_browsers(shift: Shift, incident: Incident, browser: Client) -> None:
    other = Shift("bshire")
    page = f"{ROOT}incidents/{incident.pk}/hand-over/"
    sent = {"to": str(other.force.pk), "role": str(care_cast.role().pk)}
    wrong = words(browser.post(page, {**sent, "numbers": "Bea Brown"}))
    assert "“Bea Brown” is not a collar or staff number." in wrong
    assert browser.post(page, {**sent, "numbers": f"{number_of(other.ann)}, 99999"}).status_code == 303
    theirs = cast.client_for(other.coordinator)
    shown = words(theirs.get(f"{ROOT}handed-over/"))
    assert f"Number {number_of(other.ann)}" in shown
    assert incident.reference not in shown
    known = HandedOver.objects.get(number=number_of(other.ann))
    unknown = HandedOver.objects.get(number="99999")
    made = theirs.post(f"{ROOT}handed-over/{known.pk}/accept/")
    assert made["Location"] == f"/care/incidents/{Incident.objects.get(force=other.force).pk}/"
    assert "Say that it is not known" in words(theirs.post(f"{ROOT}handed-over/{unknown.pk}/accept/"))
    assert theirs.post(f"{ROOT}handed-over/{unknown.pk}/not-ours/").status_code == 303
    assert browser.post(f"{ROOT}handed-over/{unknown.pk}/not-ours/").status_code == 404


def test_the_post_incident_manager_sees_nothing_but_the_outcome(shift: Shift, incident: Incident) -> None:
    pim = cast.client_for(cast.holder(Role.POST_INCIDENT_MANAGER, shift.force, "Pim"))
    page = f"{ROOT}restrict/"
    elsewhere = Shift("bshire").raised()
    for reference in ("INC-XXXXXX", elsewhere.reference):
        assert "no incident with this reference" in words(pim.post(page, {"reference": reference, "what": "set"}))
    assert pim.post(page, {"reference": incident.reference, "what": "set"})["Location"] == page
    shown = words(pim.get(page))
    assert "Conferring is restricted until it is lifted." in shown
    assert "Ann" not in shown
    assert pim.post(page, {"reference": incident.reference, "what": "lift"}).status_code == 303
    assert "No restriction stands now." in words(pim.get(page))
    assert Restriction.objects.get().lifted_at is not None
