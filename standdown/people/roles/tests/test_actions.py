from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from standdown.audit.models import Entry
from standdown.foundation import access, db
from standdown.foundation.access import Actor
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Collaboration, CollaborationMember, Force, Person, RoleGrant
from standdown.people.roles import actions, queries
from standdown.people.roles import refusals as no
from standdown.people.roles.policy import Role
from tests import cast
from tests.cast import AT, TODAY

pytestmark = pytest.mark.django_db
SYSTEM = access.system("set up")


@pytest.fixture
def force() -> Force:
    return cast.force("ashire")


def day(offset: int) -> dt.date:
    return TODAY + dt.timedelta(days=offset)


def propose(
    by: Actor, who: Person, role: Role, where: Force | None, *, start: int = 0, end: int = 100, at: dt.datetime = AT
) -> RoleGrant:
    return actions.propose_role(
        by=by, at=at, person=who, role=role, force=where, starts_on=day(start), ends_on=day(end), reason="appointed"
    )


def told(purpose: str) -> list[str]:
    rows = OutboxMessage.objects.filter(purpose=purpose).order_by("recipient__given_name")
    return list(rows.values_list("recipient__given_name", flat=True))


def roles_of(who: Person, on: dt.date = TODAY) -> set[str]:
    return set(RoleGrant.objects.filter(person=who).holding_on(on).values_list("role", flat=True))


def test_one_proposes_and_another_approves(force: Force) -> None:
    nadia, pia = cast.national_coordinator(), cast.holder(Role.PRIVACY_OFFICER, force, "Pia")
    cast.holder(Role.PRIVACY_OFFICER, cast.force("bshire"), "Other")
    sam = cast.person(force, "Sam")
    grant = propose(nadia, sam, Role.WELLBEING_LEAD, force)
    assert (roles_of(sam), told("RoleProposed")) == (set(), ["Pia"])
    actions.approve_role(by=pia, at=AT, grant=grant)
    grant.refresh_from_db()
    assert (grant.proposed_by_id, grant.approved_by_id) == (nadia.person_id, pia.person_id)
    assert (roles_of(sam), roles_of(sam, day(100))) == ({"wellbeing-lead"}, set())
    assert told("RoleApproved") == ["Nadia", "Sam"]
    entries = list(Entry.objects.order_by("sequence").values_list("can", "chain_id", "record_id"))
    assert entries == [(can, force.pk, str(grant.pk)) for can in ("propose-role", "approve-role")]


def test_nobody_proposes_approves_or_ends_for_themselves(force: Force) -> None:
    nadia, pia = cast.national_coordinator(), cast.holder(Role.PRIVACY_OFFICER, force, "Pia")
    nadia_self, pia_self = (cast.person_of(one) for one in (nadia, pia))
    with pytest.raises(access.NotAllowed):
        propose(nadia, nadia_self, Role.TRAINER, None)
    other = cast.holder(Role.NATIONAL_COORDINATOR, None, "Nell")
    grant = propose(nadia, cast.person(None, "Tom"), Role.TRAINER, None)
    with pytest.raises(access.NotAllowed):
        actions.approve_role(by=nadia, at=AT, grant=grant)
    actions.approve_role(by=other, at=AT, grant=grant)
    with pytest.raises(access.NotAllowed):
        actions.end_role(by=pia, at=AT, grant=RoleGrant.objects.get(person=pia_self), reason="mistake")


def test_only_whom_the_rules_name_may(force: Force) -> None:
    lead, sam = cast.holder(Role.WELLBEING_LEAD, force, "Wyn"), cast.person(force, "Sam")
    stranger = cast.holder(Role.WELLBEING_LEAD, cast.force("bshire"), "Ot")
    for by, role in ((lead, Role.PRIVACY_OFFICER), (stranger, Role.SUPERVISOR), (lead, Role.ESTIP_LEAD)):
        with pytest.raises(access.NotAllowed):
            propose(by, sam, role, force)
    grant = propose(lead, sam, Role.DEFUSER, force)
    with pytest.raises(access.NotAllowed):
        actions.approve_role(by=cast.holder(Role.WELLBEING_LEAD, force, "Wil"), at=AT, grant=grant)
    actions.approve_role(by=cast.holder(Role.ESTIP_LEAD, force, "Eve"), at=AT, grant=grant)
    assert roles_of(sam) == {"defuser"}


def test_a_role_in_one_force_gives_no_say_over_roles_of_another(force: Force) -> None:
    """Forces share leads (R20): who leads two of them by different roles has each role's say in its own force only."""
    both, sam = cast.person(force, "Bo"), cast.person(force, "Sam")
    cast.grant(both, Role.WELLBEING_LEAD, force)
    cast.grant(both, Role.ESTIP_LEAD, cast.force("bshire"))
    grant = propose(cast.holder(Role.WELLBEING_LEAD, force, "Wyn"), sam, Role.DEFUSER, force)
    with pytest.raises(access.NotAllowed):
        actions.approve_role(by=cast.actor(both), at=AT, grant=grant)
    assert roles_of(sam) == set()


@pytest.mark.parametrize(("start", "end"), [(-1, 10), (5, 5), (0, 366)])
def test_the_days_of_a_role_are_bounded(force: Force, start: int, end: int) -> None:
    lead, sam = cast.holder(Role.WELLBEING_LEAD, force), cast.person(force, "Sam")
    with pytest.raises(no.CannotBeGiven):
        propose(lead, sam, Role.SUPERVISOR, force, start=start, end=end)


def test_roles_that_stay_apart_or_overlap_are_refused(force: Force) -> None:
    nadia, sam = cast.national_coordinator(), cast.person(force, "Sam")
    cast.grant(sam, Role.DEFUSER, force)
    with pytest.raises(no.CannotBeGiven) as apart:
        propose(nadia, sam, Role.PRIVACY_OFFICER, force)
    propose(nadia, sam, Role.WELLBEING_LEAD, force)
    with pytest.raises(no.CannotBeGiven) as held:
        propose(nadia, sam, Role.WELLBEING_LEAD, force, start=50)
    assert (apart.value.code, held.value.code) == ("role-apart", "role-held")
    assert Entry.objects.filter(outcome="refused").count() == 2


def test_the_rules_are_asked_again_when_it_is_approved(force: Force) -> None:
    nadia, pia = cast.national_coordinator(), cast.holder(Role.PRIVACY_OFFICER, None, "Pia")
    sam = cast.person(force, "Sam")
    lead = propose(nadia, sam, Role.WELLBEING_LEAD, force)
    cast.grant(sam, Role.SYSTEM_ADMINISTRATOR, force)
    with pytest.raises(no.CannotBeGiven):
        actions.approve_role(by=pia, at=AT, grant=lead)


def test_a_first_day_that_went_by_becomes_the_day_of_approval(force: Force) -> None:
    nadia, pia = cast.national_coordinator(), cast.holder(Role.PRIVACY_OFFICER, None, "Pia")
    one = propose(nadia, cast.person(force, "Sam"), Role.WELLBEING_LEAD, force)
    two = propose(nadia, cast.person(force, "Tom"), Role.WELLBEING_LEAD, force, end=5)
    later = AT + dt.timedelta(days=5)
    assert actions.approve_role(by=pia, at=later, grant=one).starts_on == day(5)
    with pytest.raises(no.ProposalOver):
        actions.approve_role(by=pia, at=later, grant=two)


def test_a_declined_proposal_stays_on_record_and_is_not_told_to_the_person(force: Force) -> None:
    nadia, pia = cast.national_coordinator(), cast.holder(Role.PRIVACY_OFFICER, force, "Pia")
    sam = cast.person(force, "Sam")
    grant = propose(nadia, sam, Role.WELLBEING_LEAD, force)
    actions.decline_role(by=pia, at=AT, grant=grant)
    grant.refresh_from_db()
    assert (grant.ended_on, grant.end_reason, grant.approved_at) == (TODAY, "not-approved", None)
    assert (roles_of(sam), told("RoleDeclined")) == (set(), ["Nadia"])
    for deed in (actions.approve_role, actions.decline_role):
        with pytest.raises(no.AlreadyDecided):
            deed(by=pia, at=AT, grant=grant)
    propose(nadia, sam, Role.WELLBEING_LEAD, force)  # it may be asked again


def test_a_role_ends_at_once_and_only_once(force: Force) -> None:
    lead, sam = cast.holder(Role.WELLBEING_LEAD, force), cast.person(force, "Sam")
    grant = cast.grant(sam, Role.SUPERVISOR, force)
    actions.end_role(by=lead, at=AT, grant=grant, reason="stood-down")
    assert (roles_of(sam), roles_of(sam, day(-1)), told("RoleEnded")) == (set(), {"supervisor"}, ["Sam"])
    with pytest.raises(no.AlreadyEnded):
        actions.end_role(by=lead, at=AT, grant=grant, reason="stood-down")
    over = cast.grant(sam, Role.SUPERVISOR, force, starts_on=day(-400))
    with pytest.raises(no.AlreadyEnded):
        actions.end_role(by=lead, at=AT, grant=over, reason="moved")


def test_a_proposal_can_be_withdrawn_without_a_word_to_the_person(force: Force) -> None:
    lead, sam = cast.holder(Role.WELLBEING_LEAD, force), cast.person(force, "Sam")
    grant = propose(lead, sam, Role.SUPERVISOR, force)
    actions.end_role(by=lead, at=AT, grant=grant, reason="mistake")
    assert (RoleGrant.objects.waiting().count(), told("RoleEnded")) == (0, [])


def test_forces_that_work_together_share_a_lead_and_nothing_else(force: Force) -> None:
    other = cast.force("bshire")
    with db.open_for("the cast"):
        both = Collaboration.objects.create(name="A and B")
        for one in (force, other):
            CollaborationMember.objects.create(collaboration=both, force=one, since=dt.date(2020, 1, 1))
    nadia, lead = cast.national_coordinator(), cast.holder(Role.WELLBEING_LEAD, other, "Wyn")
    sam = cast.person(force, "Sam")
    for where in (force, other):
        propose(nadia, sam, Role.WELLBEING_LEAD, where)
    with pytest.raises(no.CannotBeGiven):
        propose(lead, sam, Role.SUPERVISOR, other)
    with pytest.raises(no.CannotBeGiven):
        propose(nadia, sam, Role.WELLBEING_LEAD, cast.force("cshire"))
    with pytest.raises(no.CannotBeGiven):
        propose(nadia, cast.person(None, "Nat"), Role.WELLBEING_LEAD, force)


def test_the_first_roles_are_given_by_the_system_alone(force: Force) -> None:
    nadia = cast.person(None, "Nadia")
    grant = actions.grant_first(by=SYSTEM, at=AT, person=nadia, role=Role.NATIONAL_COORDINATOR, force=None)
    assert (grant.reason, grant.approved_by_id, roles_of(nadia)) == ("first", None, {"national-coordinator"})
    assert Entry.objects.get().actor_job == "set up"
    with pytest.raises(no.CannotBeGiven):
        actions.grant_first(by=SYSTEM, at=AT, person=nadia, role=Role.PRIVACY_OFFICER, force=None)
    with pytest.raises(access.NotAllowed):
        pia = cast.holder(Role.PRIVACY_OFFICER, None, "Pia")
        actions.grant_first(
            by=pia, at=AT, person=cast.person(force, "Sam"), role=Role.SYSTEM_ADMINISTRATOR, force=force
        )


def test_vacancies_are_known_in_two_statements(force: Force) -> None:
    full = cast.force("bshire")
    for number in range(3):
        cast.force(f"force-{number}", adopted=False)
    for role in queries.POSTS:
        cast.holder(role, full, role.value.title())
    cast.holder(Role.WELLBEING_LEAD, force, "Wyn")
    with CaptureQueriesContext(connection) as asked:
        found = queries.vacancies_by_force(TODAY)
    assert len(asked) == 2
    assert found == {force: [(Role.ESTIP_LEAD, True), (Role.ESTIP_COORDINATOR, True), (Role.WELLBEING_DEPUTY, True)]}
    soon = queries.vacancies_by_force(day(330))
    assert (Role.WELLBEING_LEAD, False) in soon[full]


def test_what_a_national_coordinator_sees_of_a_force(force: Force) -> None:
    nadia, pia = cast.national_coordinator(), cast.holder(Role.PRIVACY_OFFICER, None, "Pia")
    for role in Role:
        if role not in {Role.NATIONAL_COORDINATOR, Role.PRIVACY_OFFICER, Role.SYSTEM_ADMINISTRATOR}:
            cast.grant(cast.person(force, "Sam"), role, force)
    seen = set(RoleGrant.objects.visible_to(nadia).filter(force=force).values_list("role", flat=True))
    assert seen == {"wellbeing-lead", "wellbeing-deputy", "estip-lead", "estip-coordinator", "trainer"}
    assert RoleGrant.objects.visible_to(pia).filter(force=force).count() == 11
    assert RoleGrant.objects.visible_to(cast.actor(cast.person(force, "Al"))).count() == 0


def test_posts_are_listed_in_few_statements(force: Force) -> None:
    nadia, lead = cast.national_coordinator(), cast.holder(Role.WELLBEING_LEAD, force, "Wyn")
    quiet = cast.holder(Role.WELLBEING_LEAD, cast.force("quiet", adopted=False), "Quin")
    cast.force("zeta")
    with CaptureQueriesContext(connection) as asked:
        found = queries.posts(nadia, TODAY)
    assert len(asked) <= 3
    assert [one.force.slug for one in found] == ["ashire", "quiet", "zeta"]
    assert [len(post.holders) for post in found[0].posts] == [0, 0, 1, 0]
    assert [one.force.slug for one in queries.posts(lead, TODAY)] == ["ashire"]
    assert [one.force.slug for one in queries.posts(quiet, TODAY)] == ["quiet"]
