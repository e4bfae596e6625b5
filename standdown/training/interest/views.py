"""A wish to be trained: telling one's lead, taking it back; the lead's list, and what is decided."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from standdown.design.form_pages import asked_or_sent, carried_out, form_page
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other, signed_in
from standdown.training.interest import actions, forms, queries, screens
from standdown.training.interest.policy import Deed


@signed_in
@asked_or_sent
def tell(request: HttpRequest) -> HttpResponse:
    """Tell one's own wellbeing lead; whom to talk to instead, where there is nobody to tell or nothing to ask for."""
    by, at = actor_of(request), clock.now()
    page = found_or_404(screens.telling(by, at))
    if page.why:
        return render(request, "training/interest/cannot.html", {"page": page})
    form = forms.TellForm(request.POST or None, courses=page.courses, bases=page.bases, initial=page.initial)
    if request.method == "POST" and form.is_valid() and carried_out(form, lambda facts: _tell(request, page, facts)):
        return see_other(reverse("mine:page"))
    return render(request, "training/interest/tell.html", {"page": page, "form": form})


def _tell(request: HttpRequest, page: screens.Telling, facts: dict[str, Any]) -> None:
    if actions.tell_lead(by=actor_of(request), at=clock.now(), person=page.person, **facts):
        messages.success(request, _("Your wellbeing lead was told. Nothing is booked: they decide, and you will hear."))
    else:
        messages.warning(request, screens.nobody_told(page.hears))


@signed_in
@asked_or_sent
def take_back(request: HttpRequest, interest: uuid.UUID) -> HttpResponse:
    """Take one's wish back."""
    found = found_or_404(queries.own(actor_of(request), interest))
    return form_page(
        request, django_forms.Form(request.POST if request.method == "POST" else None),
        lambda _facts: actions.take_back(by=actor_of(request), at=clock.now(), interest=found),
        title=_("Take back what you told your wellbeing lead?"), button=_("Take it back"),
        done=_("It was taken back."), back=reverse("mine:page"),
        words=_("Your name goes off their list. You can tell them again whenever you like."),
    )  # fmt: skip


@needs(Can.DECIDE_INTEREST)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Who would like to be trained, where cover is thinnest first."""
    names = queries.told(actor_of(request), clock.now())
    return render(request, "training/interest/list.html", {"lists": screens.lists(names)})


@needs(Can.DECIDE_INTEREST)
@asked_or_sent
def decide(request: HttpRequest, interest: uuid.UUID) -> HttpResponse:
    """One name: what they told, how thin cover is where they work; put forward, ask, keep or not now."""
    by = actor_of(request)
    found = found_or_404(queries.one_told(by, interest, clock.now()))
    state = screens.state_of(found)
    if not state.open:
        return render(request, "training/interest/decided.html", {"one": found, "state": state})
    form = forms.DecideForm(request.POST or None, held=state.held, name=found.name)
    if request.method == "POST" and form.is_valid() and carried_out(form, lambda facts: _decide(request, found, facts)):
        return see_other(reverse("interest:list"))
    return render(request, "training/interest/one.html", {"one": found, "state": state, "form": form})


def _decide(request: HttpRequest, found: queries.Told, facts: dict[str, str]) -> None:
    by, at, deed = actor_of(request), clock.now(), Deed(facts["decision"])
    if deed is Deed.ASK_LINE_MANAGER:
        actions.ask_line_manager(by=by, at=at, interest=found.interest)
        messages.success(request, _("The line manager was asked. Their answer comes to you, not through Standdown."))
        return
    action = actions.keep_for_later if deed is Deed.KEEP else actions.not_now
    if action(by=by, at=at, interest=found.interest):
        messages.success(request, _("%(name)s was told.") % {"name": found.name})
    else:
        words = _("This is recorded. %(name)s has no e-mail address, so please tell them yourself.")
        messages.warning(request, words % {"name": found.name})
