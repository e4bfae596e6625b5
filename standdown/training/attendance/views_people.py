"""Who stands at the door, who would like to be called, and a force's own report."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from standdown.design.downloads import download, kind_sent
from standdown.design.form_pages import Facts, asked_or_sent, form_page
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs
from standdown.training.attendance import actions, door, exports, forms, queries, report


@needs(Can.MARK_ATTENDANCE)
@asked_or_sent
def walk_in(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Look up who stands at the door: the reason in words, and what they can do. Nothing is recorded."""
    found = get_object_or_404(queries.visible(actor_of(request)), pk=session)
    form = forms.DoorForm(request.POST or None, forces=queries.forces(found))
    answer = None
    if request.method == "POST" and form.is_valid():
        answer = door.answer(found, form.cleaned_data["who"], form.cleaned_data["force"], clock.now())
    return render(request, "training/attendance/walk_in.html", {"form": form, "session": found, "answer": answer})


@needs(Can.SEE_ROSTER)
@require_safe
def support(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """What to do when the day is too much for somebody, and one button to have them called if they agree."""
    found = get_object_or_404(queries.visible(actor_of(request)), pk=session)
    return render(request, "training/attendance/support.html", {"session": found})


@needs(Can.SEE_ROSTER)
@asked_or_sent
def call(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Have somebody of their own force call a delegate who agreed to it."""
    found = get_object_or_404(queries.visible(actor_of(request)), pk=session)
    form = forms.CallForm(request.POST or None, delegates=queries.roster(found))

    def deed(facts: Facts) -> object:
        named = found_or_404(queries.delegate(found, facts["delegate"]))
        return actions.ask_for_call(
            by=actor_of(request), at=clock.now(), session=found, nomination=named, key=facts["key"]
        )

    return form_page(
        request, form, deed,
        title=_("Have somebody of their own force call them"), button=_("Ask for the call"),
        back=reverse("attendance:support", args=[found.pk]),
        done=_("Their own coordinator is asked to call them, and they are told who it is."),
        words=_("The message says only that they would like a call. Nothing about it is kept in the training record."),
    )  # fmt: skip


@needs(Can.SEE_NOMINATIONS)
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """How the places of one's own force were used last month and in the year: rounded figures, no names."""
    own = report.forces(actor_of(request))
    asked = request.GET.get("force", "")
    force = found_or_404(next((one for one in own if one.slug == asked or not asked), None))
    return render(request, "training/attendance/report.html", {"own": own, "report": report.of(force, clock.now())})


@needs(Can.SEE_ROSTER)
@require_POST
def roster_file(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """The roster of my own date as a file: the attendance sheet."""
    by = actor_of(request)
    found = get_object_or_404(queries.visible(by), pk=session)
    return download(exports.of_roster(by, found, kind_sent(request), clock.now()))
