"""Looking up a certificate by the code on it."""

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


@public
@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    """Ask for a code; with one, go to its page. An address with a code in it is answered, never kept."""
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
    """The certificate with that code. None has been issued by this program yet, so none is found."""
    context = {"code": code, "form": Code()}
    return render(request, "public/certificates/not_found.html", context, status=404)
