"""Delegates' words and the totals of their answers, for those who run the courses."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other
from standdown.training.feedback import actions, forms, queries, summary
from standdown.training.feedback.sentences import Decided


@needs(Can.MODERATE_WORDS)
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """Words that wait for a decision, those that are published, and comments that are not to be quoted."""
    return render(request, "training/feedback/words.html", {"words": queries.words()})


@needs(Can.MODERATE_WORDS)
@require_POST
def decide(request: HttpRequest, quote: uuid.UUID) -> HttpResponse:
    """Publish a delegate's words, or leave them out."""
    found = found_or_404(queries.quote_to_decide(quote))
    form = forms.DecideForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    try:
        actions.decide_quote(by=actor_of(request), at=clock.now(), quote=found, publish=form.publish)
    except Decided as refusal:
        messages.warning(request, str(refusal.sentence))
    else:
        done = _("The words are on the course's page.") if form.publish else _("The words were left out.")
        messages.success(request, done)
    return see_other(reverse("feedback:words"))


@needs(Can.SEE_ROSTER)
@require_safe
def totals(request: HttpRequest) -> HttpResponse:
    """What delegates answered, in totals: over one's own dates for trainers, over all for coordinators."""
    by = actor_of(request)
    page = {"courses": summary.of_courses(by), "national": summary.is_national(by)}
    return render(request, "training/feedback/summary.html", page)
