"""Exchanging places: each page says what will happen and who is told, then does it as one act."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from standdown.design.form_pages import asked_or_sent, carried_out, form_page
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other
from standdown.training.exchanges import actions, forms, queries
from standdown.training.nominations import forms as name_forms
from standdown.training.nominations.policy import Deed


@dataclass(frozen=True, slots=True)
class Words:
    """How a page speaks: what it does, what will happen to whom, the button, and what is said afterwards."""

    title: str
    happens: list[str]
    button: str
    done: str
    nothing: str = ""  # said in place of the form where there is nothing to choose from


def _sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if it is nothing; None for a page that is only asked for."""
    return request.POST if request.method == "POST" else None


def _found(request: HttpRequest, key: uuid.UUID, can: Can) -> Any:
    """The name, if this actor may see it and do that to it; else it is not there."""
    return found_or_404(queries.one(actor_of(request), key, can))


def _page(
    request: HttpRequest, found: Any, form: django_forms.Form, words: Words, deed: Callable[[dict[str, Any]], Any],
    *, bars: list[str], back: str = "",
) -> HttpResponse:  # fmt: skip
    """Show what would happen and who is told, or why it cannot; or do it and show the name that came of it."""
    made: list[Any] = []
    if request.method == "POST" and form.is_valid() and carried_out(form, lambda facts: made.append(deed(facts))):
        messages.success(request, words.done)
        return see_other(reverse("nominations:one", args=[made[0].pk]))
    back = back or reverse("nominations:one", args=[found.pk])
    now = clock.now()
    shown = {"form": form, "words": words, "facts": queries.facts(found, now), "bars": bars, "back": back}
    shown["here"] = request.get_full_path()  # with whom it is about, where that stands in the address
    return render(request, "training/exchanges/act.html", shown)


def _stopped(found: Any, deed: Deed, at: dt.datetime) -> list[str]:
    words = queries.stopped(found, deed, at)
    return [words] if words else []


@needs(Can.PUT_FORWARD)
@asked_or_sent
def substitute(request: HttpRequest, nomination: uuid.UUID) -> HttpResponse:
    """Choose who comes in somebody's stead; then say whether they told you so."""
    found, now = _found(request, nomination, Can.PUT_FORWARD), clock.now()
    person = name_forms.as_key(request.GET.get("person"))
    if person is None:
        return _choose(request, found)
    who = found_or_404(queries.known(actor_of(request), found, person, now))
    form = forms.SubstituteForm(_sent(request), who=who)
    bars = [] if request.method == "POST" else _stopped(found, Deed.SUBSTITUTE, now) or queries.bars(found, who, now)

    def deed(facts: dict[str, Any]) -> Any:
        ticks = {name: bool(facts.get(name)) for name in ("agreed", "stated", "cost_agreed")}
        return actions.substitute(
            by=actor_of(request), at=clock.now(), nomination=found, who=who, key=facts["key"], **ticks
        )

    back = reverse("exchanges:substitute", args=[found.pk])
    return _page(request, found, form, _substituting(found, who), deed, bars=bars, back=back)


def _substituting(found: Any, who: Any) -> Words:
    names = {"name": found.person.full_name, "other": who.person.full_name, "number": found.place_no}
    return Words(
        _("Put %(other)s in this place") % names,
        [
            _("%(other)s takes place %(number)s, and %(name)s is off the date.") % names,
            _("%(name)s is told, and an entry in their calendar is taken back.") % names,
            _("%(other)s is told. You confirm that they are free on the day.") % names,
        ],
        _("Substitute"),
        _("%(other)s comes instead of %(name)s.") % names,
    )


def _choose(request: HttpRequest, found: Any) -> HttpResponse:
    if request.method == "POST":
        raise Http404
    form = name_forms.SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    page = {
        "form": form, "words": words, "facts": queries.facts(found, clock.now()), "name": found,
        "stopped": queries.stopped(found, Deed.SUBSTITUTE, clock.now()),
        "offered": queries.offered(actor_of(request), found, words),
    }  # fmt: skip
    return render(request, "training/exchanges/choose.html", page)


@needs(Can.PUT_FORWARD)
@asked_or_sent
def transfer(request: HttpRequest, nomination: uuid.UUID) -> HttpResponse:
    """Move a name to another date."""
    found, now = _found(request, nomination, Can.PUT_FORWARD), clock.now()
    dates, hints = queries.dates(found, now)
    form = forms.TransferForm(_sent(request), dates=dates, hints=hints, home_office=found.force.home_office)
    names = {"name": found.person.full_name}
    words = Words(
        _("Move %(name)s to another date") % names,
        [
            _("A place that %(name)s has here goes to whoever is next.") % names,
            _("On the other date they are offered a place, or go on its waiting list. They are told of both."),
            _("You confirm that they are free on the new day."),
        ],
        _("Move"),
        _("The name was moved to the other date."),
        "" if dates else _("No other date is open to your force now. You are told of the next one."),
    )
    return _page(request, found, form, words, lambda facts: actions.transfer(
        by=actor_of(request), at=clock.now(), nomination=found, to_session=facts["date"],
        cost_agreed=bool(facts.get("cost_agreed")),
    ), bars=_stopped(found, Deed.TRANSFER, now) if request.method != "POST" else [])  # fmt: skip


@needs(Can.PUT_FORWARD)
@asked_or_sent
def swap(request: HttpRequest, nomination: uuid.UUID) -> HttpResponse:
    """Let two people of the force change places."""
    found, now = _found(request, nomination, Can.PUT_FORWARD), clock.now()
    partners = queries.partners(found, now)
    form = forms.SwapForm(_sent(request), partners=partners, home_office=found.force.home_office)

    def deed(facts: dict[str, Any]) -> Any:
        other = _found(request, facts["other"], Can.PUT_FORWARD)
        ticks = {name: bool(facts.get(name)) for name in ("agreed", "cost_agreed")}
        return actions.swap(by=actor_of(request), at=clock.now(), nomination=found, other=other, **ticks)[0]

    bars = [] if request.method == "POST" else _stopped(found, Deed.TRANSFER, now)
    return _page(request, found, form, _swapping(found, some=bool(partners)), deed, bars=bars)


def _swapping(found: Any, *, some: bool) -> Words:
    return Words(
        _("Swap %(name)s with somebody else") % {"name": found.person.full_name},
        [
            _("Two people of your force change places, and both are told."),
            _("On one date, who waits takes the place, and who had it takes over the position on the list."),
            _("You confirm that both are free on their new days."),
        ],
        _("Swap"),
        _("The two have changed places."),
        ""
        if some
        else _("Nobody of your force has a place or waits where a swap would help. Substitute or move instead."),
    )


@needs(Can.PLACE_OVER_CAPACITY)
@asked_or_sent
def over_capacity(request: HttpRequest, nomination: uuid.UUID) -> HttpResponse:
    """Give somebody who waits a place beyond the capacity."""
    found, now = _found(request, nomination, Can.PLACE_OVER_CAPACITY), clock.now()
    names = {"name": found.person.full_name, "capacity": found.session.capacity}
    words = Words(
        _("A place beyond the capacity"),
        [
            _("%(name)s is offered a place beyond the %(capacity)s that the date has, ahead of all who wait.") % names,
            _("It is marked as beyond the capacity for as long as it is held. That you gave it stays on record."),
            _("%(name)s is told.") % names,
        ],
        _("Offer the place"),
        _("%(name)s is offered a place beyond the capacity.") % names,
    )
    bars = [] if request.method == "POST" else _stopped(found, Deed.OVER_CAPACITY, now)
    return _page(request, found, django_forms.Form(_sent(request)), words, lambda _facts: (
        actions.place_over_capacity(by=actor_of(request), at=clock.now(), nomination=found)
    ), bars=bars)  # fmt: skip


@needs(Can.PUT_FORWARD)
@asked_or_sent
def reorder(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Put the force's own waiting names on a date into another order."""
    by, now = actor_of(request), clock.now()
    own = by.reach(Can.PUT_FORWARD).forces
    force = name_forms.as_key(request.GET.get("force")) or next(iter(sorted(own)), None)
    found = queries.waiting(by, session, force, now) if force in own and force is not None else None
    if found is None or force is None:
        raise Http404
    form = forms.OrderForm(_sent(request), names=found.names)
    return form_page(
        request, form,
        lambda _facts: actions.reorder(
            by=by, at=clock.now(), session=session, force_id=force, keys=form.wanted(), reason=form.why()
        ),
        title=_("Order of %(force)s: %(when)s") % {"force": found.force, "when": found.when},
        button=_("Put into this order"), back=reverse("nominations:date", args=[session]),
        done=_("The order was changed."),
        words=_("When it is your force's turn, number 1 is offered the place. Whose turn it is does not change."),
    )  # fmt: skip
