import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from standdown.audit.models import Entry
from standdown.foundation import access
from standdown.foundation.access import NotAllowed
from standdown.notifications.models import OutboxMessage
from standdown.people.adoption import actions, named_posts, policy, queries, refusals
from standdown.people.adoption.policy import AdoptionState, ChecklistItem
from standdown.people.forces.actions import merge_forces
from standdown.people.models import AdoptionCheck, AdoptionStep, Demand, Evidence, Force
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db
BY = access.system("test")
AT, TODAY = cast.AT, cast.TODAY
DAY = dt.timedelta(days=1)
PDF = b"%PDF-1.7 a letter"


def step(force: Force, state: str, since: dt.date, by: access.Actor = BY) -> AdoptionStep:
    return actions.record_step(by=by, at=AT, force=force, state=state, since=since)


def tick_all(force: Force) -> None:
    for item in ChecklistItem:
        actions.tick(by=BY, at=AT, force=force, item=item)


def adopt(force: Force) -> None:
    tick_all(force)
    for before, state in ((2, "registered-interest"), (1, "senior-approval"), (0, "adopted")):
        step(force, state, TODAY - before * DAY)


# -- steps ----------------------------------------------------------------------------------------------------------


def test_a_force_comes_from_interest_to_adoption() -> None:
    force = cast.force(adopted=False)
    adopt(force)
    days = (TODAY - 3 * DAY, TODAY - 2 * DAY, TODAY - DAY, TODAY)
    assert [queries.state_on(force, day) for day in days] == [
        "not-asked", "registered-interest", "senior-approval", "adopted",
    ]  # fmt: skip
    assert list(queries.adopted_forces(TODAY)) == [force]
    assert list(queries.adopted_forces(TODAY - DAY)) == []
    assert list(queries.not_adopted_forces(TODAY)) == []


def test_a_step_is_recorded_with_who_and_when() -> None:
    force, by = cast.force(adopted=False), cast.national_coordinator()
    made = step(force, "registered-interest", TODAY, by)
    assert (made.recorded_by_id, made.recorded_at) == (by.person_id, AT)
    entry = Entry.objects.get()
    assert (entry.chain_id, entry.record_id) == (force.pk, str(made.pk))
    assert entry.detail == {"state": "registered-interest", "since": TODAY.isoformat()}


def test_a_paused_force_receives_no_dates_and_comes_back_with_a_whole_checklist() -> None:
    force = cast.force()
    step(force, "paused", TODAY - DAY)
    assert list(queries.adopted_forces(TODAY)) == []
    with pytest.raises(refusals.ChecklistOpen):
        step(force, "adopted", TODAY)
    tick_all(force)
    step(force, "adopted", TODAY)
    assert list(queries.adopted_forces(TODAY)) == [force]


def test_adopting_names_every_open_point() -> None:
    force = cast.force(adopted=False)
    tick_all(force)
    actions.untick(by=BY, at=AT, force=force, item="dpia")
    actions.untick(by=BY, at=AT, force=force, item="policy")
    step(force, "registered-interest", TODAY - 2 * DAY)
    step(force, "senior-approval", TODAY - DAY)
    with pytest.raises(refusals.ChecklistOpen) as refused:
        step(force, "adopted", TODAY)
    assert str(refused.value.sentence) == (
        "Before a force adopts, every point of the checklist is in place. Still open: "
        "The force's own policy is written; The data protection impact assessment is done."
    )


def test_steps_that_are_refused() -> None:
    force = cast.force(adopted=False)
    with pytest.raises(refusals.StepToCome):
        step(force, "registered-interest", TODAY + DAY)
    with pytest.raises(refusals.StepOutOfOrder, match="Registered interest"):
        step(force, "adopted", TODAY)
    step(force, "registered-interest", TODAY - DAY)
    with pytest.raises(refusals.StepNotAfter):
        step(force, "senior-approval", TODAY - DAY)
    with pytest.raises(ValueError, match="nonsense"):
        step(force, "nonsense", TODAY)
    assert AdoptionStep.objects.count() == 1
    assert Entry.objects.filter(outcome="refused").count() == 3


def test_a_force_that_is_no_more_takes_no_step() -> None:
    force, into = cast.force("ashire", adopted=False), cast.force("bshire")
    merge_forces(by=BY, at=AT, origins=[force], into=into, since=TODAY)
    with pytest.raises(refusals.ForceEnded):
        step(force, "registered-interest", TODAY)
    step(force, "registered-interest", TODAY - DAY)
    assert list(queries.adopted_forces(TODAY)) == [into]


@pytest.mark.parametrize("role", [Role.WELLBEING_LEAD, Role.ESTIP_LEAD])
def test_a_force_does_not_record_its_own_steps(role: Role) -> None:
    force = cast.force(adopted=False)
    with pytest.raises(NotAllowed):
        step(force, "registered-interest", TODAY, cast.holder(role, force))


def test_the_forces_that_adopted_are_one_statement() -> None:
    for slug in ("ashire", "bshire", "cshire"):
        cast.force(slug)
    with CaptureQueriesContext(connection) as statements:
        found = [force.slug for force in queries.adopted_forces(TODAY)]
    assert found == ["ashire", "bshire", "cshire"]
    assert len(statements) == 1


# -- telling ----------------------------------------------------------------------------------------------------------


def test_the_named_leads_are_told_and_nobody_else() -> None:
    force, other = cast.force(adopted=False), cast.force("bshire")
    named = [
        cast.holder(role, force)
        for role in (Role.WELLBEING_LEAD, Role.WELLBEING_DEPUTY, Role.ESTIP_LEAD, Role.ESTIP_COORDINATOR)
    ]
    cast.holder(Role.SUPERVISOR, force)
    cast.holder(Role.WELLBEING_LEAD, other)
    unreachable = cast.person(force, work_email="")
    cast.grant(unreachable, Role.ESTIP_LEAD, force)
    step(force, "registered-interest", TODAY)
    told = set(OutboxMessage.objects.values_list("recipient_id", flat=True))
    assert told == {one.person_id for one in named}
    message = OutboxMessage.objects.filter(recipient_id=named[0].person_id).get()
    assert message.subject == "A step was recorded for your force"
    assert "From 23 November 2026 this holds for Ashire Police: Registered interest." in message.text
    assert "/people/adoption/ashire/" in message.text
    assert "/people/adoption/ashire/" in message.html


def test_a_refused_step_tells_nobody() -> None:
    force = cast.force(adopted=False)
    cast.holder(Role.WELLBEING_LEAD, force)
    with pytest.raises(refusals.StepOutOfOrder):
        step(force, "adopted", TODAY)
    assert not OutboxMessage.objects.exists()


# -- the checklist --------------------------------------------------------------------------------------------------


def test_a_point_is_ticked_once_and_taken_back_on_record() -> None:
    force = cast.force()
    lead = cast.holder(Role.WELLBEING_LEAD, force)
    first = actions.tick(by=lead, at=AT, force=force, item="policy")
    assert actions.tick(by=lead, at=AT, force=force, item="policy") == first
    point = next(one for one in queries.checklist(force) if one.item == "policy")
    assert point.tick == first
    actions.untick(by=lead, at=AT, force=force, item="policy")
    assert queries.ticked(force) == []
    assert AdoptionCheck.objects.get().undone_by_id == lead.person_id
    actions.tick(by=lead, at=AT, force=force, item="policy")
    assert AdoptionCheck.objects.count() == 2


def test_a_lead_ticks_nothing_for_another_force() -> None:
    force = cast.force("ashire")
    other = cast.holder(Role.WELLBEING_LEAD, cast.force("bshire"))
    with pytest.raises(NotAllowed):
        actions.tick(by=other, at=AT, force=force, item="policy")
    with pytest.raises(NotAllowed):
        actions.untick(by=other, at=AT, force=force, item="policy")
    with pytest.raises(NotAllowed):
        actions.add_evidence(by=other, at=AT, force=force, item="policy", content=PDF)


def test_the_record_says_which_posts_are_vacant_or_end_soon() -> None:
    force = cast.force()
    holder = cast.person(force, "Anna", work_email="")
    cast.grant(holder, Role.WELLBEING_LEAD, force, ends_on=TODAY + 10 * DAY)
    found = {str(post.label): post for post in queries.record(force, TODAY).posts}
    assert len(found) == len(named_posts.NAMED_POSTS)
    lead = found["Wellbeing lead"]
    assert (lead.vacant, lead.ending, lead.holders[0].name, lead.holders[0].reachable) == (
        False, True, "Anna Ashdown", False,
    )  # fmt: skip
    assert [post.vacant for label, post in found.items() if label != "Wellbeing lead"] == [True, True, True]


# -- evidence -------------------------------------------------------------------------------------------------------


def evidence(force: Force, content: bytes = PDF, item: str = "policy") -> Evidence:
    return actions.add_evidence(by=BY, at=AT, force=force, item=item, content=content)


def test_a_pdf_is_kept_with_the_point_that_it_shows() -> None:
    force = cast.force()
    made = evidence(force)
    assert (bytes(Evidence.objects.get().content), made.size) == (PDF, len(PDF))
    point = next(one for one in queries.checklist(force) if one.item == "policy")
    assert point.evidence == [made]


def test_documents_that_are_refused() -> None:
    force = cast.force()
    evidence(force)
    with pytest.raises(refusals.HeldAlready):
        evidence(force)
    evidence(force, item="dpia")  # the same document may show another point
    for content in (b"", b"GIF89a", b"<script>%PDF-</script>"):
        with pytest.raises(refusals.NotAPdf):
            evidence(force, content)
    with pytest.raises(refusals.TooLarge):
        evidence(force, PDF.ljust(policy.MOST_EVIDENCE + 1))
    evidence(force, PDF.ljust(policy.MOST_EVIDENCE))
    for number in range(policy.MOST_DOCUMENTS - 3):
        evidence(force, PDF + str(number).encode())
    with pytest.raises(refusals.EnoughEvidence):
        evidence(force, PDF + b"one more")
    assert Evidence.objects.count() == policy.MOST_DOCUMENTS


# -- demand -----------------------------------------------------------------------------------------------------------


def ask(force: Force, at: dt.datetime = AT) -> None:
    actions.register_demand(by=access.ANYONE, at=at, force=force)


def test_a_voice_is_counted_by_month_and_names_nobody() -> None:
    force = cast.force(adopted=False)
    ask(force)
    ask(force, AT + DAY)
    ask(force, AT + 30 * DAY)
    counts = Demand.objects.order_by("month").values_list("month", "count")
    assert list(counts) == [(dt.date(2026, 11, 1), 2), (dt.date(2026, 12, 1), 1)]
    assert {(one.actor_id, one.actor_job, str(one.detail)) for one in Entry.objects.all()} == {(None, "anyone", "{}")}


def test_nobody_asks_for_what_a_force_has() -> None:
    force = cast.force()
    with pytest.raises(refusals.AdoptedAlready):
        ask(force)
    assert not Demand.objects.exists()


def test_a_flood_counts_fifty_a_day_and_writes_no_more() -> None:
    force = cast.force(adopted=False)
    for _ in range(policy.MOST_DEMAND_A_DAY + 5):
        ask(force)
    assert Demand.objects.get().count == policy.MOST_DEMAND_A_DAY
    assert Entry.objects.count() == policy.MOST_DEMAND_A_DAY
    ask(force, AT + DAY)
    assert Demand.objects.get().count == policy.MOST_DEMAND_A_DAY + 1


def test_demand_of_twelve_months_is_added_up() -> None:
    force = cast.force(adopted=False)
    for days in (0, 300, 370):
        ask(force, AT - days * DAY)
    assert queries.demand_since(TODAY) == {force.pk: 2}


def test_the_overview_narrows_down_and_keeps_to_what_one_may_see() -> None:
    a, b = cast.force("ashire", region="North"), cast.force("bshire", adopted=False, home_office=False)
    lead = cast.holder(Role.WELLBEING_LEAD, a)
    national = cast.national_coordinator()
    for _ in range(12):
        ask(b)

    def slugs(by: access.Actor, **asked: Any) -> list[str]:
        return [line.force.slug for line in queries.overview(by, TODAY, **asked)]

    assert slugs(national) == ["ashire", "bshire"]
    assert slugs(lead) == ["ashire"]
    assert slugs(national, state="not-asked") == ["bshire"]
    assert slugs(national, region="North") == ["ashire"]
    assert slugs(national, home_office=False) == ["bshire"]
    assert slugs(national, vacant=True) == ["ashire"]
    lines = {line.force.slug: line for line in queries.overview(national, TODAY)}
    assert [str(one) for one in lines["ashire"].vacant] == ["ESTIP lead", "ESTIP coordinator", "Deputy wellbeing lead"]
    assert (lines["bshire"].vacant, lines["bshire"].demand) == ([], 10)
    assert lines["ashire"].state is AdoptionState.ADOPTED


def test_statements_of_the_overview_do_not_grow_with_the_forces() -> None:
    national = cast.national_coordinator()
    cast.force("ashire")
    with CaptureQueriesContext(connection) as one:
        queries.overview(national, TODAY)
    for slug in ("bshire", "cshire", "dshire"):
        cast.force(slug)
    with CaptureQueriesContext(connection) as four:
        queries.overview(national, TODAY)
    assert len(one) == len(four) == 5
