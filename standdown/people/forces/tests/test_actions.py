import datetime as dt

import pytest

from standdown.audit.models import NATIONAL, Entry
from standdown.foundation import access, clock
from standdown.foundation.access import NotAllowed
from standdown.people.forces import actions, queries, refusals
from standdown.people.models import (
    Base,
    Collaboration,
    CollaborationMember,
    Force,
    ForceAlias,
    ForceName,
    Succession,
    Team,
)
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db
BY = access.system("test")
AT, TODAY = cast.AT, cast.TODAY
DAY = dt.timedelta(days=1)
SPRING = dt.date(2027, 4, 1)


def new(slug: str = "newshire", **facts: object) -> Force:
    every = {"name": "Newshire Police", "short_name": "Newshire", "jurisdiction": "england-and-wales", **facts}
    return Force(slug=slug, **every)


def add(force: Force | None = None) -> Force:
    return actions.add_force(by=BY, at=AT, force=force or new())


# -- adding ---------------------------------------------------------------------------------------------------------


def test_a_force_is_added_with_its_first_name_and_recorded_nationally() -> None:
    by = cast.national_coordinator()
    force = actions.add_force(by=by, at=AT, force=new(stood_up=SPRING))
    assert list(ForceName.objects.values_list("force", "name", "since")) == [(force.pk, "Newshire Police", SPRING)]
    entry = Entry.objects.get()
    assert (entry.chain_id, entry.kind, entry.record_id) == (NATIONAL, "people.force", str(force.pk))


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"slug": "import"}, refusals.NotAnAddress),
        ({"slug": "New Shire"}, refusals.NotAnAddress),
        ({"ons_code": "12"}, refusals.NotACode),
        ({"slug": "ashire"}, refusals.WordTaken),
        ({"name": "ASHIRE police"}, refusals.WordTaken),
        ({"ons_code": "E23000901"}, refusals.WordTaken),
        ({"short_name": "Ash"}, refusals.WordTaken),  # an alias
    ],
)
def test_what_cannot_be_a_new_force(facts: dict[str, str], refusal: type[Exception]) -> None:
    there = cast.force(ons_code="E23000901")
    actions.add_alias(by=BY, at=AT, force=there, alias="Ash")
    with pytest.raises(refusal):
        add(new(**facts))
    assert Force.objects.count() == 1


def test_a_lead_adds_no_force() -> None:
    with pytest.raises(NotAllowed):
        actions.add_force(by=cast.holder(Role.WELLBEING_LEAD, cast.force()), at=AT, force=new())


# -- names ----------------------------------------------------------------------------------------------------------


def rename(force: Force, name: str, since: dt.date, at: dt.datetime = AT) -> None:
    actions.rename_force(by=BY, at=at, force=force, name=name, short_name=force.short_name, welsh_name="", since=since)


def test_a_name_from_today_holds_at_once() -> None:
    force = cast.force()
    rename(force, "Ashire Constabulary", TODAY)
    force.refresh_from_db()
    assert force.name == "Ashire Constabulary"
    assert queries.name_on(force, TODAY - DAY).name == "Ashire Police"


def test_a_name_to_come_holds_on_its_day() -> None:
    force = cast.force()
    rename(force, "Ashire Constabulary", SPRING)
    force.refresh_from_db()
    assert force.name == "Ashire Police"
    assert actions.let_names_take_effect(by=BY, at=clock.start_of_day(SPRING) - DAY) == 0
    assert actions.let_names_take_effect(by=BY, at=clock.start_of_day(SPRING)) == 1
    assert actions.let_names_take_effect(by=BY, at=clock.start_of_day(SPRING)) == 0
    force.refresh_from_db()
    assert force.name == "Ashire Constabulary"
    assert queries.name_on(force, TODAY).name == "Ashire Police"
    assert queries.name_on(force, SPRING).name == "Ashire Constabulary"


def test_a_name_of_the_past_fills_in_history_and_leaves_today() -> None:
    force = cast.force()
    rename(force, "Ashire Constabulary", dt.date(2020, 1, 1))
    rename(force, "Ashire and Oakshire", dt.date(2010, 1, 1))
    force.refresh_from_db()
    assert force.name == "Ashire Constabulary"
    days = (dt.date(2009, 1, 1), dt.date(2015, 1, 1), TODAY)
    assert [queries.name_on(force, day).name for day in days] == [
        "Ashire Police", "Ashire and Oakshire", "Ashire Constabulary",
    ]  # fmt: skip


def test_an_old_name_still_finds_the_force() -> None:
    force = cast.force()
    rename(force, "Ashire Constabulary", TODAY)
    assert queries.find_force("ashire police", TODAY) == force


def test_names_that_are_refused() -> None:
    force, other = cast.force("ashire", stood_up=dt.date(2000, 1, 1)), cast.force("bshire")
    rename(force, "Ashire Constabulary", TODAY)
    with pytest.raises(refusals.NamedThatDay):
        rename(force, "Ashire Service", TODAY)
    with pytest.raises(refusals.SameName):
        rename(force, "Ashire Constabulary", TODAY + DAY)
    with pytest.raises(refusals.WordTaken):
        rename(force, other.name, SPRING)
    with pytest.raises(refusals.NotStanding):
        rename(force, "Ashire Service", dt.date(1999, 1, 1))
    assert ForceName.objects.filter(force=force).count() == 2


def test_an_alias_is_added_found_and_taken_away() -> None:
    force = cast.force()
    alias = actions.add_alias(by=BY, at=AT, force=force, alias="AP")
    assert queries.find_force("ap", TODAY) == force
    actions.remove_alias(by=BY, at=AT, alias=alias)
    assert queries.find_force("ap", TODAY) is None
    assert not ForceAlias.objects.exists()


def test_an_alias_means_one_force() -> None:
    cast.force("ashire")
    other = cast.force("bshire")
    for word in ("Ashire", "BSHIRE"):
        with pytest.raises(refusals.WordTaken):
            actions.add_alias(by=BY, at=AT, force=other, alias=word)


def test_a_force_may_keep_its_dates_to_itself() -> None:
    force = cast.force()
    actions.set_dates_public(by=BY, at=AT, force=force, public=False)
    force.refresh_from_db()
    assert force.dates_public is False
    assert Entry.objects.get().detail == {"public": False}


# -- mergers and splits ---------------------------------------------------------------------------------------------


def test_two_forces_merge_into_a_new_one() -> None:
    a, b = cast.force("ashire"), cast.force("bshire")
    into = add(new(stood_up=SPRING))
    person = cast.person(a)
    made = actions.merge_forces(by=BY, at=AT, origins=[a, b], into=into, since=SPRING)
    assert [(one.origin, one.successor, one.kind, one.since) for one in made] == [
        (a, into, "merger", SPRING), (b, into, "merger", SPRING),
    ]  # fmt: skip
    assert list(Force.objects.standing_on(SPRING - DAY)) == [a, b]
    assert list(Force.objects.standing_on(SPRING)) == [into]
    assert queries.find_force("ashire", SPRING - DAY) == a
    assert queries.find_force("ashire", SPRING) == into
    assert queries.successors(a, SPRING) == [into]
    assert queries.successors(a, SPRING - DAY) == [a]
    person.refresh_from_db()
    assert person.home_force == a  # history stays


def test_one_force_goes_up_in_another_that_stands() -> None:
    a, b = cast.force("ashire"), cast.force("bshire")
    actions.merge_forces(by=BY, at=AT, origins=[a], into=b, since=TODAY)
    assert queries.find_force("ashire", TODAY) == b
    assert Entry.objects.get().detail == {"origins": "ashire", "since": TODAY.isoformat()}


def test_a_force_splits_and_its_word_then_needs_saying_which() -> None:
    a, b, c = cast.force("ashire"), cast.force("bshire"), cast.force("cshire")
    actions.split_force(by=BY, at=AT, origin=a, into=[b, c], since=SPRING)
    assert queries.find_force("ashire", TODAY) == a
    with pytest.raises(refusals.SeveralForces, match="Bshire Police, Cshire Police"):
        queries.find_force("ashire", SPRING)
    assert queries.successors(a, SPRING) == [b, c]


def test_mergers_that_are_refused() -> None:
    a, b = cast.force("ashire", stood_up=dt.date(2000, 1, 1)), cast.force("bshire")

    def merge(origins: list[Force], into: Force, since: dt.date = SPRING) -> str:
        with pytest.raises(refusals.NoSuccession) as refused:
            actions.merge_forces(by=BY, at=AT, origins=origins, into=into, since=since)
        return refused.value.code

    assert merge([a], a) == "succession-itself"
    assert merge([a, b], b) == "succession-itself"
    assert merge([], b) == "succession-too-few"
    assert merge([a, a], b) == "succession-twice"
    assert merge([a], b, dt.date(1999, 1, 1)) == "succession-not-yet"
    assert merge([b], add(new(stood_up=SPRING + DAY))) == "succession-not-yet"
    actions.merge_forces(by=BY, at=AT, origins=[a], into=b, since=SPRING)
    assert merge([a], b) == "succession-ends-already"
    assert Succession.objects.count() == 1
    assert Entry.objects.filter(outcome="refused").count() == 6 + 1


def test_splits_that_are_refused() -> None:
    a, b = cast.force("ashire"), cast.force("bshire")
    for into, code in (([a], "succession-itself"), ([b], "succession-too-few"), ([b, b], "succession-twice")):
        with pytest.raises(refusals.NoSuccession) as refused:
            actions.split_force(by=BY, at=AT, origin=a, into=into, since=SPRING)
        assert refused.value.code == code
    assert queries.find_force("ashire", SPRING) == a


def test_a_force_that_ends_leaves_its_collaborations() -> None:
    a, b, c = cast.force("ashire"), cast.force("bshire"), cast.force("cshire")
    start([a, b], dt.date(2020, 1, 1))
    actions.merge_forces(by=BY, at=AT, origins=[a], into=c, since=SPRING)
    assert CollaborationMember.objects.get(force=a).until == SPRING
    assert CollaborationMember.objects.get(force=b).until is None


def test_a_lead_merges_nothing() -> None:
    a, b = cast.force("ashire"), cast.force("bshire")
    lead = cast.holder(Role.WELLBEING_LEAD, a)
    with pytest.raises(NotAllowed):
        actions.merge_forces(by=lead, at=AT, origins=[a], into=b, since=SPRING)
    with pytest.raises(NotAllowed):
        actions.split_force(by=lead, at=AT, origin=a, into=[b, b], since=SPRING)


# -- bases and teams ------------------------------------------------------------------------------------------------


def test_a_lead_keeps_the_bases_and_teams_of_the_own_force_only() -> None:
    a, b = cast.force("ashire"), cast.force("bshire")
    lead = cast.holder(Role.WELLBEING_LEAD, a)
    base = actions.add_base(by=lead, at=AT, force=a, name="North")
    team = actions.add_team(by=lead, at=AT, force=a, name="Shift 1", base=base)
    assert (Base.objects.get(), Team.objects.get(), team.base) == (base, team, base)
    with pytest.raises(NotAllowed):
        actions.add_base(by=lead, at=AT, force=b, name="North")
    with pytest.raises(NotAllowed):
        actions.add_team(by=lead, at=AT, force=b, name="Shift 1")


def test_a_name_in_old_records_means_one_place() -> None:
    a = cast.force()
    base = actions.add_base(by=BY, at=AT, force=a, name="North")
    actions.close_base(by=BY, at=AT, base=base, closed_on=TODAY)
    actions.add_team(by=BY, at=AT, force=a, name="Shift 1")
    with pytest.raises(refusals.PlaceTaken):
        actions.add_base(by=BY, at=AT, force=a, name="NORTH")
    with pytest.raises(refusals.PlaceTaken):
        actions.add_team(by=BY, at=AT, force=a, name="shift 1")


def test_a_team_stands_in_an_open_base_of_its_force() -> None:
    a, b = cast.force("ashire"), cast.force("bshire")
    elsewhere = actions.add_base(by=BY, at=AT, force=b, name="South")
    with pytest.raises(refusals.BaseElsewhere):
        actions.add_team(by=BY, at=AT, force=a, name="Shift 1", base=elsewhere)
    actions.close_base(by=BY, at=AT, base=elsewhere, closed_on=TODAY)
    elsewhere.refresh_from_db()
    with pytest.raises(refusals.ClosedAlready):
        actions.add_team(by=BY, at=AT, force=b, name="Shift 1", base=elsewhere)


def test_a_base_closes_after_its_teams_and_once() -> None:
    a = cast.force()
    base = actions.add_base(by=BY, at=AT, force=a, name="North")
    team = actions.add_team(by=BY, at=AT, force=a, name="Shift 1", base=base)
    with pytest.raises(refusals.TeamsStillThere, match="Shift 1"):
        actions.close_base(by=BY, at=AT, base=base, closed_on=TODAY)
    actions.close_team(by=BY, at=AT, team=team, closed_on=TODAY)
    with pytest.raises(refusals.ClosedAlready):
        actions.close_team(by=BY, at=AT, team=team, closed_on=TODAY)
    actions.close_base(by=BY, at=AT, base=base, closed_on=TODAY)
    with pytest.raises(refusals.ClosedAlready):
        actions.close_base(by=BY, at=AT, base=base, closed_on=TODAY)
    assert queries.open_bases(a) == []


# -- collaborations -------------------------------------------------------------------------------------------------


def start(forces: list[Force], since: dt.date = TODAY, name: str = "Together") -> Collaboration:
    return actions.start_collaboration(by=BY, at=AT, name=name, forces=forces, since=since)


def test_forces_work_together_from_a_day_until_a_day() -> None:
    a, b, c = cast.force("ashire"), cast.force("bshire"), cast.force("cshire")
    together = start([a, b])
    assert queries.partners_on(a, TODAY) == [b]
    assert queries.partners_on(a, TODAY - DAY) == []
    actions.join_collaboration(by=BY, at=AT, collaboration=together, force=c, since=SPRING)
    assert queries.partners_on(a, SPRING) == [b, c]
    member = CollaborationMember.objects.get(force=b)
    actions.leave_collaboration(by=BY, at=AT, member=member, until=SPRING)
    assert queries.partners_on(a, SPRING) == [c]
    actions.join_collaboration(by=BY, at=AT, collaboration=together, force=b, since=SPRING)  # it comes back
    assert queries.partners_on(a, SPRING) == [b, c]


def test_collaborations_that_are_refused() -> None:
    a, b = cast.force("ashire"), cast.force("bshire")
    late = add(new(stood_up=SPRING))
    together = start([a, b])
    with pytest.raises(refusals.NotTogether):
        start([a, a], name="Alone")
    with pytest.raises(refusals.CollaborationThere):
        start([a, b], name="TOGETHER")
    with pytest.raises(refusals.NotStanding):
        start([a, late], name="Too early")
    with pytest.raises(refusals.NotStanding):
        actions.join_collaboration(by=BY, at=AT, collaboration=together, force=late, since=TODAY)
    with pytest.raises(refusals.MemberAlready):
        actions.join_collaboration(by=BY, at=AT, collaboration=together, force=b, since=SPRING)
    member = CollaborationMember.objects.get(force=b)
    with pytest.raises(refusals.NotAMember):
        actions.leave_collaboration(by=BY, at=AT, member=member, until=TODAY)
    actions.leave_collaboration(by=BY, at=AT, member=member, until=TODAY + DAY)
    with pytest.raises(refusals.NotAMember):
        actions.leave_collaboration(by=BY, at=AT, member=member, until=SPRING)


def test_a_lead_keeps_no_collaboration() -> None:
    a, b = cast.force("ashire"), cast.force("bshire")
    together = start([a, b])
    lead = cast.holder(Role.WELLBEING_LEAD, a)
    with pytest.raises(NotAllowed):
        actions.start_collaboration(by=lead, at=AT, name="Mine", forces=[a, b], since=TODAY)
    with pytest.raises(NotAllowed):
        actions.join_collaboration(by=lead, at=AT, collaboration=together, force=a, since=TODAY)
    with pytest.raises(NotAllowed):
        actions.leave_collaboration(by=lead, at=AT, member=CollaborationMember.objects.get(force=a), until=SPRING)
