"""Exercises: which were run, beginning one, moving its clock on, ending it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms as plain
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from standdown.care.exercises import actions, forms, queries
from standdown.design.form_pages import asked_or_sent, form_page
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs


@needs(Can.RUN_DRILL)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The exercise that runs, and those that were run."""
    found = queries.drills(actor_of(request))
    page = {
        "running": [one for one in found if one.ended_at is None],
        "over": [one for one in found if one.ended_at is not None],
    }  # fmt: skip
    return render(request, "care/exercises/list.html", page)


@needs(Can.RUN_DRILL)
@asked_or_sent
def begin(request: HttpRequest) -> HttpResponse:
    """Begin an exercise in one's own force."""
    by, force = actor_of(request), queries.force(actor_of(request))
    if force is None:
        raise Http404
    return form_page(
        request, forms.BeginForm(request.POST or None),
        lambda facts: actions.begin_drill(by=by, at=clock.now(), force=force, people=facts["people"]),
        title=_("Begin an exercise"), button=_("Begin the exercise"), back=reverse("exercises:list"),
        done=_("The exercise has begun. Its incident stands on the board."),
        words=_("Everybody in it is made up, and nothing is sent to them. Ending it takes all of it away."),
    )  # fmt: skip


def _drill(request: HttpRequest, key: uuid.UUID) -> Any:
    return found_or_404(queries.drill(actor_of(request), key))


@needs(Can.RUN_DRILL)
@asked_or_sent
def move(request: HttpRequest, drill: uuid.UUID) -> HttpResponse:
    """Move the clock of an exercise on."""
    by, found = actor_of(request), _drill(request, drill)
    return form_page(
        request, forms.MoveForm(request.POST or None, moves=queries.moves()),
        lambda facts: actions.move_clock(by=by, at=clock.now(), drill=found, hours=facts["hours"]),
        title=_("Move the clock of the exercise on"), button=_("Move it on"), back=reverse("exercises:list"),
        done=_("The clock was moved on. What has become due is told within a minute."),
        words=_("Everything in the exercise then lies so much further back. It cannot be moved back again."),
    )  # fmt: skip


@needs(Can.RUN_DRILL)
@asked_or_sent
def end(request: HttpRequest, drill: uuid.UUID) -> HttpResponse:
    """End an exercise, and take away everything of it."""
    by, found = actor_of(request), _drill(request, drill)
    return form_page(
        request, plain.Form(request.POST if request.method == "POST" else None),
        lambda _facts: actions.end_drill(by=by, at=clock.now(), drill=found),
        title=_("End the exercise?"), button=_("End it and take it away"), back=reverse("exercises:list"),
        done=_("The exercise is over, and everything of it was taken away."),
        words=_("Its incident, its people and all that was recorded about them go. Only that it was run is kept."),
    )  # fmt: skip
