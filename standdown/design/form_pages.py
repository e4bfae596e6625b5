"""A page that asks for one thing: it shows a form, does the deed, and goes back, or says why a rule says no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from standdown.foundation.access import NotAllowed
from standdown.foundation.gates import see_other
from standdown.foundation.refusal import Refusal

Facts = dict[str, Any]
asked_or_sent = require_http_methods(["GET", "HEAD", "POST"])  # for a view that shows a form and takes it


def carried_out(form: forms.Form, deed: Callable[[Facts], object]) -> bool:
    """Do the deed with what the form holds; where a rule of the field says no, put its sentence on top of the form.

    An act that is not permitted is not caught: it reads as a page that is not there.
    """
    try:
        deed(form.cleaned_data)
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error(None, str(refusal.sentence))
        return False
    return True


def form_page(
    request: HttpRequest,
    form: forms.Form,
    deed: Callable[[Facts], object],
    *,
    title: str,
    button: str,
    done: str,
    back: str,
    words: str = "",
    template: str = "design/base/form.html",
) -> HttpResponse:
    """Show the form, or do its deed and go back to `back`, which then says `done`.

    `title` heads the page (where the form's one question does, its field has `heading=True` and `title` names the
    window only); `words` stand under it; `button` names the act. A part may have a `template` of its own.
    """
    if request.method == "POST" and form.is_valid() and carried_out(form, deed):
        messages.success(request, done)
        return see_other(back)
    page = {"form": form, "page_title": title, "button": button, "back": back, "words": words}
    return render(request, template, page)
