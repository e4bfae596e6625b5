"""My page: what is offered to me, what is held about me, who looked, and what I decide."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from standdown.care.follow_up import actions, actions_own
from standdown.care.mine import download, forms, queries, screens
from standdown.care.referrals import actions as referring
from standdown.design.form_pages import asked_or_sent, form_page
from standdown.foundation import clock
from standdown.foundation.gates import actor_of, found_or_404, see_other, signed_in
from standdown.people.accounts.own_language import in_own_language

PAGE = "own_care:page"


@in_own_language
@signed_in
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Everything that is held about me here, and what I can do about it."""
    _me(request)
    at = clock.now()
    own = queries.own(actor_of(request), at)
    return render(request, "care/mine/page.html", {"page": screens.page(own, at)})


@in_own_language
@signed_in
@require_safe
def take_along(request: HttpRequest) -> HttpResponse:
    """My own history as a file, to keep (R66, R155)."""
    _me(request)
    own = queries.own(actor_of(request), clock.now())
    response = HttpResponse(download.as_csv(own), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="my-support.csv"'
    return response


def _me(request: HttpRequest) -> Any:
    return found_or_404(queries.person(actor_of(request)))


@in_own_language
@signed_in
@asked_or_sent
def how_are_you(request: HttpRequest, contact: uuid.UUID) -> HttpResponse:
    """How are you? One choice."""
    by, at = actor_of(request), clock.now()
    found = found_or_404(queries.contact(by, contact))

    def deed(facts: dict[str, Any]) -> object:
        if facts["answer"] == "later":
            until = clock.london_day(at) + dt.timedelta(days=7)
            return actions.snooze(by=by, at=at, contact=found, until=until)
        if facts["answer"] in {"rather-not", "never"}:
            return actions.rather_not(by=by, at=at, contact=found, ever=facts["answer"] == "never")
        return actions.answer(by=by, at=at, contact=found, wants_more=screens.wants_more(facts))

    return form_page(
        request, forms.HowAreYouForm(request.POST or None), deed, title=_("How are you?"), button=_("Send the answer"),
        done=_("Thank you. Your answer is recorded."), back=reverse(PAGE),
        words=_("If you need somebody now: 999 in danger, Samaritans 116 123 at any hour, NHS 111 and option 2."),
    )  # fmt: skip


@in_own_language
@signed_in
@require_POST
def open_again(request: HttpRequest, exposure: uuid.UUID) -> HttpResponse:
    """Open my part again, or object to its close."""
    by = actor_of(request)
    actions.open_again(by=by, at=clock.now(), exposure=found_or_404(queries.exposure(by, exposure)))
    messages.success(request, _("It is open again. Somebody looks at it within a day."))
    return see_other(reverse(PAGE))


@in_own_language
@signed_in
@asked_or_sent
def ask_to_talk(request: HttpRequest) -> HttpResponse:
    """I would like to talk to somebody."""
    by, me = actor_of(request), _me(request)
    return form_page(
        request, forms.TalkForm(request.POST or None),
        lambda facts: screens.ask_to_talk(by, me, facts, clock.now()),
        title=_("Talk to somebody"), button=_("Ask"), done=_("Somebody gets in touch with you within a day."),
        back=reverse(PAGE), words=_("You need no incident and no reason. Your manager is not told."),
    )  # fmt: skip


@in_own_language
@signed_in
@require_POST
def talked(request: HttpRequest, asked: uuid.UUID) -> HttpResponse:
    """The talk happened, or I no longer wish for it."""
    by = actor_of(request)
    actions_own.talked(by=by, at=clock.now(), asked=found_or_404(queries.asked(by, asked)))
    messages.success(request, _("It is recorded. You can ask again at any time."))
    return see_other(reverse(PAGE))


@in_own_language
@signed_in
@require_POST
def take_back_referral(request: HttpRequest, referral: uuid.UUID) -> HttpResponse:
    """Take my referral back."""
    by = actor_of(request)
    referring.take_back(by=by, at=clock.now(), referral=found_or_404(queries.referral(by, referral)))
    messages.success(request, _("The referral is taken back."))
    return see_other(reverse(PAGE))
