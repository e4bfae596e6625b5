"""The pages for what went wrong.

They need no session and no database, so that they can be shown when those are gone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from standdown.foundation.gates import public


def _page(template: str, status: int) -> Callable[..., HttpResponse]:
    @public
    def page(_request: HttpRequest, *_why: Any, **_more: Any) -> HttpResponse:
        return HttpResponse(render_to_string(template), status=status)

    return page


bad_request = _page("400.html", 400)
forbidden = _page("403.html", 403)
not_found = _page("404.html", 404)  # not there, or not for these eyes: the two are the same bytes
server_error = _page("500.html", 500)
csrf_failure = _page("403_csrf.html", 403)  # most often the form was open for too long
