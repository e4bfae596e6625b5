from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from standdown.design.form_pages import asked_or_sent, form_page
from standdown.foundation import clock
from standdown.foundation.gates import actor_of, found_or_404, signed_in
from standdown.people.accounts import actions
from standdown.people.accounts import queries as accounts
from standdown.people.me import forms, queries
from standdown.people.roles.policy import Role
from standdown.people.roles.queries import own_roles


@signed_in
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Who I am here, where my work begins, my roles with what they let me do, and how I sign in."""
    by = actor_of(request)
    account = found_or_404(accounts.account_of(by))
    facts = {
        "account": account,
        "page": accounts.page_of(by, account.person),
        "roles": own_roles(by, clock.london_day(clock.now())),
        "first": queries.first_links(by, clock.now()),
    }
    return render(request, "people/me/page.html", facts)


@signed_in
@asked_or_sent
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the messages to oneself."""
    account = found_or_404(accounts.account_of(actor_of(request)))
    form = forms.LanguageForm(request.POST or None, initial={"language": account.person.language})
    return form_page(
        request, form,
        lambda facts: actions.choose_language(by=actor_of(request), at=clock.now(), account=account, **facts),
        title=_("Language of messages"), button=_("Use this language"), done=_("The language was chosen."),
        back=reverse("me:page"),
    )  # fmt: skip


@signed_in
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The names of one's direct reports, for a supervisor."""
    by = actor_of(request)
    if Role.SUPERVISOR not in by.roles:
        raise Http404
    return render(request, "people/me/reports.html", {"names": accounts.reports_of(by, clock.london_day(clock.now()))})
