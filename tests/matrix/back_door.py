"""The addresses of the product with two more that nobody agreed to. Used by the matrix's own controls."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from standdown.design import errors
from standdown.foundation.gates import public


def back_door(request: HttpRequest) -> HttpResponse:
    """A view at which nobody said who may knock."""
    return HttpResponse(b"in")


@public
def side_door(request: HttpRequest) -> HttpResponse:
    """A view that says so, but of which nobody expected it."""
    return HttpResponse(b"in")


urlpatterns = [
    path("back-door/", back_door, name="back-door"),
    path("side-door/", side_door, name="side-door"),
    path("", include("standdown.config.urls")),
]
handler404 = errors.not_found
