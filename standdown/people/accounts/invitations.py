"""The link by which somebody comes to sign in for the first time: signed, for one account, once, for 72 hours."""

from __future__ import annotations

import datetime as dt

from django.core import signing
from django.utils.crypto import salted_hmac

from standdown.people.accounts import policy
from standdown.people.accounts.models import Account

_SALT = "standdown.people.accounts.invitation"


def issue(account: Account, *, at: dt.datetime) -> str:
    """A token that lets whoever holds it take up this account until 72 hours after `at`.

    Bound to the account as it stands: once it is taken up, suspended or left, the token opens nothing.
    """
    until = at + policy.INVITATION_HOLDS
    facts = {"account": str(account.pk), "stands": _standing(account), "until": int(until.timestamp())}
    return signing.dumps(facts, salt=_SALT)


def invited(token: str, *, at: dt.datetime) -> Account | None:
    """The account that this token opens at that moment; None when it is forged, too old, or has been used."""
    try:
        facts = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    account = Account.objects.select_related("person").filter(pk=facts["account"]).first()
    if account is None or at.timestamp() >= facts["until"]:
        return None
    if account.state not in {Account.State.INVITED, Account.State.ACTIVE}:
        return None
    return account if facts["stands"] == _standing(account) else None


def _standing(account: Account) -> str:
    """Changes with every sign-in and change of address, state or password, so that a link cannot be used twice."""
    value = f"{account.pk}|{account.email}|{account.state}|{account.password}|{account.last_login}"
    return salted_hmac(_SALT, value, algorithm="sha256").hexdigest()[:24]
