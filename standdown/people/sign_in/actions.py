from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from standdown.audit.act import act
from standdown.foundation import db
from standdown.foundation.access import Actor, Can
from standdown.foundation.refusal import Refusal
from standdown.people.accounts.models import Account
from standdown.people.sign_in import policy, queries


class NotLetIn(Refusal):
    """Somebody tried to sign in and did not get in."""

    code = "not-let-in"


class LastWayIn(Refusal):
    """Without this nobody could sign in to the account any more."""

    code = "last-way-in"

    def __init__(self) -> None:
        super().__init__(_("This is the only way that you can sign in. Add another one first, then remove this."))


class InvitationOver(Refusal):
    """The invitation was accepted in the meantime."""

    code = "invitation-over"

    def __init__(self) -> None:
        super().__init__(_("This invitation was used. Sign in, or ask for a new invitation."))


def record_own_step(*, by: Actor, account: Account, at: dt.datetime, step: str, way: str = "") -> None:
    """Put on record what the sign-in library did for the owner of the account: signed in or out, a way in added.

    `step` and `way` are codes, such as "signed-in" and "passkey".
    """
    with act(by, Can.KEEP_OWN_ACCOUNT, on=account, at=at) as record:
        record.note(step=step)
        if way:
            record.note(way=way)


def record_failure(*, by: Actor, account: Account | None, at: dt.datetime, code: str) -> None:
    """Put on record that somebody did not get in. Without an account it stands in the national chain.

    The address that was typed is not recorded: it may be anybody's, or a password in the wrong box.
    """
    with suppress(NotLetIn), act(by, Can.KEEP_OWN_ACCOUNT, on=account or Account, at=at):
        raise NotLetIn("", code=code)


def accept_invitation(
    *,
    by: Actor,
    account: Account,
    at: dt.datetime,
    password: str | None = None,
    passkey: tuple[str, dict[str, Any]] | None = None,
) -> Account:
    """The invited person chooses how they sign in; the account becomes active.

    Either a password, or a passkey as (its name, what the browser gave). Every earlier way in ends, so that an
    invitation is also the way back for somebody who lost theirs. Raises InvitationOver when it was used meanwhile.
    """
    with act(by, Can.KEEP_OWN_ACCOUNT, on=account, at=at) as step:
        held = db.lock(Account.objects.filter(pk=account.pk)).get()
        if (held.state, held.password, held.last_login) != (account.state, account.password, account.last_login):
            raise InvitationOver
        Authenticator.objects.filter(user=held).delete()
        held.set_password(password)  # None leaves none, and ends every session all the same
        held.state = Account.State.ACTIVE
        held.save(update_fields=["password", "state"])
        if passkey is not None:
            WebAuthn.add(held, *passkey)
        step.note(step="joined", way="passkey" if passkey else "password")
        return held


def remove_passkey(*, by: Actor, account: Account, at: dt.datetime, passkey_id: int) -> None:
    """Take away one of one's own passkeys. Raises LastWayIn rather than lock the person out."""
    with act(by, Can.KEEP_OWN_ACCOUNT, on=account, at=at) as step:
        db.lock(Account.objects.filter(pk=account.pk)).get()
        if not policy.may_remove_passkey(queries.ways_in(account)):
            raise LastWayIn
        Authenticator.objects.filter(user=account, type=Authenticator.Type.WEBAUTHN, pk=passkey_id).delete()
        step.note(step="removed", way="passkey")


def remove_app(*, by: Actor, account: Account, at: dt.datetime) -> None:
    """Stop using one-time codes. Raises LastWayIn where a password would be left alone."""
    with act(by, Can.KEEP_OWN_ACCOUNT, on=account, at=at) as step:
        db.lock(Account.objects.filter(pk=account.pk)).get()
        if not policy.may_remove_app(queries.ways_in(account)):
            raise LastWayIn
        Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).delete()
        step.note(step="removed", way="totp")


def end_places(*, by: Actor, account: Account, at: dt.datetime, keep: str | None, only: int | None = None) -> int:
    """Sign the account out elsewhere: everywhere but in the session with the key `keep`, or at one place only.

    Returns the number of places that were signed out.
    """
    with act(by, Can.KEEP_OWN_ACCOUNT, on=account, at=at) as step:
        ending = UserSession.objects.filter(user=account).exclude(session_key=keep)
        if only is not None:
            ending = ending.filter(pk=only)
        sessions = list(ending)
        for one in sessions:
            one.end()
        step.note(step="signed-out-elsewhere", places=len(sessions))
        return len(sessions)
