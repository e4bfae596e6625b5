"""A defuser's board, the page of one session, and what is done about it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from standdown.care.defusing import actions, actions_held, forms, queries, screens
from standdown.care.defusing.refusals import AskOver
from standdown.design.form_pages import asked_or_sent, carried_out, form_page
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other, signed_in
from standdown.people.accounts.own_language import in_own_language


@signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What I am asked to lead, my next session, my load, and what I owe after one. No name of anybody exposed."""
    at = clock.now()
    return render(request, "care/defusing/mine.html", {"page": screens.board(actor_of(request), at)})


@signed_in
@asked_or_sent
def answer_ask(request: HttpRequest, ask: uuid.UUID) -> HttpResponse:
    """Say yes to leading a session, or pass."""
    by, at = actor_of(request), clock.now()
    found = found_or_404(queries.ask(by, ask))
    if found.answer or found.lapses_at <= at:
        raise AskOver
    asked = screens.asked_where(found)
    form = forms.AskForm(request.POST or None, **asked)

    def deed(facts: dict[str, Any]) -> object:
        if facts["answer"] == "pass":
            return actions.pass_on(by=by, at=at, ask=found)
        where = screens.place(facts, asked["bases"])
        that, why = facts["answer"] == "yes", facts.get("moved", "")
        return actions.say_yes(by=by, at=at, ask=found, that_time=that, moved=why, **where)

    return form_page(
        request, form, deed, title=_("Will you lead this session?"), button=_("Send the answer"),
        done=_("Your answer is recorded. Thank you."), back=reverse("defusing:mine"),
        words=screens.what_is_asked(found, at),
    )  # fmt: skip


def _session(request: HttpRequest, key: uuid.UUID) -> Any:
    return found_or_404(queries.session(actor_of(request), key, clock.now()))


def _led(request: HttpRequest, key: uuid.UUID) -> Any:
    """A session that I lead; for whoever only runs the care it is not theirs to record."""
    found = _session(request, key)
    if actor_of(request).person_id not in {found.defuser_id, found.second_id}:
        raise Http404
    return found


@signed_in
@require_safe
def one(request: HttpRequest, defusing: uuid.UUID) -> HttpResponse:
    """One session with its people: opening it is an act, and each of them sees that it was opened."""
    found = _session(request, defusing)
    return render(request, "care/defusing/one.html", {"page": screens.session(actor_of(request), found, clock.now())})


@signed_in
@asked_or_sent
def book(request: HttpRequest, defusing: uuid.UUID) -> HttpResponse:
    """Book the session, or move it."""
    by, found = actor_of(request), _session(request, defusing)
    bases = screens.bases(found)
    form = forms.BookForm(request.POST or None, bases=bases, initial=screens.booking_as_it_is(found))
    return form_page(
        request, form,
        lambda facts: actions.book(
            by=by, at=clock.now(), defusing=found, leading=not queries.runs(by, found),
            **screens.booking(facts, bases),
        ),
        title=_("When and where is it held?"), button=_("Book this time"),
        done=_("The time stands. Everybody is told."), back=reverse("defusing:one", args=[found.pk]),
        words=screens.window_words(found),
    )  # fmt: skip


@needs(Can.RUN_CARE)
@asked_or_sent
def call_off(request: HttpRequest, defusing: uuid.UUID) -> HttpResponse:
    """Call a booked time off."""
    found = _session(request, defusing)
    return form_page(
        request, forms.MovedForm(request.POST or None),
        lambda facts: actions.call_off(by=actor_of(request), at=clock.now(), defusing=found, moved=facts["moved"]),
        title=_("Call the time off"), button=_("Call it off"),
        done=_("The time is off. Everybody is told, and the session waits for another time."),
        back=reverse("defusing:one", args=[found.pk]),
    )  # fmt: skip


@signed_in
@require_POST
def drop_out(request: HttpRequest, defusing: uuid.UUID) -> HttpResponse:
    """I cannot lead it after all."""
    actions.drop_out(by=actor_of(request), at=clock.now(), defusing=_session(request, defusing))
    messages.success(request, _("Somebody else is looked for. Thank you for saying so."))
    return see_other(reverse("defusing:mine"))


@signed_in
@asked_or_sent
def hold(request: HttpRequest, defusing: uuid.UUID) -> HttpResponse:
    """Record that it was held: the limits read out, who was there, the next step of each. No notes."""
    by, at, found = actor_of(request), clock.now(), _led(request, defusing)
    page = screens.session(by, found, at)
    form = forms.HeldForm(request.POST or None, everybody=page.present, options=screens.options(found))
    if request.method == "POST" and form.is_valid():
        done = carried_out(
            form,
            lambda facts: actions_held.record_held(
                by=by, at=at, defusing=found, seen=form.seen(), limits_read=facts["limits"],
                limits_version=page.limits_version,
            ),
        )  # fmt: skip
        if done:
            messages.success(request, _("It is recorded that the session was held."))
            return see_other(reverse("defusing:check-out", args=[found.pk]))
    return render(request, "care/defusing/hold.html", {"page": page, "form": form})


@signed_in
@asked_or_sent
def check_out(request: HttpRequest, defusing: uuid.UUID) -> HttpResponse:
    """My own check-out."""
    found = _led(request, defusing)
    return form_page(
        request, forms.CheckOutForm(request.POST or None),
        lambda facts: actions_held.check_out(
            by=actor_of(request), at=clock.now(), defusing=found, wants=screens.as_wants(facts)
        ),
        title=_("Check-out"), button=_("Check out"), done=_("Thank you. Somebody calls you in about a day."),
        back=reverse("defusing:mine"),
        words=_("This is about you and nobody else. Only the coordinator who calls you sees it."),
    )  # fmt: skip


@signed_in
@require_POST
def checked_on(request: HttpRequest, attendee: uuid.UUID) -> HttpResponse:
    """Somebody who left early was checked on."""
    found = found_or_404(screens.attendee(actor_of(request), attendee))
    actions_held.checked_on(by=actor_of(request), at=clock.now(), attendee=found)
    return see_other(reverse("defusing:one", args=[found.defusing_id]))


@in_own_language
@signed_in
@asked_or_sent
def answer(request: HttpRequest, attendee: uuid.UUID) -> HttpResponse:
    """My own answer to an invitation."""
    by = actor_of(request)
    found = found_or_404(queries.own_attendance(by, attendee))
    form = forms.AnswerForm(request.POST or None, initial={"answer": found.answer})
    return form_page(
        request, form,
        lambda facts: actions.answer(by=by, at=clock.now(), attendee=found, answer=screens.as_answer(facts)),
        title=_("What would you like?"), button=_("Send the answer"), done=_("Your answer is recorded."),
        back=reverse("own_care:page"), words=screens.what_is_offered(found.defusing, clock.now()),
    )  # fmt: skip
