from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from standdown.foundation import clock, db
from standdown.foundation.access import Actor
from standdown.people.accounts import hooks as account_hooks
from standdown.people.models import Establishment, Force, Person, Qualification, Team
from standdown.people.qualifications import outlook, queries, sections
from standdown.people.qualifications.policy import months_after
from standdown.people.qualifications.tests import qualified
from standdown.people.qualifications.tests.qualified import away, member, team
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db


def ahead(days: int) -> dt.date:
    """So many days from the day on which the views look."""
    return clock.london_day(clock.now()) + dt.timedelta(days=days)


def qualify(person: Person, skill: str = "defuse", until: int = 700, **facts: Any) -> Qualification:
    facts = {"valid_from": ahead(-100), "valid_until": ahead(until), "latest_until": ahead(1000), **facts}
    return qualified.qualify(person, skill, **facts)


@pytest.fixture
def force() -> Force:
    return cast.force()


@pytest.fixture
def lead(force: Force) -> Actor:
    return cast.holder(Role.WELLBEING_LEAD, force, "Lea")


@pytest.fixture
def client(lead: Actor) -> Client:
    return cast.client_for(lead)


@pytest.fixture
def response_a(force: Force) -> Team:
    return team(force, wanted=2)


def page(client: Client, name: str, *args: Any, **asked: str) -> str:
    answer = client.get(reverse(f"qualifications:{name}", args=args), asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def send(client: Client, name: str, *args: Any, **facts: Any) -> HttpResponse:
    return client.post(reverse(f"qualifications:{name}", args=args), facts)  # type: ignore[return-value]


def day(name: str, value: dt.date | None) -> dict[str, object]:
    parts = (value.day, value.month, value.year) if value else ("", "", "")
    return {f"{name}_{part}": one for part, one in zip(("day", "month", "year"), parts, strict=True)}


# -- the register -------------------------------------------------------------------------------------------------


def names(by: Actor, **asked: Any) -> list[str]:
    return [one.name.split()[0] for one in queries.register(by, ahead(0), **asked).people]


def test_the_register_says_who_is_qualified_for_what(client: Client, response_a: Team) -> None:
    dee = member(response_a)
    qualify(dee, until=30)
    qualify(dee, "estim", until=0)
    text = page(client, "list")
    assert ("Dee Ashdown" in text, "Response A (North)" in text, "1 person" in text) == (True, True, True)
    assert ("Ends within 90 days" in text, "Lapsed" in text) == (True, True)


def test_the_register_is_narrowed_by_skill_state_and_words(lead: Actor, force: Force, response_a: Team) -> None:
    for name, until, skill in (
        ("Ada", 700, "defuse"),
        ("Ben", 20, "defuse"),
        ("Cat", -5, "defuse"),
        ("Dan", 700, "estim"),
    ):
        qualify(member(response_a, name), skill, until=until)
    gone = member(team(force, "Desk", ""), "Eve")
    qualify(gone)
    away(gone, ahead(-3))
    assert names(lead) == ["Ada", "Ben", "Cat", "Dan", "Eve"]
    assert names(lead, skill="estim") == ["Dan"]
    assert names(lead, state="current") == ["Ada", "Ben", "Dan"]
    assert names(lead, state="lapsing") == ["Ben"]
    assert names(lead, state="lapsed", skill="defuse") == ["Cat"]
    assert names(lead, state="away") == ["Eve"]
    assert names(lead, words_asked="north b") == ["Ben"]
    assert names(lead, words_asked="desk") == ["Eve"]


def test_the_register_of_one_force_is_its_own(client: Client, lead: Actor, force: Force) -> None:
    other = cast.force("bshire")
    qualify(cast.person(other, "Stranger"))
    mover = cast.person(other, "Mover")
    qualify(mover, force_id=force.pk)
    assert names(lead) == []
    assert "Nobody is on the register yet" in page(client, "list")
    assert "Nobody fits" in page(client, "list", state="lapsed")
    assert "Nobody is on the register yet" in page(cast.client_for(cast.holder(Role.ESTIP_LEAD, force)), "list")


def test_a_made_up_filter_or_page_shows_everybody(client: Client, force: Force) -> None:
    qualify(cast.person(force, "Dee"))
    for asked in ({"skill": "juggle"}, {"page": "9"}, {"page": "x"}):
        assert "Dee Ashdown" in page(client, "list", **asked)


def test_fifty_a_page(lead: Actor, client: Client, force: Force) -> None:
    for number in range(51):
        qualify(cast.person(force, f"N{number:02}", family_name="Same"))
    assert names(lead, page=2) == ["N50"]
    assert "Page 2 of 2" in page(client, "list", page="2")
    assert "Page 2 of 2" in page(client, "able", page="2")


@pytest.mark.parametrize(
    ("deed", "statements"),
    [
        (lambda by: queries.register(by, ahead(0)), 4),
        (lambda by: queries.able(by, ahead(0)), 3),
        (lambda by: outlook.outlook(by, ahead(0)), 3),
    ],
)
@pytest.mark.parametrize("number", [1, 3, 60])
def test_statements_do_not_grow(
    lead: Actor, force: Force, number: int, deed: Callable[[Actor], object], statements: int
) -> None:
    for index in range(number):
        person = member(team(force, f"Team {index}", wanted=1))
        qualify(person)
        qualify(person, "demobilise")
        away(person, ahead(9), ahead(10))
    with CaptureQueriesContext(connection) as asked:
        deed(lead)
    assert len(asked) == statements


# -- able and cover -----------------------------------------------------------------------------------------------


def test_who_is_able_today_by_base_and_team(client: Client, lead: Actor, force: Force, response_a: Team) -> None:
    assert "Nobody can defuse today" in page(client, "able")
    desk = team(force, "Desk", "")
    for name, of, until in (("Zoe", response_a, 700), ("Ada", desk, 700), ("Cat", response_a, 0)):
        qualify(member(of, name), until=until)
    gone = member(response_a, "Eve")
    qualify(gone)
    away(gone, ahead(0))
    qualify(member(response_a, "Sid"), "demobilise")
    assert [one.name for one in queries.able(lead, ahead(0)).people] == ["Zoe Ashdown", "Ada Ashdown"]
    text = page(client, "able")
    assert ("North, Response A" in text, "No base, Desk" in text, "2 people can defuse" in text) == (True, True, True)
    assert "Nobody fits" in page(client, "able", words="nowhere")


def test_the_map_shows_gaps_now_and_to_come(lead: Actor, force: Force, response_a: Team) -> None:
    early, desk = team(force, "Early", wanted=1), team(force, "Desk", "")
    for of, until in ((response_a, 700), (response_a, 45), (early, 80), (desk, 700)):
        qualify(member(of), until=until)
    back = member(early, "Bo")
    qualify(back)
    away(back, ahead(-1), ahead(25))
    qualify(cast.person(force))
    found = outlook.outlook(lead, ahead(0))
    have = {row.place: [cell.have for cell in row.cells] for base in found.bases for row in base.rows}
    assert have == {"Early (1 wanted)": [1, 2, 2, 1], "Response A (2 wanted)": [2, 2, 1, 1], "Desk": [1, 1, 1, 1]}
    assert [base.base for base in found.bases] == ["North", "No base"]
    assert found.gaps == [f"Response A, North: 1 of 2 by {_words(ahead(60))}"]
    assert (found.unplaced, found.teams, found.wanted) == (1, 3, 3)
    assert [row.lapsing for base in found.bases for row in base.rows] == [1, 1, 0]
    fewer = outlook.outlook(lead, ahead(0), fewer=1)
    assert fewer.gaps[:2] == ["Early, North: 0 of 1 today", "Response A, North: 1 of 2 today"]


def _words(of: dt.date) -> str:
    return f"{of.day} {of:%B %Y}"


def test_the_map_of_two_forces_names_them(force: Force) -> None:
    other = cast.force("bshire")
    lead = cast.person(force, "Lea")
    for of in (force, other):
        team(of)
        cast.grant(lead, Role.WELLBEING_LEAD, of)
    assert [base.base for base in outlook.outlook(cast.actor(lead), cast.TODAY).bases] == [
        "Ashire: North",
        "Bshire: North",
    ]


def test_the_page_of_the_map(client: Client, force: Force) -> None:
    assert "There are no teams yet" in page(client, "cover")
    south, north = team(force, "Late", "South"), team(force, "Early", "North")
    qualify(member(south), until=20)
    qualify(cast.person(force))
    text = page(client, "cover")
    assert (
        "Nobody has said yet" in text,
        "Set the numbers" in text,
        "1 person who can defuse is in no team" in text,
    ) == (True, True, True)
    assert "Late: 1 person lapses within 90 days" in text
    assert north.base_id is not None
    chosen = page(client, "cover", base=str(north.base_id))
    assert ("Early" in chosen, "Late" in chosen) == (True, False)
    coordinator = cast.client_for(cast.holder(Role.ESTIP_COORDINATOR, force))
    assert "Set how many" not in page(coordinator, "cover")
    with db.open_for("the cast"):
        Establishment.objects.create(team=south, wanted=1, set_at=cast.AT)
        Establishment.objects.create(team=north, wanted=0, set_at=cast.AT)
    assert "Late, South: 0 of 1 by" in page(client, "cover", base="nowhere", fewer="9")
    qualify(member(south))
    assert "None: every team has as many as it needs" in page(client, "cover")
    assert "Late, South: 1 of 1" not in page(client, "cover", fewer="1")


def test_setting_what_is_wanted(client: Client, force: Force, response_a: Team) -> None:
    base, desk = response_a.base_id, team(force, "Desk", "")
    assert "Response A" in page(client, "wanted", base)
    assert send(client, "wanted", base, **{str(response_a.pk): "201"}).status_code == 200
    assert send(client, "wanted", base, **{str(response_a.pk): "5"}).status_code == 303
    assert send(client, "wanted-without-base", force.slug, **{str(desk.pk): "1"}).status_code == 303
    assert dict(Establishment.objects.values_list("team__name", "wanted")) == {"Response A": 5, "Desk": 1}
    stranger = cast.client_for(cast.holder(Role.WELLBEING_LEAD, cast.force("bshire")))
    assert stranger.get(reverse("qualifications:wanted", args=[base])).status_code == 404
    assert stranger.get(reverse("qualifications:wanted-without-base", args=[force.slug])).status_code == 404


# -- one person ---------------------------------------------------------------------------------------------------


def test_recording_what_keeps_somebody_current(client: Client, force: Force) -> None:
    dee = cast.person(force, "Dee")
    assert send(client, "currency", dee.pk, kind="delivery", **day("on", ahead(0))).status_code == 200
    qualify(dee, until=60)
    assert "What keeps Dee Ashdown current" in page(client, "currency", dee.pk)
    assert send(client, "currency", dee.pk, kind="cpd", **day("on", ahead(0))).status_code == 200
    assert send(client, "currency", dee.pk, kind="cpd", minutes="x", **day("on", ahead(0))).status_code == 200
    answer = send(client, "currency", dee.pk, kind="cpd", minutes="180", **day("on", ahead(0)))
    assert answer.status_code == 303
    text = client.get(answer["Location"]).content.decode()
    assert ("Qualifications" in text, "It holds until" in text) == (True, True)
    stranger = cast.client_for(cast.holder(Role.WELLBEING_LEAD, cast.force("bshire")))
    assert stranger.get(reverse("qualifications:currency", args=[dee.pk])).status_code == 404


def test_the_section_of_a_persons_page(lead: Actor, force: Force) -> None:
    dee = cast.person(force, "Dee")
    assert sections.of_person in account_hooks.SECTIONS
    empty = sections.of_person(lead, dee, ahead(0))
    assert empty is not None
    assert (empty.rows, empty.links) == ([], [])
    qualify(dee, until=300, latest_until=ahead(300))
    qualify(dee, "peer-support", until=0)
    qualify(dee, "train", force_id=cast.force("bshire").pk)
    seen = sections.of_person(lead, dee, ahead(0))
    assert seen is not None
    assert [what for what, _words_of_it in seen.rows] == ["Defuse", "Peer support"]
    assert seen.rows[0][1] == f"Current. It holds until {_words(ahead(300))}. New training is needed by then."
    assert seen.rows[1][1].startswith("Lapsed. It lapsed on")
    assert [words for words, _address in seen.links] == ["Record what keeps them current"]
    own = sections.of_person(cast.actor(dee), dee, ahead(0))
    assert own is not None
    assert own.rows[2][1].endswith("It stands on the register of Bshire Police.")
    assert [words for words, _address in own.links] == ["Stand down, or come back"]
    away(dee, ahead(0))
    gone = sections.of_person(lead, dee, ahead(0))
    assert gone is not None
    assert gone.rows[0][1].startswith("Not available.")
    assert sections.of_person(cast.holder(Role.PRIVACY_OFFICER, force), dee, ahead(0)) is None


def test_what_keeps_it_current_in_words(force: Force) -> None:
    dee = cast.person(force, "Dee")
    qualify(dee, until=300)
    qualify(dee, "peer-support", until=300)
    qualify(dee, "estim", until=500)

    def keeps() -> dict[str, str]:
        return {str(one.skill): one.keeps for one in queries.own(cast.actor(dee), ahead(0))}

    assert "Leading 2 sessions, or 3 hours of further training, before then" in keeps()["Defuse"]
    assert "3 hours of further training before then" in keeps()["Peer support"]
    first = _words(months_after(ahead(500), -12))
    assert f"after {first} keeps it current" in keeps()["Take part in an ESTIM"]
    lead = cast.client_for(cast.holder(Role.ESTIP_LEAD, force))
    send(lead, "currency", dee.pk, kind="cpd", minutes="60", **day("on", ahead(0)))
    send(lead, "currency", dee.pk, kind="delivery", **day("on", ahead(0)))
    assert "Leading 1 more session, or 2 hours more of further training, before then" in keeps()["Defuse"]
    assert "A further 2 hours of training before then" in keeps()["Peer support"]


def test_nobody_has_nothing(force: Force) -> None:
    assert queries.own(cast.actor(cast.person(force)), ahead(0)) == []
    nobody = Actor(kind=cast.actor(cast.person(force)).kind, name="nobody")
    assert (queries.own(nobody, ahead(0)), queries.own_move(nobody)) == ([], None)
