"""Pages behind the links of messages: no password, bound to a purpose, a person, a nomination and a moment."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from standdown.foundation.gates import public


@public
@require_safe
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Accept or decline an offer."""
    raise Http404


@public
@require_safe
def place(request: HttpRequest, token: str) -> HttpResponse:
    """See one's place."""
    raise Http404


@public
@require_safe
def release(request: HttpRequest, token: str) -> HttpResponse:
    """Release one of one's people."""
    raise Http404
