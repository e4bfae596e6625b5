"""Occupational health's list, and what a coordinator does about referrals and structured meetings."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from standdown.care.referrals import actions, forms, queries, screens
from standdown.design.form_pages import asked_or_sent, form_page
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs


@needs(Can.RECEIVE_REFERRAL)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The referrals before us. Each person sees that their name was shown."""
    return render(request, "care/referrals/list.html", {"referrals": screens.page(actor_of(request), clock.now())})


@needs(Can.RECEIVE_REFERRAL)
@asked_or_sent
def say(request: HttpRequest, referral: uuid.UUID) -> HttpResponse:
    """Say how one referral stands; nothing clinical."""
    by = actor_of(request)
    found = found_or_404(queries.one(by, referral))
    words = screens.opened(by, found, clock.now())
    form = forms.StateForm(request.POST or None, referral=found)
    return form_page(
        request, form,
        lambda facts: actions.say(by=by, at=clock.now(), referral=found, state=screens.as_state(facts)),
        title=found.person.full_name, button=_("Record it"), done=_("It is recorded. The person sees it."),
        back=reverse("referrals:list"), words=words,
    )  # fmt: skip


def _exposure(request: HttpRequest, key: uuid.UUID) -> Any:
    return found_or_404(queries.exposure(actor_of(request), key))


@needs(Can.RUN_CARE)
@asked_or_sent
def refer(request: HttpRequest, exposure: uuid.UUID) -> HttpResponse:
    """Refer somebody to occupational health, with their consent."""
    found = _exposure(request, exposure)
    return form_page(
        request, forms.ConsentForm(request.POST or None),
        lambda facts: actions.refer_with_consent(by=actor_of(request), at=clock.now(), exposure=found, **facts),
        title=_("Refer to occupational health"), button=_("Refer"), done=_("The referral is sent."),
        back=reverse("boards:incident", args=[found.incident_id]),
        words=screens.whom(actor_of(request), found, clock.now()),
    )  # fmt: skip


@needs(Can.RUN_CARE)
@asked_or_sent
def book_meeting(request: HttpRequest, exposure: uuid.UUID) -> HttpResponse:
    """Book a structured meeting of occupational health and peers."""
    found = _exposure(request, exposure)
    people = queries.owners(found)
    by_key = {str(one.pk): one for one in people}
    return form_page(
        request, forms.MeetingForm(request.POST or None, people=people),
        lambda facts: actions.book_meeting(
            by=actor_of(request), at=clock.now(), exposure=found, on=facts["on"], owner=by_key[facts["owner"]]
        ),
        title=_("Book a structured meeting"), button=_("Book it"), done=_("The meeting is booked."),
        back=reverse("boards:incident", args=[found.incident_id]),
        words=screens.whose(actor_of(request), found, clock.now()),
    )  # fmt: skip


@needs(Can.RUN_CARE)
@asked_or_sent
def meeting_over(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    """Record whether somebody was at a structured meeting."""
    found = found_or_404(queries.meeting(actor_of(request), meeting))
    return form_page(
        request, forms.ThereForm(request.POST or None),
        lambda facts: actions.meeting_over(
            by=actor_of(request), at=clock.now(), meeting=found, there=screens.as_there(facts)
        ),
        title=_("Were they there?"), button=_("Record it"), done=_("It is recorded."),
        back=reverse("boards:incident", args=[found.exposure.incident_id]),
        words=screens.whose(actor_of(request), found.exposure, clock.now()),
    )  # fmt: skip
