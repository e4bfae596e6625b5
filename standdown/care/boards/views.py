"""The coordinator's first screen, and the page of one incident."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from standdown.care.boards import actions, forms, incident_page, queries, screens
from standdown.care.matching.forms import PageForm
from standdown.design.form_pages import asked_or_sent, form_page
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs


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
    found, form = found_or_404(queries.incident(by, incident)), PageForm(request.GET)
    number = form.cleaned_data["page"] if form.is_valid() else None
    return render(request, "care/boards/incident.html", {"page": incident_page.page(by, found, at, number or 1)})


@needs(Can.RUN_CARE)
@asked_or_sent
def hand_on(request: HttpRequest, incident: uuid.UUID) -> HttpResponse:
    """Take an incident on, or hand it on at the end of a shift."""
    by, at = actor_of(request), clock.now()
    found = found_or_404(queries.incident(by, incident))
    people = queries.coordinators(found, at)
    by_key = {str(one.pk): one for one in people}
    return form_page(
        request, forms.HandOnForm(request.POST or None, people=people),
        lambda facts: actions.hand_on(by=by, at=at, incident=found, to=by_key[facts["to"]]),
        title=_("Who goes on with this incident?"), button=_("Hand it on"),
        done=_("It is handed on, with everything that is owed in it."),
        back=reverse("boards:incident", args=[found.pk]),
    )  # fmt: skip
