"""What people decide for themselves: standing down, coming back, and where their qualifications go."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from standdown.design.form_pages import asked_or_sent, carried_out
from standdown.foundation import clock
from standdown.foundation.gates import actor_of, see_other, signed_in
from standdown.people.qualifications import actions, forms, queries


def _today() -> dt.date:
    return clock.london_day(clock.now())


def _own_key(request: HttpRequest) -> uuid.UUID:
    key = actor_of(request).person_id
    assert key is not None, "the gate let nobody else in"
    return key


@signed_in
@asked_or_sent
def stand_down(request: HttpRequest) -> HttpResponse:
    """Say that one is not available for a while; no reason is asked."""
    form = forms.StandDownForm(request.POST or None, initial={"since": _today()})
    if request.method == "POST" and form.is_valid() and carried_out(form, lambda facts: _stand_down(request, facts)):
        messages.success(request, _("You are stood down. Nobody is told but you."))
        return see_other(reverse("qualifications:stand-down"))
    return _own_page(request, form)


def _stand_down(request: HttpRequest, facts: dict[str, dt.date | None]) -> None:
    since = facts["since"] or _today()
    actions.stand_down(
        by=actor_of(request), at=clock.now(), person_id=_own_key(request), since=since, until=facts["until"]
    )


@signed_in
@require_POST
def come_back(request: HttpRequest) -> HttpResponse:
    """Be available again, with one button."""
    form = forms.ComeBackForm(request.POST)
    form.is_valid()
    by, at, person_id = actor_of(request), clock.now(), _own_key(request)
    if carried_out(form, lambda _facts: actions.come_back(by=by, at=at, person_id=person_id)):
        messages.success(request, _("You are available again."))
    else:  # pressed twice: it is as they wish
        messages.info(request, str(form.non_field_errors()[0]))
    return see_other(reverse("qualifications:stand-down"))


def _own_page(request: HttpRequest, form: forms.StandDownForm) -> HttpResponse:
    facts = {
        "form": form, "away": queries.away_from(_own_key(request), _today()), "today": _today(),
        "held": queries.own(actor_of(request), _today()),
    }  # fmt: skip
    return render(request, "people/qualifications/stand_down.html", facts)


@signed_in
@asked_or_sent
def moves(request: HttpRequest) -> HttpResponse:
    """Say whether one's qualifications go on the register of the force where one serves now."""
    move = queries.own_move(actor_of(request))
    form = forms.MoveForm(request.POST or None)
    if request.method == "POST" and move is not None and form.is_valid():
        by, at = actor_of(request), clock.now()
        if carried_out(form, lambda facts: actions.decide_move(by=by, at=at, move=move, approved=facts["approved"])):
            messages.success(request, _("Your answer is on record."))
            return see_other(reverse("qualifications:moves"))
    facts = {"form": form, "move": move, "held": queries.own(actor_of(request), _today())}
    return render(request, "people/qualifications/moves.html", facts)
