"""The first roles, given by whoever runs the machine; everything later is proposed and approved on screen."""

from __future__ import annotations

from typing import NoReturn

import typer
from django.conf import settings
from django.urls import reverse

from standdown.config.cli import say
from standdown.foundation import access, clock
from standdown.foundation.refusal import Refusal
from standdown.people.accounts import actions as account_actions
from standdown.people.accounts.queries import people_at
from standdown.people.forces.models import Force
from standdown.people.forces.queries import find_force
from standdown.people.models import Person
from standdown.people.roles.actions import grant_first
from standdown.people.roles.policy import Role

SET_UP = "set up"
ROLE: Role = typer.Argument(..., help="The role.")
EMAIL: str = typer.Argument(..., help="The work email address of the person.")


def grant(
    *,
    role: Role = ROLE,
    email: str = EMAIL,
    force: str = typer.Option("", "--force", help="The force in which it holds; without it the role is national."),
    name: str = typer.Option("", "--name", help="“Given Family”: adds the person to the national body if unknown."),
) -> None:
    """Give somebody a first role for a year, when Standdown is set up. It stands on record."""
    at = clock.now()
    where = _force(force) if force else None
    person = _person(email, where, name)
    try:
        made = grant_first(by=access.system(SET_UP), at=at, person=person, role=role, force=where)
    except Refusal as refusal:
        _stop(str(refusal.sentence))
    say.done(f"{email} holds the role {role.value} until {made.last_day:%d/%m/%Y}.")


def invite(*, email: str = EMAIL) -> None:
    """Send somebody the link with which they sign in, and print it. It holds once, for three days."""
    try:
        token = account_actions.invite_to_sign_in(
            by=access.system(SET_UP), at=clock.now(), person=_person(email, None, "")
        )
    except Refusal as refusal:
        _stop(str(refusal.sentence))
    say.done(f"{settings.ORIGIN}{reverse('sign_in_invitation', args=[token])}")


def _force(word: str) -> Force:
    try:
        found = find_force(word, clock.london_day(clock.now()))
    except Refusal as refusal:
        _stop(str(refusal.sentence))
    if found is None:
        _stop(f"No force is known as {word}. `standdown import forces` brings the list in.")
    return found


def _person(email: str, force: Force | None, name: str) -> Person:
    found = people_at(email, None)
    if len(found) > 1 and force is not None:
        found = [one for one in found if one.home_force_id == force.pk]
    if len(found) > 1:
        _stop(f"{len(found)} people have the address {email}. Correct the directory first.")
    if found:
        return found[0]
    given, _, family = name.strip().partition(" ")
    if force is not None or not family:
        _stop(f"Nobody serves with the address {email}. Bring people in first, or give --name for the national body.")
    return account_actions.add_person(
        by=access.system(SET_UP), at=clock.now(), given_name=given, family_name=family, kind=Person.Kind.STAFF,
        work_email=email, language=Person.Language.ENGLISH, force=None,
    )  # fmt: skip


def _stop(sentence: str) -> NoReturn:
    say.wrong(sentence)
    raise typer.Exit(say.WRONG)
