"""The people of an incident: adding them, confirming the list, and what one of them says is wrong."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.care.exposures import actions, actions_settling, forms_list, queries, raising, words
from standdown.care.exposures.actions_settling import Facts
from standdown.care.exposures.desk import desk, desk_of
from standdown.care.exposures.lists import AddedAs, Group
from standdown.care.form_pages import form_page
from standdown.care.incidents import queries as incidents
from standdown.design.form_pages import asked_or_sent, carried_out
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other
from standdown.foundation.refusal import Refusal
from standdown.people.accounts.own_language import in_own_language


def incident_of(request: HttpRequest, key: uuid.UUID) -> Any:
    """The incident, where this actor runs its care; else the page is not there."""
    return found_or_404(incidents.incident(actor_of(request), key))


def exposure_of(request: HttpRequest, key: uuid.UUID) -> Any:
    """The exposure, where this actor runs its care and the person has not excluded them; else it is not there."""
    return found_or_404(queries.exposure(actor_of(request), key))


@needs(Can.RUN_CARE)
@asked_or_sent
def add(request: HttpRequest, incident: uuid.UUID) -> HttpResponse:
    """Add people by search in the force, or by a pasted list of numbers."""
    found, at = incident_of(request, incident), clock.now()
    asked = request.GET.get("q", "").strip()
    near = queries.in_directory(found, asked) if asked else []
    at_desk = desk_of(actor_of(request), found, at)
    form = forms_list.AddForm(request.POST or None, incident=found, desk=at_desk, near=near)
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(form, lambda _f: _added(request, found, form.groups()))
    ):
        return see_other(reverse("boards:incident", args=[found.pk]))
    page = {"form": form, "incident": found, "search": forms_list.SearchForm(request.GET), "asked": asked, "near": near}
    return render(request, "care/exposures/add.html", page)


def _added(request: HttpRequest, incident: Any, groups: list[Group]) -> None:
    made = actions.add_people(
        by=actor_of(request), at=clock.now(), incident=incident, groups=groups, added_as=AddedAs.COORDINATOR
    )
    there = sum(len(group.people) for group in groups) - len(made)
    said = ngettext("%(count)s person was added.", "%(count)s people were added.", len(made)) % {"count": len(made)}
    messages.success(request, said)
    if there:
        were = ngettext("%(count)s was on the list before.", "%(count)s were on the list before.", there)
        messages.info(request, were % {"count": there})


@needs(Can.RUN_CARE)
@asked_or_sent
def add_team(request: HttpRequest, incident: uuid.UUID) -> HttpResponse:
    """Add whole teams."""
    found, at = incident_of(request, incident), clock.now()
    teams = queries.teams_of(found.force_id)
    at_desk = desk_of(actor_of(request), found, at)
    form = forms_list.TeamForm(request.POST or None, incident=found, desk=at_desk, teams=teams)

    def deed(facts: dict[str, Any]) -> None:
        people = queries.of_teams(found.force_id, [uuid.UUID(key) for key in facts["teams"]])
        _added(request, found, [Group(people, facts["role"], facts["duty_end_at"])])

    if request.method == "POST" and form.is_valid() and carried_out(form, deed):
        return see_other(reverse("boards:incident", args=[found.pk]))
    return render(request, "care/exposures/add_team.html", {"form": form, "incident": found, "teams": teams})


@needs(Can.RUN_CARE)
@asked_or_sent
def confirm_list(request: HttpRequest, incident: uuid.UUID) -> HttpResponse:
    """Confirm who was exposed."""
    found = incident_of(request, incident)
    before = {name: getattr(found, name) for name in forms_list.ConfirmForm.base_fields}
    form = forms_list.ConfirmForm(request.POST or None, initial=before)

    def deed(_facts: object) -> None:
        actions.confirm_list(by=actor_of(request), at=clock.now(), incident=found, answers=form.answers())

    if request.method == "POST" and form.is_valid() and carried_out(form, deed):
        messages.success(request, _("The list is confirmed."))
        return see_other(reverse("boards:incident", args=[found.pk]))
    page = {"form": form, "incident": found, "counted": queries.of_list(found), "what": words.of(found.category)}
    return render(request, "care/exposures/confirm_list.html", page)


@needs(Can.RAISE_INCIDENT)
@asked_or_sent
def was_there(request: HttpRequest) -> HttpResponse:
    """I was there too."""
    actor, at = actor_of(request), clock.now()
    at_desk = found_or_404(desk(actor, at))
    form = forms_list.WasThereForm(
        request.POST or None, desk=at_desk, initial={"reference": request.GET.get("incident", "")}
    )

    def deed(facts: dict[str, Any]) -> None:
        found = incidents.by_reference(facts["reference"], actor.force_id)
        if found is None:
            raise Refusal(_("Your force has no incident with this reference. Check it with whoever gave it to you."))
        group = Group([actor.person_id] if actor.person_id else [], raising.in_version(found, facts["role"].code))
        actions.join_list(by=actor, at=at, incident=found, group=group)

    return form_page(
        request, form, deed, title=_("I was there too"), button=_("Put me on the list"), back=reverse("own_care:page"),
        done=_("You are on the list. Your page says what is offered."),
    )  # fmt: skip


@in_own_language
@needs(Can.KEEP_OWN_CARE)
@asked_or_sent
def dispute(request: HttpRequest, exposure: uuid.UUID) -> HttpResponse:
    """Say of one's own record that it is wrong."""
    actor = actor_of(request)
    found = found_or_404(queries.own_exposure(actor, exposure))
    form = forms_list.DisputeForm(request.POST or None)
    return form_page(
        request, form, lambda facts: actions.dispute(by=actor, at=clock.now(), exposure=found, what=facts["what"]),
        title=_("Something is wrong in my record"), button=_("Say that it is wrong"), back=reverse("own_care:page"),
        done=_("The coordinator sees it and puts it right, or says why it stays."),
    )  # fmt: skip


@needs(Can.RUN_CARE)
@asked_or_sent
def settle(request: HttpRequest, exposure: uuid.UUID) -> HttpResponse:
    """Put right what is recorded of one person."""
    actor, at = actor_of(request), clock.now()
    found = exposure_of(request, exposure)
    before = queries.settled_before(actor, found, at)
    at_desk = desk_of(actor, found.incident, at)
    form = forms_list.SettleForm(
        request.POST or None, exposure=found, incident=found.incident, desk=at_desk, initial=before
    )

    def deed(facts: dict[str, Any]) -> None:
        if facts.get("outcome") == form.STAYS:
            actions_settling.leave_as_it_is(by=actor, at=at, exposure=found)
            return
        right = Facts(role=facts["role"], duty_end_at=facts["duty_end_at"], supervisor=form.supervisor)
        actions_settling.put_right(by=actor, at=at, exposure=found, facts=right)

    if request.method == "POST" and form.is_valid() and carried_out(form, deed):
        messages.success(request, _("It is settled."))
        return see_other(reverse("boards:incident", args=[found.incident_id]))
    return render(request, "care/exposures/settle.html", {"form": form, "exposure": found})


@needs(Can.RUN_CARE)
@asked_or_sent
def take_off(request: HttpRequest, exposure: uuid.UUID) -> HttpResponse:
    """Take somebody off the list."""
    found = exposure_of(request, exposure)
    return form_page(
        request, forms_list.Sure(request.POST if request.method == "POST" else None),
        lambda _f: actions.take_off(by=actor_of(request), at=clock.now(), exposure=found),
        title=_("Take this person off the list"), button=_("Take off the list"), done=_("The name is off the list."),
        back=reverse("boards:incident", args=[found.incident_id]),
        words=_("They were not exposed after all. What was opened for them is closed; the name stays on record."),
    )  # fmt: skip
