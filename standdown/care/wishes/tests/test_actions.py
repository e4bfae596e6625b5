from __future__ import annotations

import pytest

from standdown.care.models import DefuserProfile, Exclusion, Exposure, Wish
from standdown.care.wishes import actions, queries
from standdown.care.wishes.refusals import ExcludedAlready, NotOneself, Unknown
from standdown.foundation.access import ANYONE, Actor, NotAllowed
from standdown.people.models import Force, Person, Posting
from standdown.people.roles.policy import Role
from tests import care_cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def force() -> Force:
    return cast.force("ashire")


@pytest.fixture
def erin(force: Force) -> Person:
    return cast.person(force, "Erin")


@pytest.fixture
def me(erin: Person) -> Actor:
    return cast.actor(erin)


def number(who: Person) -> str:
    return Posting.objects.get(person=who).number


def test_an_exclusion_holds_at_once_and_beats_every_role(me: Actor, erin: Person, force: Force) -> None:
    lead = cast.holder(Role.ESTIP_LEAD, force, "Lena")
    one = care_cast.exposure(care_cast.incident(force), erin)
    assert list(Exposure.objects.visible_to(lead)) == [one]
    made = actions.exclude(by=me, at=cast.AT, person=erin, number=number(cast.person_of(lead)))
    assert list(Exposure.objects.visible_to(lead)) == []
    assert list(Exposure.objects.visible_to(me)) == [one]
    assert queries.excluded_pairs([erin.pk]) == {(erin.pk, lead.person_id)}
    actions.take_back(by=me, at=cast.AT, exclusion=made)
    assert list(Exposure.objects.visible_to(lead)) == [one]


def test_the_excluded_cannot_tell(me: Actor, erin: Person, force: Force) -> None:
    lead = cast.holder(Role.ESTIP_LEAD, force, "Lena")
    actions.exclude(by=me, at=cast.AT, person=erin, number=number(cast.person_of(lead)))
    assert list(Exclusion.objects.visible_to(lead)) == []
    assert list(Exclusion.objects.visible_to(ANYONE)) == []
    assert (queries.shut_out(lead, erin.pk), queries.shut_out(me, erin.pk), queries.shut_out(ANYONE, erin.pk)) == (
        True, False, False,
    )  # fmt: skip


def test_only_a_number_of_ones_own_force_means_somebody(me: Actor, erin: Person) -> None:
    elsewhere = cast.person(cast.force("bshire"), "Bo")
    for wrong in ("nobody", number(elsewhere)):
        with pytest.raises(Unknown):
            actions.exclude(by=me, at=cast.AT, person=erin, number=wrong)
    with pytest.raises(NotOneself):
        actions.exclude(by=me, at=cast.AT, person=erin, number=number(erin))


def test_the_same_exclusion_stands_once(me: Actor, erin: Person, force: Force) -> None:
    other = number(cast.person(force, "Fay"))
    actions.exclude(by=me, at=cast.AT, person=erin, number=other)
    with pytest.raises(ExcludedAlready):
        actions.exclude(by=me, at=cast.AT, person=erin, number=other)


def test_nobody_excludes_for_another(me: Actor, force: Force) -> None:
    with pytest.raises(NotAllowed):
        actions.exclude(by=me, at=cast.AT, person=cast.person(force, "Fay"), number="1")


def test_the_latest_wishes_hold(me: Actor, erin: Person) -> None:
    actions.wish(by=me, at=cast.AT, person=erin, sex="woman", welsh=True)
    actions.wish(by=me, at=cast.AT, person=erin, one_to_one=True)
    wish = Wish.objects.get()
    assert (wish.sex, wish.welsh, wish.one_to_one) == ("", False, True)


def test_a_defuser_says_of_themselves_what_they_like(me: Actor, erin: Person) -> None:
    for rank in (1, None):
        actions.describe_oneself(
            by=me, at=cast.AT, person=erin, rank=rank, sex="", welsh=True, supervision_due=cast.TODAY
        )
    assert (DefuserProfile.objects.get().rank, DefuserProfile.objects.get().welsh) == (None, True)


def test_an_exclusion_taken_back_hides_nothing_although_another_stands(me: Actor, erin: Person, force: Force) -> None:
    lead, other = cast.holder(Role.ESTIP_LEAD, force, "Lena"), cast.person(force, "Fay")
    one = care_cast.exposure(care_cast.incident(force), erin)
    ended = actions.exclude(by=me, at=cast.AT, person=erin, number=number(cast.person_of(lead)))
    actions.take_back(by=me, at=cast.AT, exclusion=ended)
    actions.exclude(by=me, at=cast.AT, person=erin, number=number(other))
    assert list(Exposure.objects.visible_to(lead)) == [one]
