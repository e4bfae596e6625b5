from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest

from standdown.care import figures
from standdown.care.figures import Of, Part
from standdown.care.models import (
    Attendee,
    Contact,
    ContactTry,
    Demobilisation,
    Drill,
    Exposure,
    Incident,
    Step,
)
from standdown.care.programme.names import NextStepName
from standdown.foundation import db, ids
from standdown.people.models import Force
from tests import care_cast, cast

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
AT, T0 = cast.AT, care_cast.T0
FIRST, UNTIL = dt.date(2026, 1, 1), dt.date(2027, 1, 1)
CORE = NextStepName.DEFUSE_GROUP
Marked = dict[str, Any]


def counted(at: dt.datetime = AT, **facts: Any) -> list[figures.OfMonth]:
    return figures.by_force_and_month(first=FIRST, until=UNTIL, at=at, **facts)


def only(of: Of, at: dt.datetime = AT) -> figures.Parts:
    rows = counted(at)
    assert len(rows) == 1
    return rows[0].steps[of]


def exposed(of: Incident, **facts: Any) -> Exposure:
    return care_cast.exposure(of, cast.person(of.force), **{"confirmed_at": AT, "stage": "followed", **facts})


def step(one: Exposure, kind: str, due_at: dt.datetime, closed_at: dt.datetime | None = None, **facts: Any) -> Step:
    outcome = facts.pop("outcome", "done" if closed_at else "")
    with db.open_for("the cast"):
        return Step.objects.create(
            force=one.force, programme=one.incident.programme, kind=kind, incident=one.incident, exposure=one,
            on=facts.pop("on", one.pk), opened_at=T0, due_at=due_at, closed_at=closed_at, outcome=outcome, **facts,
        )  # fmt: skip


def talk(one: Exposure, outcome: str) -> Demobilisation:
    with db.open_for("the cast"):
        return Demobilisation.objects.create(
            exposure=one, outcome=outcome, held_at=AT, recorded_at=AT, recorded_by=one.person, capture_key=ids.new()
        )


def contact(one: Exposure, outcome: str = "", **facts: Any) -> Contact:
    ended = {"ended_at": AT} if outcome else {}
    with db.open_for("the cast"):
        return Contact.objects.create(
            exposure=one, kind="month", due_on=(T0 + 28 * DAY).date(), outcome=outcome, **ended, **facts
        )


def place(one: Exposure, *, state: str = "booked", **facts: Any) -> Attendee:
    who = cast.person(one.force)
    session = care_cast.defusing(
        one.incident, one, state=state, starts_at=AT + DAY, ends_at=AT + DAY + HOUR, defuser=who
    )
    with db.open_for("the cast"):
        Attendee.objects.filter(defusing=session).update(**{"invited_at": AT, **facts})
    return Attendee.objects.get(defusing=session)


@pytest.fixture
def incident() -> Incident:
    return care_cast.incident(cast.force())


def test_only_those_confirmed_are_counted(incident: Incident) -> None:
    exposed(incident)
    exposed(incident, confirmed_at=None)
    exposed(incident, removed_at=AT)
    exposed(incident, stage="closed", closed_at=AT, close_code="not-exposed")
    proposed = care_cast.incident(incident.force, state="proposed")
    exposed(proposed)
    with db.open_for("the cast"):
        drill = Drill.objects.create(force=incident.force, people=1, begun_at=AT)
    exposed(care_cast.incident(incident.force, drill=drill))
    assert [row.exposed for row in counted()] == [1]


def test_whoever_stands_on_a_confirmed_list_is_confirmed(incident: Incident) -> None:
    answers = dict.fromkeys(("control_room", "staff_and_specials", "other_forces"), "none")
    exposed(care_cast.incident(incident.force, list_confirmed_at=AT, **answers), confirmed_at=None)
    assert [row.exposed for row in counted()] == [1]


def test_figures_are_of_the_force_and_of_the_month_on_londons_calendar(incident: Incident) -> None:
    other = cast.force("bshire")
    summer = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)  # half past midnight of the first of July
    exposed(care_cast.incident(other, ended_at=summer))
    exposed(incident)
    exposed(incident)
    rows = [(row.force_id, row.month, row.exposed) for row in counted()]
    assert rows == [(other.pk, dt.date(2026, 7, 1), 1), (incident.force_id, dt.date(2026, 11, 1), 2)]
    assert [row.force_id for row in counted(forces=[other.pk])] == [other.pk]


@pytest.mark.parametrize(
    ("outcome", "part"),
    [
        ("held", Part.HELD),
        ("declined", Part.DECLINED),
        ("offered", Part.WAITING),
        ("could-not", Part.MISSING),
    ],
)  # fmt: skip
def test_the_talk_is_counted_by_what_came_of_it(incident: Incident, outcome: str, part: Part) -> None:
    one = exposed(incident)
    step(one, "demobilise", AT + HOUR, AT)
    talk(one, outcome)
    assert only(Of.DEMOBILISE).of == {part: 1}


def test_a_talk_owed_is_ahead_until_it_is_due_and_missing_and_late_after(incident: Incident) -> None:
    one = exposed(incident, stage="to-demobilise")
    step(one, "demobilise", AT + HOUR)
    assert (only(Of.DEMOBILISE).of, only(Of.DEMOBILISE).late) == ({Part.AHEAD: 1}, 0)
    after = only(Of.DEMOBILISE, AT + HOUR)
    assert (after.of, after.late) == ({Part.MISSING: 1}, 1)


def test_whoever_was_off_duty_was_owed_no_talk(incident: Incident) -> None:
    exposed(incident)
    assert only(Of.DEMOBILISE).of == {Part.NOT_OWED: 1}


def test_what_was_done_late_stays_late(incident: Incident) -> None:
    one = exposed(incident, decided_step=CORE, decided_at=AT)
    step(one, "decide", T0 + HOUR, AT)
    decided = only(Of.DECIDE)
    assert (decided.of, decided.late) == ({Part.HELD: 1}, 1)


@pytest.mark.parametrize(
    ("facts", "part"),
    [
        ({"there": "present", "answer": "accepted"}, Part.HELD),
        ({"there": "left-early"}, Part.HELD),
        ({"answer": "accepted"}, Part.ACCEPTED),
        ({"answer": ""}, Part.WAITING),
        ({"answer": "declined", "left_at": AT}, Part.DECLINED),
        ({"answer": "not-now", "left_at": AT}, Part.DECLINED),
        ({"answer": "one-to-one", "left_at": AT}, Part.ACCEPTED),
        ({"answer": "", "there": "absent", "left_at": AT}, Part.NO_REPLY),
    ],
)
def test_the_defusing_is_counted_by_place_and_answer(incident: Incident, facts: Marked, part: Part) -> None:
    one = exposed(incident, stage="booked", decided_step=CORE, decided_at=AT, core=True)
    step(one, "hold", AT + 3 * DAY)
    place(one, **facts)
    assert only(Of.DEFUSE).of == {part: 1}


def test_a_defusing_is_not_owed_to_whoever_needs_another_step(incident: Incident) -> None:
    exposed(incident, decided_step="self-help", decided_at=AT)
    assert only(Of.DEFUSE).of == {Part.NOT_OWED: 1}


def test_whoever_is_undecided_still_has_the_defusing_ahead(incident: Incident) -> None:
    step(exposed(incident, stage="to-decide"), "decide", AT + HOUR)
    assert only(Of.DEFUSE).of == {Part.AHEAD: 1}
    assert only(Of.DEFUSE, AT + 2 * HOUR).of == {Part.MISSING: 1}


@pytest.mark.parametrize(
    ("outcome", "part"),
    [
        ("reached", Part.HELD),
        ("not-wished", Part.DECLINED),
        ("no-reply", Part.NO_REPLY),
        ("", Part.AHEAD),
    ],
)  # fmt: skip
def test_the_months_contact_is_counted_by_its_outcome(incident: Incident, outcome: str, part: Part) -> None:
    one = exposed(incident)
    made = contact(one, outcome)
    step(one, "contact-month", T0 + 28 * DAY, AT if outcome else None, on=made.pk)
    assert only(Of.MONTH).of == {part: 1}


def test_a_contact_that_was_tried_waits_for_an_answer_and_counts_once(incident: Incident) -> None:
    made = contact(exposed(incident))
    with db.open_for("the cast"):
        ContactTry.objects.create(contact=made, at=AT, channel="mail")
        ContactTry.objects.create(contact=made, at=AT, channel="mail")
    assert only(Of.MONTH).of == {Part.WAITING: 1}


def test_whoever_prefers_no_contact_was_offered_what_was_still_to_come(incident: Incident) -> None:
    one = exposed(incident, stage="closed", closed_at=AT, close_code="prefers-not", decided_step=CORE, decided_at=T0)
    step(one, "hold", AT + DAY, AT, outcome="not-needed")
    contact(one, "over")
    assert (only(Of.DEFUSE).of, only(Of.MONTH).of) == ({Part.DECLINED: 1}, {Part.DECLINED: 1})


def test_closing_as_agreed_does_not_hide_what_was_missed(incident: Incident) -> None:
    one = exposed(incident, stage="closed", closed_at=AT, close_code="agreed", decided_step=CORE, decided_at=T0)
    step(one, "hold", AT - HOUR, AT, outcome="not-needed")
    step(one, "contact-month", AT + DAY, AT, outcome="not-needed")
    contact(one, "over")
    assert (only(Of.DEFUSE).of, only(Of.DEFUSE).late) == ({Part.MISSING: 1}, 1)
    assert only(Of.MONTH).of == {Part.NOT_OWED: 1}


def scatter(of: Force, seed: int, number: int) -> list[Exposure]:
    """People in states put together by chance, also such as no act would make."""
    chance = random.Random(seed)
    incidents = [care_cast.incident(of, ended_at=T0 - chance.randrange(90) * DAY) for _ in range(4)]
    made = []
    for _ in range(number):
        decided = {"decided_step": chance.choice(NextStepName.values), "decided_at": AT}
        closed = {
            "stage": "closed", "closed_at": AT,
            "close_code": chance.choice(["agreed", "no-reply", "prefers-not", "elsewhere", "left"]),
        }  # fmt: skip
        facts = (decided if chance.random() < 0.5 else {}) | (closed if chance.random() < 0.2 else {})
        made.append(exposed(chance.choice(incidents), **facts))
        _live_through(made[-1], chance)
    return made


def _live_through(one: Exposure, chance: random.Random) -> None:
    for kind in ("demobilise", "decide", "hold", "contact-month"):
        if chance.random() < 0.6:
            step(one, kind, AT + chance.randrange(-50, 50) * HOUR, chance.choice([None, AT]))
    for outcome in chance.sample(["held", "offered", "declined", "could-not"], chance.choice([0, 0, 1, 2])):
        talk(one, outcome)
    if chance.random() < 0.5:
        answer = chance.choice(Attendee.Answer.values)
        place(one, answer=answer, left_at=AT if answer not in {"", "accepted"} else None)
    if chance.random() < 0.8:
        contact(one, chance.choice(Contact.Outcome.values))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_parts_of_every_step_add_up_to_everybody_confirmed(seed: int) -> None:
    forces = [cast.force(), cast.force("bshire")]
    everybody = len([one for force in forces for one in scatter(force, seed, 25)])
    rows = counted()
    assert sum(row.exposed for row in rows) == everybody
    assert [[parts.exposed for parts in row.steps.values()] for row in rows] == [[row.exposed] * 4 for row in rows]
    assert [set(row.steps) for row in rows] == [set(Of)] * len(rows)


def reached() -> list[tuple[Of, int, int]]:
    """Of each step, how many were offered it, and how many it covers."""
    rows = counted()
    return [
        (of, sum(row.steps[of].offered for row in rows), sum(row.steps[of].covered for row in rows)) for of in Of
    ]  # fmt: skip


def test_a_decline_never_lowers_what_was_offered_or_covered() -> None:
    everybody, before = scatter(cast.force(), 4, 12), reached()
    for one in everybody:
        with db.open_for("the cast"):
            Attendee.objects.filter(exposure=one, answer__in=["", "accepted"]).update(answer="declined", left_at=AT)
            one.contacts.filter(outcome__in=["", "no-reply"]).update(outcome="not-wished", ended_at=AT)
            Demobilisation.objects.filter(exposure=one, outcome="offered").update(outcome="declined")
        after = reached()
        assert [
            (of, offered, covered)
            for (of, offered, covered), (_, offered_before, covered_before) in zip(after, before, strict=True)
            if offered < offered_before or covered < covered_before
        ] == []
        before = after


def test_whoever_wants_nothing_more_never_lowers_what_was_covered() -> None:
    everybody, before = scatter(cast.force(), 6, 12), reached()
    for one in everybody:
        with db.open_for("the cast"):
            Step.objects.filter(exposure=one, closed_at=None).update(closed_at=AT, outcome="not-needed")
            Exposure.objects.filter(pk=one.pk).update(stage="closed", closed_at=AT, close_code="prefers-not")
        after = reached()
        assert [then[0] for now, then in zip(after, before, strict=True) if now[2] < then[2]] == []
        before = after


def test_five_statements_however_many_people(django_assert_num_queries: Any) -> None:
    scatter(cast.force(), 7, 5)
    scatter(cast.force("bshire"), 8, 5)
    with django_assert_num_queries(5):
        counted()
