"""Puts the actor on the request, and leads those who have a password alone to a second way first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from standdown.foundation import clock
from standdown.foundation.access import ANYONE, Actor
from standdown.foundation.gates import Gate
from standdown.people.accounts.models import Account
from standdown.people.roles.queries import actor_for

# In the session of somebody who came in by password and has no second way yet.
NEEDS_SECOND_WAY = "needs-second-way"
# What they may still open: the pages on which they set one up.
_SETTING_UP = frozenset({
    "mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_activate_totp", "account_reauthenticate",
    "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
})  # fmt: skip


class ActorMiddleware:
    """Who is asking: decided anew at each request, so that an ended role or access is gone at the next."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = cast("Actor", SimpleLazyObject(lambda: _actor(request)))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Send somebody with a password alone to the page where they add a second way to sign in."""
        gate: Gate | None = getattr(view, "gate", None)
        if gate is None or gate.public or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in _SETTING_UP or not request.session.get(NEEDS_SECOND_WAY):
            return None
        return redirect("mfa_index")


def _actor(request: HttpRequest) -> Actor:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ANYONE
    user = request.user
    if not isinstance(user, Account) and not user.is_authenticated:
        if SESSION_KEY in request.session:  # access ended, or the password changed: nothing of the session is kept
            request.session.flush()
        return ANYONE
    return actor_for(user, clock.london_day(clock.now()))
