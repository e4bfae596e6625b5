"""Trainers: who has come how far, and recording the next step."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from standdown.design.form_pages import asked_or_sent, form_page
from standdown.design.times import long_date
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, needs
from standdown.training.trainers import actions, forms, queries


@needs(Can.RECORD_TRAINER_STEP)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Everybody who trains or is to, and a search for who could begin."""
    by = actor_of(request)
    form = forms.FindForm(request.GET or None)
    words = form.cleaned_data["words"] if form.is_bound and form.is_valid() else ""
    page = {"form": form, "lines": queries.listed(by, clock.now()), "found": queries.candidates(by, words)}
    return render(request, "training/trainers/list.html", page | {"words": words})


@needs(Can.RECORD_TRAINER_STEP)
@asked_or_sent
def record(request: HttpRequest, person: uuid.UUID, place: str) -> HttpResponse:
    """One person's way, and the step that comes next."""
    by, at = actor_of(request), clock.now()
    force = None if place == "national" else queries.force(by, place)
    found = queries.person(by, person, force)
    if found is None or (place != "national" and force is None):
        raise Http404
    steps = queries.history(by, person)
    dates = {str(one.pk): one for one in queries.dates_of(found, at)}
    form = _form(request, steps, dates, queries.place_of(force))

    def deed(facts: dict[str, Any]) -> object:
        seen = dates.get(facts["session"])
        return actions.record_step(
            by=by, at=at, person=found, force=force, stage=facts["stage"], on=facts["on"], session=seen
        )

    return form_page(
        request, form, deed, title=_title(found.full_name, force),
        button=_("Record the step"), done=_("The step is recorded."), back=reverse("trainers:list"),
        words=said(steps),
    )  # fmt: skip


def _form(request: HttpRequest, steps: list[Any], dates: dict[str, Any], place: str) -> forms.StepForm:
    choices = [(key, f"{long_date(one.starts_at)}, {one.reference}") for key, one in dates.items()]
    return forms.StepForm(request.POST or None, stages=queries.stages_after(steps, place), dates=choices)


def _title(name: str, force: Any) -> str:
    if force is None:
        return _("%(name)s as a national trainer") % {"name": name}
    return _("%(name)s as a trainer of %(force)s") % {"name": name, "force": force.name}


def said(steps: list[Any]) -> str:
    """The way so far, in one sentence."""
    taken = [_("%(stage)s on %(day)s") % {"stage": one.get_stage_display(), "day": long_date(one.on)} for one in steps]
    return _("So far: %(steps)s.") % {"steps": "; ".join(reversed(taken))} if taken else _("No step is recorded yet.")
