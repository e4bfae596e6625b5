"""The list of occupational health; the looks are on record before a name is shown."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from standdown.care.exposures.models import Exposure
from standdown.care.looks.actions import look
from standdown.care.looks.models import Look, Whom
from standdown.care.referrals import queries
from standdown.care.referrals.models import EstimBooking, Referral
from standdown.foundation.access import Actor, Can


def page(by: Actor, at: dt.datetime) -> list[Referral]:
    """What waits for occupational health."""
    found = queries.waiting(by)
    for force in {one.force_id for one in found}:
        _look(by, [one for one in found if one.force_id == force], at)
    return found


def whom(by: Actor, one: Exposure, at: dt.datetime) -> str:
    """Who is to be referred, and on what terms; that it was opened is on record first."""
    _look_as_coordinator(by, one, at)
    words = _("%(name)s. Nobody is referred without their consent. Nothing of what was said goes along.")
    return words % {"name": one.person.full_name}


def whose(by: Actor, one: Exposure, at: dt.datetime) -> str:
    """Whose structured meeting it is, and of which incident; that it was opened is on record first."""
    _look_as_coordinator(by, one, at)
    return _("%(name)s, %(reference)s") % {"name": one.person.full_name, "reference": one.incident.reference}


def _look_as_coordinator(by: Actor, one: Exposure, at: dt.datetime) -> None:
    role = "estip-coordinator" if by.holds("estip-coordinator", one.force_id) else "estip-lead"
    look(by=by, at=at, can=Can.RUN_CARE, on=one, at_whom=[one], why=Look.Why.COORDINATING, role=role)


def opened(by: Actor, one: Referral, at: dt.datetime) -> str:
    """Whose referral a page is about, and who sees what is said there; the look is on record first."""
    _look(by, [one], at)
    return _("%(name)s. Whoever sent it sees only this state.") % {"name": one.person.full_name}


def _look(by: Actor, found: list[Referral], at: dt.datetime) -> None:
    whom = [Whom(one.person_id, one.force_id, one.exposure_id) for one in found]
    look(
        by=by, at=at, can=Can.RECEIVE_REFERRAL, on=found[0], at_whom=whom, why=Look.Why.REFERRAL,
        role="occupational-health",
    )  # fmt: skip


def as_state(facts: dict[str, str]) -> Referral.State:
    """The state as the action takes it."""
    return Referral.State(facts["state"])


def as_there(facts: dict[str, str]) -> EstimBooking.There:
    """The tick as the action takes it."""
    return EstimBooking.There(facts["there"])
