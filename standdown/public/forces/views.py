"""A force's own public page, and asking without a name that it should adopt."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from standdown.foundation import clock
from standdown.foundation.access import ANYONE
from standdown.foundation.gates import public, see_other
from standdown.people.adoption.actions import register_demand
from standdown.public.cache import Sheet, kept
from standdown.public.dates import pages
from standdown.public.dates.rows import changes, rows, together
from standdown.public.forces import queries
from standdown.public.forces.queries import PublicForce
from standdown.public.sheets import page
from standdown.training.courses import queries as courses
from standdown.training.courses.queries import PublishedCourse
from standdown.training.sessions import queries as sessions


@public
@require_safe
@kept
def force(request: HttpRequest, at: dt.datetime, course: str, force: str) -> Sheet:
    """What a force's people need to know: the next dates, and how to be put forward; or how the force adopts."""
    today = clock.london_day(at)
    facts, found = _found(course, force, today)
    dates = sessions.coming(facts.id, at, pages.MOST_ON_A_PAGE, found.slug)
    context = {"course": facts, "force": found, "is_gone": found.is_gone(today), "rows": together(rows(dates, at))}
    return page(request, "public/forces/force.html", context, at, changes(dates))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, course: str, force: str) -> HttpResponse:
    """Say, without a name, that this force should adopt the training. Never kept: the form carries a secret."""
    at = clock.now()
    today = clock.london_day(at)
    facts, found = _found(course, force, today)
    record = queries.force_record(force, today)
    if record is None or found.adopted:
        return see_other(reverse("public:force", args=(course, force)))
    if request.method == "POST":
        register_demand(by=ANYONE, force=record, at=at)
        return see_other(reverse("public:thanks", args=(course, force)))
    return render(request, "public/forces/ask.html", {"course": facts, "force": found})


@public
@require_safe
@kept
def thanks(request: HttpRequest, at: dt.datetime, course: str, force: str) -> Sheet:
    """It was counted; what else helps."""
    facts, found = _found(course, force, clock.london_day(at))
    return page(request, "public/forces/thanks.html", {"course": facts, "force": found}, at)


def _found(course: str, force: str, today: dt.date) -> tuple[PublishedCourse, PublicForce]:
    facts, found = courses.published_course(course), queries.public_force(force, today)
    if facts is None or found is None:
        raise Http404
    return facts, found
