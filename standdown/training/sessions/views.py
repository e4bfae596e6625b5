"""The dates: the list that a national coordinator and a lead begin with, one date, and its trainers."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from standdown.design.form_pages import asked_or_sent, form_page
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other
from standdown.training.sessions import actions, choices, forms, screens
from standdown.training.sessions.policy import Deed


@needs(Can.SEE_SESSIONS)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The dates that one may see, by month: all of them for planners, their own force's for leads."""
    actor = actor_of(request)
    form = forms.FilterForm(request.GET, forces=screens.forces_to_filter(actor))
    asked = form.cleaned_data if form.is_valid() else {}
    wish = screens.Wish(**{name: value for name, value in asked.items() if value})
    page = {
        "form": form,
        "listing": screens.listing(actor, clock.now(), wish),
        "whose": screens.whose(actor),
        "may_plan": choices.may_plan(actor),
        "may_bring_in": choices.may_bring_in(actor),
    }
    return render(request, "training/sessions/list.html", page)


@needs(Can.SEE_SESSIONS)
@require_safe
def one(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """One date: facts, places, what happened to it, and what one may do."""
    found = get_object_or_404(screens.visible(actor_of(request)), pk=session)
    page = screens.page(found, actor_of(request), clock.now())
    return render(request, "training/sessions/one.html", {"page": page})


@needs(Can.PLAN_SESSION)
@asked_or_sent
def name_trainer(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Name somebody who is to run the date."""
    actor = actor_of(request)
    found = get_object_or_404(screens.visible(actor), pk=session)
    if not screens.allowed(Deed.CHANGE_TRAINERS, found, actor, clock.now()):
        raise Http404
    form = forms.TrainerForm(request.POST or None, trainers=choices.trainers_to_name(found))
    return form_page(
        request, form,
        lambda facts: actions.assign_trainer(
            by=actor, at=clock.now(), session=found, trainer=choices.trainer(facts["trainer"]),
            part=facts["part"],
        ),
        title=_("Name a trainer"), button=_("Name as trainer"), done=_("The trainer was named and told."),
        back=reverse("sessions:one", args=[found.pk]),
        words=_("Only people who hold the role of trainer on that day can be chosen. They are told at once."),
    )  # fmt: skip


@needs(Can.PLAN_SESSION)
@require_POST
def remove_trainer(request: HttpRequest, session: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Take a trainer's name off the date."""
    found = get_object_or_404(screens.visible(actor_of(request)), pk=session)
    named = found_or_404(choices.trainer_of(found, person))
    actions.remove_trainer(by=actor_of(request), at=clock.now(), session=found, trainer=named)
    messages.success(request, _("The name was taken off this date."))
    return see_other(reverse("sessions:one", args=[found.pk]))
