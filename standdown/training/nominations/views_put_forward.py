"""Putting somebody forward, in two steps: who, then for which date."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from standdown.design.form_pages import asked_or_sent, carried_out
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other
from standdown.training.nominations import actions, forms, screens_put_forward
from standdown.training.nominations.candidates import Known


@needs(Can.PUT_FORWARD)
@asked_or_sent
def put_forward(request: HttpRequest) -> HttpResponse:
    """Choose somebody; then the date, with what speaks for and against it; then put them forward."""
    person = forms.as_key(request.GET.get("person"))
    if person is None:
        return _choose(request)
    date = forms.as_key(request.POST.get("date") or request.GET.get("date"))
    who = found_or_404(screens_put_forward.who(actor_of(request), person, date, clock.now()))
    return _sent(request, who) if request.method == "POST" else _confirm(request, who, date)


def _choose(request: HttpRequest) -> HttpResponse:
    form = forms.SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    date = forms.as_key(request.GET.get("date"))
    choice = screens_put_forward.choice(actor_of(request), clock.now(), words, date)
    page = {"form": form, "choice": choice, "words": words, "date": date}
    return render(request, "training/nominations/choose.html", page)


def _confirm(request: HttpRequest, who: Known, date: uuid.UUID | None) -> HttpResponse:
    confirm = screens_put_forward.confirm(actor_of(request), who, clock.now())
    chosen = str(date) if str(date) in confirm.hints else next(iter(confirm.hints), "")
    form = forms.PutForwardForm(
        who=who, own=confirm.own, dates=confirm.dates, hints=confirm.hints, initial={"date": chosen}
    )
    return _shown(request, form, confirm)


def _sent(request: HttpRequest, who: Known) -> HttpResponse:
    """Act on what was sent. The dates are read only where the page has to be shown again."""
    form = forms.PutForwardForm(request.POST, who=who, own=screens_put_forward.is_own(actor_of(request), who))
    made: list[str] = []

    def deed(facts: dict[str, Any]) -> None:
        at = clock.now()
        done = actions.put_forward(
            by=actor_of(request), at=at, session=facts["date"], who=who, released=facts["release"] == "yes",
            stated=bool(facts.get("stated")), cost_agreed=bool(facts.get("cost_agreed")), key=facts["key"],
        )  # fmt: skip
        made.append(screens_put_forward.outcome(done, at))

    if form.is_valid() and carried_out(form, deed):
        messages.success(request, made[0])
        return see_other(reverse("nominations:board"))
    confirm = screens_put_forward.confirm(actor_of(request), who, clock.now())
    form.offer(confirm.dates, confirm.hints)
    return _shown(request, form, confirm)


def _shown(request: HttpRequest, form: forms.PutForwardForm, confirm: screens_put_forward.Confirm) -> HttpResponse:
    page = {"form": form, "confirm": confirm, "back": reverse("nominations:put-forward")}
    return render(request, "training/nominations/put_forward.html", page)
