"""Before they go home: the list of whoever still needs five minutes, the card, and its record."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from standdown.care.demobilising import actions, forms, opening, queries, screens
from standdown.care.programme.policy import NextStep
from standdown.design.form_pages import asked_or_sent, carried_out
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other


@needs(Can.DEMOBILISE)
@require_safe
def duty_end(request: HttpRequest) -> HttpResponse:
    """Who of mine still needs five minutes before they go home, by the time that is left."""
    now = clock.now()
    rows = opening.duty_end(actor_of(request), now)
    return render(
        request,
        "care/demobilising/duty_end.html",
        _shown(request, rows=rows, lines=screens.lines(rows), teams=queries.teams(rows), now=now),
    )


@needs(Can.DEMOBILISE)
@asked_or_sent
def card(request: HttpRequest, exposure: uuid.UUID) -> HttpResponse:
    """The few lines to say, and the buttons that record what came of it."""
    by, now = actor_of(request), clock.now()
    found = found_or_404(opening.card(by, exposure, now))
    form = forms.CardForm(request.POST or None, steps=queries.next_steps(found))
    if request.method == "POST" and form.is_valid():
        captured = form.captured()
        if carried_out(form, lambda _facts: actions.record(by=by, at=now, exposure=found, captured=captured)):
            messages.success(request, _("It is recorded. Thank you."))
            return see_other(_after(captured, found.pk))
    shown = _shown(
        request, form=form, buttons=screens.BUTTONS, row=queries.row(found, now), now=now,
        trained=queries.is_trained(by, now), **screens.to_say(queries.help_numbers(found.force_id)),
    )  # fmt: skip
    return render(request, "care/demobilising/card.html", shown)


def _shown(request: HttpRequest, **facts: Any) -> dict[str, Any]:
    """What a page of these shows, with the mark by which what waits on a device is known to be this person's."""
    return facts | {"capture": screens.mark_of(actor_of(request))}


@needs(Can.DEMOBILISE)
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """What a device needs to send what it kept: a token of now, and whose session it is (a mark, no name)."""
    return JsonResponse({"token": get_token(request), "who": screens.mark_of(actor_of(request))})


@needs(Can.DEMOBILISE)
@require_POST
def capture(request: HttpRequest, exposure: uuid.UUID) -> HttpResponse:
    """As the card takes a record, for a device that sends it by itself: at once, or later when there is signal."""
    by, now = actor_of(request), clock.now()
    found = found_or_404(queries.to_open(by, now).filter(pk=exposure).first())
    form = forms.CardForm(request.POST, steps=queries.next_steps(found))
    if not form.is_valid():
        return JsonResponse({"words": screens.errors(form)}, status=422)
    captured = form.captured()
    if not carried_out(form, lambda _facts: actions.record(by=by, at=now, exposure=found, captured=captured)):
        return JsonResponse({"words": screens.errors(form)}, status=422)
    messages.success(request, _("It is recorded. Thank you."))
    return JsonResponse({"next": _after(captured, found.pk)})


def _after(captured: actions.Captured, exposure: uuid.UUID) -> str:
    if captured.proposal == NextStep.URGENT:
        return reverse("demobilising:urgent", args=[exposure])
    return reverse("demobilising:duty-end")


@needs(Can.DEMOBILISE)
@require_safe
def urgent(request: HttpRequest, exposure: uuid.UUID) -> HttpResponse:
    """Somebody needs help now: whom to ring, and handing over to a named colleague."""
    now = clock.now()
    found = found_or_404(opening.card(actor_of(request), exposure, now))
    numbers = queries.help_numbers(found.force_id)
    shown = {"row": queries.row(found, now), "numbers": numbers.all, "hand_over": screens.hand_over(found.pk)}
    return render(request, "care/demobilising/urgent.html", shown)
