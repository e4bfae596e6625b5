"""What delegates and line managers read, and what is taken back before they read it."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import replace
from typing import Any

import pytest

from standdown.foundation import db, ids
from standdown.notifications.models import ForceWords, State
from standdown.notifications.outbox import Message, words_of
from standdown.people.models import LineManagement
from standdown.people.roles.policy import Role
from standdown.training.interest.models import Need
from standdown.training.nominations import actions, examples, messages
from standdown.training.nominations.messages import Contact
from standdown.training.nominations.models import EndReason
from standdown.training.nominations.notices import DelegateDateCancelled, DelegateDateMoved
from standdown.training.nominations.queries_reminders import _SENTENCES
from standdown.training.nominations.reminder_messages import REMINDERS, Happened, LeadSummary, Said
from standdown.training.sessions import lines
from standdown.training.sessions.models import SessionChange
from tests import cast

from .told import AT, accept, fresh, outbox, put, send_all, told

pytestmark = pytest.mark.django_db
LINK = "/training/nominations/place/token/"
CONTACT = Contact("Lena <Lead>", "lena@ashire.example")
WHY = SessionChange.Reason.VENUE


def every_message() -> list[Message]:
    """One of each, and of those that read differently each reading."""
    date = lines.of_session(fresh(cast.session(cast.course(), cast.force("bshire"))))
    there = replace(date, delivery="in-person", platform="", place="Harbour House & Hall")
    by = date.starts_at - dt.timedelta(days=9)
    k: dict[str, Any] = {"about": ids.new(), "date": date, "link": LINK}
    was: dict[str, Any] = {"previous_starts_at": by, "previous_ends_at": by, "previous_how": "Online", "reason": WHY}
    happened = (Happened(date, tuple(Said(one, "Ann O'Brien") for one in _SENTENCES.values())),)
    return [
        messages.PlaceOffered(**k, answer_by=by),
        messages.PutOnWaitingList(**k),
        messages.PlaceConfirmed(**k, needs=(Need.CAPTIONS,), needs_shared=True, contact=CONTACT),
        messages.PlaceConfirmed(**k, needs=(Need.CAPTIONS,), half="afternoon"),
        messages.PlaceConfirmed(**{**k, "date": there}, half="morning"),
        *(
            messages.PlaceGivenBack(**k, reason=reason, had_place=True, in_calendar=True, contact=CONTACT)
            for reason in (EndReason.OWN_WISH, EndReason.TRANSFERRED, EndReason.SUBSTITUTED, EndReason.OPERATIONS)
        ),
        messages.PlaceGivenBack(**k, reason=EndReason.ROSTER, had_place=False, in_calendar=False),
        messages.OfferLapsed(**k, off_the_list=True),
        messages.OfferLapsed(**k, off_the_list=False),
        messages.ReleaseAsked(**k, name="Ann O'Brien", answer_by=by),
        *(DelegateDateMoved(**k, **was, state=state, answer_by=by) for state in ("accepted", "offered", "waiting")),
        DelegateDateCancelled(**k, reason=WHY, in_calendar=True, following=(there,), contact=CONTACT),
        DelegateDateCancelled(**k, reason=WHY, in_calendar=False),
        *(made(**k, which=which) for which, made in REMINDERS.items()),
        LeadSummary(about=ids.new(), force="Ashire Police", until=by, happened=happened),
    ]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_message_reads_well(language: str) -> None:
    person = cast.person(cast.force(), "O'Hara", language=language)
    for message in every_message():
        words = words_of(person, message)
        subject = words.subject
        assert re.search(r"20(26|27)|9:00", subject), subject
        assert not re.search(r"trauma|wellbeing|distress|demobil|defus", subject, re.IGNORECASE)
        assert "!" not in subject + words.text
        assert not re.search(r"\{[{%]|%\(|None|\n\n\n| \n", words.text)
        assert not re.search(r"\{[{%]|%\(|>None|&amp;(#|lt|amp)", words.html)
        assert "&#39;" not in words.text
        assert "O&#39;Hara" in words.html
        assert words.text.startswith(f"{'Dear' if language == 'en' else 'Annwyl'} O'Hara,\n\n")
        if getattr(message, "link", "") and LINK in words.text:
            assert LINK in words.html
        said = html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", words.html)))
        for sentence in re.findall(r"[A-Z][^.:\n]{20,}\.", words.text):
            assert sentence in said  # the two say the same


def test_an_offer_says_until_when_and_lets_the_force_add_its_words() -> None:
    force = cast.force()
    lead, session = cast.holder(Role.WELLBEING_LEAD, force, "Lena"), cast.session(cast.course(), force)
    with db.open_for("a test"):
        ForceWords.objects.create(
            force=force, kind="offer", language="en", written_at=AT, words="At {time} in <b>{place}</b>, {unknown}"
        )
    one = put(lead, session, cast.person(force))
    (offer,) = outbox()
    assert offer.subject == "Training date on 12 January 2027: please answer"
    assert "Please say by Wednesday 25 November 2026, 10:00, whether you take the place." in offer.text
    assert "At 09:00 to 16:00 in <b>Online, Microsoft Teams</b>, {unknown}" in offer.text
    assert "&lt;b&gt;Online" in offer.html
    assert (offer.not_after, offer.calendar) == (one.answer_by, "")


def test_who_accepts_gets_the_joining_pack_with_an_invitation_for_them_alone() -> None:
    force = cast.force()
    lead, session = cast.holder(Role.WELLBEING_LEAD, force, "Lena"), cast.session(cast.course(), force)
    one = put(lead, session, cast.person(force))
    accept(one, needs=["captions"], needs_shared=True)
    assert told() == [("PlaceOffered", "Alice", State.DROPPED), ("PlaceConfirmed", "Alice", State.DUE)]
    pack = outbox()[-1]
    holds = ("Live captions", "The trainer sees this.", "keep your camera off", "private space", "leave at any time")
    assert [words for words in holds if words not in pack.text] == []
    assert "Lena Ashdown looks after training in your force" in pack.text
    assert pack.calendar_method == "REQUEST"
    assert f"UID:{one.pk}@localhost" in pack.calendar
    assert pack.calendar.count("ATTENDEE") == 1
    assert (LINK.rpartition("token")[0] in pack.calendar, "Lena" in pack.calendar) == (False, False)


def test_a_deputy_is_named_where_there_is_no_lead_and_nobody_where_neither_can_be_reached() -> None:
    force = cast.force()
    assert messages.contact(force.pk, AT) is None
    cast.grant(cast.person(force, "Lena", work_email=""), Role.WELLBEING_LEAD, force)
    cast.grant(cast.person(force, "Dora"), Role.WELLBEING_DEPUTY, force)
    found = messages.contact(force.pk, AT)
    assert found is not None
    assert found.name == "Dora Ashdown"
    cast.grant(cast.person(force, "Lara"), Role.WELLBEING_LEAD, force)
    found = messages.contact(force.pk, AT)
    assert found is not None
    assert found.name == "Lara Ashdown"


def test_a_name_that_is_withdrawn_before_anything_was_sent_is_told_nothing() -> None:
    force = cast.force()
    lead, session = cast.holder(Role.WELLBEING_LEAD, force, "Lena"), cast.session(cast.course(), force)
    one = put(lead, session, cast.person(force))
    actions.withdraw(by=lead, at=AT, nomination=one, reason=EndReason.ROSTER)
    assert told() == [("PlaceOffered", "Alice", State.DROPPED)]
    assert send_all() == []


def test_who_was_told_of_a_place_is_told_that_it_is_gone_and_gets_a_cancel_where_a_request_went_out() -> None:
    force = cast.force()
    lead, session = cast.holder(Role.WELLBEING_LEAD, force, "Lena"), cast.session(cast.course(), force)
    ann = put(lead, session, cast.person(force, "Ann"))
    ben = put(lead, session, cast.person(force, "Ben"))
    cat = put(lead, session, cast.person(force, "Cat"))
    send_all()
    accept(ann)
    send_all()
    accept(cat)  # whose joining pack does not go out any more
    for one in (ann, ben, cat):
        actions.withdraw(by=lead, at=AT, nomination=one, reason=EndReason.OPERATIONS)
    back = outbox("PlaceGivenBack")
    assert [(one.recipient.given_name, one.calendar_method) for one in back] == [
        ("Ann", "CANCEL"), ("Ben", ""), ("Cat", ""),
    ]  # fmt: skip
    assert "SEQUENCE:1" in back[0].calendar
    assert "STATUS" not in back[0].calendar
    assert len(send_all()) == 3
    assert told("PlaceConfirmed") == [("PlaceConfirmed", "Ann", State.SENT), ("PlaceConfirmed", "Cat", State.DROPPED)]


def test_who_waits_for_a_release_hears_nothing_and_the_line_managers_question_is_taken_back() -> None:
    force = cast.force()
    lead, session = cast.holder(Role.WELLBEING_LEAD, force, "Lena"), cast.session(cast.course(), force)
    alice, manager = cast.person(force), cast.person(force, "Max")
    with db.open_for("a test"):
        LineManagement.objects.create(person=alice, manager=manager, since=dt.date(2020, 1, 1))
    one = put(lead, session, alice, released=False)
    assert told() == [("ReleaseAsked", "Max", State.DUE)]
    assert "Alice Ashdown, whose line manager you are" in outbox()[0].text
    actions.withdraw(by=lead, at=AT, nomination=one, reason=EndReason.ROSTER)
    assert told() == [("ReleaseAsked", "Max", State.DROPPED)]


def test_who_has_no_address_any_more_is_passed_over() -> None:
    force = cast.force()
    lead, session = cast.holder(Role.WELLBEING_LEAD, force, "Lena"), cast.session(cast.course(), force)
    one = put(lead, session, cast.person(force))
    send_all()
    with db.open_for("a test"):
        type(one.person).objects.filter(pk=one.person_id).update(work_email="")
    actions.withdraw(by=lead, at=AT, nomination=one, reason=EndReason.ROSTER)
    assert told("PlaceGivenBack") == []


def test_an_offer_that_lapsed_is_told_and_one_that_was_never_sent_is_not_sent_late() -> None:
    force = cast.force()
    lead, session = cast.holder(Role.WELLBEING_LEAD, force, "Lena"), cast.session(cast.course(), force, capacity=1)
    one = put(lead, session, cast.person(force))
    later = one.answer_by
    assert later is not None
    actions.lapse_offer(by=lead, at=later, nomination=one)
    assert ("OfferLapsed", "Alice", State.DUE) in told()
    assert ("PlaceOffered", "Alice", State.DROPPED) in told()


@pytest.mark.parametrize(
    ("kind", "made"), [("offer", "PlaceOffered"), ("reminder", "ReminderWeek"), ("joining", "PlaceConfirmed")]
)
def test_the_example_is_the_forces_next_date_or_anybodys(kind: str, made: str) -> None:
    force, other = cast.force(), cast.force("bshire")
    assert examples.of(kind, force, AT) is None
    course = cast.course()
    cast.session(course, other, day=dt.date(2027, 1, 5))
    cast.session(course, cast.force("cshire", dates_public=False), day=dt.date(2027, 1, 3))
    cast.session(course, force, day=dt.date(2027, 1, 4), status="draft")
    found = examples.of(kind, force, AT)
    assert isinstance(found, messages.PlaceMessage)
    assert (type(found).__name__, found.date.starts_at.day) == (made, 5)
    cast.session(course, force, day=dt.date(2027, 2, 6))
    found = examples.of(kind, force, AT)
    assert isinstance(found, messages.PlaceMessage)
    assert found.date.starts_at.day == 6
