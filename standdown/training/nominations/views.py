"""The wellbeing lead's first screen, the names of one date, one nomination, and what is done to it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from standdown.design.downloads import download, kind_sent
from standdown.design.form_pages import asked_or_sent, form_page
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other
from standdown.training.nominations import (
    actions,
    exports,
    forms,
    policy,
    queries,
    screens,
    screens_date,
    screens_one,
    screens_put_forward,
)
from standdown.training.nominations.policy import Deed


@needs(Can.SEE_NOMINATIONS)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The first screen of a lead, each force apart. Whoever answers for no force in particular sees the dates."""
    actor = actor_of(request)
    if not actor.reach(Can.SEE_NOMINATIONS).forces:
        return see_other(reverse("sessions:list"))
    page = {"boards": screens.board(actor, clock.now())}
    return render(request, "training/nominations/board.html", page)


@needs(Can.SEE_NOMINATIONS)
@require_safe
def date(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """The names of one date."""
    found = _date(request, session)
    page = screens_date.page(actor_of(request), found, clock.now())
    return render(request, "training/nominations/date.html", {"page": page})


def _date(request: HttpRequest, key: uuid.UUID) -> Any:
    return found_or_404(queries.visible_date(actor_of(request), key))


@needs(Can.SEE_NOMINATIONS)
@require_safe
def one(request: HttpRequest, nomination: uuid.UUID) -> HttpResponse:
    """One nomination, with all that happened to it."""
    found = _nomination(request, nomination)
    page = screens_one.page(actor_of(request), found, clock.now())
    return render(request, "training/nominations/one.html", {"page": page})


def _nomination(request: HttpRequest, key: uuid.UUID, deed: Deed | None = None) -> Any:
    """The nomination, where this actor may see it, and (where named) could ever do that to it."""
    actor = actor_of(request)
    found = queries.nomination(actor, key)
    if found is None or (deed is not None and not screens_one.permitted(deed, actor, found)):
        raise Http404
    return found


@needs(Can.PUT_FORWARD)
@asked_or_sent
def withdraw(request: HttpRequest, nomination: uuid.UUID) -> HttpResponse:
    """Take a name back, with the reason as a code."""
    found = _nomination(request, nomination, Deed.WITHDRAW)
    form = forms.WithdrawForm(request.POST or None)
    words = _("The place goes to whoever's turn it is. The person is told.")
    if found.place_no is not None and policy.is_late(found.session.starts_at, clock.now()):
        words = _("It begins in less than two days, so this counts as a late withdrawal. The person is told.")
    return form_page(
        request, form,
        lambda facts: actions.withdraw(
            by=actor_of(request), at=clock.now(), nomination=found, reason=facts["reason"]
        ),
        title=_("Take back the name of %(name)s") % {"name": found.person.full_name}, button=_("Take the name back"),
        done=_("The name is off the date."), back=reverse("nominations:one", args=[found.pk]), words=words,
    )  # fmt: skip


@needs(Can.PUT_FORWARD)
@require_POST
def confirm_release(request: HttpRequest, nomination: uuid.UUID) -> HttpResponse:
    """Confirm in the line manager's stead that the person is free on the day."""
    found = _nomination(request, nomination, Deed.RELEASE)
    at = clock.now()
    done = actions.release_as_lead(by=actor_of(request), at=at, nomination=found)
    messages.success(request, screens_put_forward.outcome(done, at))
    return see_other(reverse("nominations:one", args=[found.pk]))


@needs(Can.EXPORT_NOMINATIONS)
@require_POST
def export_force(request: HttpRequest, force: uuid.UUID) -> HttpResponse:
    """A force's names as a file."""
    found = found_or_404(queries.force_to_export(actor_of(request), force))
    return download(exports.of_force(actor_of(request), found, kind_sent(request), clock.now()))


@needs(Can.EXPORT_NOMINATIONS)
@require_POST
def export_date(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """The names of one date as a file."""
    found = _date(request, session)
    if not screens_date.exports(actor_of(request), found, queries.forces_on(actor_of(request), found)):
        raise Http404
    return download(exports.of_date(actor_of(request), found, kind_sent(request), clock.now()))
