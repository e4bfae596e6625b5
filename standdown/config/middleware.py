"""What holds for every answer: headers for the browser, and what a refusal looks like."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.db import InterfaceError, InternalError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.decorators import sync_only_middleware

from standdown.foundation import csv_files
from standdown.foundation.access import NotAllowed
from standdown.foundation.gates import Gate
from standdown.foundation.refusal import Refusal

log = logging.getLogger("standdown.requests")
Next = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]

MOST_SIGNED_OUT = 1024 * 1024  # bytes: forms only
MOST_SIGNED_IN = csv_files.MOST_BYTES + 64 * 1024  # the largest file that may be brought in, and its wrapping
# Away, locked, full, or read-only. A broken constraint or a wrong statement is a fault of ours and stays one.
_STORE_IS_DOWN = (OperationalError, InterfaceError, InternalError)
_TAKEN = ("GET", "HEAD", "POST", "OPTIONS")

_HEADERS = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), "
        "payment=(), usb=(), interest-cohort=(), publickey-credentials-get=(self), publickey-credentials-create=(self)"
    ),
    "X-Frame-Options": "DENY",
}


@sync_only_middleware
def browser_headers(get_response: Next) -> Next:
    """Close what the browser may do, and keep every page out of caches unless a view said how it may be kept."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content and request.method != "HEAD":
            response.content = render_to_string("405.html")
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


@sync_only_middleware
def body_limit(get_response: Next) -> Next:
    """Turn away what is larger than any page of ours takes, before a byte of it is read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        most = MOST_SIGNED_IN if settings.SESSION_COOKIE_NAME in request.COOKIES else MOST_SIGNED_OUT
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length > most:
            return HttpResponse(render_to_string("413.html"), status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return get_response(request)

    return middleware


class Refusals:
    """An act that is not allowed reads as 'not there'; a rule of the field that says no is a page that says why.

    What cannot be put on record, because the database is away or cannot write, is not shown: 503.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, _args: object, _kwargs: object) -> HttpResponse | None:
        """Refuse the methods that no page of ours takes, and a view at which nobody said who may knock."""
        if request.method not in _TAKEN:
            return HttpResponseNotAllowed(_TAKEN)
        if not isinstance(getattr(view, "gate", None), Gate):
            raise Http404
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal that no view caught into its page."""
        if isinstance(exception, NotAllowed):
            raise Http404 from exception
        if isinstance(exception, Refusal):
            return render(request, "design/base/refused.html", {"sentence": exception.sentence}, status=409)
        if isinstance(exception, _STORE_IS_DOWN):
            log.error("the database does not answer or cannot write: %s", type(exception).__name__)
            return HttpResponse(render_to_string("503.html"), status=HTTPStatus.SERVICE_UNAVAILABLE)
        return None


refusals = Refusals
