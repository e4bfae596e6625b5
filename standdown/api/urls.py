"""The addresses of the API. All are public, and say so; they can be asked, and take nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from standdown.api.training import api
from standdown.foundation.gates import public

View = Callable[..., HttpResponse]


def only_asked(view: View) -> View:
    """The library's view, for GET and HEAD alone: it knows no HEAD, and describes itself to any method."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.method = "GET"
        return view(request, *args, **kwargs)

    return require_safe(asked)


described = api.urls
for pattern in described[0]:
    if isinstance(pattern, URLPattern):
        pattern.callback = public(only_asked(pattern.callback))

urlpatterns = [path("v1/", described)]
