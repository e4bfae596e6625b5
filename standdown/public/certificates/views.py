"""Looking up a certificate by its number."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from standdown.foundation.gates import public
from standdown.public.cache import Sheet, kept
from standdown.public.certificates.forms import Code
from standdown.public.sheets import page
from standdown.training.certificates import policy, queries


@public
@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    """Ask for a number; with one, go to its page. An address with a number in it is answered, never kept."""
    if "code" not in request.GET:
        return _form(request)
    form = Code({"code": request.GET["code"].replace("\0", "")})  # no page may hold one, not even to say it back
    if form.is_valid():
        return HttpResponseRedirect(reverse("public:certificate", args=(form.cleaned_data["code"],)))
    return render(request, "public/certificates/look_up.html", {"form": form}, status=400)


@kept
def _form(request: HttpRequest, at: dt.datetime) -> Sheet:
    return page(request, "public/certificates/look_up.html", {"form": Code()}, at)


@public
@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """The certificate with that number, however it was typed; it stands at one address, as it is printed."""
    number = policy.number(code)
    if number is not None and number != code:
        return HttpResponseRedirect(reverse("public:certificate", args=(number,)))
    try:
        return _certificate(request, number or "")
    except _NoSuchNumber:
        return render(request, "public/certificates/not_found.html", {"code": code}, status=404)


class _NoSuchNumber(Exception):
    """No certificate has that number; the page that says so is never kept."""


@kept
def _certificate(request: HttpRequest, at: dt.datetime, number: str) -> Sheet:
    """True until midnight in London at the latest: the day on which it ends begins then."""
    found = queries.check(number, at) if number else None
    if found is None:
        raise _NoSuchNumber
    return page(request, "public/certificates/certificate.html", {"found": found}, at)
