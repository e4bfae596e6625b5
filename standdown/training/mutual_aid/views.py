"""Mutual aid: what waits for an answer, asking for it, and answering."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from standdown.design.form_pages import asked_or_sent, carried_out
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other
from standdown.training.mutual_aid import actions, forms, queries
from standdown.training.nominations import forms as name_forms
from standdown.training.sessions.lines import SessionLine


def _sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if it is nothing; None for a page that is only asked for."""
    return request.POST if request.method == "POST" else None


@needs(Can.SEE_NOMINATIONS, Can.AGREE_MUTUAL_AID)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What waits for one's answer, and what else was asked."""
    by = actor_of(request)
    page = {"listing": queries.listing(by, clock.now()), "may_ask": by.has(Can.PUT_FORWARD)}
    return render(request, "training/mutual_aid/list.html", page)


@needs(Can.PUT_FORWARD)
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Choose a date that is not for one's own force."""
    page = {"dates": queries.dates(actor_of(request), clock.now())}
    return render(request, "training/mutual_aid/dates.html", page)


@needs(Can.PUT_FORWARD)
@asked_or_sent
def ask_for(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Choose one of one's own people for that date; then say why, and ask."""
    by = actor_of(request)
    date = queries.date(by, session)
    person = name_forms.as_key(request.GET.get("person"))
    if date is None or (person is None and request.method == "POST"):
        raise Http404
    if person is None:
        form = name_forms.SearchForm(request.GET)
        words = form.cleaned_data["q"] if form.is_valid() else ""
        told, found, more = queries.people(by, words)
        page = {"form": form, "words": words, "date": date, "told": told, "found": found, "more": more}
        return render(request, "training/mutual_aid/choose.html", page)
    return _ask(request, date, person)


def _ask(request: HttpRequest, date: SessionLine, person: uuid.UUID) -> HttpResponse:
    by, now = actor_of(request), clock.now()
    who = found_or_404(queries.known(by, date.id, person, now))
    form = forms.AskForm(_sent(request), who=who)
    if request.method == "POST" and form.is_valid():
        ticks = {name: bool(form.cleaned_data.get(name)) for name in ("released", "stated", "cost_agreed")}
        if carried_out(form, lambda facts: actions.ask(
            by=by, at=clock.now(), session=date.id, who=who, reason=facts["reason"], key=facts["key"], **ticks
        )):  # fmt: skip
            messages.success(request, _("Both sides are asked. You are told what comes of it."))
            return see_other(reverse("mutual_aid:list"))
    bars = [] if request.method == "POST" else queries.bars(date.id, who, now)
    page = {"form": form, "date": date, "who": who, "bars": bars}
    return render(request, "training/mutual_aid/ask.html", page)


@needs(Can.SEE_NOMINATIONS, Can.AGREE_MUTUAL_AID)
@asked_or_sent
def decide(request: HttpRequest, aid: uuid.UUID) -> HttpResponse:
    """See one request; answer it, where it waits for one's answer."""
    by, now = actor_of(request), clock.now()
    found = found_or_404(queries.one(by, aid))
    sides = [(side.value, str(queries.SIDES[side])) for side in queries.sides(by, found, now)]
    if request.method == "POST" and not sides:
        raise Http404
    form = forms.DecideForm(_sent(request), sides=sides)
    if request.method == "POST" and form.is_valid() and carried_out(form, lambda facts: actions.decide(
        by=by, at=clock.now(), aid=found, side=form.answered_for(), agreed=facts["answer"] == "yes"
    )):  # fmt: skip
        messages.success(request, _("Your answer is on record."))
        return see_other(reverse("mutual_aid:decide", args=[found.pk]))
    page = {"form": form, "sides": sides, "facts": queries.facts(found, now), "told": queries.told(found, now)}
    page |= {"open": queries.is_open(found), "name": found.nomination.person.full_name}
    return render(request, "training/mutual_aid/one.html", page)
