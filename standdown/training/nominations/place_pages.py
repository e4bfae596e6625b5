"""The pages of one's own place and of a release: the same behind a link and behind the sign-in, at other addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from standdown.design.form_pages import carried_out
from standdown.design.times import long_date
from standdown.foundation.access import Actor
from standdown.foundation.gates import see_other
from standdown.training.nominations import actions, feed, own_place
from standdown.training.nominations.models import Nomination, State
from standdown.training.nominations.own_place import OwnPlace
from standdown.training.nominations.place_forms import NeedsForm, ReleaseForm

FILE_NAME = "training-day.ics"
GONE = 410


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Where the pages of one place lie. `back` leads to the person's own page; empty behind a link."""

    answer: str
    place: str
    needs: str
    give_back: str
    calendar: str
    back: str = ""


def over(request: HttpRequest, words: str, *, status: int = GONE) -> HttpResponse:
    """Say calmly that there is nothing to do here any more, why, and whom to ask."""
    return render(request, "training/nominations/links/over.html", {"words": words}, status=status)


def answer(request: HttpRequest, by: Actor, page: OwnPlace, ways: Ways, consent: str) -> HttpResponse:
    """Show an offer, and take the answer to it. What is answered already is shown as it stands."""
    if page.state == State.ACCEPTED:
        return render(request, "training/nominations/links/accepted.html", {"page": page, "to": ways})
    if not page.can_answer:
        return see_other(ways.place)
    given = request.POST.get("answer")
    if given == "decline":
        actions.decline_place(by=by, at=page.at, nomination=page.nomination)
        return see_other(ways.place)
    form = _needs_form(request.POST if given == "accept" else None, page)

    def accept(facts: dict[str, Any]) -> None:
        how = Nomination.Consent(consent)
        actions.accept_place(by=by, at=page.at, nomination=page.nomination, consent=how, **facts)

    if form.is_valid() and carried_out(form, accept):
        return see_other(ways.answer)
    return render(request, "training/nominations/links/answer.html", {"page": page, "to": ways, "form": form})


def place(request: HttpRequest, page: OwnPlace, ways: Ways) -> HttpResponse:
    """One's own place as it stands: what to do next, when and how, what is needed, and whom to ask."""
    facts = {"page": page, "to": ways, "needs_kept": "needs-kept" in request.GET}
    return render(request, "training/nominations/links/place.html", facts)


def needs(request: HttpRequest, by: Actor, page: OwnPlace, ways: Ways) -> HttpResponse:
    """Say what would make the day easier, and whether the trainer may see it."""
    return _changed(
        request, _needs_form(request.POST if request.method == "POST" else None, page),
        lambda facts: actions.change_needs(by=by, at=page.at, nomination=page.nomination, **facts),
        title=_("What would make the day easier"), button=_("Keep this"), back=ways.place, done="?needs-kept",
    )  # fmt: skip


def give_back(request: HttpRequest, by: Actor, page: OwnPlace, ways: Ways) -> HttpResponse:
    """Give one's own place back, or leave the waiting list."""
    waits = page.state == State.WAITING
    words = _("Nobody asks you why. Your wellbeing lead is told that the name is off the list.")
    if not waits:
        words = _("Nobody asks you why. The place goes to whoever is next, so it cannot be kept for you.")
    return _changed(
        request, forms.Form(request.POST if request.method == "POST" else None),
        lambda _facts: actions.give_back(by=by, at=page.at, nomination=page.nomination),
        title=_("Leave the waiting list?") if waits else _("Give this place back?"),
        button=_("Leave the waiting list") if waits else _("Give the place back"),
        back=ways.place, words=_("%(day)s. %(words)s") % {"day": long_date(page.line.starts_at), "words": words},
    )  # fmt: skip


def calendar_file(page: OwnPlace) -> HttpResponse:
    """The date as a calendar file to keep."""
    response = HttpResponse(feed.calendar_of([page.nomination]), content_type=feed.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


def release(request: HttpRequest, by: Actor, page: OwnPlace, *, here: str, back: str = "") -> HttpResponse:
    """Let a line manager say whether one of their people is free on the day."""
    nomination = page.nomination
    facts = {"page": page, "name": nomination.person.full_name, "back": back}
    if nomination.release == Nomination.Release.CONFIRMED and nomination.released_by_id == by.person_id:
        return render(request, "training/nominations/links/released.html", facts)
    if not page.can_be_released:
        return over(request, _("This is decided already, or the day has come. There is nothing for you to do."))
    form = ReleaseForm(request.POST if request.method == "POST" else None)

    def deed(answered: dict[str, str]) -> None:
        action = actions.confirm_release if answered["free"] == "yes" else actions.refuse_release
        action(by=by, at=page.at, nomination=nomination)

    if request.method == "POST" and form.is_valid() and carried_out(form, deed):
        return see_other(here)
    return render(request, "training/nominations/links/release.html", {**facts, "form": form})


def _needs_form(sent: Any, page: OwnPlace) -> NeedsForm:
    before, shared = page.needs_before
    choices = own_place.needs_to_choose(page.line.delivery, before)
    return NeedsForm(sent, choices=choices, initial={"needs": before, "needs_shared": shared})


def _changed(
    request: HttpRequest, form: forms.Form, deed: Callable[[dict[str, Any]], object], *, title: str, button: str,
    back: str, words: str = "", done: str = "",
) -> HttpResponse:  # fmt: skip
    """As `form_page`, for people who may not be signed in: no word is left in their session for a later page."""
    if request.method == "POST" and form.is_valid() and carried_out(form, deed):
        return see_other(back + done)
    page = {"form": form, "page_title": title, "button": button, "back": back, "words": words}
    return render(request, "design/base/form.html", page)
