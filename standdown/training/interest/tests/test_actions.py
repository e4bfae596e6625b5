"""Telling one's lead that one would like to be trained, and what becomes of it."""

from __future__ import annotations

from typing import Any

import pytest

from standdown.audit.models import Entry
from standdown.foundation import db
from standdown.foundation.access import Actor, NotAllowed
from standdown.notifications.models import OutboxMessage
from standdown.people.models import LineManagement, Person
from standdown.people.roles.policy import Role
from standdown.training.interest import actions
from standdown.training.interest.policy import No
from standdown.training.interest.sentences import CannotTell, NoLineManager, NotNow
from standdown.training.models import Course, Interest
from tests import cast

pytestmark = pytest.mark.django_db
AT = cast.AT


def tell(person: Person, course: Course, **facts: Any) -> int:
    facts = {"shift": "days", "line_manager": True, **facts}
    return actions.tell_lead(by=cast.actor(person), at=AT, person=person, course=course, **facts)


def told(person: Person, course: Course, **facts: Any) -> Interest:
    tell(person, course, **facts)
    return Interest.objects.get(person=person)


def subjects() -> list[tuple[str, str]]:
    """Who was sent what, in order of name."""
    rows = OutboxMessage.objects.order_by("recipient__given_name", "purpose")
    return [(row.recipient.given_name, row.purpose) for row in rows]


def outcomes(can: str) -> list[tuple[str, Any]]:
    return [(one.outcome, one.detail) for one in Entry.objects.filter(can=can).order_by("sequence")]


def test_the_lead_and_the_deputy_hear_and_nothing_is_booked() -> None:
    force, course = cast.force(), cast.course()
    cast.holder(Role.WELLBEING_LEAD, force, "Lena")
    cast.holder(Role.WELLBEING_DEPUTY, force, "Dora")
    cast.holder(Role.WELLBEING_LEAD, cast.force("bshire"), "Other")
    ann = cast.person(force, "Ann")
    assert tell(ann, course, needs=["captions"], needs_shared=True, peer_supporter=True) == 2
    made = Interest.objects.get()
    assert (made.force, made.state, made.needs, made.needs_shared) == (force, "open", ["captions"], True)
    assert subjects() == [("Dora", "InterestTold"), ("Lena", "InterestTold")]
    assert OutboxMessage.objects.filter(text__contains="Ashdown").exists() is False
    assert outcomes("keep-own-training") == [("done", {"told": 2})]


def test_a_vacant_post_is_no_reason_to_lose_the_wish() -> None:
    force, course = cast.force(), cast.course()
    cast.holder(Role.WELLBEING_LEAD, force, "Lena", work_email="")
    assert tell(cast.person(force, "Ann"), course) == 0
    assert (Interest.objects.count(), subjects()) == (1, [])


@pytest.mark.parametrize(
    ("facts", "no"),
    [
        ({"line_manager": False}, No.NO_ROLE),
        ({"kind": "volunteer"}, No.NOT_OFFICER_OR_STAFF),
        ({"adopted": False}, No.NOT_ADOPTED),
        ({"force": None}, No.NO_FORCE),
    ],
)
def test_a_rule_that_speaks_against_is_said_and_nothing_is_kept(facts: dict[str, Any], no: No) -> None:
    force = cast.force(adopted=facts.get("adopted", True)) if facts.get("force", 1) else None
    ann = cast.person(force, "Ann", kind=facts.get("kind", "officer"))
    with pytest.raises(CannotTell) as refusal:
        tell(ann, cast.course(), line_manager=facts.get("line_manager", True))
    assert (refusal.value.no, Interest.objects.count()) == (no, 0)
    assert outcomes("keep-own-training") == [("refused", {"refusal": "cannot-tell"})]


def test_somebody_tells_once_until_they_take_it_back() -> None:
    force, course = cast.force(), cast.course()
    ann = cast.person(force, "Ann")
    first = told(ann, course)
    with pytest.raises(CannotTell):
        tell(ann, course)
    actions.take_back(by=cast.actor(ann), at=AT, interest=first)
    tell(ann, course)
    assert list(Interest.objects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "open"]
    with pytest.raises(NotNow):
        actions.take_back(by=cast.actor(ann), at=AT, interest=first)


def test_nobody_tells_or_takes_back_for_somebody_else() -> None:
    force, course = cast.force(), cast.course()
    lead = cast.holder(Role.WELLBEING_LEAD, force, "Lena")
    ann = cast.person(force, "Ann")
    with pytest.raises(NotAllowed):
        actions.tell_lead(by=lead, at=AT, person=ann, course=course, shift="days", line_manager=True)
    made = told(ann, course)
    with pytest.raises(NotAllowed):
        actions.take_back(by=lead, at=AT, interest=made)


def test_a_name_kept_for_later_can_still_be_answered_and_the_person_hears_each() -> None:
    force, course = cast.force(), cast.course()
    lead = cast.holder(Role.WELLBEING_LEAD, force, "Lena")
    made = told(cast.person(force, "Ann"), course)
    assert actions.keep_for_later(by=lead, at=AT, interest=made) is True
    with pytest.raises(NotNow):
        actions.keep_for_later(by=lead, at=AT, interest=made)
    assert actions.not_now(by=lead, at=AT, interest=made) is True
    made.refresh_from_db()
    assert (made.state, made.decided_at, made.decided_by_id) == ("not-now", AT, lead.person_id)
    assert subjects() == [("Ann", "InterestKept"), ("Ann", "InterestNotNow"), ("Lena", "InterestTold")]


def test_the_lead_is_told_when_no_message_reaches_the_person() -> None:
    force, course = cast.force(), cast.course()
    lead = cast.holder(Role.WELLBEING_LEAD, force, "Lena")
    ann = cast.person(force, "Ann")
    made = told(ann, course)
    with db.open_for("the cast"):
        Person.objects.filter(pk=ann.pk).update(work_email="")
    assert actions.not_now(by=lead, at=AT, interest=made) is False


def test_the_line_manager_is_asked_once_and_the_name_stays() -> None:
    force, course = cast.force(), cast.course()
    lead = cast.holder(Role.WELLBEING_LEAD, force, "Lena")
    ann, manager = cast.person(force, "Ann"), cast.person(force, "Mo")
    made = told(ann, course)
    with pytest.raises(NoLineManager):
        actions.ask_line_manager(by=lead, at=AT, interest=made)
    with db.open_for("the cast"):
        LineManagement.objects.create(person=ann, manager=manager, since=cast.TODAY)
    actions.ask_line_manager(by=lead, at=AT, interest=made)
    actions.ask_line_manager(by=lead, at=AT, interest=made)
    made.refresh_from_db()
    assert (made.state, subjects()) == ("open", [("Lena", "InterestTold"), ("Mo", "LineManagerAsked")])
    letter = OutboxMessage.objects.get(purpose="LineManagerAsked")
    assert (letter.subject, "Ann Ashdown would like to be trained" in letter.text) == (
        "A question about one of your people", True,
    )  # fmt: skip


def test_a_course_without_words_of_today_is_asked_about_all_the_same() -> None:
    force, course = cast.force(), cast.course()
    lead = cast.holder(Role.WELLBEING_LEAD, force, "Lena")
    ann, manager = cast.person(force, "Ann"), cast.person(force, "Mo")
    made = told(ann, course)
    with db.open_for("the cast"):
        LineManagement.objects.create(person=ann, manager=manager, since=cast.TODAY)
        Course.objects.update(current=None)
    actions.ask_line_manager(by=lead, at=AT, interest=made)
    assert OutboxMessage.objects.filter(purpose="LineManagerAsked").count() == 1


@pytest.mark.parametrize("deed", [actions.keep_for_later, actions.not_now, actions.ask_line_manager])
def test_only_the_lead_of_their_own_force_decides(deed: Any) -> None:
    force, course = cast.force(), cast.course()
    made = told(cast.person(force, "Ann"), course)
    others: list[Actor] = [
        cast.holder(Role.WELLBEING_LEAD, cast.force("bshire"), "Other"),
        cast.holder(Role.ESTIP_COORDINATOR, force, "Eve"),
        cast.actor(cast.person(force, "Bob")),
        cast.national_coordinator(),
    ]
    for by in others:
        with pytest.raises(NotAllowed):
            deed(by=by, at=AT, interest=made)
