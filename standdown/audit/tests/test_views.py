import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from standdown.audit.act import act
from standdown.audit.models import Entry
from standdown.foundation import access, db
from standdown.foundation.access import Can
from standdown.foundation.refusal import Refusal
from standdown.people.models import Base, Force
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db


def add_base(by: access.Actor, force: Force, at: dt.datetime = cast.AT) -> None:
    with act(by, Can.KEEP_BASES, on=force, at=at) as step:
        step.about(Base.objects.create(force=force, name=f"Base {Base.objects.count()}"))


def officer(force: Force | None) -> Client:
    return cast.client_for(cast.holder(Role.PRIVACY_OFFICER, force, "Pia"))


def read(client: Client, **asked: str) -> str:
    return client.get(reverse("audit:entries"), asked).content.decode()


def test_an_officer_reads_who_did_what_in_their_own_force_only() -> None:
    ashire, bshire = cast.force("ashire"), cast.force("bshire")
    add_base(cast.holder(Role.WELLBEING_LEAD, ashire, "Wenna"), ashire)
    add_base(cast.holder(Role.WELLBEING_LEAD, bshire, "Wyn"), bshire)
    page = read(officer(ashire))
    assert "Wenna Ashdown" in page
    assert "Wyn" not in page
    assert "23 November 2026, 10:00" in page
    assert "Wyn" in read(officer(None))


def test_refusals_stand_out() -> None:
    force = cast.force()
    by = cast.holder(Role.WELLBEING_LEAD, force, "Wenna")
    with pytest.raises(Refusal), act(by, Can.KEEP_BASES, on=force, at=cast.AT):
        raise Refusal("No.", code="no-more-bases")
    page = read(officer(force))
    assert "Refused</strong>" in page
    assert "refused because: no-more-bases" in page


def test_entries_are_found_by_permission_outcome_and_day() -> None:
    force = cast.force()
    by = cast.holder(Role.WELLBEING_LEAD, force, "Wenna")
    add_base(by, force, dt.datetime(2026, 10, 24, 22, 59, tzinfo=dt.UTC))
    add_base(by, force, dt.datetime(2026, 10, 24, 23, 0, tzinfo=dt.UTC))  # midnight in London, in summer time
    client = officer(force)
    day = {"day_day": "25", "day_month": "10", "day_year": "2026"}
    assert read(client).count("sd-timeline__entry") == 2
    assert read(client, **day).count("sd-timeline__entry") == 1
    assert read(client, can="keep-bases").count("sd-timeline__entry") == 2
    assert read(client, can="keep-forces").count("sd-timeline__entry") == 0
    assert read(client, outcome="refused").count("sd-timeline__entry") == 0


@pytest.mark.parametrize(
    "asked",
    [
        {"page": "0"},
        {"page": "x"},
        {"page": "9" * 40},
        {"can": "x"},
        {"day_day": "31", "day_month": "2", "day_year": "1"},
    ],
)
def test_absurd_questions_get_a_page(asked: dict[str, str]) -> None:
    assert officer(cast.force()).get(reverse("audit:entries"), asked).status_code == 200


def test_many_entries_come_in_pages_with_few_statements(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    force = cast.force()
    by = cast.holder(Role.WELLBEING_LEAD, force, "Wenna")
    for _ in range(51):
        add_base(by, force)
    client = officer(force)
    with django_assert_num_queries(6):  # session, account with person, roles; entries, names of people, names of forces
        first = read(client)
    assert (first.count("sd-timeline__entry"), "Older entries" in first) == (50, True)
    last = read(client, page="2")
    assert (last.count("sd-timeline__entry"), "Newer entries" in last, "Older entries" in last) == (1, True, False)


def test_the_check_says_whole_and_broken() -> None:
    force = cast.force()
    by = cast.holder(Role.WELLBEING_LEAD, force, "Wenna")
    for _ in range(3):
        add_base(by, force)
    client = officer(force)
    whole = client.get(reverse("audit:check")).content.decode()
    assert ("Ashire Police" in whole, "3 entries" in whole, "Broken" in whole) == (True, True, False)
    with db.open_for("tampering"):
        entry = Entry.objects.get(sequence=2)
        entry.chain.head = "0" * 64
        entry.chain.save()
    assert "Broken" in client.get(reverse("audit:check")).content.decode()


@pytest.mark.parametrize("role", [Role.WELLBEING_LEAD, Role.SYSTEM_ADMINISTRATOR, Role.ESTIP_LEAD])
@pytest.mark.parametrize("name", ["audit:entries", "audit:check"])
def test_for_others_it_is_not_there(role: Role, name: str) -> None:
    assert cast.client_for(cast.holder(role, cast.force())).get(reverse(name)).status_code == 404


def test_codes_are_shown_in_words() -> None:
    ashire = cast.force("ashire")
    by = cast.holder(Role.WELLBEING_LEAD, ashire, "Wenna")
    with act(by, Can.KEEP_BASES, on=ashire, at=cast.AT) as step:
        step.note(role="wellbeing-lead", dry_run=True, way="totp", since="2026-11-02", other="as-it-is")
    page = read(officer(ashire))
    assert (
        "only checked: yes, other: as-it-is, role: Wellbeing lead, from: 2 November 2026, how: code from an app" in page
    )
