"""On paper: cards with boxes to tick, keying them in later, and the page that a person takes home."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from standdown.care.demobilising import actions, actions_numbers, forms, opening, paper, queries, screens
from standdown.design.form_pages import Facts, asked_or_sent, form_page
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs


@needs(Can.DEMOBILISE)
@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """One card to print and keep in the car: no name, no incident."""
    return _cards(request, "", 1)


@needs(Can.DEMOBILISE)
@require_safe
def cards(request: HttpRequest, incident: uuid.UUID) -> HttpResponse:
    """A card to print for each who still waits in an incident: its reference and a code, no names."""
    people = found_or_404(queries.team(actor_of(request), incident, clock.now()))
    return _cards(request, people[0].incident.reference if people else "", len(people))


def _cards(request: HttpRequest, reference: str, count: int) -> HttpResponse:
    numbers = queries.help_numbers(actor_of(request).force_id)
    shown = {
        "reference": reference, "codes": paper.codes(count), "lines": screens.card(numbers),
        "buttons": screens.BUTTONS, "needs": forms.NEEDS, "numbers": numbers.all,
    }  # fmt: skip
    return render(request, "care/demobilising/paper.html", shown)


@needs(Can.DEMOBILISE)
@asked_or_sent
def key_in(request: HttpRequest, exposure: uuid.UUID) -> HttpResponse:
    """Key a card in, as it was ticked and when it was held."""
    by, now = actor_of(request), clock.now()
    found = found_or_404(opening.card(by, exposure, now))
    form = forms.PaperForm(
        request.POST or None, steps=queries.next_steps(found), t0=found.incident.ended_at, now=now,
        day=clock.london_day(now),
    )  # fmt: skip
    return form_page(
        request, form,
        lambda _facts: actions.record(by=by, at=now, exposure=found, captured=form.captured()),
        title=_("Key in a card"), button=_("Key it in"), done=_("It is recorded. You can shred the card."),
        back=reverse("demobilising:duty-end"),
        words=_("Only what is ticked. Anything else that somebody wrote on the card stays on the card."),
    )  # fmt: skip


@needs(Can.KEEP_OWN_CARE)
@require_safe
def take_away(request: HttpRequest) -> HttpResponse:
    """What helps in the next days, in both languages, with the numbers to ring: to read, to print, to keep."""
    numbers = queries.help_numbers(actor_of(request).force_id)
    return render(request, "care/demobilising/take_away.html", {"parts": screens.take_away(numbers)})


@needs(Can.KEEP_PROGRAMME)
@asked_or_sent
def numbers(request: HttpRequest, slug: str) -> HttpResponse:
    """The force's own numbers for a bad night."""
    by = actor_of(request)
    force = found_or_404(queries.force_kept(by, slug))
    form = forms.NumbersForm(request.POST or None, initial=queries.numbers_of(by, force))

    def deed(facts: Facts) -> object:
        return actions_numbers.set_help_numbers(by=by, at=clock.now(), force=force, numbers=facts)

    return form_page(
        request, form, deed,
        title=_("Numbers for a bad night"), button=_("Save the numbers"), done=_("The numbers are saved."),
        back=reverse("me:page"),
        words=_("They stand on the card, on the page that people take home, and wherever somebody needs help now."),
    )  # fmt: skip
