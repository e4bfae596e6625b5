"""The national coordinator's first screen."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from standdown.design.downloads import download
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import needs
from standdown.foundation.tables import KINDS, File
from standdown.training.overview import exports, queries


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
def dates_file(_request: HttpRequest, kind: str) -> HttpResponse:
    """The coming dates with their places as a file, CSV or XLSX. It names nobody."""
    if kind not in KINDS:
        raise Http404
    at = clock.now()
    return download(File(exports.of_dates(queries.coming(at), at), kind))


@needs(Can.PLACE_OVER_CAPACITY)
@require_safe
def forecast(request: HttpRequest) -> HttpResponse:
    """What each adopted force has and will need within six months."""
    return render(request, "training/overview/forecast.html", {"needs": queries.needs(clock.now())})


@needs(Can.PLACE_OVER_CAPACITY)
@require_safe
def forecast_file(_request: HttpRequest, kind: str) -> HttpResponse:
    """The same as a file, CSV or XLSX. It names nobody."""
    if kind not in KINDS:
        raise Http404
    at = clock.now()
    return download(File(exports.of_needs(queries.needs(at), at), kind))
