"""My page: days to be thought of, my own history, whom I exclude, whom I would rather talk to."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from standdown.care.follow_up import actions_own
from standdown.care.mine import forms, queries, screens
from standdown.care.wishes import actions
from standdown.design.form_pages import asked_or_sent, form_page
from standdown.foundation import clock
from standdown.foundation.gates import actor_of, found_or_404, see_other, signed_in
from standdown.people.accounts.own_language import in_own_language

PAGE = "own_care:page"


@in_own_language
@signed_in
@asked_or_sent
def mark_day(request: HttpRequest) -> HttpResponse:
    """A day on which I wish to be thought of."""
    by = actor_of(request)
    me = found_or_404(queries.person(by))
    return form_page(
        request, forms.DayForm(request.POST or None),
        lambda facts: screens.mark_day(by, me, facts, clock.now()),
        title=_("A day to be thought of"), button=_("Mark the day"),
        done=_("The day is marked. You hear from us the day before."),
        back=reverse(PAGE),
        words=_("Only you see this. The day before, a message reminds you that you can talk to somebody."),
    )  # fmt: skip


@in_own_language
@signed_in
@require_POST
def unmark_day(request: HttpRequest, day: uuid.UUID) -> HttpResponse:
    """Take such a wish back."""
    by = actor_of(request)
    actions_own.unmark_day(by=by, at=clock.now(), day=found_or_404(queries.day(by, day)))
    return see_other(reverse(PAGE))


@in_own_language
@signed_in
@asked_or_sent
def add_entry(request: HttpRequest) -> HttpResponse:
    """Add to my own history, which nobody else sees."""
    by, at = actor_of(request), clock.now()
    me = found_or_404(queries.person(by))
    categories = queries.categories(by, clock.london_day(at))
    return form_page(
        request, forms.EntryForm(request.POST or None, categories=categories),
        lambda facts: actions_own.note_entry(by=by, at=at, person=me, **facts),
        title=_("Add to your own history"), button=_("Add it"), done=_("It is in your history. Nobody else sees it."),
        back=reverse(PAGE),
    )  # fmt: skip


@in_own_language
@signed_in
@require_POST
def remove_entry(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    """Take an entry away again."""
    by = actor_of(request)
    actions_own.remove_entry(by=by, at=clock.now(), entry=found_or_404(queries.entry(by, entry)))
    return see_other(reverse(PAGE))


@in_own_language
@signed_in
@asked_or_sent
def exclude(request: HttpRequest) -> HttpResponse:
    """Somebody whom I never want to deal with my care."""
    by = actor_of(request)
    me = found_or_404(queries.person(by))
    return form_page(
        request, forms.ExcludeForm(request.POST or None),
        lambda facts: actions.exclude(by=by, at=clock.now(), person=me, **facts),
        title=_("Exclude somebody"), button=_("Exclude them"), done=_("From now on they see nothing of yours."),
        back=reverse(PAGE),
    )  # fmt: skip


@in_own_language
@signed_in
@require_POST
def include_again(request: HttpRequest, exclusion: uuid.UUID) -> HttpResponse:
    """Take an exclusion back."""
    by = actor_of(request)
    actions.take_back(by=by, at=clock.now(), exclusion=found_or_404(queries.exclusion(by, exclusion)))
    messages.success(request, _("The exclusion is taken back."))
    return see_other(reverse(PAGE))


@in_own_language
@signed_in
@asked_or_sent
def wishes(request: HttpRequest) -> HttpResponse:
    """Whom I would rather talk to, and how I would like to be reached."""
    by, at = actor_of(request), clock.now()
    me = found_or_404(queries.person(by))
    form = forms.WishForm(request.POST or None, initial=screens.wish_as_it_is(queries.own(by, at).wish))
    return form_page(
        request, form, lambda facts: actions.wish(by=by, at=at, person=me, **facts),
        title=_("Whom you would rather talk to"), button=_("Keep these wishes"), done=_("Your wishes are kept."),
        back=reverse(PAGE), words=_("They are met where somebody is free who fits. Leave empty what does not matter."),
    )  # fmt: skip
