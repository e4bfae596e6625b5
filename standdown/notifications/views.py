from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other
from standdown.notifications import actions, policy, queries
from standdown.notifications.forms import FilterForm


@needs(Can.READ_OUTBOX)
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """What was told to whom, and whether it went out."""
    actor, at = actor_of(request), clock.now()
    form = FilterForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    state, words, beat = asked.get("state", ""), asked.get("words", ""), queries.last_beat()
    context = {
        "form": form,
        "counts": queries.counts(actor),
        "found": queries.outbox(actor, state=state, words=words, page=asked.get("page") or 1),
        "state": state,
        "words": words,
        "beat": beat,
        "worker_is_there": policy.worker_is_there(beat, at),
    }
    return render(request, "notifications/outbox.html", context)


@needs(Can.READ_OUTBOX)
@require_safe
def one(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One message: whether it went out, and what can be done if not. Its words are shown in the demonstration only."""
    actor = actor_of(request)
    message = found_or_404(queries.message(actor, key))
    context = {"message": message, "may_resend": actor.has(Can.RESEND_MESSAGE), "at": clock.now()}
    context["show_words"] = settings.DEMONSTRATION and not message.confidential
    return render(request, "notifications/message.html", context)


@needs(Can.RESEND_MESSAGE)
@require_POST
def try_again(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Send a stuck message once more."""
    actor = actor_of(request)
    message = found_or_404(queries.message(actor, key))
    actions.try_again(by=actor, message=message, at=clock.now())
    messages.success(request, _("The message waits to be sent again."))
    return see_other(reverse("notifications:one", args=[key]))


@needs(Can.RESEND_MESSAGE)
@require_POST
def mark_as_sent(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Note that a message arrived after all."""
    actor = actor_of(request)
    message = found_or_404(queries.message(actor, key))
    actions.mark_as_sent(by=actor, message=message, at=clock.now())
    messages.success(request, _("The message is noted as sent."))
    return see_other(reverse("notifications:one", args=[key]))
