"""What is done to a date once it is prepared: publish, allot, move, cancel, record as held. Who is told comes first."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from standdown.design.form_pages import asked_or_sent, carried_out, form_page
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, needs, see_other
from standdown.training.sessions import actions, choices, diary, forms, plan_forms, policy, preview, screens, sentences
from standdown.training.sessions.policy import Deed

Deeds = Callable[[dict[str, Any]], object]
Look = Callable[[dict[str, Any]], preview.Preview]


@dataclass(frozen=True, slots=True)
class Words:
    """How a page that does something to a date speaks."""

    title: str
    lead: str
    button: str
    done: str
    what: Deed
    warning: bool = False  # the button cannot be taken back


def _found(request: HttpRequest, key: uuid.UUID, deed: Deed) -> Any:
    """The date, if this actor may see it and may ever do that to such a date; else it is not there."""
    found = get_object_or_404(screens.visible(actor_of(request)), pk=key)
    if not screens.permitted(deed, found, actor_of(request)):
        raise Http404
    return found


def _stopped(deed: Deed, found: Any, at: dt.datetime) -> str:
    """Why nobody can do that to the date as it stands, in words; empty when it can be done."""
    no = policy.why_not(deed, status=found.status, starts_at=found.starts_at, ends_at=found.ends_at, at=at)
    return str(sentences.refused(no, deed, found.status, found.changed_at).sentence) if no else ""


def _page(
    request: HttpRequest, found: Any, form: django_forms.Form, words: Words, deed: Deeds, *, look: Look | None = None
) -> HttpResponse:
    """Show what would be done and who is told, or why it cannot be done now; or do it and go back to the date.

    `look` makes the messages that would be sent, for who asks to read them first.
    """
    back = reverse("sessions:one", args=[found.pk])
    previews: list[preview.Preview] = []
    if look is not None and "look" in request.POST:
        if form.is_valid():
            carried_out(form, lambda facts: previews.append(look(facts)))
    elif request.method == "POST" and form.is_valid() and carried_out(form, deed):
        messages.success(request, words.done)
        return see_other(back)
    now = clock.now()
    page = screens.page(found, actor_of(request), now)
    told = choices.told(found, now)
    stopped = "" if request.method == "POST" else _stopped(words.what, found, now)
    shown = {"form": form, "words": words, "page": page, "told": told, "back": back, "stopped": stopped}
    shown |= {"looks": look is not None, "preview": previews[0] if previews else None}
    return render(request, "training/sessions/act.html", shown)


@needs(Can.PUBLISH_SESSION)
@asked_or_sent
def publish(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Publish a date in preparation."""
    found = _found(request, session, Deed.PUBLISH)
    form = forms.SeenForm(request.POST or None, initial={"seen": found.changed_at})
    words = Words(
        _("Publish this date"),
        _("Anyone can see it from then on. It can still be moved or cancelled, and then everybody is told."),
        _("Publish"),
        _("The date is published."),
        Deed.PUBLISH,
    )
    return _page(request, found, form, words, lambda facts: actions.publish_session(
        by=actor_of(request), at=clock.now(), session=found, seen=facts["seen"]
    ))  # fmt: skip


@needs(Can.CHANGE_SESSION)
@asked_or_sent
def move(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Put a published date on another time or in another place."""
    found = _found(request, session, Deed.MOVE)
    form = plan_forms.MoveForm(request.POST or None, initial=plan_forms.initial_of(found)[0])
    words = Words(
        _("Move this date"),
        _("Its page keeps its address and says where it was. Everybody who was told of it is told again."),
        _("Move the date"),
        _("The date was moved."),
        Deed.MOVE,
    )

    def deed(facts: dict[str, Any]) -> object:
        kept: dict[str, Any] = {name: facts[name] for name in ("delivery", "platform", "place", "reason", "seen")}
        return actions.move_session(by=actor_of(request), at=clock.now(), session=found, **(form.times() | kept))

    def look(facts: dict[str, Any]) -> preview.Preview:
        return preview.of_move(found, facts | form.times(), clock.now())

    return _page(request, found, form, words, deed, look=look)


@needs(Can.CHANGE_SESSION)
@asked_or_sent
def cancel(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Call a published date off."""
    found = _found(request, session, Deed.CANCEL)
    form = forms.CancelForm(request.POST or None, initial={"seen": found.changed_at})
    words = Words(
        _("Cancel this date"),
        _("Its page stays and says that it is cancelled. This cannot be taken back; plan another date instead."),
        _("Cancel the date"),
        _("The date was cancelled."),
        Deed.CANCEL,
        warning=True,
    )
    return _page(request, found, form, words, lambda facts: actions.cancel_session(
        by=actor_of(request), at=clock.now(), session=found, reason=facts["reason"], seen=facts["seen"]
    ), look=lambda facts: preview.of_cancelling(found, facts, clock.now()))  # fmt: skip


@needs(Can.CHANGE_SESSION)
@asked_or_sent
def allot(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Change how many places a published date has, and for whom they are kept."""
    found = _found(request, session, Deed.ALLOT)
    until = found.allotments_until and clock.london_day(found.allotments_until)
    initial = {"seen": found.changed_at, "capacity": found.capacity, "until": until}
    form = forms.AllotForm(request.POST or None, plan=diary.plan_of(found), initial=initial)
    lead = _("Places that are not kept for a force go to whoever is put forward first.")
    words = Words(_("Allot places"), lead, _("Allot the places"), _("The places are allotted."), Deed.ALLOT)

    def deed(facts: dict[str, Any]) -> object:
        return actions.allot_places(
            by=actor_of(request), at=clock.now(), session=found, capacity=facts["capacity"],
            allotments=form.allotments(), seen=facts["seen"], until=facts["until"],
        )  # fmt: skip

    if request.method != "POST" and _stopped(Deed.ALLOT, found, clock.now()):
        return _page(request, found, form, words, deed)
    return form_page(
        request, form, deed, title=words.title, button=words.button, done=words.done, words=lead,
        back=reverse("sessions:one", args=[found.pk]),
    )  # fmt: skip


@needs(Can.CHANGE_SESSION)
@require_POST
def held(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Record that a date that is over took place."""
    found = _found(request, session, Deed.HOLD)
    actions.mark_held(by=actor_of(request), at=clock.now(), session=found)
    messages.success(request, _("The date is recorded as held."))
    return see_other(reverse("sessions:one", args=[found.pk]))
