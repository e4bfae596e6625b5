"""The versions of a programme: what ships, what a force made of it, what holds today and what is to come."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from standdown.care.programme import actions, forms, queries, screens
from standdown.design.form_pages import asked_or_sent, form_page
from standdown.foundation import access, clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other


@needs(Can.SEE_PROGRAMME)
@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """What holds in one's force today, what is scheduled or in preparation, and what comes with Standdown."""
    by, today = actor_of(request), clock.london_day(clock.now())
    page = {
        "shelves": [
            (shelf.force, screens.name_of(shelf.holds), shelf.holds, [screens.line(one) for one in shelf.own])
            for shelf in queries.shelves(by, today)
        ],
        "shipped": [(screens.name_of(one), one) for one in queries.shipped(by)],
    }
    return render(request, "care/programme/versions.html", page)


@needs(Can.SEE_PROGRAMME)
@require_safe
def one(request: HttpRequest, programme: uuid.UUID) -> HttpResponse:
    """One version: its windows, its words, who is told of what. Nobody's name is in it."""
    by, at = actor_of(request), clock.now()
    found = found_or_404(queries.version(by, programme))
    today = clock.london_day(at)
    holds = queries.in_force(found.force_id, today) if found.force_id else None
    page = {
        "page": screens.version(found, queries.state_of(found, holds, today), at),
        "keeps": found.force_id is not None and access.allows(by, Can.KEEP_PROGRAMME, found),
        "copies_for": queries.force_to_copy_for(by),
    }
    return render(request, "care/programme/one.html", page)


@needs(Can.KEEP_PROGRAMME)
@require_POST
def copy(request: HttpRequest, programme: uuid.UUID) -> HttpResponse:
    """Copy a version into a draft of one's force."""
    by = actor_of(request)
    found, force = queries.version(by, programme), queries.force_to_copy_for(by)
    if found is None or force is None:
        raise Http404
    made = actions.copy(by=by, at=clock.now(), programme=found, force=force)
    messages.success(request, _("This is your force's own draft. Nothing holds until you schedule it."))
    return see_other(reverse("care_programme:one", args=[made.pk]))


@needs(Can.KEEP_PROGRAMME)
@asked_or_sent
def schedule(request: HttpRequest, programme: uuid.UUID) -> HttpResponse:
    """Publish a draft from a day on."""
    by = actor_of(request)
    found = found_or_404(queries.kept(by, programme))
    return form_page(
        request, forms.ScheduleForm(request.POST or None),
        lambda facts: actions.schedule(by=by, at=clock.now(), programme=found, first_day=facts["first_day"]),
        title=_("Schedule this version"), button=_("Schedule it"),
        done=_("The version is scheduled. Incidents that run keep the version that they began with."),
        back=reverse("care_programme:one", args=[programme]),
        words=_("From that day on every new incident begins with it. Once published, a version never changes."),
        template="care/programme/form.html",
    )  # fmt: skip


@needs(Can.KEEP_PROGRAMME)
@require_POST
def withdraw(request: HttpRequest, programme: uuid.UUID) -> HttpResponse:
    """Take a scheduled version back before it begins."""
    by = actor_of(request)
    found = found_or_404(queries.kept(by, programme))
    actions.withdraw(by=by, at=clock.now(), programme=found)
    messages.success(request, _("The version is a draft again."))
    return see_other(reverse("care_programme:one", args=[programme]))


@needs(Can.KEEP_PROGRAMME)
@require_POST
def discard(request: HttpRequest, programme: uuid.UUID) -> HttpResponse:
    """Throw a draft away."""
    by = actor_of(request)
    found = found_or_404(queries.kept(by, programme))
    actions.discard(by=by, at=clock.now(), programme=found)
    messages.success(request, _("The draft is gone."))
    return see_other(reverse("care_programme:versions"))
