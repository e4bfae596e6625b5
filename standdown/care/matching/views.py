"""Finding somebody to lead a session: the shortlist with its reasons, by hand, and asking no longer."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from standdown.care.matching import actions, forms, queries, screens
from standdown.design.form_pages import asked_or_sent, carried_out
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other


def _session(request: HttpRequest, key: uuid.UUID) -> Any:
    return found_or_404(queries.session(actor_of(request), key))


def _sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if it is nothing; None for a page that is only asked for."""
    return request.POST if request.method == "POST" else None


def _ask(request: HttpRequest, of: Any, form: forms.AskForm, *, by_hand: bool) -> bool:
    """Ask whoever was chosen; False, with the reason on the form, where a rule says no."""
    by, at = actor_of(request), clock.now()
    return form.is_valid() and carried_out(
        form,
        lambda facts: actions.ask(
            by=by, at=at, session=of, person=facts["person"], starts_at=facts["starts"], by_hand=by_hand
        ),
    )


@needs(Can.RUN_CARE)
@asked_or_sent
def find(request: HttpRequest, defusing: uuid.UUID) -> HttpResponse:
    """Who could lead the session, best first and why; why the others not; and asking one of them."""
    of = _session(request, defusing)
    form = forms.AskForm(_sent(request))
    if request.method == "POST" and _ask(request, of, form, by_hand=False):
        messages.success(request, _("They are asked. You see here when they answer."))
        return see_other(reverse("matching:find", args=[of.pk]))
    page = screens.find(actor_of(request), of, clock.now())
    return render(request, "care/matching/find.html", {"page": page, "form": form})


@needs(Can.RUN_CARE)
@asked_or_sent
def by_hand(request: HttpRequest, defusing: uuid.UUID) -> HttpResponse:
    """Everybody whom the rules allow, by name, with every time at which they could lead the session."""
    of = _session(request, defusing)
    form, search = forms.AskForm(_sent(request)), forms.SearchForm(request.GET)
    if request.method == "POST" and _ask(request, of, form, by_hand=True):
        messages.success(request, _("They are asked. You see here when they answer."))
        return see_other(reverse("matching:find", args=[of.pk]))
    sought = search.cleaned_data["q"] if search.is_valid() else ""
    page = screens.by_hand(actor_of(request), of, clock.now(), sought)
    return render(request, "care/matching/by_hand.html", {"page": page, "form": form, "search": search})


@needs(Can.RUN_CARE)
@require_POST
def take_back(request: HttpRequest, defusing: uuid.UUID) -> HttpResponse:
    """Ask somebody no longer."""
    of, form = _session(request, defusing), forms.TakeBackForm(request.POST)
    if form.is_valid():
        actions.take_back(by=actor_of(request), at=clock.now(), session=of, of=form.cleaned_data["ask"])
        messages.success(request, _("They are asked no longer."))
    return see_other(reverse("matching:find", args=[of.pk]))
