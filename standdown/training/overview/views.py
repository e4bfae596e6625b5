"""The national coordinator's first screen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import needs
from standdown.training.overview import queries


@needs(Can.PLACE_OVER_CAPACITY)
@require_safe
def national(request: HttpRequest) -> HttpResponse:
    """Dates that fill or do not, what waits for a decision, places unused, adoption by force."""
    at = clock.now()
    page = {
        "dates": queries.coming(at),
        "waiting": queries.waiting(at),
        "adoption": queries.adoption(clock.london_day(at)),
    }
    return render(request, "training/overview/national.html", page)


@needs(Can.PLACE_OVER_CAPACITY)
@require_safe
def forecast(request: HttpRequest) -> HttpResponse:
    """What each adopted force has and will need within six months."""
    return render(request, "training/overview/forecast.html", {"needs": queries.needs(clock.now())})
