from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.functional import Promise

from standdown.foundation.access import Actor
from standdown.people.accounts.models import Account
from standdown.people.roles.models import ROLE_SENTENCES, RoleGrant, RoleName
from standdown.people.sign_in import policy
from standdown.people.sign_in.policy import WaysIn


@dataclass(frozen=True, slots=True)
class Passkey:
    """One of the passkeys of an account, as its owner sees it."""

    id: int
    name: str
    added_at: dt.datetime
    used_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class OwnWays:
    """The ways in of one account, for its owner's page."""

    ways: WaysIn
    passkeys: list[Passkey]
    codes_left: int | None  # unused recovery codes; None when there are none at all


@dataclass(frozen=True, slots=True)
class Place:
    """A browser in which the account is signed in."""

    id: int
    browser: str
    system: str
    since: dt.datetime
    here: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """An account of the demonstration: whom one can be, and what that role is."""

    account_id: uuid.UUID
    name: str
    role: str | Promise
    sentence: str | Promise
    force: str


def own_account(by: Actor) -> Account:
    """The account of the person who asks."""
    if by.account_id is None:
        raise Account.DoesNotExist
    return Account.objects.select_related("person").get(pk=by.account_id)


def ways_in(account: Account) -> WaysIn:
    """What this account can sign in with."""
    kinds = list(Authenticator.objects.filter(user=account).values_list("type", flat=True))
    return WaysIn(
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        password=account.has_usable_password(),
        app=Authenticator.Type.TOTP in kinds,
    )


def own_ways(account: Account) -> OwnWays:
    """What this account can sign in with, with what its owner's page shows of each."""
    held = list(Authenticator.objects.filter(user=account).order_by("created_at", "pk"))
    passkeys = [
        Passkey(one.pk, one.wrap().name, one.created_at, one.last_used_at)
        for one in held
        if one.type == Authenticator.Type.WEBAUTHN
    ]
    codes = next((one for one in held if one.type == Authenticator.Type.RECOVERY_CODES), None)
    return OwnWays(
        ways=WaysIn(
            passkeys=len(passkeys),
            password=account.has_usable_password(),
            app=any(one.type == Authenticator.Type.TOTP for one in held),
        ),
        passkeys=passkeys,
        codes_left=len(codes.wrap().get_unused_codes()) if codes else None,
    )


def places(account: Account, current: str | None) -> list[Place]:
    """Where this account is signed in, this browser (`current`, its session's key) first, then the newest."""
    found = sorted(
        UserSession.objects.purge_and_list(account),
        key=lambda one: (one.session_key == current, one.created_at),
        reverse=True,
    )
    return [
        Place(one.pk, *policy.device(one.user_agent), since=one.created_at, here=one.session_key == current)
        for one in found
    ]


def account_with_address(address: str) -> Account | None:
    """The account that signs in with this address, whatever its capitals."""
    return Account.objects.select_related("person").filter(email__iexact=address).first()


def trial_account(key: str) -> Account | None:
    """The demonstration account with that key; None for any other account or text."""
    try:
        wanted = uuid.UUID(key)
    except ValueError:
        return None
    accounts = Account.objects.select_related("person")
    return accounts.filter(pk=wanted, demonstration=True, state=Account.State.ACTIVE).first()


def trials(today: dt.date) -> list[Trial]:
    """Whom a visitor of the demonstration may be: one account for each role in each force, the busiest roles first."""
    accounts = Account.objects.filter(demonstration=True, state=Account.State.ACTIVE)
    people = {one.person_id: one for one in accounts.select_related("person__home_force")}
    grants = RoleGrant.objects.filter(person__in=people).holding_on(today).select_related("force").order_by("starts_on")
    held = {grant.person_id: grant for grant in grants}
    found: dict[tuple[int, str], Trial] = {}
    for person, account in people.items():
        grant = held.get(person)
        trial = _trial(account, grant)
        place = (policy.standing(grant.role if grant else ""), trial.force)
        if place not in found or trial.name < found[place].name:
            found[place] = trial
    return [found[place] for place in sorted(found)]


def _trial(account: Account, grant: RoleGrant | None) -> Trial:
    home = account.person.home_force
    force = grant.force if grant else home
    return Trial(
        account_id=account.pk,
        name=account.person.full_name,
        role=RoleName(grant.role).label if grant else account.person.get_kind_display(),
        sentence=ROLE_SENTENCES[grant.role] if grant else "",
        force=force.name if force else "",
    )
