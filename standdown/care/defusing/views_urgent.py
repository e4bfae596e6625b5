"""Handing somebody over at once to a named colleague, and taking over."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from standdown.care.defusing import actions_held, forms, queries, screens
from standdown.design.form_pages import asked_or_sent, carried_out
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other, signed_in


@signed_in
@asked_or_sent
def hand_over(request: HttpRequest, exposure: uuid.UUID) -> HttpResponse:
    """Crisis numbers first, then to whom: who, to whom, when; no reason."""
    by, at = actor_of(request), clock.now()
    found = found_or_404(screens.to_hand_over(by, exposure, at))
    one, can, led = found
    people = queries.colleagues_for(one.incident.force, clock.london_day(at), one.person_id)
    form = forms.HandOverForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        by_key = {str(person.pk): person for person in people}

        def deed(facts: dict[str, str]) -> object:
            return actions_held.hand_over(by=by, at=at, exposure=one, to=by_key[facts["to"]], can=can, led=led)

        if carried_out(form, deed):
            messages.success(request, _("They are told now. Stay with your colleague until they take over."))
            return see_other(reverse("me:page"))
    return render(request, "care/defusing/hand_over.html", {"form": form, "one": one})


@signed_in
@require_safe
def urgent(request: HttpRequest, handover: uuid.UUID) -> HttpResponse:
    """Somebody was handed over to me, or by me. Opening it is a look."""
    found = found_or_404(queries.handover(actor_of(request), handover))
    page = screens.urgent(actor_of(request), found, clock.now())
    return render(request, "care/defusing/urgent.html", {"one": page})


@signed_in
@require_POST
def take_over(request: HttpRequest, handover: uuid.UUID) -> HttpResponse:
    """I have taken over."""
    found = found_or_404(queries.handover(actor_of(request), handover))
    actions_held.take_over(by=actor_of(request), at=clock.now(), handover=found)
    messages.success(request, _("It is recorded that you have taken over."))
    return see_other(reverse("defusing:urgent", args=[found.pk]))


@needs(Can.RUN_CARE)
@require_POST
def called(request: HttpRequest, step: uuid.UUID) -> HttpResponse:
    """The call to a defuser was made."""
    found = found_or_404(next((one for one in queries.buddy_calls(actor_of(request)) if one.pk == step), None))
    actions_held.called_buddy(by=actor_of(request), at=clock.now(), step=found)
    messages.success(request, _("It is recorded that the call was made."))
    return see_other(reverse("boards:incident", args=[found.incident_id]))
