"""The coordinator's first screen, and the page of one incident."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from standdown.care.boards import incident_page, queries, screens
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, needs


@needs(Can.RUN_CARE)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Every open incident by its clock, what is undecided, what is stuck and why; numbers, and no name."""
    at = clock.now()
    found = queries.board(actor_of(request), at)
    return render(request, "care/boards/board.html", {"board": screens.board(found, at)})


@needs(Can.RUN_CARE)
@require_safe
def incident(request: HttpRequest, incident: uuid.UUID) -> HttpResponse:
    """One incident with its people: opening it is an act, and each person sees that it was opened."""
    by, at = actor_of(request), clock.now()
    found = queries.incident(by, incident)
    if found is None:
        raise Http404
    return render(request, "care/boards/incident.html", {"page": incident_page.page(by, found, at)})
