import io
import re

import pytest
from django.test import Client

from standdown.foundation import access
from standdown.foundation.access import Actor
from standdown.people.forces import actions
from standdown.people.models import Base, Collaboration, CollaborationMember, Force, ForceAlias, ForceName, Team
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db
BY = access.system("test")
NATIONAL_PAGES = (
    "add/", "import/", "merge/", "collaborations/", "collaborations/start/", "ashire/rename/", "ashire/aliases/add/",
    "ashire/dates-public/", "ashire/split/",
)  # fmt: skip
DAY = {"since_day": "1", "since_month": "4", "since_year": "2027"}


def get(who: Actor, path: str = "") -> int:
    return cast.client_for(who).get(f"/people/forces/{path}").status_code


def send(client: Client, path: str, **facts: object) -> str:
    """Post, and give the address that it leads to ("" where the form came back)."""
    answer = client.post(f"/people/forces/{path}", facts)
    assert answer.status_code in {200, 303}
    return answer.headers.get("Location", "")


@pytest.fixture
def force() -> Force:
    return cast.force("ashire")


@pytest.fixture
def national() -> Client:
    return cast.client_for(cast.national_coordinator())


def test_signed_out_leads_to_signing_in(force: Force) -> None:
    for path in ("", "ashire/", *NATIONAL_PAGES, "ashire/bases/add/"):
        answer = Client().get(f"/people/forces/{path}")
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/sign-in/login/")


@pytest.mark.parametrize("path", NATIONAL_PAGES)
def test_the_list_is_kept_nationally(force: Force, path: str) -> None:
    assert get(cast.national_coordinator(), path) == 200
    assert get(cast.holder(Role.WELLBEING_LEAD, force), path) == 404
    assert get(cast.holder(Role.PRIVACY_OFFICER, None), path) == 404


@pytest.mark.parametrize("path", ["", "ashire/"])
def test_who_sees_adoption_sees_the_force(force: Force, path: str) -> None:
    for role in (
        Role.WELLBEING_LEAD,
        Role.WELLBEING_DEPUTY,
        Role.ESTIP_LEAD,
        Role.ESTIP_COORDINATOR,
        Role.PRIVACY_OFFICER,
    ):
        assert get(cast.holder(role, force), path) == 200
    assert get(cast.holder(Role.SUPERVISOR, force), path) == 404


@pytest.mark.parametrize("path", ["ashire/bases/add/", "ashire/teams/add/"])
def test_bases_are_kept_by_the_force_and_nationally(force: Force, path: str) -> None:
    assert get(cast.holder(Role.WELLBEING_LEAD, force), path) == 200
    assert get(cast.national_coordinator(), path) == 200
    assert get(cast.holder(Role.WELLBEING_DEPUTY, force), path) == 404
    assert get(cast.holder(Role.WELLBEING_LEAD, cast.force("bshire")), path) == 404


def test_another_force_reads_as_not_there(force: Force) -> None:
    lead = cast.client_for(cast.holder(Role.WELLBEING_LEAD, cast.force("bshire")))
    there, nowhere = lead.get("/people/forces/ashire/"), lead.get("/people/forces/nowhere/")
    assert (there.status_code, there.content) == (404, nowhere.content)


def test_a_lead_lists_the_own_force_only(force: Force) -> None:
    cast.force("bshire")
    page = cast.client_for(cast.holder(Role.WELLBEING_LEAD, force)).get("/people/forces/").text
    assert "Ashire Police" in page
    assert "Bshire Police" not in page
    assert "Add a force" not in page


def test_the_list_is_narrowed_down(national: Client, force: Force) -> None:
    cast.force("bshire", region="North", home_office=False)

    def found(query: str) -> list[str]:
        return re.findall(r'href="/people/forces/([ab]shire)/"', national.get(f"/people/forces/?{query}").text)

    assert found("") == ["ashire", "bshire"]
    assert found("region=North") == ["bshire"]
    assert found("home_office=yes") == ["ashire"]
    assert found("ended=on") == []
    assert found("region=Atlantis&home_office=perhaps&ended=") == ["ashire", "bshire"]  # an absurd question is no error


def test_a_force_is_added(national: Client) -> None:
    facts = {
        "name": "Newshire Police", "short_name": "Newshire", "slug": "newshire", "jurisdiction": "scotland",
        "home_office": "no", "welsh_language_standards": "no",
    }  # fmt: skip
    assert send(national, "add/", **facts) == "/people/forces/"
    assert Force.objects.get().slug == "newshire"
    again = national.post("/people/forces/add/", facts)
    assert again.status_code == 200
    assert "already means Newshire Police" in again.text
    assert Force.objects.count() == 1


def test_a_force_is_renamed(national: Client, force: Force) -> None:
    assert (
        send(national, "ashire/rename/", name="Ashire Constabulary", short_name="Ashire", **DAY)
        == "/people/forces/ashire/"
    )
    assert ForceName.objects.filter(name="Ashire Constabulary").count() == 1
    assert "Ashire Constabulary" in national.get("/people/forces/ashire/").text


def test_a_word_is_added_and_taken_away(national: Client, force: Force) -> None:
    assert send(national, "ashire/aliases/add/", alias="AP") == "/people/forces/ashire/"
    alias = ForceAlias.objects.get()
    assert national.get(f"/people/forces/ashire/aliases/{alias.pk}/remove/").status_code == 405
    assert send(national, f"ashire/aliases/{alias.pk}/remove/") == "/people/forces/ashire/"
    assert not ForceAlias.objects.exists()


def test_dates_are_kept_off_the_public_pages(national: Client, force: Force) -> None:
    assert send(national, "ashire/dates-public/", public="no") == "/people/forces/ashire/"
    assert Force.objects.get().dates_public is False


def test_forces_merge_and_split(national: Client, force: Force) -> None:
    for slug in ("bshire", "cshire", "dshire"):
        cast.force(slug)
    merger = {"origins": ["ashire", "bshire"], "into": "cshire", **DAY}
    assert send(national, "merge/", **merger) == ""  # not without saying that one is sure
    assert send(national, "merge/", **merger, sure="on") == "/people/forces/"
    assert "Follows Ashire Police since 1 April 2027" in national.get("/people/forces/cshire/").text
    assert "Followed by Cshire Police from 1 April 2027" in national.get("/people/forces/ashire/").text
    later = {**DAY, "since_year": "2028", "sure": "on"}
    assert send(national, "cshire/split/", into=["dshire"], **later) == ""
    actions.add_force(
        by=BY, at=cast.AT, force=Force(slug="eshire", name="E Police", short_name="E", jurisdiction="scotland")
    )
    assert send(national, "cshire/split/", into=["dshire", "eshire"], **later) == "/people/forces/cshire/"


def test_a_merger_into_itself_is_explained(national: Client, force: Force) -> None:
    answer = national.post("/people/forces/merge/", {"origins": ["ashire"], "into": "ashire", **DAY, "sure": "on"})
    assert "Ashire Police cannot follow itself" in answer.text


def test_a_lead_keeps_bases_and_teams(force: Force) -> None:
    lead = cast.client_for(cast.holder(Role.WELLBEING_LEAD, force))
    assert send(lead, "ashire/bases/add/", name="North") == "/people/forces/ashire/"
    base = Base.objects.get()
    assert send(lead, "ashire/teams/add/", name="Shift 1", base=str(base.pk)) == "/people/forces/ashire/"
    assert send(lead, "ashire/teams/add/", name="Desk", base="") == "/people/forces/ashire/"
    page = lead.get("/people/forces/ashire/").text
    assert "Shift 1" in page
    assert "Teams without a base" in page
    closing = {"closed_on_day": "1", "closed_on_month": "12", "closed_on_year": "2026"}
    assert send(lead, f"ashire/bases/{base.pk}/close/", **closing) == ""  # it still has a team
    team = Team.objects.get(name="Shift 1")
    assert send(lead, f"ashire/teams/{team.pk}/close/", **closing) == "/people/forces/ashire/"
    assert send(lead, f"ashire/bases/{base.pk}/close/", **closing) == "/people/forces/ashire/"
    assert "closed from 1 December 2026" in lead.get("/people/forces/ashire/").text
    assert lead.get(f"/people/forces/ashire/teams/{base.pk}/close/").status_code == 404


def test_forces_work_together(national: Client, force: Force) -> None:
    cast.force("bshire")
    cast.force("cshire")
    assert "None yet" in national.get("/people/forces/collaborations/").text
    started = {"name": "Together", "forces": ["ashire", "bshire"], **DAY}
    assert send(national, "collaborations/start/", **started) == "/people/forces/collaborations/"
    one = Collaboration.objects.get()
    assert send(national, f"collaborations/{one.pk}/join/", force="cshire", **DAY) == "/people/forces/collaborations/"
    member = CollaborationMember.objects.get(force__slug="cshire")
    leaving = f"collaborations/{one.pk}/members/{member.pk}/leave/"
    assert national.get(f"/people/forces/{leaving}").status_code == 200
    until = {"until_day": "1", "until_month": "5", "until_year": "2027"}
    assert send(national, leaving, **until) == "/people/forces/collaborations/"
    page = national.get("/people/forces/collaborations/").text
    assert "from 1 April 2027 until 1 May 2027" in page
    assert "Together" in national.get("/people/forces/ashire/").text


def upload(client: Client, content: bytes, what: str) -> str:
    file = io.BytesIO(content)
    file.name = "forces.csv"
    return client.post("/people/forces/import/", {"file": file, "what": what}).text


def test_a_list_is_checked_then_brought_in(national: Client) -> None:
    head = b"slug,name,short_name,home_office_force,jurisdiction\n"
    row = b"ashire,Ashire Police,Ashire,yes,scotland\n"
    assert "nothing was written" in upload(national, head + row, "check")
    assert not Force.objects.exists()
    assert "The list was brought in" in upload(national, head + row, "write")
    assert Force.objects.get().slug == "ashire"
    assert "Not a jurisdiction" in upload(national, head + row.replace(b"scotland", b"moon"), "write")
    assert "UTF-16" in upload(national, (head + row).decode().encode("utf-16"), "check")


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_refused(national: Client, force: Force, method: str) -> None:
    for path in ("", "add/", "ashire/", "merge/"):
        assert getattr(national, method)(f"/people/forces/{path}").status_code == 405
