"""Puts the actor on the request, leads those who have a password alone to a second way first, and ends what is idle.

A session holds when its person last asked for a page that is not public, to the minute.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from standdown.foundation import clock
from standdown.foundation.access import ANYONE, Actor
from standdown.foundation.gates import Gate
from standdown.people.accounts.models import Account
from standdown.people.roles.queries import actor_for
from standdown.people.sign_in import policy

SEEN = "seen"
_CARE = ("standdown.care.", "standdown.occupational_health.")
# In the session of somebody who came in by password and has no second way yet.
NEEDS_SECOND_WAY = "needs-second-way"
# What they may still open: the pages on which they set one up.
_SETTING_UP = frozenset({
    "mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_activate_totp", "account_reauthenticate",
    "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
})  # fmt: skip


def note(request: HttpRequest, at: dt.datetime) -> None:
    """Write down in the session that its person is there."""
    request.session[SEEN] = int(at.timestamp())


class IdleMiddleware:
    """Signs out whoever was away: ten minutes before a page of care, half an hour before any other that is not public.

    A session from before this was written down counts as seen now.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> None:
        """End the session when it is over; the view's own gate then asks to sign in again, and leads back."""
        gate: Gate | None = getattr(view, "gate", None)
        if gate is None or gate.public or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return
        if SESSION_KEY not in request.session:
            return
        at, seen = clock.now(), request.session.get(SEEN)
        idle = policy.SEEN_EACH if seen is None else at - dt.datetime.fromtimestamp(seen, dt.UTC)
        if policy.is_over(idle, of_care=view.__module__.startswith(_CARE)):
            logout(request)
            messages.info(request, _("You were away for a while, so you were signed out."))
        elif policy.is_to_be_noted(idle):
            note(request, at)


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
