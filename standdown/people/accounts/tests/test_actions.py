from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from standdown.audit.models import Entry
from standdown.foundation import access, db
from standdown.foundation.access import Actor
from standdown.notifications.models import OutboxMessage
from standdown.people.accounts import actions, invitations
from standdown.people.accounts import refusals as no
from standdown.people.models import (
    Account,
    Collaboration,
    CollaborationMember,
    Force,
    LineManagement,
    Person,
    Posting,
    RoleGrant,
    Team,
)
from standdown.people.roles.policy import Role
from tests import cast
from tests.cast import AT, TODAY

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - dt.timedelta(days=1)
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def force() -> Force:
    return cast.force("ashire")


@pytest.fixture
def keeper(force: Force) -> Actor:
    return cast.holder(Role.SYSTEM_ADMINISTRATOR, force, "Keir")


def team(of: Force, name: str = "Response A", **facts: Any) -> Team:
    with db.open_for("the cast"):
        return Team.objects.create(force=of, name=name, **facts)


def add(by: Actor, force: Force | None, **facts: Any) -> Person:
    wanted = {
        "given_name": "Sam", "family_name": "Hill", "kind": "officer", "work_email": "sam@a.example",
        "language": "en", "number": "77", **facts,
    }  # fmt: skip
    return actions.add_person(by=by, at=AT, force=force, **wanted)


def postings(of: Person) -> list[tuple[str, str, dt.date, dt.date | None]]:
    rows = Posting.objects.filter(person=of).order_by("since", "id").select_related("force")
    return [(row.force.slug, row.number, row.since, row.until) for row in rows]


# -- adding and details -------------------------------------------------------------------------------------------


def test_somebody_is_added_with_their_posting(force: Force, keeper: Actor) -> None:
    sam = add(keeper, force, team=team(force))
    assert postings(sam) == [("ashire", "77", TODAY, None)]
    entry = Entry.objects.get()
    assert (entry.can, entry.record_id, entry.chain_id) == ("keep-people", str(sam.pk), force.pk)


def test_people_of_the_national_body_have_no_posting() -> None:
    nadia = add(access.system("set up"), None, number="")
    assert (nadia.home_force_id, postings(nadia)) == (None, [])


def test_another_forces_directory_is_not_there(force: Force, keeper: Actor) -> None:
    with pytest.raises(access.NotAllowed):
        add(keeper, cast.force("bshire"))
    with pytest.raises(access.NotAllowed):
        add(cast.holder(Role.WELLBEING_LEAD, force), force)


def test_what_is_taken_is_refused_and_nothing_stays(force: Force, keeper: Actor) -> None:
    sam = add(keeper, force)
    with pytest.raises(no.AddressTaken):
        add(keeper, force, number="78", work_email="SAM@a.example")
    with pytest.raises(no.NumberTaken):
        add(keeper, force, work_email="")
    with pytest.raises(no.TeamElsewhere):
        add(keeper, force, number="78", work_email="", team=team(cast.force("bshire")))
    with pytest.raises(no.TeamElsewhere):
        add(keeper, force, number="78", work_email="", team=team(force, closed_on=TODAY))
    with pytest.raises(no.WrongDay):
        add(keeper, force, number="78", work_email="", since=TOMORROW)
    assert list(Person.objects.filter(family_name="Hill")) == [sam]


def test_details_change_and_the_record_says_which(force: Force, keeper: Actor) -> None:
    sam = add(keeper, force)
    facts = {"given_name": "Sam", "family_name": "Dale", "kind": "staff", "work_email": "s@a.example", "language": "cy"}
    actions.change_details(by=keeper, at=AT, person=sam, **facts)
    sam.refresh_from_db()
    assert (sam.family_name, sam.kind, sam.work_email, sam.language) == ("Dale", "staff", "s@a.example", "cy")
    assert Entry.objects.order_by("sequence").last().detail == {"changed": "family_name,kind,work_email,language"}  # type: ignore[union-attr]
    actions.change_details(by=keeper, at=AT, person=sam, **facts)
    assert Entry.objects.order_by("sequence").last().detail == {"changed": ""}  # type: ignore[union-attr]


# -- postings -----------------------------------------------------------------------------------------------------


def test_a_posting_ends_when_the_next_begins(force: Force, keeper: Actor) -> None:
    sam = cast.person(force, "Sam")
    number = Posting.objects.get(person=sam).number
    actions.post_person(by=keeper, at=AT, person=sam, force=force, team=team(force), number=number, since=TODAY)
    assert postings(sam) == [
        ("ashire", number, dt.date(2020, 1, 1), TODAY), ("ashire", number, TODAY, None),
    ]  # fmt: skip


def test_on_its_own_day_a_posting_is_put_right(force: Force, keeper: Actor) -> None:
    sam = add(keeper, force)
    actions.post_person(by=keeper, at=AT, person=sam, force=force, team=team(force), number="78", since=TODAY)
    assert postings(sam) == [("ashire", "78", TODAY, None)]
    assert Posting.objects.get(person=sam).team is not None


def test_a_posting_comes_after_the_last_and_not_before_its_day(force: Force, keeper: Actor) -> None:
    sam = cast.person(force, "Sam")
    for since in (dt.date(2019, 1, 1), TOMORROW):
        with pytest.raises(no.WrongDay):
            actions.post_person(by=keeper, at=AT, person=sam, force=force, team=None, number="1", since=since)


def test_who_moves_leaves_line_and_roles_of_the_old_force_behind(force: Force) -> None:
    other = cast.force("bshire")
    national = cast.holder(Role.SYSTEM_ADMINISTRATOR, None, "Nell")
    sam, boss, report = (cast.person(force, name) for name in ("Sam", "Bo", "Rae"))
    with db.open_for("the cast"):
        LineManagement.objects.create(person=sam, manager=boss, since=dt.date(2020, 1, 1))
        LineManagement.objects.create(person=report, manager=sam, since=TODAY)
    here, everywhere = cast.grant(sam, Role.SUPERVISOR, force), cast.grant(sam, Role.TRAINER, None)
    actions.post_person(by=national, at=AT, person=sam, force=other, team=None, number="9", since=TODAY)
    sam.refresh_from_db()
    assert sam.home_force == other
    assert list(LineManagement.objects.order_by("since").values_list("until", flat=True)) == [TODAY, TOMORROW]
    here.refresh_from_db()
    everywhere.refresh_from_db()
    assert (here.ended_on, here.end_reason, here.ended_by_id) == (TODAY, "moved", national.person_id)
    assert everywhere.ended_on is None
    last = Entry.objects.filter(chain_id=force.pk).order_by("sequence").last()
    assert last is not None
    assert last.detail["roles_ended"] == 1
    assert OutboxMessage.objects.filter(recipient=sam, purpose="RoleEnded").count() == 1


def test_a_move_needs_the_permission_in_both_forces(force: Force, keeper: Actor) -> None:
    sam = cast.person(force, "Sam")
    with pytest.raises(access.NotAllowed):
        actions.post_person(
            by=keeper, at=AT, person=sam, force=cast.force("bshire"), team=None, number="9", since=TODAY
        )
    assert len(postings(sam)) == 1


def test_a_person_of_the_national_body_goes_to_a_force_and_keeps_national_roles(force: Force) -> None:
    national = cast.holder(Role.SYSTEM_ADMINISTRATOR, None, "Nell")
    sam = cast.person(None, "Sam")
    grant = cast.grant(sam, Role.TRAINER, None)
    actions.post_person(by=national, at=AT, person=sam, force=force, team=None, number="9", since=TODAY)
    grant.refresh_from_db()
    assert (postings(sam), grant.ended_on) == ([("ashire", "9", TODAY, None)], None)


def test_who_leaves_loses_roles_and_access_and_may_come_back(force: Force, keeper: Actor) -> None:
    sam = cast.person(force, "Sam")
    cast.account(sam)
    cast.grant(sam, Role.SUPERVISOR, force)
    cast.grant(sam, Role.TRAINER, None)
    actions.end_posting(by=keeper, at=AT, person=sam, until=TODAY)
    assert Account.objects.get(person=sam).state == "left"
    assert set(RoleGrant.objects.filter(person=sam).values_list("end_reason", flat=True)) == {"left"}
    with pytest.raises(no.NotServing):
        actions.end_posting(by=keeper, at=AT, person=sam, until=TODAY)
    with pytest.raises(no.NotServing):
        actions.invite_to_sign_in(by=keeper, at=AT, person=sam)
    with pytest.raises(no.WrongDay):
        actions.post_person(by=keeper, at=AT, person=sam, force=force, team=None, number="5", since=YESTERDAY)
    actions.post_person(by=keeper, at=AT, person=sam, force=force, team=None, number="5", since=TODAY)
    actions.invite_to_sign_in(by=keeper, at=AT, person=sam)
    assert Account.objects.get(person=sam).state == "invited"


def test_leaving_has_its_day(force: Force, keeper: Actor) -> None:
    sam = cast.person(force, "Sam")
    with pytest.raises(no.WrongDay):
        actions.end_posting(by=keeper, at=AT, person=sam, until=TOMORROW)


# -- line managers ------------------------------------------------------------------------------------------------


def managed(of: Person) -> list[tuple[str, dt.date, dt.date | None]]:
    rows = LineManagement.objects.filter(person=of).order_by("since").select_related("manager")
    return [(row.manager.given_name, row.since, row.until) for row in rows]


def test_line_managers_follow_each_other(force: Force, keeper: Actor) -> None:
    sam, ann, bo = (cast.person(force, name) for name in ("Sam", "Ann", "Bo"))
    first = dt.date(2026, 1, 1)
    actions.set_line_manager(by=keeper, at=AT, person=sam, manager=ann, since=first)
    actions.set_line_manager(by=keeper, at=AT, person=sam, manager=bo, since=TODAY)
    actions.set_line_manager(by=keeper, at=AT, person=sam, manager=ann, since=TODAY)  # put right on its day
    assert managed(sam) == [("Ann", first, TODAY), ("Ann", TODAY, None)]
    actions.set_line_manager(by=keeper, at=AT, person=sam, manager=None, since=TODAY)
    assert managed(sam) == [("Ann", first, TODAY)]
    assert actions.set_line_manager(by=keeper, at=AT, person=sam, manager=None, since=TODAY) is None


def test_a_line_manager_begins_after_the_last_one_ended(force: Force, keeper: Actor) -> None:
    sam, ann = cast.person(force, "Sam"), cast.person(force, "Ann")
    with db.open_for("the cast"):
        LineManagement.objects.create(person=sam, manager=ann, since=dt.date(2026, 1, 1), until=dt.date(2026, 6, 1))
    with pytest.raises(no.WrongDay):
        actions.set_line_manager(by=keeper, at=AT, person=sam, manager=ann, since=dt.date(2026, 5, 31))
    assert actions.set_line_manager(by=keeper, at=AT, person=sam, manager=ann, since=dt.date(2026, 6, 1))


def test_who_cannot_be_a_line_manager(force: Force, keeper: Actor) -> None:
    sam, ann, gone = (cast.person(force, name) for name in ("Sam", "Ann", "Gwen"))
    actions.end_posting(by=keeper, at=AT, person=gone, until=TODAY)
    actions.set_line_manager(by=keeper, at=AT, person=ann, manager=sam, since=TODAY)
    for manager in (sam, ann, gone, cast.person(cast.force("bshire"), "Ot")):
        with pytest.raises(no.WrongManager):
            actions.set_line_manager(by=keeper, at=AT, person=sam, manager=manager, since=TODAY)
    with pytest.raises(no.WrongDay):
        actions.set_line_manager(by=keeper, at=AT, person=sam, manager=None, since=TOMORROW)


def test_a_line_manager_may_serve_in_a_force_that_works_with_ours(force: Force, keeper: Actor) -> None:
    other = cast.force("bshire")
    with db.open_for("the cast"):
        both = Collaboration.objects.create(name="A and B")
        for one in (force, other):
            CollaborationMember.objects.create(collaboration=both, force=one, since=dt.date(2020, 1, 1))
    sam, ot = cast.person(force, "Sam"), cast.person(other, "Ot")
    actions.set_line_manager(by=keeper, at=AT, person=sam, manager=ot, since=TODAY)
    assert managed(sam) == [("Ot", TODAY, None)]


# -- access -------------------------------------------------------------------------------------------------------


def test_an_invitation_opens_one_account_once_and_for_three_days(force: Force, keeper: Actor) -> None:
    sam = cast.person(force, "Sam")
    token = actions.invite_to_sign_in(by=keeper, at=AT, person=sam)
    account = Account.objects.get(person=sam)
    assert (account.state, account.email) == ("invited", sam.work_email)
    assert invitations.invited(token, at=AT + dt.timedelta(hours=71)) == account
    assert invitations.invited(token, at=AT + dt.timedelta(hours=72)) is None
    assert invitations.invited(token + "x", at=AT) is None
    assert token in OutboxMessage.objects.get(recipient=sam).text
    account.state = "active"
    account.save()
    assert invitations.invited(token, at=AT) is None
    again = actions.invite_to_sign_in(by=keeper, at=AT + dt.timedelta(hours=1), person=sam)
    account.refresh_from_db()
    assert (account.state, invitations.invited(again, at=AT)) == ("active", account)


def move_mail(of: Person, address: str) -> None:
    with db.open_for("the cast"):
        Person.objects.filter(pk=of.pk).update(work_email=address)


def test_a_link_to_a_mistyped_address_opens_nothing_once_the_right_one_is_invited(force: Force, keeper: Actor) -> None:
    sam = cast.person(force, "Sam")
    astray = actions.invite_to_sign_in(by=keeper, at=AT, person=sam)
    move_mail(sam, "right@a.example")
    again = actions.invite_to_sign_in(by=keeper, at=AT, person=sam)
    assert invitations.invited(astray, at=AT) is None
    assert invitations.invited(again, at=AT) == Account.objects.get(person=sam)


def test_no_administrator_comes_by_a_role_by_redirecting_a_link(force: Force, keeper: Actor) -> None:
    lead = cast.holder(Role.WELLBEING_LEAD, force, "Lea")
    account = cast.account_of(lead)
    with db.open_for("the cast"):
        Account.objects.filter(pk=account.pk).update(last_login=AT)
    actions.invite_to_sign_in(by=keeper, at=AT, person=account.person)  # to the address as it always was
    move_mail(account.person, "keeper@evil.example")
    with pytest.raises(no.AddressChanged):
        actions.invite_to_sign_in(by=keeper, at=AT, person=account.person)
    account.refresh_from_db()
    assert account.email != "keeper@evil.example"
    with db.open_for("the cast"):
        RoleGrant.objects.filter(person=account.person_id).update(ended_on=TODAY, end_reason="mistake")
    actions.invite_to_sign_in(by=keeper, at=AT, person=account.person)
    account.refresh_from_db()
    assert account.email == "keeper@evil.example"


def test_a_suspended_account_opens_with_no_link(force: Force, keeper: Actor) -> None:
    sam = cast.person(force, "Sam")
    token = actions.invite_to_sign_in(by=keeper, at=AT, person=sam)
    actions.suspend_access(by=keeper, at=AT, account=Account.objects.get(person=sam))
    assert invitations.invited(token, at=AT) is None
    with pytest.raises(no.Suspended):
        actions.invite_to_sign_in(by=keeper, at=AT, person=sam)


def test_who_cannot_be_invited(force: Force, keeper: Actor) -> None:
    with pytest.raises(no.NoAddress):
        actions.invite_to_sign_in(by=keeper, at=AT, person=cast.person(force, "Sam", work_email=""))
    cast.account(cast.person(cast.force("bshire"), "Ann", work_email="ann@both.example"))
    with pytest.raises(no.AccountElsewhere):
        actions.invite_to_sign_in(by=keeper, at=AT, person=cast.person(force, "An", work_email="ann@both.example"))
    nadia = cast.person(None, "Nadia")
    actions.invite_to_sign_in(by=access.system("set up"), at=AT, person=nadia)
    assert Account.objects.get(person=nadia).state == "invited"


def test_access_is_suspended_and_restored(force: Force, keeper: Actor) -> None:
    sam = cast.account(cast.person(force, "Sam"), last_login=AT)
    actions.suspend_access(by=keeper, at=AT, account=sam)
    sam.refresh_from_db()
    assert (sam.state, sam.is_active) == ("suspended", False)
    with pytest.raises(no.NotSuspendable):
        actions.suspend_access(by=keeper, at=AT, account=sam)
    actions.restore_access(by=keeper, at=AT, account=sam)
    sam.refresh_from_db()
    assert sam.state == "active"
    with pytest.raises(no.NotSuspended):
        actions.restore_access(by=keeper, at=AT, account=sam)


def test_nobody_decides_about_their_own_access(keeper: Actor) -> None:
    with pytest.raises(no.OwnAccess):
        actions.suspend_access(by=keeper, at=AT, account=cast.account_of(keeper))


def test_the_language_is_ones_own_choice(force: Force, keeper: Actor) -> None:
    sam = cast.actor(cast.person(force, "Sam"))
    account = cast.account_of(sam)
    actions.choose_language(by=sam, at=AT, account=account, language="cy")
    assert cast.person_of(sam).language == "cy"
    with pytest.raises(access.NotAllowed):
        actions.choose_language(by=keeper, at=AT, account=account, language="en")
