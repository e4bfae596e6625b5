import io
import re

import pytest
from django.test import Client

from standdown.audit.models import Entry
from standdown.foundation import access
from standdown.foundation.access import Actor
from standdown.people.adoption import actions
from standdown.people.models import AdoptionCheck, AdoptionStep, Demand, Evidence, Force
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db
BY = access.system("test")
PDF = b"%PDF-1.7 a letter"
DAY = {"since_day": "1", "since_month": "2", "since_year": "2022"}
LEADS = (Role.WELLBEING_LEAD, Role.WELLBEING_DEPUTY, Role.ESTIP_LEAD, Role.ESTIP_COORDINATOR)


@pytest.fixture
def force() -> Force:
    return cast.force("ashire", adopted=False)


@pytest.fixture
def national() -> Client:
    return cast.client_for(cast.national_coordinator())


def get(who: Actor, path: str) -> int:
    return cast.client_for(who).get(f"/people/adoption/{path}").status_code


def document(content: bytes = PDF, name: str = "our letter.pdf") -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


def test_signed_out_leads_to_signing_in(force: Force) -> None:
    for path in ("", "ashire/", "ashire/step/", "ashire/evidence/add/"):
        assert Client().get(f"/people/adoption/{path}").status_code == 302


@pytest.mark.parametrize("role", LEADS)
def test_the_leads_and_the_national_coordinator_see_the_same_record(force: Force, role: Role) -> None:
    def record(who: Actor) -> str:
        page = cast.client_for(who).get("/people/adoption/ashire/")
        assert page.status_code == 200
        body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.text)
        return body[body.index("<h2") :].replace("\n", "")

    lead = cast.holder(role, force)
    assert record(lead) == record(cast.national_coordinator())


def test_who_may_open_what(force: Force) -> None:
    national = cast.national_coordinator()
    lead, other = cast.holder(Role.WELLBEING_LEAD, force), cast.holder(Role.WELLBEING_LEAD, cast.force("bshire"))
    officer, supervisor = cast.holder(Role.PRIVACY_OFFICER, force), cast.holder(Role.SUPERVISOR, force)
    expected = {
        "": (200, 200, 200, 200, 404),
        "ashire/": (200, 200, 404, 200, 404),
        "ashire/step/": (200, 404, 404, 404, 404),
        "ashire/evidence/add/": (200, 200, 404, 404, 404),
    }
    found = {path: tuple(get(who, path) for who in (national, lead, other, officer, supervisor)) for path in expected}
    assert found == expected


def test_another_force_reads_as_not_there(force: Force) -> None:
    lead = cast.client_for(cast.holder(Role.WELLBEING_LEAD, cast.force("bshire")))
    there, nowhere = lead.get("/people/adoption/ashire/"), lead.get("/people/adoption/nowhere/")
    assert (there.status_code, there.content) == (404, nowhere.content)
    assert lead.post("/people/adoption/ashire/checklist/policy/").status_code == 404
    assert not AdoptionCheck.objects.exists()


def test_a_step_is_recorded_and_what_is_missing_is_named(national: Client, force: Force) -> None:
    sent = national.post("/people/adoption/ashire/step/", {"state": "registered-interest", **DAY})
    assert (sent.status_code, sent.headers["Location"]) == (303, "/people/adoption/ashire/")
    assert "Registered interest" in national.get("/people/adoption/ashire/").text
    national.post("/people/adoption/ashire/step/", {"state": "senior-approval", **DAY, "since_day": "2"})
    refused = national.post("/people/adoption/ashire/step/", {"state": "adopted", **DAY, "since_day": "3"})
    assert refused.status_code == 200
    assert "Still open: A chief officer has agreed;" in refused.text
    assert AdoptionStep.objects.count() == 2


def test_a_step_that_cannot_follow_is_not_offered(national: Client, force: Force) -> None:
    page = national.get("/people/adoption/ashire/step/").text
    assert re.findall(r'<option value="([a-z-]+)"', page) == ["registered-interest"]
    answer = national.post("/people/adoption/ashire/step/", {"state": "adopted", **DAY})
    assert (answer.status_code, AdoptionStep.objects.count()) == (200, 0)


def test_a_lead_ticks_and_takes_back(force: Force) -> None:
    lead = cast.client_for(cast.holder(Role.WELLBEING_LEAD, force))
    address = "/people/adoption/ashire/checklist/policy/"
    assert lead.get(address).status_code == 405
    assert lead.post(address).headers["Location"] == "/people/adoption/ashire/#checklist"
    assert AdoptionCheck.objects.filter(undone_at__isnull=True).count() == 1
    lead.post(address, {"undo": "yes"})
    assert AdoptionCheck.objects.filter(undone_at__isnull=True).count() == 0
    assert lead.post("/people/adoption/ashire/checklist/nonsense/").status_code == 404


def test_a_document_comes_back_as_a_file_with_a_name_that_says_nothing(force: Force) -> None:
    lead = cast.client_for(cast.holder(Role.WELLBEING_LEAD, force))
    sent = lead.post("/people/adoption/ashire/evidence/add/", {"item": "policy", "file": document()})
    assert sent.status_code == 303
    address = f"/people/adoption/ashire/evidence/{Evidence.objects.get().pk}/"
    answer = lead.get(address)
    assert answer.content == PDF
    assert {
        name: answer.headers[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")
    } == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="document.pdf"',
        "X-Content-Type-Options": "nosniff",
    }
    assert address in lead.get("/people/adoption/ashire/").text
    other = cast.holder(Role.WELLBEING_LEAD, cast.force("bshire"))
    assert get(other, address.removeprefix("/people/adoption/")) == 404
    assert get(other, address.removeprefix("/people/adoption/").replace("ashire", "bshire")) == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"MZ not a pdf", "not a PDF"), (b"", "The file is empty"), (PDF.ljust(5 * 1024 * 1024 + 1), "larger than 5 MB")],
)
def test_what_is_no_document_is_explained(national: Client, force: Force, content: bytes, words: str) -> None:
    answer = national.post("/people/adoption/ashire/evidence/add/", {"item": "policy", "file": document(content)})
    assert answer.status_code == 200
    assert words in answer.text
    assert not Evidence.objects.exists()


def test_anyone_asks_without_a_name(force: Force) -> None:
    cast.force("bshire")
    page = Client().get("/people/adoption/demand/?force=ashire")
    assert re.findall(r'<option value="([a-z-]+)"( selected)?', page.text) == [("ashire", " selected")]
    sent = Client().post("/people/adoption/demand/", {"force": "ashire"})
    assert (sent.status_code, sent.headers["Location"]) == (303, "/people/adoption/demand/noted/")
    assert Client().get("/people/adoption/demand/noted/").status_code == 200
    assert Demand.objects.get().count == 1


def test_who_is_signed_in_is_not_named_either(force: Force) -> None:
    cast.client_for(cast.holder(Role.SUPERVISOR, force)).post("/people/adoption/demand/", {"force": "ashire"})
    assert [entry.actor_id for entry in Entry.objects.all()] == [None]


def test_a_force_that_adopted_cannot_be_asked_for() -> None:
    cast.force("bshire")
    answer = Client().post("/people/adoption/demand/", {"force": "bshire"})
    assert answer.status_code == 200
    assert not Demand.objects.exists()


def test_only_the_national_coordinator_sees_how_many_asked(national: Client, force: Force) -> None:
    for _ in range(3):
        actions.register_demand(by=access.ANYONE, at=cast.AT, force=force)
    lead = cast.client_for(cast.holder(Role.WELLBEING_LEAD, force))
    assert "Fewer than 10" not in lead.get("/people/adoption/").text
    assert "Asked for" in national.get("/people/adoption/").text


def test_the_overview_is_narrowed_down(national: Client, force: Force) -> None:
    cast.force("bshire")

    def found(query: str) -> list[str]:
        return re.findall(r'href="/people/adoption/([ab]shire)/"', national.get(f"/people/adoption/?{query}").text)

    assert found("") == ["ashire", "bshire"]
    assert found("state=adopted&vacant=on") == ["bshire"]
    assert found("state=not-asked") == ["ashire"]
    assert found("state=nonsense") == ["ashire", "bshire"]
