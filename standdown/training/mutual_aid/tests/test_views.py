"""The pages of mutual aid: asking, answering, seeing what came of it, and for whom they are not there."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from standdown.foundation import clock, db
from standdown.people.models import Force
from standdown.people.roles.policy import Role
from standdown.training.models import Interest, MutualAid, Nomination
from tests import cast

pytestmark = pytest.mark.django_db
DAY = dt.date(2090, 1, 10)
LIST, ASK = "/training/mutual-aid/", "/training/mutual-aid/ask/"


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def asked(home: Force, **facts: object) -> MutualAid:
    """A request for a date of another force, as somebody made it just now."""
    there = cast.force("bshire")
    session = cast.session(cast.course(), there, day=DAY, owner_force=there)
    person, lead = cast.person(home, "Ann"), cast.person(home, "Leonie")
    until = session.nominations_close_at
    with db.open_for("the cast"):
        name = Nomination.objects.create(
            session=session, person=person, force=home, state="nominated", mutual_aid=True, put_forward_by=lead,
            put_forward_at=clock.now(), acting_as="lead", eligibility="both", release="by-lead", clash_day=DAY,
            terms="free" if home.home_office else "by-agreement", changed_at=clock.now(), answer_by=until,
        )  # fmt: skip
        return MutualAid.objects.create(
            nomination=name, reason="cover-gap", asked_at=clock.now(), decide_by=until, **facts
        )


def page(aid: MutualAid) -> str:
    return reverse("mutual_aid:decide", args=[aid.pk])


def test_a_lead_asks_and_both_sides_answer() -> None:
    home, there = cast.force("ashire"), cast.force("bshire")
    lead = cast.client_for(cast.holder(Role.WELLBEING_LEAD, home, "Leonie"))
    own = cast.client_for(cast.holder(Role.ESTIP_LEAD, home, "Olga"))
    owner = cast.client_for(cast.holder(Role.WELLBEING_LEAD, there, "Theo"))
    ann, eve = cast.person(home, "Ann"), cast.person(home, "Eve")
    course = cast.course()
    with db.open_for("the cast"):
        Interest.objects.create(person=eve, force=home, course=course, shift="days", told_at=cast.AT)
    assert "No date is open" in shown(lead, ASK)
    session = cast.session(course, there, day=DAY, owner_force=there)
    cast.session(course, home, day=DAY + dt.timedelta(days=1))
    dates = shown(lead, ASK)
    assert (dates.count("10 January 2090"), dates.count("11 January 2090")) == (1, 0)
    choose = reverse("mutual_aid:ask-for", args=[session.pk])
    assert "Eve Ashdown" in shown(lead, choose)
    assert "Ann Ashdown" in shown(lead, choose + "?q=Ann")
    assert "Nobody in your directory fits" in shown(lead, choose + "?q=Zacharias")
    address = f"{choose}?person={ann.pk}"
    ask = shown(lead, address)
    assert f'action="{address}"' in ask
    key = ask.split('name="key" value="')[1][:36]
    assert "then say so" in lead.post(address, {"key": key, "reason": "cover-gap"}).content.decode()
    facts = {"key": key, "reason": "cover-gap", "released": "on", "stated": "on"}
    assert lead.post(address, facts).status_code == 303
    aid = MutualAid.objects.get()
    assert "Waits for your answer" not in shown(lead, LIST)
    for client in (own, owner):
        assert "Waits for your answer" in shown(client, LIST)
        assert "Say whether you agree" in client.post(page(aid), {}).content.decode()
        assert client.post(page(aid), {"answer": "yes"}).status_code == 303
        assert client.post(page(aid), {"answer": "yes"}).status_code == 404  # one answer is enough
    assert Nomination.objects.get(person=ann).state == "offered"
    assert "Agreed by both" in shown(lead, page(aid))
    assert "That day has a name" not in shown(lead, address)
    assert "already put forward for this date" in shown(lead, address)


def test_who_may_answer_for_both_sides_says_for_which() -> None:
    home = cast.force("ashire", home_office=False)
    aid = asked(home)
    shared = cast.person(home, "Sasha")
    for force in (home, aid.nomination.session.owner_force):
        cast.grant(shared, Role.ESTIP_LEAD, force)
    client = cast.client_for(cast.actor(shared))
    first = shown(client, page(aid))
    assert ("For which side do you answer?" in first, "By agreement" in first) == (True, True)
    assert client.post(page(aid), {"side": "owner", "answer": "no"}).status_code == 303
    after = shown(client, page(aid))
    assert ("Not agreed: Sasha Ashdown" in after, "Do you agree?" in after) == (True, False)


def test_ones_own_page_says_how_many_requests_wait_for_an_answer() -> None:
    home = cast.force("ashire")
    client = cast.client_for(cast.holder(Role.ESTIP_LEAD, home, "Olga"))
    assert "Exceptions that wait for an agreement." in shown(client, reverse("me:page"))
    asked(home)
    assert "1 request waits for your answer." in shown(client, reverse("me:page"))


def test_where_nobody_can_answer_the_page_says_so() -> None:
    home = cast.force("ashire")
    aid = asked(home)
    lead = cast.client_for(cast.holder(Role.WELLBEING_DEPUTY, home, "Dora"))
    assert shown(lead, page(aid)).count("nobody with an e-mail address can answer") == 2


def test_an_empty_list_says_what_it_is_for() -> None:
    coordinator = cast.client_for(cast.national_coordinator())
    assert "Nothing was asked" in shown(coordinator, LIST)
    assert coordinator.get(ASK).status_code == 404


def test_for_everybody_else_a_request_is_not_there() -> None:
    home = cast.force("ashire")
    aid = asked(home)
    charlie = cast.client_for(cast.holder(Role.ESTIP_LEAD, cast.force("cshire"), "Charlie"))
    peer = cast.client_for(cast.holder(Role.PEER_SUPPORTER, home, "Bob"))
    missing = charlie.get(reverse("mutual_aid:decide", args=[home.pk]))
    for client in (charlie, peer):
        assert client.get(page(aid)).status_code == 404
        assert client.post(page(aid), {"answer": "yes"}).status_code == 404
    assert len(charlie.get(page(aid)).content) == len(missing.content)
    assert "Ann Ashdown" not in shown(charlie, LIST)
    lead = cast.client_for(cast.holder(Role.WELLBEING_LEAD, home, "Lara"))
    own_date = cast.session(aid.nomination.session.course, home, day=DAY)
    stranger = cast.person(cast.force("dshire"), "Dee")
    choose = reverse("mutual_aid:ask-for", args=[aid.nomination.session_id])
    for address in (reverse("mutual_aid:ask-for", args=[own_date.pk]), f"{choose}?person={stranger.pk}"):
        assert lead.get(address).status_code == 404
    assert lead.post(choose).status_code == 404
