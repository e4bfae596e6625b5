"""The trainer's day: the next date, its roster, its one attendance screen, and the closing of the register."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from standdown.design.form_pages import asked_or_sent, carried_out, form_page
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, needs, see_other
from standdown.training.attendance import actions, forms, policy, queries, sentences
from standdown.training.sessions import lines


@needs(Can.SEE_ROSTER)
@require_safe
def next_date(request: HttpRequest) -> HttpResponse:
    """What a trainer opens first: the next date with its roster, and the others in short."""
    now = clock.now()
    page = queries.first_screen(actor_of(request), now)
    roster = queries.roster(page.session) if page.session else []
    standing = queries.standing(page.session, now) if page.session else None
    shown = {"page": page, "roster": roster, "standing": standing, "marks_shown": forms.marks_shown}
    return render(request, "training/attendance/next.html", shown)


@needs(Can.SEE_ROSTER)
@require_safe
def roster(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Who comes to one date, to read and to print."""
    found = get_object_or_404(queries.visible(actor_of(request)), pk=session)
    shown = {
        "session": found,
        "line": lines.one(found),
        "roster": queries.roster(found),
        "standing": queries.standing(found, clock.now()),
        "marks_shown": forms.marks_shown,
    }
    return render(request, "training/attendance/roster.html", shown)


@needs(Can.MARK_ATTENDANCE)
@asked_or_sent
def mark(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """The one attendance screen: everybody, by half-day. Closing it saves what it shows: nothing ticked gets lost."""
    actor, now = actor_of(request), clock.now()
    found = get_object_or_404(queries.visible(actor), pk=session)
    delegates = queries.roster(found)
    form = forms.RegisterForm(request.POST or None, delegates=delegates, seen=now)
    if request.method == "POST" and form.is_valid():
        wishes = form.changed_marks(queries.marks_as_of(found, form.cleaned_data["seen"]))
        if carried_out(form, lambda _facts: actions.mark(by=actor, at=clock.now(), session=found, marks=wishes)):
            if "close" in request.POST:
                return _close(request, session)
            messages.success(request, _("The register is saved."))
            return see_other(request.path)
    standing = queries.standing(found, now)
    stopped = "" if standing.why_not is None else sentences.no(standing.why_not)
    shown = {"form": form, "session": found, "line": lines.one(found), "standing": standing, "stopped": stopped}
    return render(request, "training/attendance/mark.html", shown)


@needs(Can.MARK_ATTENDANCE)
@require_POST
def everybody(request: HttpRequest, session: uuid.UUID, half: str) -> HttpResponse:
    """Record everybody who is not marked yet as there, for one half or for the day."""
    found = get_object_or_404(queries.visible(actor_of(request)), pk=session)
    halves = policy.HALVES if half == "day" else policy.wanted(half)
    if not set(halves) <= set(policy.HALVES):
        raise Http404
    count = actions.mark_everybody(by=actor_of(request), at=clock.now(), session=found, halves=halves)
    words = ngettext(
        "%(count)s person is recorded as there. Now change the exceptions.",
        "%(count)s people are recorded as there. Now change the exceptions.",
        count,
    )
    messages.success(request, words % {"count": count})
    return see_other(reverse("attendance:mark", args=[found.pk]))


@needs(Can.MARK_ATTENDANCE)
@require_POST
def close(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Close the register; what follows for each person is set going."""
    return _close(request, session)


def _close(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(queries.visible(actor_of(request)), pk=session)
    try:
        actions.close_register(by=actor_of(request), at=clock.now(), session=found)
    except sentences.Unmarked as refusal:
        messages.warning(request, str(refusal.sentence))
        return see_other(reverse("attendance:mark", args=[found.pk]))
    messages.success(request, _("The register is closed. Those who missed something are told what comes next."))
    return see_other(reverse("attendance:roster", args=[found.pk]))


@needs(Can.SET_JOINING_LINK)
@asked_or_sent
def joining_link(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Enter how confirmed delegates join."""
    found = get_object_or_404(queries.visible(actor_of(request)), pk=session)
    form = forms.LinkForm(request.POST or None, initial={"link": found.joining_link})
    return form_page(
        request, form,
        lambda facts: actions.set_joining_link(
            by=actor_of(request), at=clock.now(), session=found, link=facts["link"]
        ),
        title=_("Joining link"), button=_("Save the joining link"), done=_("The joining link is saved."),
        back=reverse("attendance:roster", args=[found.pk]),
        words=_("Only confirmed delegates see it, and only near the time. Leave the box empty to take it away."),
    )  # fmt: skip
