"""The pages behind links: what they let their holder do, and what they let nobody do."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from standdown.audit.models import Entry
from standdown.foundation import clock, db, ids
from standdown.foundation.access import Actor
from standdown.foundation.links import Link, sign
from standdown.people.models import Force, LineManagement, Person, Posting
from standdown.people.roles.policy import Role
from standdown.training.models import Interest, Nomination, Session
from standdown.training.nominations import actions, candidates, links, opened_links, own_place
from standdown.training.nominations.links import Purpose
from standdown.training.nominations.models import EndReason, State
from tests import cast

pytestmark = pytest.mark.django_db
NOW = clock.now()


class Scene:
    """A force with its lead, a date in thirty days, and people put forward for it."""

    def __init__(self, **date: Any) -> None:
        self.force: Force = cast.force()
        self.lead: Actor = cast.holder(Role.WELLBEING_LEAD, self.force, "Lena")
        cast.client_for(self.lead)
        facts = {"starts_at": NOW + dt.timedelta(days=30), "joining_link": "https://meet.example/1", **date}
        self.session: Session = cast.session(cast.course(), self.force, **facts)

    def put(self, name: str = "Ann", *, released: bool = True, person: Person | None = None) -> Nomination:
        who = candidates.known(self.lead, (person or cast.person(self.force, name)).pk, "defuse", NOW)
        assert who is not None
        return actions.put_forward(
            by=self.lead, at=NOW, session=self.session.pk, who=who, released=released, stated=True
        )

    def accepted(self, name: str = "Ann") -> Nomination:
        made = self.put(name)
        by = cast.actor(made.person)
        actions.accept_place(by=by, at=NOW, nomination=made, consent=Nomination.Consent.SIGNED_IN)
        made.refresh_from_db()
        return made

    def managed(self, person: Person, name: str = "Mo") -> Person:
        manager = cast.person(self.force, name)
        with db.open_for("the cast"):
            LineManagement.objects.create(person=person, manager=manager, since=dt.date(2020, 1, 1))
        return manager

    def moved_to(self, **facts: Any) -> None:
        if "starts_at" in facts:
            facts["nominations_close_at"] = facts["starts_at"] - dt.timedelta(days=7)
        with db.open_for("the cast"):
            Session.objects.filter(pk=self.session.pk).update(**facts)


def text(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    found: str = response.content.decode()
    return found


def state(nomination: Nomination) -> str:
    nomination.refresh_from_db()
    return nomination.state


# -- answering --------------------------------------------------------------------------------------------------------


def test_a_place_is_accepted_by_link_and_only_once() -> None:
    scene = Scene()
    made = scene.put()
    browser, address = Client(), links.answer(made)
    page = text(browser.get(address))
    assert "You may leave at any time, without saying why. Keeping your camera off is fine." in page
    assert "Lena" not in page
    assert text(browser.head(address)) == ""
    assert "A place is offered to you" in text(browser.post(address, {"needs": ["captions"]}))
    assert state(made) == "offered"
    sent = browser.post(address, {"answer": "accept", "needs": ["captions"], "needs_shared": "on"})
    assert (sent.status_code, sent["Location"]) == (303, address)
    assert (state(made), made.consent, made.needs, made.needs_shared) == ("accepted", "link", ["captions"], True)
    assert "What happens next" in text(browser.get(address))
    again = browser.post(address, {"answer": "accept", "needs": []})
    assert "You have a place" in text(again)
    assert (state(made), made.needs) == ("accepted", ["captions"])
    entry = Entry.objects.get(can="keep-own-training")
    assert (entry.actor_id, entry.outcome) == (made.person_id, "done")


def test_a_place_is_declined_with_one_button_and_goes_to_the_next() -> None:
    scene = Scene(capacity=1)
    made, next_one = scene.put(), scene.put("Ben")
    browser, address = Client(), links.answer(made)
    sent = browser.post(address, {"answer": "decline"})
    assert (sent.status_code, state(made), state(next_one)) == (303, "declined", "offered")
    assert "You declined this place." in text(browser.get(sent["Location"]))
    assert "You declined this place." in text(browser.get(address, follow=True))
    assert browser.post(address, {"answer": "accept"}).status_code == 303
    assert state(made) == "declined"


def test_what_was_told_to_the_lead_is_ticked_already_and_what_makes_no_sense_is_left_out() -> None:
    scene = Scene()
    ann = cast.person(scene.force, "Ann")
    with db.open_for("the cast"):
        Interest.objects.create(
            person=ann, force=scene.force, course=scene.session.course, shift="days", told_at=NOW,
            needs=["captions"], needs_shared=True,
        )  # fmt: skip
    page = text(Client().get(links.answer(scene.put(person=ann))))
    assert page.count("checked") == 2
    assert ("A way without steps" in page, "To keep the camera off" in page) == (False, True)
    assert own_place.needs_to_choose("in-person", [])[-1][0] == "talk-first"
    assert "camera-off" not in dict(own_place.needs_to_choose("in-person", []))
    assert "camera-off" in dict(own_place.needs_to_choose("in-person", ["camera-off"]))
    assert len(own_place.needs_to_choose("blended", [])) == 9


def test_a_link_that_is_over_says_so_and_changes_nothing() -> None:
    scene = Scene()
    made = scene.put()
    address = links.answer(made)
    past = sign(Purpose.ANSWER, Link(made.pk, made.person_id, NOW - dt.timedelta(hours=1), made.offer_no))
    assert "The time for this has passed." in text(Client().get(f"/training/nominations/answer/{past}/"), 410)
    with db.open_for("the cast"):
        Nomination.objects.filter(pk=made.pk).update(offer_no=2)
    assert "There is a newer message about this date." in text(Client().get(address), 410)
    assert "newer message" in text(Client().post(address, {"answer": "accept"}), 410)
    assert state(made) == "offered"


def test_an_offer_whose_time_is_over_before_its_link_is_not_accepted() -> None:
    scene = Scene()
    made = scene.put()
    address = links.answer(made)
    with db.open_for("the cast"):
        Nomination.objects.filter(pk=made.pk).update(answer_by=NOW - dt.timedelta(minutes=1))
    sent = Client().post(address, {"answer": "accept"})
    assert "The time for an answer has passed." in text(Client().get(sent["Location"]))
    assert state(made) == "offered"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_link_is_not_there(method: str) -> None:
    scene = Scene()
    made, other = scene.put(), scene.put("Ben")
    offer = links.answer(made).split("/")[-2]
    place = links.place_token(made)
    until = NOW + dt.timedelta(days=1)
    forged = {
        "answer": ["x", place, offer[:-1] + ("A" if offer[-1] != "A" else "B"), "a" * 500],
        "place": [offer, sign("another purpose", Link(made.pk, made.person_id, until))],
        "release": [offer, place],
    }
    for page, tokens in forged.items():
        for token in tokens:
            found = getattr(Client(), method)(f"/training/nominations/{page}/{token}/", {"answer": "accept"})
            assert found.status_code == (405 if (page, method) == ("place", "post") else 404)
    nobody = sign(Purpose.PLACE, Link(made.pk, ids.new(), until))
    assert Client().get(f"/training/nominations/place/{nobody}/").status_code == 404
    crossed = sign(Purpose.PLACE, Link(other.pk, made.person_id, until))
    assert "Ben" not in text(Client().get(f"/training/nominations/place/{crossed}/"), 410)


def test_who_left_the_force_reads_that_it_is_over() -> None:
    scene = Scene()
    made = scene.accepted()
    with db.open_for("the cast"):
        Posting.objects.filter(person=made.person).update(until=dt.date(2021, 1, 1))
    assert "in which you do not serve now" in text(Client().get(links.place(made)), 410)


# -- one's place ------------------------------------------------------------------------------------------------------


def test_how_to_join_is_shown_near_the_time_and_to_those_with_a_place() -> None:
    scene = Scene()
    made, offered = scene.accepted(), scene.put("Ben")
    page = text(Client().get(links.place(made)))
    assert ("https://meet.example/1" in page, "How to join is shown here from" in page) == (False, True)
    scene.moved_to(starts_at=NOW + dt.timedelta(hours=5), ends_at=NOW + dt.timedelta(hours=12))
    for one in (made, offered):
        one.session.refresh_from_db()
    assert 'href="https://meet.example/1"' in text(Client().get(links.place(made)))
    assert "https://meet.example/1" not in text(Client().get(links.place(offered)))
    scene.moved_to(joining_link="")
    assert "has not entered yet how to join" in text(Client().get(links.place(made)))
    scene.moved_to(delivery="in-person", place="Harbour House")
    assert "Come to Harbour House." in text(Client().get(links.place(made)))
    scene.moved_to(status="cancelled")
    assert "This date was cancelled." in text(Client().get(links.place(made)))


def test_what_would_help_is_changed_from_the_place() -> None:
    made = Scene().accepted()
    browser, address = Client(), links.place(made) + "needs/"
    assert "You have ticked nothing." in text(browser.get(links.place(made)))
    assert "What would make the day easier" in text(browser.get(address))
    sent = browser.post(address, {"needs": ["breaks"]})
    page = text(browser.get(sent["Location"]))
    assert ("What you ticked is kept." in page, "Nobody sees this" in page) == (True, True)
    browser.post(address, {"needs": ["breaks"], "needs_shared": "on"})
    assert "The trainer may see this." in text(browser.get(links.place(made)))
    assert text(browser.post(address, {"needs": ["a wish of my own"]})).count("There is a problem") == 1
    assert (state(made), made.needs) == ("accepted", ["breaks"])


def test_a_place_is_given_back_and_the_page_says_so() -> None:
    made = Scene().accepted()
    browser, address = Client(), links.place(made) + "give-back/"
    assert "Give this place back?" in text(browser.get(address))
    assert state(made) == "accepted"
    assert browser.post(address).status_code == 303
    assert "You gave this place back." in text(browser.get(links.place(made)))
    assert "Look at how it stands now." in text(browser.post(address))
    assert (state(made), made.end_reason) == ("withdrawn", EndReason.OWN_WISH)


def test_who_waits_reads_their_number_and_may_leave_the_list() -> None:
    scene = Scene(capacity=1)
    scene.put()
    first, second = scene.put("Ben"), scene.put("Cat")
    with db.open_for("the cast"):  # the lead put Cat before Ben
        Nomination.objects.filter(pk=second.pk).update(own_order=1)
        Nomination.objects.filter(pk=first.pk).update(own_order=2)
    browser = Client()
    assert "You are number 2 on the waiting list." in text(browser.get(links.place(first)))
    assert "You are number 1 on the waiting list." in text(browser.get(links.place(second)))
    assert "Leave the waiting list?" in text(browser.get(links.place(first) + "give-back/"))
    browser.post(links.place(second) + "give-back/")
    assert "You are number 1 on the waiting list." in text(browser.get(links.place(first)))
    assert own_place.seen(second, NOW).number_in_line == 0


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"state": State.NOMINATED, "place_no": None}, "First somebody has to agree"),
        ({"state": State.ATTENDED}, "You were there. Your certificate follows"),
        ({"state": State.PART_ATTENDED}, "You were there for a part of it."),
        ({"state": State.DID_NOT_ATTEND}, "It is recorded that you were not there."),
        (
            {"state": State.EXPIRED, "place_no": None, "end_reason": EndReason.NO_ANSWER},
            "The time for an answer",
        ),
        ({"state": State.WITHDRAWN, "place_no": None, "end_reason": EndReason.ROSTER}, "no longer on this date"),
        ({"only_half": "morning"}, "Morning"),
    ],
)
def test_a_place_is_shown_as_it_stands(facts: dict[str, Any], words: str) -> None:
    made = Scene().accepted()
    with db.open_for("the cast"):
        Nomination.objects.filter(pk=made.pk).update(**facts)
    assert words in text(Client().get(links.place(made)))


def test_a_day_that_is_over_and_one_that_was_cancelled() -> None:
    scene = Scene()
    made, other = scene.accepted(), scene.accepted("Ben")
    token = links.place(made)
    scene.moved_to(starts_at=NOW - dt.timedelta(hours=9), ends_at=NOW - dt.timedelta(hours=2))
    page = text(Client().get(token))
    assert ("The day is over." in page, "If you cannot come" in page) == (True, False)
    with db.open_for("the cast"):
        ended = {"state": State.WITHDRAWN, "place_no": None, "end_reason": EndReason.CANCELLED}
        Nomination.objects.filter(pk=other.pk).update(**ended)
        Session.objects.update(status="cancelled")
    assert "This date was cancelled." in text(Client().get(links.place(other)))


def test_where_the_post_is_vacant_the_page_says_whom_to_ask() -> None:
    scene = Scene()
    made = scene.accepted()
    assert "Lena Ashdown looks after training" in text(Client().get(links.place(made)))
    with db.open_for("the cast"):
        Person.objects.filter(pk=cast.person_of(scene.lead).pk).update(work_email="")
    assert "Nobody holds the post of wellbeing lead" in text(Client().get(links.place(made)))


# -- releasing --------------------------------------------------------------------------------------------------------


def test_the_line_manager_releases_by_link() -> None:
    scene = Scene()
    ann = cast.person(scene.force, "Ann")
    manager = scene.managed(ann)
    made = scene.put(released=False, person=ann)
    browser, address = Client(), links.release(made, manager.pk)
    assert "Is Ann Ashdown free on the day?" in text(browser.get(address))
    assert "Choose whether they are free" in text(browser.post(address, {}))
    browser.post(address, {"free": "no"})
    assert (state(made), made.release) == ("nominated", "not-released")
    assert "You can still change your answer." in text(browser.get(address))
    assert browser.post(address, {"free": "yes"}).status_code == 303
    assert (state(made), made.release, made.released_by_id) == ("offered", "confirmed", manager.pk)
    assert "Thank you, that is recorded" in text(browser.get(address))
    assert "Thank you" in text(browser.post(address, {"free": "no"}))
    assert state(made) == "offered"


def test_what_the_lead_decided_is_not_asked_any_more() -> None:
    scene = Scene()
    ann = cast.person(scene.force, "Ann")
    manager = scene.managed(ann)
    made = scene.put(released=False, person=ann)
    address = links.release(made, manager.pk)
    actions.release_as_lead(by=scene.lead, at=NOW, nomination=made)
    assert "This is decided already" in text(Client().get(address), 410)
    assert "Ann" not in text(Client().post(address, {"free": "no"}), 410)


def test_who_is_not_the_line_manager_any_more_reads_no_name() -> None:
    scene = Scene()
    ann = cast.person(scene.force, "Ann")
    manager = scene.managed(ann)
    made = scene.put(released=False, person=ann)
    address = links.release(made, manager.pk)
    with db.open_for("the cast"):
        LineManagement.objects.update(until=dt.date(2021, 1, 1))
    page = text(Client().get(address), 410)
    assert ("somebody else as their line manager" in page, "Ann" in page) == (True, False)
    assert str(opened_links.Void("words").words) == "words"
    own = sign(Purpose.RELEASE, Link(made.pk, ann.pk, NOW + dt.timedelta(days=1)))
    assert "somebody else" in text(Client().post(f"/training/nominations/release/{own}/", {"free": "yes"}), 410)
    assert state(made) == "nominated"
