from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from standdown.design.form_pages import asked_or_sent, form_page
from standdown.foundation import access, clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, needs, signed_in
from standdown.people.accounts.queries import person as person_seen
from standdown.people.roles import actions, forms, queries, table


def _today() -> dt.date:
    return clock.london_day(clock.now())


def _grant(request: HttpRequest, grant_id: uuid.UUID, can: Can) -> Any:
    """The grant, if this actor may do that to it; else it is not there."""
    found = queries.grant(actor_of(request), grant_id)
    if found is None or not access.allows(actor_of(request), can, found):
        raise Http404
    return found


@needs(Can.SEE_ROLES)
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """The named posts of each force with what is vacant, then the other roles, fifty a page."""
    by, number = actor_of(request), request.GET.get("page", "")
    form = forms.FilterForm(request.GET, roles=queries.roles_beside_posts(by))
    role = form.cleaned_data["role"] if form.is_valid() else ""
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1  # noqa: PLR2004 - digits
    facts = {
        "form": form,
        "role": role,
        "posts": queries.posts(by, _today()),
        "names": [queries.role_words(one) for one in queries.POSTS],
        "page": queries.others(by, _today(), role=role, page=page),
        "endable": lambda one: queries.may_end(by, one, _today()),
        "words": queries.role_words,
        "waiting": len(queries.waiting_for(by)),
    }
    return render(request, "people/roles/list.html", facts)


@needs(Can.PROPOSE_ROLE)
@asked_or_sent
def propose(request: HttpRequest, person_id: uuid.UUID | None = None) -> HttpResponse:
    """Propose somebody for a role: the person of a page of the directory, or whoever has an address."""
    by, today = actor_of(request), _today()
    who = person_seen(by, person_id) if person_id is not None else None
    if person_id is not None and who is None:
        raise Http404
    forces, nationally = queries.places_to_propose(by, today)
    form = forms.ProposalForm(
        request.POST or None, initial={"starts_on": today, "ends_on": queries.longest_last_day(today)},
        roles=queries.roles_to_propose(by), forces=forces, nationally=nationally, today=today, person=who,
    )  # fmt: skip
    return form_page(
        request, form,
        lambda facts: actions.propose_role(by=by, at=clock.now(), person=form.found, force=form.force, **facts),
        title=_("Propose %(name)s for a role") % {"name": who or _("somebody")},
        button=_("Propose"), back=reverse("roles:list"),
        done=_("The role was proposed. It holds once another person approves it."),
    )  # fmt: skip


@needs(Can.APPROVE_ROLE)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The proposals that one may decide."""
    found = queries.waiting_for(actor_of(request))
    return render(request, "people/roles/waiting.html", {"grants": found, "words": queries.role_and_place})


@needs(Can.APPROVE_ROLE)
@asked_or_sent
def decide(request: HttpRequest, grant_id: uuid.UUID) -> HttpResponse:
    """Approve or decline a proposal."""
    grant = _grant(request, grant_id, Can.APPROVE_ROLE)
    form = forms.DecisionForm(request.POST or None)
    deeds = {"approve": actions.approve_role, "decline": actions.decline_role}
    return form_page(
        request, form,
        lambda facts: deeds[facts["decision"]](by=actor_of(request), at=clock.now(), grant=grant),
        title=_("%(name)s: %(role)s") % {"name": grant.person, "role": queries.role_and_place(grant)},
        words=queries.proposal_words(grant), button=_("Record the decision"), done=_("Your decision is recorded."),
        back=reverse("roles:waiting"),
    )  # fmt: skip


@needs(Can.END_ROLE)
@asked_or_sent
def end(request: HttpRequest, grant_id: uuid.UUID) -> HttpResponse:
    """End a role, or withdraw a proposal."""
    grant = _grant(request, grant_id, Can.END_ROLE)
    form = forms.EndForm(request.POST or None)
    return form_page(
        request, form,
        lambda facts: actions.end_role(by=actor_of(request), at=clock.now(), grant=grant, **facts),
        title=_("End the role of %(name)s: %(role)s")
        % {"name": grant.person, "role": queries.role_and_place(grant)},
        words=_("It ends today, at their next click."), button=_("End the role"), done=_("The role was ended."),
        back=reverse("roles:list"),
    )  # fmt: skip


@signed_in
@require_safe
def who_may_do_what(request: HttpRequest) -> HttpResponse:
    """Every role with what it lets somebody do, from the code itself."""
    facts = {
        "roles": table.roles(),
        "everyone": table.everyone(),
        "apart": table.apart_roles(),
        "days": table.longest_days(),
    }
    return render(request, "people/roles/who_may_do_what.html", facts)
