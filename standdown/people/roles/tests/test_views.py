from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from standdown.foundation import clock
from standdown.foundation.access import SENTENCES, Actor
from standdown.people.models import Force, RoleGrant
from standdown.people.roles.policy import Role
from standdown.people.roles.table import as_markdown
from tests import cast

pytestmark = pytest.mark.django_db
TABLE = Path(settings.PACKAGE).parent / "docs" / "who-may-do-what.md"


@pytest.fixture
def force() -> Force:
    return cast.force("ashire")


def text_of(client: Client, name: str, *args: object, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def parts(name: str, day: dt.date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def proposal(who: str, role: Role, place: str, **facts: str) -> dict[str, str]:
    today = clock.london_day(clock.now())
    days = parts("starts_on", today) | parts("ends_on", today + dt.timedelta(days=364))
    return {"work_email": who, "role": role.value, "place": place, "reason": "appointed", **days, **facts}


def test_the_table_in_the_documents_is_current() -> None:
    assert TABLE.read_text(encoding="utf-8") == as_markdown(), "run scripts/who_may_do_what.py"


def test_every_permission_stands_on_the_page(force: Force) -> None:
    text = text_of(cast.client_for(cast.actor(cast.person(force))), "roles:who-may-do-what")
    given = [str(sentence) for can, sentence in SENTENCES.items() if can.value != "register-demand"]
    assert [one for one in given if one.replace("'", "&#39;") not in text] == []


@pytest.mark.parametrize(
    ("role", "where", "listed", "proposes", "approves"),
    [
        (Role.WELLBEING_LEAD, "force", 200, 200, 200),
        (Role.ESTIP_LEAD, "force", 200, 200, 200),
        (Role.ESTIP_COORDINATOR, "force", 200, 404, 404),
        (Role.PRIVACY_OFFICER, "force", 200, 404, 200),
        (Role.NATIONAL_COORDINATOR, "national", 200, 200, 200),
        (Role.SYSTEM_ADMINISTRATOR, "force", 404, 404, 404),
        (Role.SUPERVISOR, "force", 404, 404, 404),
    ],
)
def test_who_opens_which_page(force: Force, role: Role, where: str, listed: int, proposes: int, approves: int) -> None:
    client = cast.client_for(cast.holder(role, force if where == "force" else None))
    found = [client.get(reverse(f"roles:{name}")).status_code for name in ("list", "propose", "waiting")]
    assert found == [listed, proposes, approves]


def test_from_proposal_to_approval_to_end(force: Force) -> None:
    cast.person(force, "Sam", work_email="sam@a.example")
    nadia = cast.client_for(cast.national_coordinator())
    pia = cast.client_for(cast.holder(Role.PRIVACY_OFFICER, force, "Pia"))
    answer = nadia.post(reverse("roles:propose"), proposal("Sam@a.example", Role.WELLBEING_LEAD, str(force.pk)))
    assert answer.status_code == 303
    grant = RoleGrant.objects.get(role="wellbeing-lead")
    assert "Sam Ashdown" in text_of(pia, "roles:waiting")
    assert "Proposed by Nadia Ashdown" in text_of(pia, "roles:decide", grant.pk)
    assert nadia.get(reverse("roles:decide", args=[grant.pk])).status_code == 404
    assert pia.post(reverse("roles:decide", args=[grant.pk]), {"decision": "approve"}).status_code == 303
    listed = text_of(nadia, "roles:list")
    assert ("Sam Ashdown" in listed, listed.count("Vacant")) == (True, 3)
    assert pia.post(reverse("roles:decide", args=[grant.pk]), {"decision": "decline"}).status_code == 200
    assert pia.post(reverse("roles:end", args=[grant.pk]), {"reason": "moved"}).status_code == 303
    assert text_of(nadia, "roles:list").count("Vacant") == 4


def test_the_form_says_what_is_wrong(force: Force) -> None:
    cast.person(force, "Sam", work_email="sam@a.example")
    cast.person(cast.force("bshire"), "Ot", work_email="ot@b.example")
    lead = cast.client_for(cast.holder(Role.WELLBEING_LEAD, force, "Wyn"))
    address = reverse("roles:propose")
    for who in ("nobody@a.example", "ot@b.example"):
        refused = lead.post(address, proposal(who, Role.SUPERVISOR, str(force.pk)))
        assert "Nobody there has this address" in refused.content.decode()
    long = parts("ends_on", clock.london_day(clock.now()) + dt.timedelta(days=365))
    refused = lead.post(address, proposal("sam@a.example", Role.SUPERVISOR, str(force.pk), **long))
    assert (refused.status_code, "for a year at most" in refused.content.decode()) == (200, True)
    assert not RoleGrant.objects.filter(role="supervisor").exists()
    assert lead.post(address, {}).status_code == 200


def test_nobody_is_put_forward_by_themselves_nor_for_another_force(force: Force) -> None:
    who = cast.holder(Role.WELLBEING_LEAD, force, "Wyn")
    own = cast.person_of(who)
    lead = cast.client_for(who)
    answer = lead.post(reverse("roles:propose"), proposal(own.work_email, Role.SUPERVISOR, str(force.pk)))
    assert answer.status_code == 404
    other = cast.force("bshire")
    answer = lead.post(reverse("roles:propose"), proposal(own.work_email, Role.SUPERVISOR, str(other.pk)))
    assert answer.status_code == 200


def test_somebody_is_put_forward_from_their_page_without_showing_their_address(force: Force) -> None:
    sam = cast.person(force, "Sam", work_email="sam@a.example")
    other = cast.person(cast.force("bshire"), "Ot")
    lead = cast.client_for(cast.holder(Role.WELLBEING_LEAD, force, "Wyn"))
    text = text_of(lead, "roles:propose-person", sam.pk)
    assert ("Propose Sam Ashdown" in text, "sam@a.example" in text) == (True, False)
    address = reverse("roles:propose-person", args=[sam.pk])
    assert lead.post(address, proposal("", Role.SUPERVISOR, str(force.pk))).status_code == 303
    assert RoleGrant.objects.get(role="supervisor").person == sam
    for key in (other.pk, uuid.uuid4()):
        assert lead.get(reverse("roles:propose-person", args=[key])).status_code == 404


def test_a_grant_of_another_force_reads_like_an_unknown_key(force: Force) -> None:
    grant = cast.grant(cast.person(cast.force("bshire"), "Ot"), Role.SUPERVISOR, Force.objects.get(slug="bshire"))
    client = cast.client_for(cast.holder(Role.WELLBEING_LEAD, force, "Wyn"))
    for name in ("decide", "end"):
        there = client.get(reverse(f"roles:{name}", args=[grant.pk]))
        nowhere = client.get(reverse(f"roles:{name}", args=[uuid.uuid4()]))
        assert (there.status_code, there.content) == (404, nowhere.content)


def test_an_ended_role_is_gone_at_the_next_click(force: Force) -> None:
    boss: Actor = cast.holder(Role.ESTIP_LEAD, force, "Eve")
    who = cast.holder(Role.ESTIP_COORDINATOR, force, "Col")
    client, lead = cast.client_for(who), cast.client_for(boss)
    assert client.get(reverse("roles:list")).status_code == 200
    grant = RoleGrant.objects.get(person=cast.person_of(who))
    with_lead = cast.client_for(cast.holder(Role.WELLBEING_LEAD, force, "Wyn"))
    assert with_lead.post(reverse("roles:end", args=[grant.pk]), {"reason": "stood-down"}).status_code == 303
    assert client.get(reverse("roles:list")).status_code == 404
    assert lead.get(reverse("roles:list")).status_code == 200


def test_other_roles_are_listed_by_role_and_page(force: Force) -> None:
    lead = cast.client_for(cast.holder(Role.WELLBEING_LEAD, force, "Wyn"))
    for number in range(51):
        who = cast.person(force, f"P{number:02}")
        cast.grant(who, Role.SUPERVISOR, force, starts_on=clock.london_day(clock.now()))
    cast.grant(cast.person(force, "Dee"), Role.DEFUSER, force, starts_on=clock.london_day(clock.now()))
    assert "52 roles are held" in text_of(lead, "roles:list")
    assert "Page 2 of 2" in text_of(lead, "roles:list", page="2", role="supervisor")
    assert "1 role is held" in text_of(lead, "roles:list", role="defuser")
    assert "52 roles are held" in text_of(lead, "roles:list", role="nonsense", page="x")


@pytest.mark.parametrize("number", ["9" * 5000, "-1", "\uff12", "\0", ""])
def test_a_page_asked_for_with_nonsense_is_the_first(force: Force, number: str) -> None:
    client = cast.client_for(cast.holder(Role.WELLBEING_LEAD, force))
    assert "Wellbeing lead" in text_of(client, "roles:list", page=number)
