"""What the page of a person says about their qualifications."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from standdown.foundation.access import Actor, Can
from standdown.people.accounts.hooks import Section
from standdown.people.accounts.models import Person
from standdown.people.qualifications import queries


def of_person(by: Actor, person: Person, day: dt.date) -> Section | None:
    """Each qualification with how it stands and what keeps it current; for oneself and those who see the register."""
    oneself = by.person_id == person.pk
    if not oneself and not by.reach(Can.SEE_QUALIFICATIONS).covers(person.home_force_id):
        return None
    rows = [(str(one.skill), _row(one)) for one in queries.of_person(by, person, day)]
    links = []
    if rows and by.reach(Can.RECORD_CURRENCY).covers(person.home_force_id):
        links.append((_("Record what keeps them current"), reverse("qualifications:currency", args=[person.pk])))
    if oneself:
        links.append((_("Stand down, or come back"), reverse("qualifications:stand-down")))
    return Section(_("Qualifications"), rows, _("No qualification is recorded."), links)


def _row(one: queries.Own) -> str:
    words = [f"{one.state}.", one.keeps]
    if one.elsewhere:
        words.append(_("It stands on the register of %(force)s.") % {"force": one.elsewhere})
    return " ".join(words)
