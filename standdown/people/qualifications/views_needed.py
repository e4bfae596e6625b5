from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from standdown.design.downloads import download
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, needs
from standdown.foundation.tables import KINDS
from standdown.people.qualifications import demand, exports


@needs(Can.SEE_QUALIFICATIONS)
@require_safe
def needed(request: HttpRequest) -> HttpResponse:
    """What one's own force has and will need within six months."""
    by = actor_of(request)
    found = demand.own(by, clock.now())
    shown = [(force, exports.needed_rows(by, force, need)) for force, need in found]
    return render(request, "people/qualifications/needed.html", {"needs": shown})


@needs(Can.SEE_QUALIFICATIONS)
@require_safe
def needed_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as a file, CSV or XLSX. It names nobody."""
    if kind not in KINDS:
        raise Http404
    by, at = actor_of(request), clock.now()
    return download(exports.of_needed(by, demand.own(by, at), kind, clock.london_day(at)))
