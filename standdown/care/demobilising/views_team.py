"""A whole team in one record."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from standdown.care.demobilising import actions, forms, opening, queries, screens
from standdown.design.form_pages import asked_or_sent, carried_out
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other


@needs(Can.DEMOBILISE)
@asked_or_sent
def team(request: HttpRequest, incident: uuid.UUID) -> HttpResponse:
    """Everybody of an incident who still waits: names to tick, one outcome, and who was different."""
    by = actor_of(request)
    people = found_or_404(opening.team(by, incident, clock.now()))
    form = forms.TeamForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid() and _recorded(request, form):
        return see_other(reverse("demobilising:duty-end"))
    shown = {
        "form": form, "people": people, "incident": incident, "capture": screens.mark_of(by),
    }  # fmt: skip
    return render(request, "care/demobilising/team.html", shown)


@needs(Can.DEMOBILISE)
@require_POST
def capture(request: HttpRequest, incident: uuid.UUID) -> HttpResponse:
    """As the team's page takes a record, for a device that sends it by itself."""
    people = found_or_404(queries.team_as_recorded(actor_of(request), incident, clock.now()))
    form = forms.TeamForm(request.POST, people=people)
    if form.is_valid() and _recorded(request, form):
        return JsonResponse({"next": reverse("demobilising:duty-end")})
    return JsonResponse({"words": screens.errors(form)}, status=422)


def _recorded(request: HttpRequest, form: forms.TeamForm) -> bool:
    def deed(_facts: object) -> None:
        taken, left = actions.record_team(by=actor_of(request), at=clock.now(), captured=form.captured())
        words = ngettext("It is recorded for %(count)s person.", "It is recorded for %(count)s people.", taken)
        messages.success(request, words % {"count": taken})
        if left:
            messages.warning(request, _("Some names were left out: they are off the list, or already decided on."))

    return carried_out(form, deed)
