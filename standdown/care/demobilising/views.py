"""Before they go home: the list of whoever still needs five minutes, the card, and its record."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from standdown.care.demobilising import actions, crisis, forms, opening, queries, screens
from standdown.care.programme.policy import NextStep
from standdown.design.form_pages import asked_or_sent, carried_out
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, needs, see_other


@needs(Can.DEMOBILISE)
@require_safe
def duty_end(request: HttpRequest) -> HttpResponse:
    """Who of mine still needs five minutes before they go home, by the time that is left."""
    now = clock.now()
    rows = opening.duty_end(actor_of(request), now)
    return render(request, "care/demobilising/duty_end.html", {"rows": rows, "lines": screens.lines(rows), "now": now})


@needs(Can.DEMOBILISE)
@asked_or_sent
def card(request: HttpRequest, exposure: uuid.UUID) -> HttpResponse:
    """The few lines to say, and the buttons that record what came of it."""
    by, now = actor_of(request), clock.now()
    found = opening.card(by, exposure, now)
    if found is None:
        raise Http404
    form = forms.CardForm(request.POST or None, steps=queries.next_steps(found))
    if request.method == "POST" and form.is_valid():
        captured = form.captured()
        if carried_out(form, lambda _facts: actions.record(by=by, at=now, exposure=found, captured=captured)):
            messages.success(request, _("It is recorded. Thank you."))
            return see_other(_after(captured, found.pk))
    shown = {
        "form": form,
        "lines": screens.CARD,
        "buttons": screens.BUTTONS,
        "row": queries.row(found, now),
        "now": now,
        "numbers": crisis.ANYBODY,
        "trained": queries.is_trained(by, now),
    }
    return render(request, "care/demobilising/card.html", shown)


def _after(captured: actions.Captured, exposure: uuid.UUID) -> str:
    if captured.proposal == NextStep.URGENT:
        return reverse("demobilising:urgent", args=[exposure])
    return reverse("demobilising:duty-end")


@needs(Can.DEMOBILISE)
@require_safe
def urgent(request: HttpRequest, exposure: uuid.UUID) -> HttpResponse:
    """Somebody needs help now: whom to ring, and handing over to a named colleague."""
    now = clock.now()
    found = opening.card(actor_of(request), exposure, now)
    if found is None:
        raise Http404
    shown = {"row": queries.row(found, now), "numbers": crisis.ANYBODY, "hand_over": screens.hand_over(found.pk)}
    return render(request, "care/demobilising/urgent.html", shown)
