"""For whoever keeps the installation running: is the process alive, and can it do its work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

from standdown.config import installation
from standdown.foundation import clock
from standdown.foundation.gates import public


@public
@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; it asks nothing of the database."""
    return JsonResponse({"status": "live"})


@public
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """200 when the database and the worker do their part, otherwise 503 with the names of the parts that do not.

    "degraded" (200 as well, since people must be served) when no anchor of the record was written for two hours.
    """
    at = clock.now()
    missing = installation.ready(at)
    if missing:
        return JsonResponse({"status": "not ready", "missing": missing}, status=503)
    missing = installation.degraded(at)
    if missing:
        return JsonResponse({"status": "degraded", "missing": missing})
    return JsonResponse({"status": "ready"})


app_name = "health"
urlpatterns = [path("live", live, name="live"), path("ready", ready, name="ready")]
