"""The list of contacts in words; the looks are on record before a name is shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from standdown.care.exposures.models import Exposure
from standdown.care.follow_up import queries
from standdown.care.follow_up.models import Contact, SelfReferral
from standdown.care.looks.actions import look
from standdown.care.looks.models import Look, Whom
from standdown.foundation.access import Actor, Can


@dataclass(frozen=True, slots=True)
class Page:
    """What waits for somebody."""

    contacts: list[Contact]
    asked: list[SelfReferral]
    runs: bool


def page(by: Actor, at: dt.datetime) -> Page:
    """The list; one act a force of those shown."""
    found = queries.contacts(by, at)
    for force in {one.exposure.force_id for one in found}:
        of_force = [one for one in found if one.exposure.force_id == force]
        _look(by, of_force, at)
    asked = queries.asked_to_talk(by)
    for force in {one.force_id for one in asked}:
        of_that = [one for one in asked if one.force_id == force]
        whom = [Whom(one.person_id, one.force_id) for one in of_that]
        role = "estip-coordinator"
        look(by=by, at=at, can=Can.RUN_CARE, on=of_that[0], at_whom=whom, why=Look.Why.CONTACT, role=role)
    return Page(found, asked, by.has(Can.RUN_CARE))


def whose(by: Actor, one: Exposure, at: dt.datetime) -> str:
    """Whose part in which incident a page is about; that it was opened is on record first."""
    role = "estip-coordinator" if by.holds("estip-coordinator", one.force_id) else "estip-lead"
    look(by=by, at=at, can=Can.RUN_CARE, on=one, at_whom=[one], why=Look.Why.COORDINATING, role=role)
    return _("%(name)s, %(reference)s") % {"name": one.person.full_name, "reference": one.incident.reference}


def opened(by: Actor, one: Contact, at: dt.datetime) -> None:
    """One contact is opened."""
    _look(by, [one], at)


def _look(by: Actor, contacts: list[Contact], at: dt.datetime) -> None:
    role = "estip-coordinator" if by.reach(Can.RUN_CARE).covers(contacts[0].exposure.force_id) else "colleague"
    look(
        by=by, at=at, can=Can.MAKE_CONTACT, on=contacts[0], at_whom=[one.exposure for one in contacts],
        why=Look.Why.CONTACT, role=role,
    )  # fmt: skip


def close_code(facts: dict[str, str]) -> Exposure.CloseCode:
    """The code as the action takes it."""
    return Exposure.CloseCode(facts["code"])
