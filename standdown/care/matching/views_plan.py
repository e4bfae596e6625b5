"""Planning all groups of a major incident at once: the plan, how good it is, and confirming it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from standdown.care.matching import actions, forms, queries, screens_plan
from standdown.care.matching.words import NothingToPlan
from standdown.design.form_pages import asked_or_sent
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other


def _incident(request: HttpRequest, key: uuid.UUID) -> Any:
    return found_or_404(queries.incident(actor_of(request), key))


@needs(Can.RUN_CARE)
@asked_or_sent
def plan(request: HttpRequest, incident: uuid.UUID) -> HttpResponse:
    """The sessions that wait and the latest plan for them; a POST plans them all anew."""
    of, by, at = _incident(request, incident), actor_of(request), clock.now()
    if request.method == "POST":
        actions.plan_all(by=by, at=at, incident=of)
        return see_other(reverse("matching:plan", args=[of.pk]))
    form = forms.PageForm(request.GET)
    number = form.cleaned_data["page"] if form.is_valid() else None
    page = screens_plan.plan_page(by, of, at, number or 1)
    return render(request, "care/matching/plan.html", {"page": page})


@needs(Can.RUN_CARE)
@require_POST
def confirm(request: HttpRequest, incident: uuid.UUID) -> HttpResponse:
    """Ask everybody whom the plan on the page proposes."""
    of, form = _incident(request, incident), forms.ConfirmForm(request.POST)
    found = queries.latest_plan(of)
    if found is None or not form.is_valid() or form.cleaned_data["plan"] != found.pk:
        raise NothingToPlan
    asks = actions.confirm_plan(by=actor_of(request), at=clock.now(), of=found)
    done = ngettext("%(count)s person is asked.", "%(count)s people are asked.", len(asks))
    messages.success(request, done % {"count": len(asks)})
    return see_other(reverse("matching:plan", args=[of.pk]))
