from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from standdown.design.form_pages import asked_or_sent, carried_out
from standdown.foundation import clock
from standdown.foundation.access import Actor, Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other
from standdown.notifications.force_words import actions, queries
from standdown.notifications.force_words.forms import WordsForm
from standdown.notifications.force_words.queries import Paragraph


@needs(Can.KEEP_FORCE_WORDS)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The force's own paragraphs, written or not."""
    return render(request, "notifications/force_words/list.html", {"found": queries.paragraphs(actor_of(request))})


@needs(Can.KEEP_FORCE_WORDS)
@asked_or_sent
def write(request: HttpRequest, force: str, kind: str, language: str) -> HttpResponse:
    """Write one of them: it is read in a real message first, then saved."""
    by, at = actor_of(request), clock.now()
    one = found_or_404(queries.paragraph(by, force, kind, language))
    form = WordsForm(request.POST or None, kind=kind, initial={"words": one.words, "seen": one.version})
    shown = {"form": form, "one": one, "looked": False}
    if request.method == "POST" and form.is_valid():
        if "look" in request.POST:
            words = form.cleaned_data["words"]
            shown |= {"looked": True, "words": words, "example": queries.preview(by, one, words, at)}
        elif carried_out(form, lambda facts: _write(by, at, one, facts)):
            messages.success(request, _("The words are saved. They stand in messages that are written from now on."))
            return see_other(reverse("force_words:list"))
    return render(request, "notifications/force_words/write.html", shown)


def _write(by: Actor, at: dt.datetime, one: Paragraph, facts: dict[str, Any]) -> object:
    return actions.write_words(by=by, at=at, force=one.force, kind=one.kind, language=one.language, **facts)
