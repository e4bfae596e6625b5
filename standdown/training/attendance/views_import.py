"""An attendance file: chosen, read, checked by a person, and only then taken in."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from standdown.design.form_pages import Facts, asked_or_sent, carried_out
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, needs, see_other
from standdown.training.attendance import actions, forms, queries, teams_review
from standdown.training.attendance.actions import FileRead
from standdown.training.attendance.teams_text import FileRefused


@needs(Can.MARK_ATTENDANCE)
@asked_or_sent
def choose(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Choose a file, and see who in it is which delegate."""
    found = get_object_or_404(queries.visible(actor_of(request)), pk=session)
    form = forms.FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            reading = teams_review.read(found, form.cleaned_data["file"].read())
        except FileRefused as refusal:
            form.add_error("file", str(refusal.sentence))
        else:
            if queries.read_before(found, reading.digest):
                messages.info(request, _("This file was taken in before. Nothing was changed."))
                return see_other(reverse("attendance:mark", args=[found.pk]))
            return _page(request, forms.ReviewForm(session=found, reading=reading), reading)
    return render(request, "training/attendance/import.html", {"form": form, "session": found})


@needs(Can.MARK_ATTENDANCE)
@require_POST
def review(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Take in the file as somebody has checked it."""
    actor = actor_of(request)
    found = get_object_or_404(queries.visible(actor), pk=session)
    try:
        reading = teams_review.unpacked(found, request.POST.get("proposal", ""))
    except FileRefused as refusal:
        messages.warning(request, str(refusal.sentence))
        return see_other(reverse("attendance:import", args=[found.pk]))
    form = forms.ReviewForm(request.POST, session=found, reading=reading)

    def deed(facts: Facts) -> object:
        chosen = form.chosen()
        file = FileRead(reading.digest, len(reading.participants), len({key for _one, key in chosen}))
        wishes = teams_review.wishes(found, form.delegates, chosen, absent=facts["absent"])
        return actions.take_in_file(by=actor, at=clock.now(), session=found, file=file, marks=wishes)

    if form.is_valid() and carried_out(form, deed):
        messages.success(request, _("The file is taken in. Look at the marks, and change what is not right."))
        return see_other(reverse("attendance:mark", args=[found.pk]))
    return _page(request, form, reading)


def _page(request: HttpRequest, form: forms.ReviewForm, reading: teams_review.Reading) -> HttpResponse:
    session = form.session
    shown = {
        "form": form,
        "session": session,
        "people": len(reading.participants),
        "missing": teams_review.nowhere(form.proposals, form.delegates),
        "said": lambda one: teams_review.said(session, one.participant),
    }
    return render(request, "training/attendance/review.html", shown)
