"""Certificates: the holder's own, the file, and what a coordinator does about them."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from standdown.design.form_pages import asked_or_sent, carried_out, form_page
from standdown.foundation import clock
from standdown.foundation.access import Actor, Can
from standdown.foundation.gates import actor_of, found_or_404, needs, public, see_other, signed_in
from standdown.foundation.links import LinkOver, NoSuchLink
from standdown.training.certificates import actions, forms, pdf, queries


@needs(Can.REVOKE_CERTIFICATE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every certificate, newest first, to find one by its number or by a name."""
    form = forms.FindForm(request.GET)
    wanted = form.cleaned_data["q"] if form.is_valid() else ""
    listing = queries.listing(actor_of(request), clock.now(), wanted)
    return render(request, "training/certificates/list.html", {"form": form, "listing": listing, "wanted": wanted})


@signed_in
@require_safe
def one(request: HttpRequest, certificate: uuid.UUID) -> HttpResponse:
    """One certificate, for its holder and for a coordinator."""
    by = actor_of(request)
    page = queries.page(_one(by, certificate), by, clock.now())
    return render(request, "training/certificates/one.html", {"page": page, "token": ""})


@signed_in
@require_safe
def file(request: HttpRequest, certificate: uuid.UUID) -> HttpResponse:
    """The certificate as a PDF."""
    return _file(_one(actor_of(request), certificate))


@public
@require_safe
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """One's certificate by the link in the message."""
    try:
        by, found = queries.behind_link(token, clock.now())
    except NoSuchLink as error:
        raise Http404 from error
    except LinkOver:
        return render(request, "training/feedback/link_over.html", {}, status=410)
    page = queries.page(found, by, clock.now())
    return render(request, "training/certificates/one.html", {"page": page, "token": token})


@public
@require_safe
def file_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The certificate as a PDF by the link in the message."""
    try:
        _by, found = queries.behind_link(token, clock.now())
    except (NoSuchLink, LinkOver) as error:
        raise Http404 from error
    return _file(found)


@signed_in
@asked_or_sent
def share(request: HttpRequest, certificate: uuid.UUID) -> HttpResponse:
    """Let the public page of one's own certificate show one's name, or no longer."""
    by = actor_of(request)
    found = found_or_404(queries.own(by, certificate))
    form = forms.ShareForm(request.POST or None, initial={"show": found.show_name})
    return form_page(
        request, form,
        lambda facts: actions.share_name(by=by, at=clock.now(), certificate=found, show=facts["show"]),
        title=_("Your name on the public page"), button=_("Keep this choice"), done=_("Your choice was kept."),
        back=reverse("certificates:one", args=[found.pk]),
    )  # fmt: skip


@needs(Can.REVOKE_CERTIFICATE)
@asked_or_sent
def revoke(request: HttpRequest, certificate: uuid.UUID) -> HttpResponse:
    """Take a certificate back."""
    by = actor_of(request)
    found = _one(by, certificate)
    form = forms.RevokeForm(request.POST or None)
    return form_page(
        request, form,
        lambda _facts: actions.revoke(by=by, at=clock.now(), certificate=found, reason=form.chosen),
        title=_("Revoke certificate %(number)s") % {"number": found.number}, button=_("Revoke the certificate"),
        done=_told(found, _("The certificate was revoked, and its holder is told.")),
        back=reverse("certificates:one", args=[found.pk]),
        words=_("What it qualified for ends at once. To put a name or a date right, issue it anew instead."),
    )  # fmt: skip


@needs(Can.REVOKE_CERTIFICATE)
@asked_or_sent
def reissue(request: HttpRequest, certificate: uuid.UUID) -> HttpResponse:
    """Issue a certificate anew, with what the directory and the date say now."""
    by = actor_of(request)
    found = _one(by, certificate)
    form = forms.ReissueForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and carried_out(form, lambda _facts: actions.reissue(by=by, at=clock.now(), certificate=found)):
        messages.success(request, _told(found, _("The certificate was issued anew and sent to its holder.")))
        return see_other(reverse("certificates:list"))
    page = queries.page(found, by, clock.now())
    return render(request, "training/certificates/reissue.html", {"form": form, "page": page})


def _one(by: Actor, key: uuid.UUID) -> Any:
    return found_or_404(queries.one(by, key))


def _told(certificate: Any, done: str) -> str:
    """What was done; where nothing could reach the holder, that instead."""
    if certificate.person.work_email:
        return done
    return _("Done. Nobody was told: the holder has no e-mail address. Tell them yourself.")


def _file(certificate: Any) -> HttpResponse:
    """The file; a revoked certificate has none any more."""
    if certificate.revoked_at is not None:
        raise Http404
    response = HttpResponse(pdf.drawn(certificate), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{pdf.filename(certificate)}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
