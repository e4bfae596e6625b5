"""Raising an incident: as supervisor or coordinator, for oneself, as a colleague who is concerned, as control room."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from standdown.care.exposures import forms, queries, raising
from standdown.care.exposures.desk import Desk, desk
from standdown.care.exposures.raising import Manner
from standdown.design.form_pages import asked_or_sent, carried_out
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other


@needs(Can.RAISE_INCIDENT)
@asked_or_sent
def raise_incident(request: HttpRequest) -> HttpResponse:
    """Raise an incident for one's own people; `?kind=` for a period of work, or several incidents."""
    manner = found_or_404(raising.OF_KIND.get(request.GET.get("kind", "")))
    return _page(request, manner)


@needs(Can.RAISE_INCIDENT)
@asked_or_sent
def raise_self(request: HttpRequest) -> HttpResponse:
    """This happened to me."""
    return _page(request, raising.OWN)


@needs(Can.RAISE_INCIDENT)
@asked_or_sent
def raise_concern(request: HttpRequest) -> HttpResponse:
    """I am concerned for a colleague."""
    return _page(request, raising.CONCERN)


@needs(Can.IMPORT_INCIDENTS)
@asked_or_sent
def raise_control_room(request: HttpRequest) -> HttpResponse:
    """Control room writes once, and sees nothing of what follows."""
    return _page(request, raising.CONTROL_ROOM)


def _page(request: HttpRequest, manner: Manner) -> HttpResponse:
    at_desk = found_or_404(desk(actor_of(request), clock.now()))
    form = manner.form(request.POST or None, desk=at_desk)
    made: list[uuid.UUID] = []

    def deed(_facts: object) -> None:
        incident = raising.recorded(at_desk, manner, form)
        if incident is not None:
            messages.success(request, _("Recorded as %(reference)s.") % {"reference": incident.reference})
            made.append(incident.pk)

    if request.method == "POST" and form.is_valid() and carried_out(form, deed) and made:
        return see_other(_next(at_desk, manner, made[0]))
    page = {"form": form, "manner": manner, "desk": at_desk, "forms": forms, "kinds": raising.OF_KIND}
    return render(request, "care/exposures/raise.html", page)


def _next(at_desk: Desk, manner: Manner, made: uuid.UUID) -> str:
    if manner is raising.CONTROL_ROOM:
        return reverse("exposures:raise-control-room")
    return reverse("boards:incident" if at_desk.runs_care else "exposures:recorded", args=[made])


@needs(Can.RAISE_INCIDENT)
@require_safe
def recorded(request: HttpRequest, incident: uuid.UUID) -> HttpResponse:
    """What whoever raised an incident sees of it afterwards: that it is recorded, and where to go next."""
    actor = actor_of(request)
    found = found_or_404(queries.raised_by(actor, incident))
    return render(request, "care/exposures/recorded.html", {"receipt": found})
