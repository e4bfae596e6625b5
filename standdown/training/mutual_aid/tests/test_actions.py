"""Mutual aid: both sides agree, dated, or it is no; only places that are kept for nobody are given."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from standdown.foundation import clock, db, ids
from standdown.foundation.access import NotAllowed
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Force, Person
from standdown.people.roles.policy import Role
from standdown.training.models import MutualAid, Nomination, NominationEvent, Session, SessionForce
from standdown.training.mutual_aid import actions, queries, sweeps
from standdown.training.mutual_aid.policy import Outcome, Side
from standdown.training.mutual_aid.sentences import Decided, NoException, NotReleased
from standdown.training.nominations import actions as names
from standdown.training.nominations import candidates
from standdown.training.nominations.sentences import NotPutForward
from tests import cast

pytestmark = pytest.mark.django_db
AT = cast.AT
GAP = MutualAid.Reason.COVER_GAP


class Scene:
    """A force that asks, a force whose date it is, and those who answer for each."""

    def __init__(self, *, national: bool = False, **of_home: Any) -> None:
        self.home, self.there = cast.force("ashire", **of_home), cast.force("bshire")
        self.lead = cast.holder(Role.WELLBEING_LEAD, self.home, "Leonie")
        self.own = cast.holder(Role.ESTIP_LEAD, self.home, "Olga")
        owner = cast.national_coordinator() if national else cast.holder(Role.ESTIP_LEAD, self.there, "Theo")
        self.owner = owner
        self.course = cast.course()
        self.session = self.date(self.there, owner=None if national else self.there)
        self.ann = cast.person(self.home, "Ann")

    def date(self, force: Force, *, owner: Force | None, **facts: Any) -> Session:
        return cast.session(self.course, force, owner_force=owner, capacity=2, **facts)

    def ask(self, who: Person | None = None, **facts: Any) -> MutualAid:
        person = who or self.ann
        known = candidates.known(self.lead, person.pk, "defuse", AT)
        assert known is not None
        given: dict[str, Any] = {
            "by": self.lead, "at": AT, "session": self.session.pk, "reason": GAP, "released": True, "stated": True,
        }  # fmt: skip
        return actions.ask(who=known, **(given | facts))

    def both(self, aid: MutualAid, at: dt.datetime = AT) -> Nomination:
        actions.decide(by=self.own, at=at, aid=aid, side=Side.OWN_FORCE, agreed=True)
        actions.decide(by=self.owner, at=at, aid=aid, side=Side.OWNER, agreed=True)
        return stands(aid)


def stands(aid: MutualAid) -> Nomination:
    return Nomination.objects.get(mutual_aid_asked=aid)


def told(who: Any) -> list[str]:
    rows = OutboxMessage.objects.filter(recipient_id=who.person_id if hasattr(who, "person_id") else who.pk)
    return list(rows.exclude(state="dropped").order_by("created_at", "pk").values_list("purpose", flat=True))


def test_both_sides_agree_and_the_person_is_offered_a_place() -> None:
    scene = Scene()
    aid = scene.ask()
    name = stands(aid)
    assert (name.state, name.mutual_aid, name.place_no, name.release) == ("nominated", True, None, "by-lead")
    assert (told(scene.own), told(scene.owner), told(scene.ann)) == (["AgreementAsked"], ["AgreementAsked"], [])
    actions.decide(by=scene.own, at=AT, aid=aid, side=Side.OWN_FORCE, agreed=True)
    assert (stands(aid).state, told(scene.ann)) == ("nominated", [])
    later = AT + dt.timedelta(hours=1)
    actions.decide(by=scene.owner, at=later, aid=aid, side=Side.OWNER, agreed=True)
    name, made = stands(aid), MutualAid.objects.get(pk=aid.pk)
    assert (name.state, name.place_no) == ("offered", 1)
    assert (made.own_force_at, made.own_force_by_id) == (AT, scene.own.person_id)
    assert (made.owner_at, made.owner_by_id) == (later, scene.owner.person_id)
    assert (told(scene.ann), told(scene.lead)) == (["PlaceOffered"], ["AidDecided"])
    kinds = list(NominationEvent.objects.filter(nomination=name).order_by("at", "pk").values_list("kind", "reason"))
    assert kinds == [("put-forward", ""), ("agreed", "own-force"), ("agreed", "owner")]


def test_a_national_date_is_the_coordinators_to_answer_for_and_no_force_is() -> None:
    scene = Scene(national=True)
    aid = scene.ask()
    with pytest.raises(NotAllowed):
        actions.decide(by=scene.owner, at=AT, aid=aid, side=Side.OWN_FORCE, agreed=True)
    assert scene.both(aid).state == "offered"


@pytest.mark.parametrize("side", list(Side))
def test_one_no_ends_it(side: Side) -> None:
    scene = Scene()
    aid = scene.ask()
    who = {Side.OWN_FORCE: scene.own, Side.OWNER: scene.owner}
    actions.decide(by=who[side], at=AT, aid=aid, side=side, agreed=False)
    name, made = stands(aid), MutualAid.objects.get(pk=aid.pk)
    assert (name.state, name.end_reason, made.refused_side, made.refused_by_id) == (
        "refused", "not-agreed", side.value, who[side].person_id,
    )  # fmt: skip
    assert (told(scene.lead), told(scene.ann), told(scene.own), told(scene.owner)) == (["AidDecided"], [], [], [])
    with pytest.raises(Decided):
        actions.decide(by=who[side], at=AT, aid=aid, side=side, agreed=True)


def test_who_asked_agrees_for_nobody_and_nobody_for_both() -> None:
    scene = Scene()
    aid = scene.ask()
    shared = cast.person(scene.home, "Sasha")
    for force in (scene.home, scene.there):
        cast.grant(shared, Role.WELLBEING_LEAD, force)
    sasha = cast.actor(shared)
    charlie = cast.holder(Role.ESTIP_LEAD, cast.force("cshire"), "Charlie")
    for who in (scene.lead, charlie):
        for side in Side:
            with pytest.raises(NotAllowed):
                actions.decide(by=who, at=AT, aid=aid, side=side, agreed=True)
    actions.decide(by=sasha, at=AT, aid=aid, side=Side.OWNER, agreed=True)
    with pytest.raises(NotAllowed):
        actions.decide(by=sasha, at=AT, aid=aid, side=Side.OWN_FORCE, agreed=True)
    assert stands(aid).state == "nominated"


def test_agreeing_twice_is_agreeing_once() -> None:
    scene = Scene()
    aid = scene.ask()
    for _time in range(2):
        actions.decide(by=scene.own, at=AT, aid=aid, side=Side.OWN_FORCE, agreed=True)
    assert NominationEvent.objects.filter(kind="agreed").count() == 1
    other = cast.holder(Role.WELLBEING_LEAD, scene.home, "Lara")
    with pytest.raises(Decided):
        actions.decide(by=other, at=AT, aid=aid, side=Side.OWN_FORCE, agreed=False)


def test_places_kept_for_a_force_stay_that_forces() -> None:
    scene = Scene()
    with db.open_for("the cast"):
        SessionForce.objects.filter(session=scene.session).update(allotment=2)
    aid = scene.ask()
    name = scene.both(aid)
    assert (name.state, name.queue_no) == ("waiting", 1)
    assert told(scene.ann) == ["PutOnWaitingList"]
    body = OutboxMessage.objects.get(recipient_id=scene.lead.person_id, purpose="AidDecided").text
    assert "waiting list" in body
    names.fill_date(by=cast_job(), at=scene.session.nominations_close_at, session=scene.session)
    assert stands(aid).place_no == 1  # kept no longer


def cast_job() -> Any:
    return sweeps.JOB


def test_what_speaks_against_it_is_said() -> None:
    scene = Scene(home_office=False)
    own = scene.date(scene.home, owner=None)
    with pytest.raises(NoException):
        scene.ask(session=own.pk, cost_agreed=True)
    with pytest.raises(NotPutForward) as refused:
        scene.ask(stated=False)
    assert refused.value.codes == ("not-eligible", "terms")
    with pytest.raises(NotReleased):
        scene.ask(released=False, cost_agreed=True)
    with pytest.raises(NotPutForward) as refused:
        scene.ask(cost_agreed=True, at=scene.session.nominations_close_at)
    assert refused.value.codes == ("closed",)
    assert stands(scene.ask(cost_agreed=True)).terms == "by-agreement"


def test_the_same_request_again_is_one_request() -> None:
    scene = Scene()
    key = ids.new()
    assert scene.ask(key=key).pk == scene.ask(key=key).pk
    assert (MutualAid.objects.count(), told(scene.own)) == (1, ["AgreementAsked"])
    other = cast.holder(Role.WELLBEING_DEPUTY, scene.home, "Dora")
    with pytest.raises(NotAllowed):
        scene.ask(key=key, by=other)
    own = scene.date(scene.home, owner=None)
    ben = cast.person(scene.home, "Ben")
    known = candidates.known(scene.lead, ben.pk, "defuse", AT)
    assert known is not None
    plain = names.put_forward(by=scene.lead, at=AT, session=own.pk, who=known, released=True, stated=True)
    with pytest.raises(NotAllowed):
        scene.ask(ben, key=plain.request_key)


def test_silence_is_no_and_not_before_its_moment() -> None:
    scene = Scene()
    aid = scene.ask()
    actions.decide(by=scene.own, at=AT, aid=aid, side=Side.OWN_FORCE, agreed=True)
    until = aid.decide_by
    assert until == clock.from_wall(dt.date(2026, 11, 30), dt.time(10))  # forty working hours from Monday at ten
    with pytest.raises(Decided):
        actions.expire(by=cast_job(), at=until - dt.timedelta(minutes=1), aid=aid)
    sweeps.each_minute(until - dt.timedelta(minutes=1))
    assert stands(aid).state == "nominated"
    for _time in range(2):
        sweeps.each_minute(until)
    assert (stands(aid).state, stands(aid).end_reason) == ("expired", "not-agreed")
    assert (told(scene.lead), told(scene.ann)) == (["AidDecided"], [])
    with pytest.raises(Decided):
        actions.decide(by=scene.owner, at=until, aid=aid, side=Side.OWNER, agreed=True)
    with pytest.raises(Decided):
        actions.expire(by=cast_job(), at=until, aid=aid)


def test_an_answer_at_the_last_moment_is_too_late_before_the_sweep_too() -> None:
    scene = Scene()
    aid = scene.ask()
    with pytest.raises(Decided):
        actions.decide(by=scene.own, at=aid.decide_by, aid=aid, side=Side.OWN_FORCE, agreed=True)


def test_it_is_never_asked_for_longer_than_names_are_open() -> None:
    scene = Scene()
    scene.session = scene.date(scene.there, owner=scene.there, nominations_close_at=AT + dt.timedelta(hours=3))
    assert scene.ask().decide_by == AT + dt.timedelta(hours=3)


def test_one_that_fails_does_not_keep_the_others_waiting(caplog: pytest.LogCaptureFixture) -> None:
    scene = Scene()
    aid, other = scene.ask(), scene.ask(cast.person(scene.home, "Ben"))
    with db.open_for("the cast"):  # a record that an act of ours could not have left
        Nomination.objects.filter(pk=stands(other).pk).update(answer_by=AT)
    sweeps.each_minute(aid.decide_by)
    assert {stands(aid).state, stands(other).state} == {"expired"}
    assert caplog.records == []


def test_an_asker_without_an_address_is_not_told_and_nothing_fails() -> None:
    scene = Scene()
    aid = scene.ask()
    with db.open_for("the cast"):
        Person.objects.filter(pk=cast.person_of(scene.lead).pk).update(work_email="")
    actions.decide(by=scene.own, at=AT, aid=aid, side=Side.OWN_FORCE, agreed=False)
    assert (stands(aid).state, told(scene.lead)) == ("refused", [])


def test_requests_are_counted_apart() -> None:
    scene = Scene()
    agreed = scene.ask()
    scene.both(agreed)
    scene.ask(cast.person(scene.home, "Ben"))
    by_outcome = dict(queries.counted(scene.lead, AT + dt.timedelta(minutes=1)))
    assert [by_outcome[str(words)] for words in queries.OUTCOMES.values()] == [1, 1, 0, 0, 0]
    assert queries.outcome_of(MutualAid.objects.get(pk=agreed.pk)) is Outcome.AGREED
    charlie = cast.holder(Role.WELLBEING_LEAD, cast.force("cshire"), "Charlie")
    assert sum(count for _words, count in queries.counted(charlie, AT)) == 0
    assert (queries.waiting_for(scene.own, AT), queries.waiting_for(scene.lead, AT)) == (1, 0)
    assert queries.waiting_for(cast.actor(scene.ann), AT) == 0
