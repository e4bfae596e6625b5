"""My training: what happens next, my places, what I told my lead, my calendar; and releases that wait for me."""

from __future__ import annotations

import hashlib
import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from standdown.design.form_pages import asked_or_sent
from standdown.foundation import clock
from standdown.foundation.gates import actor_of, found_or_404, public, see_other, signed_in
from standdown.training.mine import actions, queries, sentences
from standdown.training.nominations import feed as feeds
from standdown.training.nominations import place_pages
from standdown.training.nominations.own_place import OwnPlace
from standdown.training.nominations.place_pages import Ways

SIGNED_IN = "signed-in"


@signed_in
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What happens next, and everything of mine."""
    mine = queries.page(actor_of(request), clock.now())
    return render(request, "training/mine/page.html", {"mine": mine, "next": sentences.next_step(mine)})


# -- my places ------------------------------------------------------------------------------------------------------


def _place(request: HttpRequest, key: uuid.UUID) -> OwnPlace:
    return found_or_404(queries.place(actor_of(request), key, clock.now()))


def _ways(key: uuid.UUID) -> Ways:
    def way(name: str) -> str:
        return reverse(f"mine:{name}", args=[key])

    return Ways(
        answer=way("answer"), place=way("place"), needs=way("needs"), give_back=way("give-back"),
        calendar=way("date"), back=reverse("mine:page"),
    )  # fmt: skip


@signed_in
@asked_or_sent
def answer(request: HttpRequest, nomination: uuid.UUID) -> HttpResponse:
    """Accept or decline a place."""
    found = _place(request, nomination)
    return place_pages.answer(request, actor_of(request), found, _ways(nomination), SIGNED_IN)


@signed_in
@require_safe
def place(request: HttpRequest, nomination: uuid.UUID) -> HttpResponse:
    """See one of my places."""
    return place_pages.place(request, _place(request, nomination), _ways(nomination))


@signed_in
@asked_or_sent
def needs(request: HttpRequest, nomination: uuid.UUID) -> HttpResponse:
    """Say what would make the day easier."""
    return place_pages.needs(request, actor_of(request), _place(request, nomination), _ways(nomination))


@signed_in
@asked_or_sent
def give_back(request: HttpRequest, nomination: uuid.UUID) -> HttpResponse:
    """Give a place back."""
    return place_pages.give_back(request, actor_of(request), _place(request, nomination), _ways(nomination))


@signed_in
@require_safe
def date(request: HttpRequest, nomination: uuid.UUID) -> HttpResponse:
    """One of my dates as a calendar file."""
    return place_pages.calendar_file(_place(request, nomination))


@signed_in
@asked_or_sent
def release(request: HttpRequest, nomination: uuid.UUID) -> HttpResponse:
    """Say whether one of my people is free on the day."""
    by = actor_of(request)
    found = found_or_404(queries.asked_to_release(by, nomination, clock.now()))
    return place_pages.release(request, by, found, here=request.path, back=reverse("mine:page"))


# -- my calendar ----------------------------------------------------------------------------------------------------


@signed_in
@asked_or_sent
def calendar(request: HttpRequest) -> HttpResponse:
    """Make the secret address from which a calendar program reads my dates: shown in this answer and never again."""
    by = actor_of(request)
    person = found_or_404(queries.person(by))
    facts: dict[str, object] = {"feed": queries.own_feed(by), "address": ""}
    if request.method == "POST":
        token = actions.make_feed(by=by, at=clock.now(), person=person)
        facts = {"feed": queries.own_feed(by), "address": settings.ORIGIN + reverse("mine:feed", args=[token])}
    return render(request, "training/mine/calendar.html", facts)


@signed_in
@require_POST
def take_feed_back(request: HttpRequest) -> HttpResponse:
    """Take the secret address back."""
    by = actor_of(request)
    found = queries.own_feed(by)
    if found is not None:
        actions.revoke_feed(by=by, at=clock.now(), calendar=found)
    messages.success(request, _("The address was taken back. Nothing is there any more."))
    return see_other(reverse("mine:calendar"))


@public
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has the address reads the dates of its owner, and nothing else of them."""
    at = clock.now()
    found = found_or_404(feeds.of_token(token, at))
    body = feeds.calendar_of(feeds.entries(found, at)).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type=feeds.CONTENT_TYPE, headers={"ETag": etag, "Cache-Control": "no-store"})
    return get_conditional_response(request, etag=etag, response=response) or response
