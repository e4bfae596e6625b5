"""An incident as such: its facts, evidence, merging, running it as a major one, and next steps of its people."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.care.exposures import actions_deciding, actions_incident, actions_merging, forms_incident, forms_list
from standdown.care.exposures import queries_incident as people
from standdown.care.exposures.actions_incident import Details
from standdown.care.exposures.desk import desk_of
from standdown.care.exposures.views import incident_of
from standdown.care.form_pages import form_page
from standdown.care.incidents import actions as incidents
from standdown.care.incidents import queries
from standdown.design.form_pages import asked_or_sent, carried_out
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, needs, see_other


def _sure(request: HttpRequest) -> forms_list.Sure:
    return forms_list.Sure(request.POST if request.method == "POST" else None)


@needs(Can.RUN_CARE)
@asked_or_sent
def edit(request: HttpRequest, incident: uuid.UUID) -> HttpResponse:
    """Put right what is recorded of an incident."""
    actor, at = actor_of(request), clock.now()
    found = incident_of(request, incident)
    form = forms_incident.EditForm(request.POST or None, incident=found, desk=desk_of(actor, found, at))

    def deed(facts: dict[str, Any]) -> None:
        names = ("category", "ended_at", "base", "own_reference")
        details = Details(**{name: facts[name] for name in names})
        actions_incident.correct(by=actor, at=at, incident=found, details=details)

    return form_page(
        request, form, deed, title=_("Put right %(reference)s") % {"reference": found.reference},
        button=_("Save what is right"), done=_("It is put right."), back=reverse("boards:incident", args=[found.pk]),
        words=_("Where the end was another, what is still to be booked and held moves with it."),
    )  # fmt: skip


@needs(Can.RUN_CARE)
@asked_or_sent
def accounts(request: HttpRequest, incident: uuid.UUID) -> HttpResponse:
    """Say whether initial accounts are complete."""
    found = incident_of(request, incident)
    form = forms_incident.AccountsForm(request.POST or None, initial={"accounts": found.accounts})
    return form_page(
        request, form,
        lambda facts: incidents.record_accounts(
            by=actor_of(request), at=clock.now(), incident=found, accounts=facts["accounts"]
        ),
        title=_("Initial accounts"), button=_("Save the answer"), done=_("The answer is saved."),
        back=reverse("boards:incident", args=[found.pk]),
    )  # fmt: skip


@needs(Can.RUN_CARE)
@asked_or_sent
def major(request: HttpRequest, incident: uuid.UUID) -> HttpResponse:
    """Run it as a major incident."""
    found = incident_of(request, incident)
    return form_page(
        request, _sure(request),
        lambda _f: incidents.run_as_major(by=actor_of(request), at=clock.now(), incident=found),
        title=_("Run %(reference)s as a major incident") % {"reference": found.reference},
        button=_("Run as a major incident"), done=_("It runs as a major incident."),
        back=reverse("boards:incident", args=[found.pk]),
        words=_("People come onto the list in waves, by team or by pasted numbers; all groups are planned together."),
    )  # fmt: skip


@needs(Can.RUN_CARE)
@asked_or_sent
def reject(request: HttpRequest, incident: uuid.UUID) -> HttpResponse:
    """Say that it is not an incident for Standdown."""
    found = incident_of(request, incident)
    return form_page(
        request, _sure(request),
        lambda _f: actions_incident.reject(by=actor_of(request), at=clock.now(), incident=found),
        title=_("Not an incident for Standdown"), button=_("Say that it is none"),
        done=_("Nobody is asked for anything."),
        back=reverse("exposures:proposed"),
        words=_("%(reference)s stays on record as proposed, and found to be none.") % {"reference": found.reference},
    )  # fmt: skip


@needs(Can.RUN_CARE)
@asked_or_sent
def merge(request: HttpRequest, incident: uuid.UUID) -> HttpResponse:
    """Merge another incident into this one."""
    found = incident_of(request, incident)
    others = queries.to_merge_with(actor_of(request), found)
    form = forms_incident.MergeForm(request.POST or None, others=others)

    def deed(facts: dict[str, Any]) -> None:
        number = actions_merging.merge(by=actor_of(request), at=clock.now(), part=facts["other"], whole=found)
        said = ngettext("%(count)s person came over.", "%(count)s people came over.", number) % {"count": number}
        messages.success(request, said)

    if request.method == "POST" and form.is_valid() and carried_out(form, deed):
        return see_other(reverse("boards:incident", args=[found.pk]))
    return render(request, "care/exposures/merge.html", {"form": form, "incident": found, "others": others})


@needs(Can.RUN_CARE)
@asked_or_sent
def decide(request: HttpRequest, incident: uuid.UUID) -> HttpResponse:
    """Decide the next step of people, several at once; `?person=` for one, also to decide anew."""
    actor, at = actor_of(request), clock.now()
    found = incident_of(request, incident)
    listed, left = people.to_decide(actor, found, at, request.GET.get("person", ""))
    form = forms_incident.DecideForm(request.POST or None, people=listed, offered=people.offered(found))

    def deed(_facts: object) -> None:
        number = actions_deciding.decide_next(by=actor, at=at, incident=found, decisions=form.decisions())
        said = ngettext("Decided for %(count)s person.", "Decided for %(count)s people.", number) % {"count": number}
        messages.success(request, said)

    if request.method == "POST" and form.is_valid() and carried_out(form, deed):
        return see_other(reverse("boards:incident", args=[found.pk]))
    page = {
        "form": form, "incident": found, "people": listed, "left": left, "query": request.GET.urlencode(),
        "blocked": queries.why_blocked(found),
    }  # fmt: skip
    return render(request, "care/exposures/decide.html", page)
