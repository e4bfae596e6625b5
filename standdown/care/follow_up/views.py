"""Contacts that need a person, who asked to talk, and the close of somebody's part."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from standdown.care.follow_up import actions, actions_own, forms, queries, screens
from standdown.design.form_pages import asked_or_sent, form_page
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other, signed_in


@signed_in
@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """The contacts that wait for me, and who asked to talk. Each person sees that their name was shown."""
    return render(request, "care/follow_up/list.html", {"page": screens.page(actor_of(request), clock.now())})


def _contact(request: HttpRequest, key: uuid.UUID) -> Any:
    return found_or_404(queries.contact(actor_of(request), key))


@signed_in
@asked_or_sent
def record_try(request: HttpRequest, contact: uuid.UUID) -> HttpResponse:
    """I tried to reach somebody."""
    by, found = actor_of(request), _contact(request, contact)
    screens.opened(by, found, clock.now())
    form = forms.TryForm(request.POST or None)
    return form_page(
        request, form,
        lambda _facts: actions.record_try(by=by, at=clock.now(), contact=found, **form.facts()),
        title=_("Getting in touch with %(name)s") % {"name": found.exposure.person.full_name},
        button=_("Record it"), done=_("It is recorded."), back=reverse("follow_up:list"),
        words=_("Ask how they are, listen, and ask whether they would like more help. Write down nothing of it."),
    )  # fmt: skip


@needs(Can.RUN_CARE)
@asked_or_sent
def give(request: HttpRequest, contact: uuid.UUID) -> HttpResponse:
    """Give a contact to somebody."""
    by, at, found = actor_of(request), clock.now(), _contact(request, contact)
    people = queries.who_can_make_it(found, at)
    by_key = {str(one.pk): one for one in people}
    return form_page(
        request, forms.GiveForm(request.POST or None, people=people),
        lambda facts: actions.give(by=by, at=at, contact=found, to=by_key[facts["to"]]),
        title=_("Who gets in touch?"), button=_("Give it to them"), done=_("They are told that something waits."),
        back=reverse("follow_up:list"),
    )  # fmt: skip


@needs(Can.RUN_CARE)
@asked_or_sent
def close(request: HttpRequest, exposure: uuid.UUID) -> HttpResponse:
    """Close somebody's part in an incident."""
    by = actor_of(request)
    found = found_or_404(queries.exposure(by, exposure))
    return form_page(
        request, forms.CloseForm(request.POST or None),
        lambda facts: actions.close(by=by, at=clock.now(), exposure=found, code=screens.close_code(facts)),
        title=_("Close their part"), button=_("Close it"), done=_("It is closed, and they are told."),
        back=reverse("boards:incident", args=[found.incident_id]), words=screens.whose(by, found, clock.now()),
    )  # fmt: skip


@needs(Can.RUN_CARE)
@require_POST
def take_on(request: HttpRequest, asked: uuid.UUID) -> HttpResponse:
    """Take on somebody who asked to talk."""
    by = actor_of(request)
    found = found_or_404(queries.asked(by, asked))
    actions_own.take_on(by=by, at=clock.now(), asked=found)
    messages.success(request, _("You have taken them on. Get in touch with them today."))
    return see_other(reverse("follow_up:list"))
