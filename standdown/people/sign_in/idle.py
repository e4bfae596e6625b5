"""Signs out whoever was away from the screen for a while: ten minutes before a page of care, half an hour elsewhere.

A session holds when its person last asked for a page that is not public, to the minute.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from standdown.foundation import clock
from standdown.foundation.gates import Gate
from standdown.people.sign_in import policy

SEEN = "seen"
_CARE = ("standdown.care.", "standdown.occupational_health.")


def note(request: HttpRequest, at: dt.datetime) -> None:
    """Write down in the session that its person is there."""
    request.session[SEEN] = int(at.timestamp())


class IdleMiddleware:
    """Asked before any page that is not public. A session from before this was written down counts as seen now."""

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
