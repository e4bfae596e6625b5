"""What the sign-in library tells us is put on record, and a password without a second way is noted in the session."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.signals import password_changed, password_set, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_reset
from django.contrib.auth.signals import user_logged_in as let_in
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from standdown.foundation import access, clock
from standdown.people.accounts.models import Account
from standdown.people.roles.queries import actor_for
from standdown.people.sign_in import actions, middleware, queries

# The library's words for the ways in, and ours.
_WAYS = {Authenticator.Type.WEBAUTHN.value: "passkey", Authenticator.Type.RECOVERY_CODES.value: "recovery-codes"}


def _record(account: Account, step: str, way: str = "") -> None:
    at = clock.now()
    by = actor_for(account, clock.london_day(at))
    actions.record_own_step(by=by, account=account, at=at, step=step, way=_WAYS.get(way, way))


@receiver(user_logged_in)
def on_signed_in(request: HttpRequest, user: Account, **_: Any) -> None:
    """Record it with the last way that was shown; without a second way, note that one has to be set up."""
    shown = get_authentication_records(request, user)
    way = shown[-1].get("type") or shown[-1]["method"] if shown else ""
    _record(user, "signed-in", way)
    if not user.demonstration and not queries.ways_in(user).has_second_factor:
        request.session[middleware.NEEDS_SECOND_WAY] = True
        record_authentication(request, user, "password", reauthenticated=True)  # it was typed a moment ago


@receiver(let_in)
def on_let_in(request: HttpRequest, **_: Any) -> None:
    """Note that somebody is there, by whichever way they came."""
    middleware.note(request, clock.now())


@receiver(user_logged_out)
def on_signed_out(user: Account | None, **_: Any) -> None:
    """Record it, where somebody was signed in at all."""
    if user is not None:
        _record(user, "signed-out")


@receiver(user_login_failed)
def on_failure(credentials: dict[str, Any], **_: Any) -> None:
    """Record it in the chain of the force whose account was tried, or in the national one; never what was typed."""
    account = queries.account_with_address(str(credentials.get("email", "")))
    code = "password-refused"
    actions.record_failure(by=access.system("sign-in"), account=account, at=clock.now(), code=code)


@receiver(authentication_failed)
def on_code_refused(user: Account, **_: Any) -> None:
    """Record it."""
    actions.record_failure(by=access.system("sign-in"), account=user, at=clock.now(), code="code-refused")


@receiver(authenticator_added)
def on_added(request: HttpRequest, user: Account, authenticator: Authenticator, **_: Any) -> None:
    """Record a new way in. Who has just shown it need not show it again for what follows at once."""
    _record(user, "added", authenticator.type)
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        request.session.pop(middleware.NEEDS_SECOND_WAY, None)
        record_authentication(request, user, "mfa", type=authenticator.type, reauthenticated=True)


@receiver(authenticator_reset)
def on_new_codes(user: Account, **_: Any) -> None:
    """Record new recovery codes."""
    _record(user, "added", "recovery-codes")


@receiver([password_changed, password_set])
def on_password(user: Account, **_: Any) -> None:
    """Record a new password, never which."""
    _record(user, "added", "password")
