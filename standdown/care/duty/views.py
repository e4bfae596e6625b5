"""Files of duties, and the shift patterns of teams."""

from __future__ import annotations

import csv
import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from standdown.care.duty import actions, file_rows, forms, lists
from standdown.design.form_pages import asked_or_sent, carried_out, form_page
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other

USUAL_CYCLE = 10  # days


@needs(Can.KEEP_DUTY)
@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """Which files of duties were brought in, when and by whom."""
    return render(request, "care/duty/files.html", {"files": lists.files(actor_of(request))})


@needs(Can.KEEP_DUTY)
@asked_or_sent
def bring_in(request: HttpRequest) -> HttpResponse:
    """Check a file of duties, or bring it in; the page says what it did, or what is wrong in which row."""
    forces = lists.forces_of(actor_of(request))
    initial = {"force": forces[0].pk} if len(forces) == 1 else {}
    form = forms.ImportForm(request.POST or None, request.FILES or None, forces=forces, initial=initial)
    reports: list[Any] = []
    if request.method == "POST" and form.is_valid():
        carried_out(form, lambda facts: reports.append(_bring_in(request, facts)))
    return render(request, "care/duty/import.html", {"form": form, "report": reports[0] if reports else None})


def _bring_in(request: HttpRequest, facts: dict[str, Any]) -> Any:
    return actions.import_duty(
        by=actor_of(request), at=clock.now(), force=facts["force"], source=facts["file"],
        dry_run=facts["what"] == "check", progress=lambda _done, _all: None,
    )  # fmt: skip


@needs(Can.KEEP_DUTY)
@require_safe
def template(_request: HttpRequest) -> HttpResponse:
    """An example of a file of duties: the headings and a few rows."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="duties.csv"'
    writer = csv.writer(response)
    writer.writerow([column.name for column in file_rows.COLUMNS])
    writer.writerows(file_rows.EXAMPLE)
    return response


# -- shift patterns ---------------------------------------------------------------------------------------------------


@needs(Can.KEEP_DUTY)
@require_safe
def patterns(request: HttpRequest) -> HttpResponse:
    """How each team works, for when no file says who is on duty."""
    return render(request, "care/duty/patterns.html", {"lines": lists.teams(actor_of(request))})


def _team(request: HttpRequest, key: uuid.UUID) -> Any:
    return found_or_404(lists.team(actor_of(request), key))


@needs(Can.KEEP_DUTY)
@asked_or_sent
def pattern(request: HttpRequest, team: uuid.UUID) -> HttpResponse:
    """The rhythm of a team: how long its cycle is (in the address), and the shift of each of its days."""
    found = _team(request, team)
    current = lists.pattern_of(found)
    usual = current.days if current else USUAL_CYCLE
    length = forms.LengthForm(request.GET if "days" in request.GET else None, initial={"days": usual})
    days = length.cleaned_data["days"] if length.is_valid() else usual
    initial = {"since": clock.london_day(clock.now()), "anchor": current.anchor if current else None}
    form = forms.PatternForm(request.POST or None, days=days, shifts=lists.shifts_of(current), initial=initial)
    if request.method == "POST" and form.is_valid():
        deed = partial(actions.set_pattern, by=actor_of(request), at=clock.now(), team=found)
        if carried_out(form, lambda said: deed(**said)):
            messages.success(request, _("The pattern was saved."))
            return see_other(reverse("duty:patterns"))
    facts = {"form": form, "team": found, "length": length, "copies": lists.others_with_pattern(found)}
    return render(request, "care/duty/pattern.html", facts)


@needs(Can.KEEP_DUTY)
@asked_or_sent
def copy(request: HttpRequest, team: uuid.UUID) -> HttpResponse:
    """Let a team work as another does."""
    found = _team(request, team)
    initial = {"since": clock.london_day(clock.now())}
    form = forms.CopyForm(request.POST or None, teams=lists.others_with_pattern(found), initial=initial)
    deed = partial(actions.copy_pattern, by=actor_of(request), at=clock.now(), team=found)
    return form_page(
        request, form, lambda said: deed(**said), title=_("Copy a pattern for %(team)s") % {"team": found.name},
        button=_("Copy the pattern"), done=_("The pattern was copied."), back=reverse("duty:patterns"),
        words=_("Teams that relieve each other work in one rhythm and begin it on different days."),
    )  # fmt: skip


@needs(Can.KEEP_DUTY)
@asked_or_sent
def end(request: HttpRequest, team: uuid.UUID) -> HttpResponse:
    """Say that a team's pattern no longer holds."""
    found = _team(request, team)
    form = forms.EndForm(request.POST or None)
    deed = partial(actions.end_pattern, by=actor_of(request), at=clock.now(), team=found)
    return form_page(
        request, form, lambda said: deed(**said), title=_("End the pattern of %(team)s") % {"team": found.name},
        button=_("End the pattern"), done=_("The pattern ends on that day."), back=reverse("duty:patterns"),
    )  # fmt: skip
