"""Nobody confirms their own release: a line manager, or another lead or deputy, does (R30)."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.test import Client

from standdown.audit.models import Entry
from standdown.foundation import clock, db
from standdown.foundation.access import Actor
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Force, LineManagement, Person, Posting
from standdown.people.roles.policy import Role
from standdown.training.exchanges import actions as exchanges
from standdown.training.models import Course, MutualAid, Nomination, Session
from standdown.training.mutual_aid import actions as mutual_aid
from standdown.training.nominations import actions, candidates, policy, queries
from standdown.training.nominations.sentences import NobodyToAsk, OwnRelease
from tests import cast

pytestmark = pytest.mark.django_db
ROOT = "/training/nominations/"
SAID = "Nobody confirms for themselves that they are free on the day"


@pytest.fixture
def ashire() -> Force:
    return cast.force("ashire")


@pytest.fixture
def lead(ashire: Force) -> Actor:
    return cast.holder(Role.WELLBEING_LEAD, ashire, "Lena")


@pytest.fixture
def deputy(ashire: Force) -> Actor:
    return cast.holder(Role.WELLBEING_DEPUTY, ashire, "Dee")


@pytest.fixture
def course() -> Course:
    return cast.course()


@pytest.fixture
def session(course: Course, ashire: Force) -> Session:
    return cast.session(course, ashire, capacity=4, day=ahead(60))


def ahead(days: int) -> dt.date:
    return clock.london_day(clock.now()) + dt.timedelta(days=days)


def known(by: Actor, who: Actor, session: Session) -> candidates.Known:
    found = candidates.known(by, cast.person_of(who).pk, queries.skill_of(session.pk), clock.now())
    assert found is not None
    return found


def put(by: Actor, who: Actor, session: Session, *, released: bool = True) -> Nomination:
    return actions.put_forward(
        by=by, at=clock.now(), session=session.pk, who=known(by, who, session), released=released, stated=True
    )


def managed(who: Actor) -> Person:
    manager = cast.person(cast.person_of(who).home_force, "Max")
    with db.open_for("the cast"):
        LineManagement.objects.create(person=cast.person_of(who), manager=manager, since=dt.date(2020, 1, 1))
    return manager


@pytest.mark.parametrize(("confirming", "person", "own"), [("a", "a", True), ("a", "b", False), (None, "a", False)])
def test_whose_release_it_is(confirming: str | None, person: str, own: bool) -> None:
    assert policy.confirms_own(confirming, person) is own


@pytest.mark.parametrize("role", [Role.WELLBEING_LEAD, Role.WELLBEING_DEPUTY])
def test_nobody_puts_themselves_forward_as_released(ashire: Force, session: Session, role: Role) -> None:
    oneself = cast.holder(role, ashire, "Lena")
    managed(oneself)
    with pytest.raises(OwnRelease, match=SAID):
        put(oneself, oneself, session)
    assert Nomination.objects.count() == 0
    assert Entry.objects.get(can="put-forward").detail["refusal"] == "own-release"


def test_a_leads_own_line_manager_is_asked_and_says_so(lead: Actor, session: Session) -> None:
    manager = managed(lead)
    made = put(lead, lead, session, released=False)
    assert (made.state, made.release) == ("nominated", "asked")
    with pytest.raises(OwnRelease, match="let another lead or a deputy of your force do this"):
        actions.release_as_lead(by=lead, at=clock.now(), nomination=made)
    done = actions.confirm_release(by=cast.actor(manager), at=clock.now(), nomination=made)
    assert (done.state, done.released_by_id) == ("offered", manager.pk)


def test_another_lead_or_deputy_confirms_it(lead: Actor, deputy: Actor, session: Session) -> None:
    managed(lead)
    made = put(lead, lead, session, released=False)
    done = actions.release_as_lead(by=deputy, at=clock.now(), nomination=made)
    assert (done.state, done.release, done.released_by_id) == ("offered", "by-lead", deputy.person_id)
    assert put(lead, deputy, session).state == "offered"


def test_without_a_line_manager_another_lead_is_needed(lead: Actor, session: Session) -> None:
    with pytest.raises(NobodyToAsk, match="Let another lead or a deputy of your force put you forward"):
        put(lead, lead, session, released=False)


@pytest.mark.parametrize(("released", "words"), [("yes", SAID), ("no", "no line manager of yours")])
def test_nor_does_anybody_in_a_file(lead: Actor, ashire: Force, session: Session, released: str, words: str) -> None:
    number = Posting.objects.get(person=lead.person_id).number
    file = io.BytesIO(f"number,date,released,stated\n{number},{session.reference},{released},yes\n".encode())
    report = actions.put_forward_many(by=lead, at=clock.now(), force=ashire, source=file, dry_run=True)
    assert [(one.row, words in one.sentence) for one in report.problems] == [(2, True)]


def test_nor_as_a_substitute_nor_by_moving_their_own_name(
    lead: Actor, deputy: Actor, course: Course, session: Session, ashire: Force
) -> None:
    other = cast.session(course, ashire, capacity=4, day=ahead(70))
    held = put(lead, deputy, session)
    with pytest.raises(OwnRelease):
        exchanges.substitute(
            by=lead, at=clock.now(), nomination=held, who=known(lead, lead, session), agreed=True, stated=True
        )
    with pytest.raises(OwnRelease):
        exchanges.transfer(by=deputy, at=clock.now(), nomination=held, to_session=other.pk)
    held.refresh_from_db()
    assert (held.state, Nomination.objects.count()) == ("offered", 1)


def test_nor_for_mutual_aid(lead: Actor, course: Course) -> None:
    theirs = cast.session(course, cast.force("bshire"), day=ahead(60))
    with pytest.raises(OwnRelease):
        mutual_aid.ask(
            by=lead, at=clock.now(), session=theirs.pk, who=known(lead, lead, theirs),
            reason=MutualAid.Reason.COVER_GAP, released=True, stated=True,
        )  # fmt: skip
    assert Nomination.objects.count() == 0


# -- the pages ------------------------------------------------------------------------------------------------------


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_offers_a_lead_only_to_have_their_line_manager_asked(lead: Actor, session: Session) -> None:
    client, address = cast.client_for(lead), f"{ROOT}put-forward/?person={lead.person_id}"
    alone = page(client, address)
    assert ("no line manager of yours" in alone, "No date is possible now" in alone) == (True, True)
    managed(lead)
    seen = page(client, address)
    assert ("Ask Max Ashdown, their line manager" in seen, "Yes, I confirm it" in seen) == (True, False)
    assert "Nobody confirms it for themselves" in seen


def test_the_page_of_ones_own_name_says_who_else_confirms_it(lead: Actor, deputy: Actor, session: Session) -> None:
    managed(lead)
    address = f"{ROOT}{put(lead, lead, session, released=False).pk}/"
    own, others = page(cast.client_for(lead), address), page(cast.client_for(deputy), address)
    assert (SAID in own, f"{address}confirm-release/" in own) == (True, False)
    assert (SAID in others, f"{address}confirm-release/" in others) == (False, True)
    refused = cast.client_for(lead).post(f"{address}confirm-release/")
    assert (refused.status_code, SAID in refused.content.decode()) == (409, True)


def test_where_nobody_was_asked_the_page_says_so(lead: Actor, deputy: Actor, session: Session) -> None:
    managed(lead)
    made = put(lead, lead, session, released=False)
    with db.open_for("the cast"):
        OutboxMessage.objects.filter(about=str(made.pk)).delete()
    assert "you have no line manager with an e-mail address" in page(cast.client_for(lead), f"{ROOT}{made.pk}/")
    assert "Confirm the release yourself" in page(cast.client_for(deputy), f"{ROOT}{made.pk}/")
