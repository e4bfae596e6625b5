"""The public page about what is held says what the code of care does."""

from __future__ import annotations

import pytest
from django.db import models
from django.test import Client

from standdown.care.defusing.queries import SEEN_AFTER
from standdown.care.demobilising.models import Demobilisation
from standdown.care.demobilising.policy import SHOWN_FOR
from standdown.care.mine.queries import KEPT_FOR
from standdown.foundation.can import Can
from standdown.people.roles.policy import RULES, Role
from standdown.public.tests import world

pytestmark = pytest.mark.django_db
TICKS = {
    "food": "food",
    "rest": "rest",
    "first_aid": "first aid",
    "kit": "kit",
    "transport": "the way home",
    "fit_to_drive": "the way home",
    "home_told": "somebody at home being told",
    "not_alone": "not being alone",
    "relief": "being relieved",
}


def _page(client: Client) -> str:
    return world.words(client.get("/what-we-hold/"))


def test_it_names_the_time_for_which_things_are_kept_and_seen(client: Client) -> None:
    assert (KEPT_FOR, SEEN_AFTER.days, SHOWN_FOR.days) == (6, 7, 3)
    text = _page(client)
    for words in ("kept for six years", "until a week after it", "the line goes three days later"):
        assert words in text, words


def test_it_names_every_tick_of_the_five_minutes(client: Client) -> None:
    """A tick that is added to the record has to be added to the page."""
    fields = Demobilisation._meta.concrete_fields
    ticks = {one.name for one in fields if isinstance(one, models.BooleanField)} - {"trained"}  # of whoever holds it
    assert ticks == set(TICKS)
    text = _page(client)
    for words in TICKS.values():
        assert words in text, words


def test_it_says_that_those_who_run_the_training_see_nothing_of_care(client: Client) -> None:
    care = {Can.RUN_CARE, Can.RECEIVE_REFERRAL}
    seeing = {role for role, rules in RULES.items() if rules.cans & care}
    assert seeing == {Role.ESTIP_LEAD, Role.ESTIP_COORDINATOR, Role.OCCUPATIONAL_HEALTH}
    text = _page(client)
    assert "Wellbeing leads and the national coordinator Nothing of it in that role." in text
    assert "Having declined reads like done" in text
