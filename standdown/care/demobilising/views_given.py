"""Passing a talk on, and asking for somebody else."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from standdown.care.demobilising import actions_given, candidates, forms, opening, queries, screens
from standdown.design.form_pages import Facts, asked_or_sent, form_page
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs
from standdown.people.accounts.own_language import in_own_language


@needs(Can.DEMOBILISE)
@asked_or_sent
def give(request: HttpRequest, exposure: uuid.UUID) -> HttpResponse:
    """Give somebody's five minutes to another colleague."""
    by, now = actor_of(request), clock.now()
    found = found_or_404(opening.card(by, exposure, now))
    form = forms.GiveForm(request.POST or None, people=candidates.offered(found, now))

    def deed(facts: Facts) -> object:
        to = uuid.UUID(facts["to"]) if facts["to"] else candidates.by_number(found, facts["number"])
        return actions_given.give_talk(by=by, at=now, exposure=found, to=to or found.person_id)

    return form_page(
        request, form, deed,
        title=_("Give this talk to somebody else"), button=_("Give it to them"),
        done=_("It is theirs now, and they are told."), back=reverse("demobilising:duty-end"),
        words=_("Nobody has to say why. When it is due does not change."),
    )  # fmt: skip


@in_own_language
@needs(Can.KEEP_OWN_CARE)
@asked_or_sent
def ask_another(request: HttpRequest, exposure: uuid.UUID) -> HttpResponse:
    """Ask that somebody else holds one's own five minutes. No reason is asked."""
    by = actor_of(request)
    found = found_or_404(queries.own(by, exposure))
    return form_page(
        request, forms.NothingToFillIn(request.POST or None),
        lambda _facts: actions_given.ask_for_another(by=by, at=clock.now(), exposure=found),
        title=_("Ask for somebody else"), button=_("Ask for somebody else"),
        done=_("It is asked. A coordinator finds somebody else, and nobody is told why."), back=screens.own_page(),
        words=_("You need not say why, and it is not written down. Your supervisor sees only that it went elsewhere."),
    )  # fmt: skip
