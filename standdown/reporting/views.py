from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from standdown.design.downloads import download
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs
from standdown.foundation.tables import File
from standdown.reporting import queries, screens
from standdown.reporting.forms import WhichForm

DEFUSE = "defuse"


@needs(Can.SEE_FIGURES)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """How many of those exposed were offered one step, by month, with small numbers withheld."""
    shown, step = _asked(request)
    if shown is None:
        return render(request, "reporting/figures.html", {"shown": None})
    form = WhichForm({"step": step, "last": f"{shown.last:%Y-%m}"}, lasts=shown.lasts)
    page = {"shown": shown, "page": screens.page(shown, step), "form": form, "title": screens.steps()[step]}
    return render(request, "reporting/figures.html", page)


@needs(Can.SEE_FIGURES)
@require_safe
def figures_file(request: HttpRequest) -> HttpResponse:
    """Exactly what is on screen, as CSV."""
    shown, step = _asked(request)
    return download(File(screens.file(found_or_404(shown), step), "csv"))


def _asked(request: HttpRequest) -> tuple[queries.Shown | None, str]:
    """What the address asks for; the newest table, and defusing, where it asks for what there is not."""
    step = request.GET.get("step", DEFUSE)
    try:
        last = dt.datetime.strptime(request.GET.get("last", ""), "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
    except ValueError:
        last = None
    return queries.shown(actor_of(request), last), step if step in screens.steps() else DEFUSE
