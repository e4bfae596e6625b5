"""People for journeys of care, for the hand on the database of a Standdown that runs (tests/journeys/hand.py).

The demonstration has one account for each role; here come a crew whose people can sign in, and defusers, some of them
busy already.
"""

from __future__ import annotations

import datetime as dt
import itertools
import os
import uuid
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "standdown.config.settings")

import django

django.setup()

from standdown.foundation import clock, db  # noqa: E402 -- Django has to be set up first
from standdown.people.models import (  # noqa: E402
    Account,
    Force,
    LineManagement,
    Person,
    Posting,
    Qualification,
    RoleGrant,
)
from tests import care_cast, cast  # noqa: E402

WHO = "a journey"
NAMES = (
    ("Abigail", "Thorne"), ("Bryn", "Kestrel"), ("Cerys", "Holloway"), ("Dominic", "Fairley"), ("Esther", "Lindqvist"),
    ("Farid", "Mostyn"), ("Gwilym", "Penrose"), ("Hazel", "Ollerton"), ("Imran", "Quayle"), ("Jodie", "Rushworth"),
    ("Kofi", "Sandiford"), ("Leila", "Tredwell"), ("Marcus", "Umney"), ("Niamh", "Vickers"), ("Oscar", "Wainfleet"),
)  # fmt: skip


def people(force: str, crew: int, with_account: int, defusers: int) -> dict[str, Any]:
    """A crew without a role, the first of whom can sign in; two of the control room; and defusers, who all can.

    They are new, so that neither a shift pattern nor another incident of the demonstration binds them.
    """
    of, now = Force.objects.get(slug=force), clock.now()
    sergeant = RoleGrant.objects.get(force=of, role="supervisor").person
    made = [
        cast.person(of, given, family_name=family, kind=kind)
        for (given, family), kind in zip(NAMES, itertools.cycle(("officer", "staff", "special")), strict=False)
    ][: crew + defusers]
    scene, control, leading = made[: crew - 2], made[crew - 2 : crew], made[crew:]
    with db.one_transaction(), db.open_for(WHO):
        for one in made:
            LineManagement.objects.create(person=one, manager=sergeant, since=dt.date(2020, 1, 1))
        ways = {one.pk: _account(one, now) for one in (*scene[:with_account], *leading)}
    for one in leading:
        care_cast.qualified(one)
    return {
        "scene": [_said(one, ways) for one in scene],
        "control": [_said(one, ways) for one in control],
        "defusers": [_said(one, ways) for one in leading],
    }


def _account(of: Person, now: dt.datetime) -> str:
    found = Account.objects.filter(person=of).first()
    if found is None:
        found = Account(person=of, email=of.work_email, state="active", demonstration=True, created_at=now)
        found.set_unusable_password()
        found.save(force_insert=True)
    return str(found.pk)


def _said(who: Person, ways: dict[uuid.UUID, str]) -> dict[str, str]:
    number = Posting.objects.get(person=who, until=None).number
    return {"name": who.full_name, "number": number, "address": who.work_email, "account": ways.get(who.pk, "")}


def busy(force: str, addresses: list[str], sessions: int) -> dict[str, Any]:
    """Let these defusers have led so many sessions in the days before yesterday, of people of nobody's concern here."""
    of, now = Force.objects.get(slug=force), clock.now()
    incident = care_cast.incident(of, ended_at=now - dt.timedelta(days=12), raised_at=now - dt.timedelta(days=12))
    for who in Person.objects.filter(work_email__in=addresses):
        for number in range(sessions):
            starts = now - dt.timedelta(days=3 + number)
            care_cast.defusing(
                incident, defuser=who, state="held", starts_at=starts, ends_at=starts + dt.timedelta(hours=1),
                held_at=starts,
            )  # fmt: skip
    return {}


def let_in(force: str, role: str) -> dict[str, Any]:
    """Give a way in to whoever holds that role in a force, and the number of somebody who serves there."""
    grant = RoleGrant.objects.filter(force__slug=force, role=role).select_related("person").get()
    with db.one_transaction(), db.open_for(WHO):
        way = _account(grant.person, clock.now())
    serving = Person.objects.filter(home_force__slug=force, postings__until=None)
    colleague = serving.exclude(pk__in=RoleGrant.objects.values("person")).order_by("pk")[0]
    return {"holder": _said(grant.person, {grant.person_id: way}), "colleague": _said(colleague, {})}


def unqualified(force: str, but: list[str]) -> dict[str, Any]:
    """Let everybody of that force but these be off the register of who can defuse."""
    with db.open_for(WHO):
        rows = Qualification.objects.filter(force__slug=force).exclude(person__work_email__in=but)
        return {"taken": rows.update(valid_until=clock.london_day(clock.now()))}
