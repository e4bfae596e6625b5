"""The groups of an incident: what is proposed and why, what stands, and what a coordinator does about it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from standdown.care.grouping import actions, forms, queries, refusals, screens
from standdown.design.form_pages import asked_or_sent, carried_out
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other


def _incident(request: HttpRequest, key: uuid.UUID) -> Any:
    return found_or_404(queries.incident(actor_of(request), key))


@needs(Can.RUN_CARE)
@asked_or_sent
def plan(request: HttpRequest, incident: uuid.UUID) -> HttpResponse:
    """The groups of an incident, proposed and standing; sending plans what was shown."""
    by, at, found = actor_of(request), clock.now(), _incident(request, incident)
    form = forms.ConfirmForm(request.POST or None)
    made: list[Any] = []
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["plan"]
        if carried_out(form, lambda _f: made.extend(actions.confirm(by=by, at=at, incident=found, fingerprint=seen))):
            messages.success(request, _planned(len(made)))
            return see_other(reverse("grouping:plan", args=[found.pk]))
    facts = {"page": screens.page(queries.opened(by, found, at)), "incident": found, "form": form}
    return render(request, "care/grouping/plan.html", facts)


def _planned(sessions: int) -> str:
    if not sessions:
        return _("Everybody has a place in a session that was planned already.")
    words = ngettext("%(count)s session is planned.", "%(count)s sessions are planned.", sessions)
    return words % {"count": sessions}


@needs(Can.RUN_CARE)
@require_POST
def take_back(request: HttpRequest, incident: uuid.UUID) -> HttpResponse:
    """Take planned sessions back, so that their people are placed anew."""
    by, at, found = actor_of(request), clock.now(), _incident(request, incident)
    planned = queries.planned(by, found)
    form = forms.TakeBackForm(request.POST, sessions=planned)
    if form.is_valid():
        chosen = {uuid.UUID(key) for key in form.cleaned_data["session"]}
        if carried_out(form, lambda _f: actions.take_back(by=by, at=at, incident=found, sessions=chosen)):
            messages.success(request, _("Taken back. Look at who is to be placed now."))
            return see_other(reverse("grouping:plan", args=[found.pk]))
    facts = {"page": screens.page(queries.opened(by, found, at)), "incident": found, "form": form}
    return render(request, "care/grouping/plan.html", facts)


@needs(Can.RUN_CARE)
@asked_or_sent
def move(request: HttpRequest, attendee: uuid.UUID) -> HttpResponse:
    """Move somebody into another planned session, or one of their own; a rule that forbids it says so."""
    by, at = actor_of(request), clock.now()
    seat = found_or_404(queries.seat(by, attendee))
    now = queries.opened(by, seat.exposure.incident, at)
    form = forms.MoveForm(request.POST or None, places=screens.places(now, seat.defusing_id))
    moved = request.method == "POST" and form.is_valid() and carried_out(
        form, lambda _f: actions.move(by=by, at=at, attendee=seat, to=form.target())
    )  # fmt: skip
    if moved:
        messages.success(request, _("Moved."))
        return see_other(reverse("grouping:plan", args=[seat.exposure.incident_id]))
    facts = {"form": form, "seat": seat, "incident": seat.exposure.incident}
    return render(request, "care/grouping/move.html", facts)


@needs(Can.RUN_CARE)
@require_safe
def check(request: HttpRequest, incident: uuid.UUID) -> HttpResponse:
    """May these two share a room? Answered with the rule, and never with who excluded whom."""
    by, at, found = actor_of(request), clock.now(), _incident(request, incident)
    now = queries.opened(by, found, at)
    form = forms.CheckForm(request.GET if "one" in request.GET else None, people=screens.people(now))
    facts: dict[str, Any] = {"form": form, "incident": found, "answered": form.is_bound and form.is_valid()}
    if facts["answered"]:
        two = uuid.UUID(form.cleaned_data["one"]), uuid.UUID(form.cleaned_data["other"])
        facts["may"], rule = queries.may_share(now, *two)
        facts["why"] = refusals.TOGETHER[rule] if rule else ""
        facts["names"] = [now.exposures[key].person.full_name for key in two]
    return render(request, "care/grouping/check.html", facts)


@needs(Can.RUN_CARE)
@require_safe
def times(request: HttpRequest, defusing: uuid.UUID) -> HttpResponse:
    """When a session could be: inside the window, in duty time, never on a rest day; or why nothing fits. No name."""
    found, at = queries.session(actor_of(request), defusing), clock.now()
    if found is None:
        raise Http404
    people = queries.how_many(found)
    page = screens.times(queries.sittings(found, at), people, at)
    facts = {"page": page, "session": found, "title": screens.title(people)}
    return render(request, "care/grouping/times.html", facts)
