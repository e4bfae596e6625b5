"""Who is meant by a pasted list, and who talks with whom."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from standdown.care.exposures import numbers, supervisors
from standdown.care.exposures.tests import scene
from standdown.care.exposures.tests.scene import AT, Shift, number_of
from standdown.care.models import Exclusion
from standdown.foundation import db
from standdown.people.models import ForceAlias, Person, Posting, Qualification, StandDown
from tests import care_cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def shift() -> Shift:
    return Shift()


def renumber(person: Person, number: str, until: dt.date | None = None) -> None:
    with db.open_for("the cast"):
        Posting.objects.filter(person=person).update(number=number, until=until)


def test_every_bad_entry_is_named_at_once_and_the_good_ones_are_kept(shift: Shift) -> None:
    other = scene.force("bshire")
    with db.open_for("the cast"):
        ForceAlias.objects.create(force=other, alias="BTP")
    renumber(shift.cat, "77", cast.TODAY)
    ann, ben = number_of(shift.ann), number_of(shift.ben)
    paste = numbers.read(f"{ann}\nPC {ben}\nBTP 12\nBshire 13\n99999\n77\nWho knows\n{ann}", shift.force)
    assert paste.people == [shift.ann.pk, shift.ben.pk]
    assert paste.twice == 1
    assert [(one.position, one.sentence.split(":")[0]) for one in paste.bad] == [
        (3, "BTP 12"), (4, "Bshire 13"), (5, "99999"), (6, "77"),
        (7, "“Who knows” is not a collar or staff number. Write it as in 1234 or AB123."),
    ]  # fmt: skip
    assert "hand the colleague over" in paste.bad[0].sentence
    assert "has left your force" in paste.bad[3].sentence


def test_the_own_force_may_stand_before_a_number_too(shift: Shift) -> None:
    assert numbers.read(f"ashire {number_of(shift.ann)}", shift.force).people == [shift.ann.pk]


def test_words_that_are_no_force_are_not_guessed_at(shift: Shift) -> None:
    assert len(numbers.read(f"Nobody {number_of(shift.ann)}", shift.force).bad) == 1


def test_numbers_of_other_forces_are_not_looked_up(shift: Shift) -> None:
    elsewhere = cast.person(scene.force("bshire"), "Bea")
    assert "nobody in your force" in numbers.read(number_of(elsewhere), shift.force).bad[0].sentence


def test_letters_may_be_large_or_small_but_not_mean_two_people(shift: Shift) -> None:
    renumber(shift.ann, "ab1")
    assert numbers.read("AB1", shift.force).people == [shift.ann.pk]
    renumber(shift.ben, "AB1")
    assert numbers.read("AB1", shift.force).people == [shift.ben.pk]
    assert "Write it exactly" in numbers.read("Ab1", shift.force).bad[0].sentence


def test_a_list_that_is_too_long_is_refused_whole(shift: Shift) -> None:
    paste = numbers.read("1\n" * 5001, shift.force)
    assert (paste.found, paste.bad[0].position) == ([], 0)


def test_three_thousand_numbers_take_few_statements(shift: Shift) -> None:
    with db.open_for("the cast"):
        people = Person.objects.bulk_create(
            [Person(given_name="N", family_name=str(n), kind="officer", home_force=shift.force) for n in range(3000)]
        )
        Posting.objects.bulk_create(
            [
                Posting(person=one, force=shift.force, team=shift.team, number=f"X{n}", since=dt.date(2020, 1, 1))
                for n, one in enumerate(people)
            ]
        )
    pasted = "\n".join(f"x{n}" for n in range(3000))
    with CaptureQueriesContext(connection) as asked:
        paste = numbers.read(pasted, shift.force)
    assert len(paste.found) == 3000
    assert len(asked) == 6
    with CaptureQueriesContext(connection) as asked:
        talks = supervisors.of(paste.people, shift.force.pk, set(paste.people), AT)
    assert set(talks.values()) == {shift.sergeant.pk}  # of the same team, though nobody's own line manager
    assert len(asked) < 25


def talk(shift: Shift, person: Person, *exposed: Person) -> uuid.UUID | None:
    return supervisors.of([person.pk], shift.force.pk, {one.pk for one in exposed}, AT)[person.pk]


def test_the_line_manager_talks_with_their_people(shift: Shift) -> None:
    assert talk(shift, shift.ann) == shift.sergeant.pk


def test_an_exposed_sergeant_is_stood_in_for(shift: Shift) -> None:
    inspector = cast.person(shift.force, "Iris", family_name="Inspector")
    assert talk(shift, shift.ann, shift.sergeant) is None
    scene.manages(inspector, shift.sergeant)
    assert talk(shift, shift.ann, shift.sergeant) == inspector.pk
    other = cast.person(shift.force, "Otto", family_name="Other")
    for name in ("Dan", "Eve"):
        shift.managed(name, by=other)
    assert talk(shift, shift.ann, shift.sergeant) == other.pk
    assert talk(shift, shift.ann, shift.sergeant, other) == inspector.pk


def test_whom_the_person_excluded_never_talks_with_them(shift: Shift) -> None:
    with db.open_for("the cast"):
        Exclusion.objects.create(person=shift.ann, excluded=shift.sergeant, since=AT)
    assert talk(shift, shift.ann) is None
    assert talk(shift, shift.ben) == shift.sergeant.pk


def test_a_trained_peer_of_the_team_stands_in(shift: Shift) -> None:
    peer = care_cast.qualified(shift.member("Pat"), skill="peer-support")
    assert talk(shift, shift.ann, shift.sergeant) == peer.pk
    with db.open_for("the cast"):
        StandDown.objects.create(person=peer, since=cast.TODAY, said_at=AT)
    assert Qualification.objects.count() == 1
    assert talk(shift, shift.ann, shift.sergeant) is None


def test_a_manager_who_left_is_not_asked(shift: Shift) -> None:
    renumber(shift.sergeant, "1", cast.TODAY)
    assert talk(shift, shift.ann) is None


def test_whoever_has_no_team_and_no_manager_is_the_coordinators(shift: Shift) -> None:
    assert talk(shift, cast.person(shift.force, "Una")) is None


def test_nobody_talks_with_themselves(shift: Shift) -> None:
    assert talk(shift, shift.sergeant) is None
