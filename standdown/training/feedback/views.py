"""Feedback on a day, one's own words and the question after three months: signed in, or behind a link."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from standdown.design.form_pages import asked_or_sent, carried_out
from standdown.foundation import clock
from standdown.foundation.access import Actor
from standdown.foundation.gates import actor_of, public, see_other, signed_in
from standdown.foundation.links import LinkOver, NoSuchLink
from standdown.training.feedback import actions, forms, queries


@signed_in
@asked_or_sent
def give(request: HttpRequest, nomination: uuid.UUID) -> HttpResponse:
    """Give feedback on a day of one's own."""
    by = actor_of(request)
    return _give(request, by, _found(queries.own(by, nomination)))


@public
@asked_or_sent
def give_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Give feedback by the link in the message."""
    return _behind(request, queries.nomination_behind, token, _give)


@signed_in
@asked_or_sent
def take_back(request: HttpRequest, quote: uuid.UUID) -> HttpResponse:
    """Take one's own words off the page."""
    by = actor_of(request)
    return _take_back(request, by, _found(queries.own_quote(by, quote)))


@public
@asked_or_sent
def take_back_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take one's own words off the page by the link in the message."""
    return _behind(request, queries.quote_behind, token, _take_back)


@signed_in
@asked_or_sent
def follow_up(request: HttpRequest, follow_up: uuid.UUID) -> HttpResponse:
    """Say whether it was used."""
    by = actor_of(request)
    return _follow_up(request, by, _found(queries.own_follow_up(by, follow_up)))


@public
@asked_or_sent
def follow_up_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Say whether it was used by the link in the message."""
    return _behind(request, queries.follow_up_behind, token, _follow_up)


def _found(record: Any) -> Any:
    if record is None:
        raise Http404
    return record


def _behind(
    request: HttpRequest,
    read: Callable[..., tuple[Actor, Any]],
    token: str,
    page: Callable[[HttpRequest, Actor, Any], HttpResponse],
) -> HttpResponse:
    """The page for whoever holds the link: not there when it is none of ours, and over once its time has passed."""
    try:
        by, record = read(token, clock.now())
    except NoSuchLink as error:
        raise Http404 from error
    except LinkOver:
        return render(request, "training/feedback/link_over.html", {}, status=410)
    return page(request, by, record)


def _give(request: HttpRequest, by: Actor, nomination: Any) -> HttpResponse:
    form = forms.FeedbackForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(
            form, lambda _facts: actions.give_feedback(by=by, at=clock.now(), nomination=nomination, **form.facts)
        )
    ):
        return see_other(request.path)
    page = queries.page(nomination, clock.now())
    return render(request, "training/feedback/give.html", {"form": form, "page": page})


def _take_back(request: HttpRequest, by: Actor, quote: Any) -> HttpResponse:
    if request.method == "POST":
        actions.withdraw_quote(by=by, at=clock.now(), quote=quote)
        return see_other(request.path)
    return render(request, "training/feedback/take_back.html", {"quote": quote})


def _follow_up(request: HttpRequest, by: Actor, asked: Any) -> HttpResponse:
    form = forms.FollowUpForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(
            form, lambda _facts: actions.answer_follow_up(by=by, at=clock.now(), follow_up=asked, **form.facts)
        )
    ):
        return see_other(request.path)
    return render(request, "training/feedback/follow_up.html", {"form": form, "asked": asked})
