"""What is read out at the start of a session: a force's own words, each version kept."""

from __future__ import annotations

import pytest

from standdown.foundation.access import Actor
from standdown.notifications.force_words import actions, queries
from standdown.notifications.force_words.policy import LIMITS
from standdown.notifications.models import ForceWordsVersion
from standdown.people.models import Force
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def force() -> Force:
    return cast.force("ashire")


@pytest.fixture
def lead(force: Force) -> Actor:
    return cast.holder(Role.WELLBEING_LEAD, force)


def write(by: Actor, force: Force, words: str, seen: int, language: str = "en") -> None:
    actions.write_words(by=by, at=cast.AT, force=force, kind=LIMITS, language=language, words=words, seen=seen)


def test_without_words_of_its_own_a_force_has_none(force: Force) -> None:
    assert queries.read_out(force.pk, LIMITS, "cy") == ("", 0)


def test_where_there_is_no_welsh_the_english_is_read(lead: Actor, force: Force) -> None:
    write(lead, force, "What is said stays here.", 0)
    assert queries.read_out(force.pk, LIMITS, "cy") == ("What is said stays here.", 1)
    write(lead, force, "Erys yma.", 0, language="cy")
    assert queries.read_out(force.pk, LIMITS, "cy") == ("Erys yma.", 1)


def test_every_version_is_kept_and_its_number_never_comes_again(lead: Actor, force: Force) -> None:
    write(lead, force, "First.", 0)
    write(lead, force, "Second.", 1)
    write(lead, force, "", 2)
    write(lead, force, "Third.", 0)
    assert queries.read_out(force.pk, LIMITS, "en") == ("Third.", 3)
    assert list(ForceWordsVersion.objects.values_list("version", "words")) == [
        (1, "First."),
        (2, "Second."),
        (3, "Third."),
    ]


def test_nothing_is_filled_in_where_words_are_read_out(lead: Actor, force: Force) -> None:
    with pytest.raises(actions.NoSuchPlaceholder) as refused:
        write(lead, force, "On {date}.", 0)
    assert str(refused.value.sentence) == (
        "{date} cannot be filled in where words are read out. Write it without braces."
    )
