"""What people do about places: what comes of it, what goes on record, who is told, and what is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from standdown.audit.models import Entry
from standdown.foundation import access, db, ids
from standdown.foundation.access import Actor, NotAllowed
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Force, LineManagement, Person
from standdown.people.roles.policy import Role
from standdown.training.models import Course, Interest, Nomination, Session
from standdown.training.nominations import actions, candidates, queries
from standdown.training.nominations.models import EndReason
from standdown.training.nominations.policy import No
from standdown.training.nominations.sentences import NobodyToAsk, NotNow, NotPutForward
from tests import cast

pytestmark = pytest.mark.django_db
AT = cast.AT
STARTS = dt.datetime(2027, 1, 12, 9, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
SIGNED_IN = Nomination.Consent.SIGNED_IN
JOB = access.system("the test's job")


@pytest.fixture
def ashire() -> Force:
    return cast.force("ashire")


@pytest.fixture
def lead(ashire: Force) -> Actor:
    return cast.holder(Role.WELLBEING_LEAD, ashire, "Lena")


@pytest.fixture
def course() -> Course:
    return cast.course()


@pytest.fixture
def session(course: Course, ashire: Force) -> Session:
    return cast.session(course, ashire, capacity=1)


@pytest.fixture
def ann(ashire: Force) -> Person:
    return cast.person(ashire, "Ann")


def put(lead: Actor, session: Session, person: Person, **facts: Any) -> Nomination:
    who = candidates.known(lead, person.pk, queries.skill_of(session.pk), AT)
    assert who is not None
    given: dict[str, Any] = {"released": True, "stated": True, "at": AT, **facts}
    return actions.put_forward(by=lead, session=session.pk, who=who, **given)


def managed(person: Person, by: Person) -> None:
    with db.open_for("the test"):
        LineManagement.objects.create(person=person, manager=by, since=dt.date(2020, 1, 1))


def fresh(made: Nomination) -> Nomination:
    return Nomination.objects.get(pk=made.pk)


def last_entry() -> dict[str, Any]:
    facts = ("actor_id", "can", "outcome", "kind", "record_id", "detail")
    return dict(Entry.objects.order_by("pk").values(*facts).last() or {})


def told(about: Nomination) -> list[tuple[str, str]]:
    rows = OutboxMessage.objects.filter(about=str(about.pk)).order_by("created_at", "pk")
    return list(rows.values_list("purpose", "recipient__given_name"))


def happened(made: Nomination) -> list[tuple[str, str]]:
    return list(made.events.order_by("at", "pk").values_list("kind", "reason"))


# -- put forward ----------------------------------------------------------------------------------------------------


def test_a_place_is_held_at_once_and_the_person_told(lead: Actor, session: Session, ann: Person) -> None:
    made = fresh(put(lead, session, ann))
    assert (made.state, made.place_no, made.queue_no, made.offer_no) == ("offered", 1, None, 1)
    assert (made.put_forward_by_id, made.put_forward_at, made.acting_as) == (lead.person_id, AT, "lead")
    assert (made.eligibility, made.release, made.released_by_id, made.terms) == (
        "stated", "by-lead", lead.person_id, "free",
    )  # fmt: skip
    assert made.answer_by == AT + 2 * DAY  # two working days
    assert last_entry() == {
        "actor_id": lead.person_id, "can": "put-forward", "outcome": "done", "kind": "training.nomination",
        "record_id": str(made.pk), "detail": {"state": "offered"},
    }  # fmt: skip
    assert told(made) == [("PlaceOffered", "Ann")]
    assert happened(made) == [("put-forward", "")]


def test_a_full_date_has_a_waiting_list(lead: Actor, session: Session, ann: Person, ashire: Force) -> None:
    put(lead, session, ann)
    made = put(lead, session, cast.person(ashire, "Ben"))
    assert (made.state, made.place_no, made.queue_no, made.ahead) == ("waiting", None, 1, 0)
    assert put(lead, session, cast.person(ashire, "Cat")).ahead == 1
    assert told(made) == [("PutOnWaitingList", "Ben")]


def test_a_deputy_acts_for_the_lead(lead: Actor, session: Session, ann: Person, ashire: Force) -> None:
    deputy = cast.holder(Role.WELLBEING_DEPUTY, ashire, "Dee")
    made = fresh(put(deputy, session, ann))
    assert (made.acting_as, made.acting_for_id, made.put_forward_by_id) == (
        "deputy", lead.person_id, deputy.person_id,
    )  # fmt: skip


def test_a_deputy_may_act_while_the_post_is_vacant(session: Session, ann: Person, ashire: Force) -> None:
    made = fresh(put(cast.holder(Role.WELLBEING_DEPUTY, ashire, "Dee"), session, ann))
    assert (made.acting_as, made.acting_for_id) == ("deputy", None)


def test_a_line_manager_is_asked_and_no_place_is_held(lead: Actor, session: Session, ann: Person) -> None:
    managed(ann, cast.person(ann.home_force, "Max"))
    made = fresh(put(lead, session, ann, released=False))
    assert (made.state, made.place_no, made.queue_no, made.release) == ("nominated", None, None, "asked")
    assert made.answer_by == AT + 7 * DAY  # a working week
    assert told(made) == [("ReleaseAsked", "Max")]


def test_nobody_to_ask_is_said_and_nothing_is_stored(lead: Actor, session: Session, ann: Person) -> None:
    managed(ann, cast.person(ann.home_force, "Max", work_email=""))
    with pytest.raises(NobodyToAsk, match="Confirm yourself that they are free on the day"):
        put(lead, session, ann, released=False)
    assert Nomination.objects.count() == 0
    assert last_entry()["detail"] == {"refusal": "nobody-to-ask"}


def test_what_somebody_told_is_answered(lead: Actor, session: Session, course: Course, ann: Person) -> None:
    other = cast.course("another")
    assert ann.home_force is not None
    with db.open_for("the test"):
        for one in (course, other):
            Interest.objects.create(
                person=ann, force=ann.home_force, course=one, shift="days", told_at=AT, line_manager=True
            )
    put(lead, session, ann)
    found = Interest.objects.order_by("course__slug").values_list("course__slug", "state", "decided_by_id")
    assert list(found) == [
        ("another", "open", None), ("demobilising-and-defusing", "put-forward", lead.person_id),
    ]  # fmt: skip


def test_a_force_that_is_not_a_home_office_force_agrees_the_cost(course: Course) -> None:
    force = cast.force("cshire", home_office=False)
    lead, session = cast.holder(Role.WELLBEING_LEAD, force, "Lou"), cast.session(course, force)
    person = cast.person(force, "Ann")
    with pytest.raises(NotPutForward) as refused:
        put(lead, session, person)
    assert refused.value.codes == (No.TERMS,)
    assert put(lead, session, person, cost_agreed=True).terms == "by-agreement"


def test_every_rule_that_speaks_against_a_name_is_said_with_what_to_do(
    lead: Actor, course: Course, ann: Person
) -> None:
    session = cast.session(course, cast.force("bshire"), starts_at=AT + 3 * DAY)
    with pytest.raises(NotPutForward) as refused:
        put(lead, session, ann, stated=False)
    assert refused.value.codes == (No.CLOSED, No.NOT_FOR_FORCE, No.NOT_ELIGIBLE)
    assert str(refused.value) == (
        "Names for this date have closed. Choose a later date, or put somebody in a place that your force has. "
        "This date is not for your force. Choose one that is, or ask for mutual aid by exception. "
        "The directory does not know Ann Ashdown as a line manager or a peer supporter. Confirm that they are one of "
        "them."
    )
    assert last_entry()["detail"] == {"refusal": "not-put-forward"}
    assert Nomination.objects.count() == 0


def test_a_draft_reads_like_a_date_that_is_not_there(lead: Actor, course: Course, ann: Person) -> None:
    session = cast.session(course, cast.force("bshire"), status="draft")
    who = candidates.known(lead, ann.pk, "defuse", AT)
    assert who is not None
    for key in (session.pk, ids.new()):
        with pytest.raises(NotPutForward) as refused:
            actions.put_forward(by=lead, at=AT, session=key, who=who, released=True)
        assert refused.value.codes == (No.NOT_PUBLISHED,)


def test_the_same_request_twice_is_one_nomination(lead: Actor, session: Session, ann: Person) -> None:
    key = ids.new()
    first, second = put(lead, session, ann, key=key), put(lead, session, ann, key=key, at=AT + HOUR)
    assert first.pk == second.pk
    assert last_entry()["record_id"] == str(first.pk)
    assert last_entry()["detail"] == {"again": True}
    assert (Nomination.objects.count(), OutboxMessage.objects.count()) == (1, 1)


def test_nobody_uses_anothers_key(lead: Actor, session: Session, ann: Person, ashire: Force) -> None:
    key = ids.new()
    put(lead, session, ann, key=key)
    deputy = cast.holder(Role.WELLBEING_DEPUTY, ashire, "Dee")
    with pytest.raises(NotAllowed):
        put(deputy, session, ann, key=key)


def test_a_second_click_with_another_key_is_refused(lead: Actor, session: Session, ann: Person) -> None:
    put(lead, session, ann)
    with pytest.raises(NotPutForward) as refused:
        put(lead, session, ann)
    assert refused.value.codes == (No.ALREADY,)


@pytest.mark.parametrize("role", [Role.ESTIP_LEAD, Role.ESTIP_COORDINATOR, Role.SUPERVISOR])
def test_who_is_no_lead_may_not(role: Role, lead: Actor, session: Session, ann: Person, ashire: Force) -> None:
    who = candidates.known(lead, ann.pk, "defuse", AT)
    assert who is not None
    bob = cast.holder(role, ashire, "Bob")
    with pytest.raises(NotAllowed):
        actions.put_forward(by=bob, at=AT, session=session.pk, who=who, released=True, stated=True)
    assert (last_entry()["outcome"], last_entry()["actor_id"]) == ("refused", bob.person_id)


# -- release ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(lead: Actor, session: Session, ann: Person) -> Nomination:
    managed(ann, cast.person(ann.home_force, "Max"))
    return put(lead, session, ann, released=False)


@pytest.fixture
def max_(asked: Nomination) -> Actor:
    return cast.actor(Person.objects.get(given_name="Max"))


def test_a_line_manager_releases_and_a_place_is_held(asked: Nomination, max_: Actor) -> None:
    made = actions.confirm_release(by=max_, at=AT, nomination=asked)
    assert (made.state, made.place_no, made.release, made.released_by_id) == (
        "offered", 1, "confirmed", max_.person_id,
    )  # fmt: skip
    assert happened(made) == [("put-forward", ""), ("released", "")]
    assert told(made) == [("ReleaseAsked", "Max"), ("PlaceOffered", "Ann")]
    with pytest.raises(NotNow):
        actions.confirm_release(by=max_, at=AT, nomination=asked)


def test_who_is_not_the_line_manager_releases_nobody(asked: Nomination, ashire: Force) -> None:
    with pytest.raises(NotAllowed):
        actions.confirm_release(by=cast.actor(cast.person(ashire, "Bob")), at=AT, nomination=asked)


def test_a_refusal_leaves_it_to_the_lead(asked: Nomination, max_: Actor, lead: Actor) -> None:
    made = actions.refuse_release(by=max_, at=AT, nomination=asked)
    assert (fresh(made).state, fresh(made).release) == ("nominated", "not-released")
    made = actions.release_as_lead(by=lead, at=AT, nomination=asked)
    assert (made.state, made.release, made.released_by_id) == ("offered", "by-lead", lead.person_id)


# -- the person's own answer ------------------------------------------------------------------------------------------


def test_accepting_twice_is_accepting_once(lead: Actor, session: Session, ann: Person) -> None:
    made, own = put(lead, session, ann), cast.actor(ann)
    for _click in range(2):
        done = actions.accept_place(
            by=own, at=AT, nomination=made, consent=SIGNED_IN, needs=["captions"], needs_shared=True
        )
        assert (done.state, done.consent, done.needs, done.needs_shared) == (
            "accepted", "signed-in", ["captions"], True,
        )  # fmt: skip
    assert last_entry()["detail"] == {"again": True}
    assert happened(made) == [("put-forward", ""), ("accepted", "")]
    assert told(made) == [("PlaceOffered", "Ann"), ("PlaceConfirmed", "Ann")]


def test_an_offer_that_is_over_cannot_be_accepted(lead: Actor, session: Session, ann: Person) -> None:
    made = put(lead, session, ann)
    with pytest.raises(NotNow, match="no longer open"):
        actions.accept_place(by=cast.actor(ann), at=AT + 3 * DAY, nomination=made, consent=SIGNED_IN)


def test_nobody_answers_for_somebody_else(lead: Actor, session: Session, ann: Person, ashire: Force) -> None:
    made = put(lead, session, ann)
    for other in (lead, cast.actor(cast.person(ashire, "Bob"))):
        with pytest.raises(NotAllowed):
            actions.accept_place(by=other, at=AT, nomination=made, consent=SIGNED_IN)
        with pytest.raises(NotAllowed):
            actions.decline_place(by=other, at=AT, nomination=made)


def test_declining_asks_no_reason_and_the_next_is_offered_the_place(
    lead: Actor, session: Session, ann: Person, ashire: Force
) -> None:
    made, ben = put(lead, session, ann), put(lead, session, cast.person(ashire, "Ben"))
    done = actions.decline_place(by=cast.actor(ann), at=AT, nomination=made)
    assert (done.state, done.end_reason, done.place_no, done.clash_day) == ("declined", "", None, None)
    assert last_entry()["detail"] == {}
    assert (fresh(ben).state, fresh(ben).place_no, fresh(ben).queue_no) == ("offered", 1, 1)
    with pytest.raises(NotNow):
        actions.decline_place(by=cast.actor(ann), at=AT, nomination=made)


def test_a_place_is_given_back(lead: Actor, session: Session, ann: Person) -> None:
    made = put(lead, session, ann)
    done = actions.give_back(by=cast.actor(ann), at=STARTS - HOUR, nomination=made)
    assert (done.state, done.end_reason, done.late) == ("withdrawn", "own-wish", True)


def test_needs_change_until_the_date_begins(lead: Actor, session: Session, ann: Person) -> None:
    made, own = put(lead, session, ann), cast.actor(ann)
    actions.change_needs(by=own, at=AT, nomination=made, needs=["welsh"], needs_shared=False)
    assert (fresh(made).needs, fresh(made).needs_shared) == (["welsh"], False)
    with pytest.raises(NotNow):
        actions.change_needs(by=own, at=STARTS, nomination=made, needs=[], needs_shared=False)
    with pytest.raises(NotAllowed):
        actions.change_needs(by=lead, at=AT, nomination=made, needs=[], needs_shared=False)


# -- withdraw ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("before", "late"), [(30 * DAY, False), (DAY, True)])
def test_a_name_is_taken_back_with_a_reason(
    lead: Actor, session: Session, ann: Person, before: dt.timedelta, late: bool
) -> None:
    made = put(lead, session, ann)
    done = actions.withdraw(by=lead, at=STARTS - before, nomination=made, reason=EndReason.ROSTER)
    assert (done.state, done.end_reason, done.late, done.place_no) == ("withdrawn", "roster", late, None)
    assert last_entry()["detail"] == {"reason": "roster", "late": late}
    assert happened(made)[-1] == ("withdrawn", "roster")
    with pytest.raises(NotNow):
        actions.withdraw(by=lead, at=STARTS - before, nomination=made, reason=EndReason.ROSTER)


def test_who_waits_is_never_late(lead: Actor, session: Session, ann: Person, ashire: Force) -> None:
    put(lead, session, ann)
    made = put(lead, session, cast.person(ashire, "Ben"))
    assert actions.withdraw(by=lead, at=STARTS - HOUR, nomination=made, reason=EndReason.ROSTER).late is False


def test_another_forces_lead_releases_nobody_and_takes_nobody_back(lead: Actor, session: Session, ann: Person) -> None:
    made = put(lead, session, ann)
    charlie = cast.holder(Role.WELLBEING_LEAD, cast.force("bshire"), "Charlie")
    with pytest.raises(NotAllowed):
        actions.release_as_lead(by=charlie, at=AT, nomination=made)
    with pytest.raises(NotAllowed):
        actions.withdraw(by=charlie, at=AT, nomination=made, reason=EndReason.ROSTER)
    assert fresh(made).state == "offered"


# -- what time does, and taking names away ----------------------------------------------------------------------------


def test_an_offer_lapses_only_once_it_is_over(lead: Actor, session: Session, ann: Person) -> None:
    made = put(lead, session, ann)
    with pytest.raises(NotNow):
        actions.lapse_offer(by=JOB, at=AT, nomination=made)
    actions.lapse_offer(by=JOB, at=AT + 2 * DAY, nomination=made)
    assert fresh(made).lapses == 1


def test_a_request_expires_only_once_it_is_over(asked: Nomination) -> None:
    with pytest.raises(NotNow):
        actions.expire_request(by=JOB, at=AT, nomination=asked)
    done = actions.expire_request(by=JOB, at=AT + 7 * DAY, nomination=asked)
    assert (done.state, done.end_reason) == ("expired", "no-answer")
    assert happened(asked)[-1] == ("expired", "no-answer")


def test_what_came_free_by_itself_is_offered(lead: Actor, session: Session, ann: Person, ashire: Force) -> None:
    put(lead, session, ann)
    ben = put(lead, session, cast.person(ashire, "Ben"))
    with db.open_for("the test"):
        Session.objects.filter(pk=session.pk).update(capacity=2)
    offered = actions.fill_date(by=JOB, at=AT, session=session)
    assert [one.pk for one in offered] == [ben.pk]
    assert last_entry()["detail"] == {"offered": 1}
    assert actions.fill_date(by=JOB, at=AT, session=session) == []


def test_taking_names_away_is_on_record(lead: Actor, ashire: Force, session: Session) -> None:
    actions.export_names(by=lead, at=AT, of=ashire, names=3, kind="csv")
    assert last_entry() == {
        "actor_id": lead.person_id, "can": "export-nominations", "outcome": "done", "kind": "people.force",
        "record_id": str(ashire.pk), "detail": {"names": 3, "kind": "csv"},
    }  # fmt: skip
    actions.export_names(by=cast.national_coordinator(), at=AT, of=session, names=9, kind="xlsx")
    with pytest.raises(NotAllowed):
        actions.export_names(by=lead, at=AT, of=session, names=9, kind="csv")  # a national date's, all forces' names
    with pytest.raises(NotAllowed):
        actions.export_names(by=lead, at=AT, of=cast.force("bshire"), names=1, kind="csv")
