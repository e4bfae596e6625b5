"""Preparing dates: one, several, another like one that there is, and from a file."""

from __future__ import annotations

import csv
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from standdown.design.form_pages import asked_or_sent, carried_out, form_page
from standdown.foundation import access, clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, needs, see_other
from standdown.training.sessions import actions, choices, forms, import_rows, plan_forms, screens

_PAGE = "training/sessions/plan.html"


def _planner(request: HttpRequest) -> tuple[Any, dict[str, Any]]:
    """Who plans, and for which forces; for who plans for none the page is not there."""
    by = actor_of(request)
    forces = choices.forces_to_plan(by)
    if not forces:
        raise Http404
    return by, forces


@needs(Can.PLAN_SESSION)
@asked_or_sent
def plan(request: HttpRequest) -> HttpResponse:
    """Prepare a date: a national one, or a force's own by a trainer who is approved there."""
    by, forces = _planner(request)
    form = plan_forms.asked(plan_forms.PlanForm, request, choices.courses_to_plan(), forces)
    if form.is_bound and form.is_valid():
        owner = choices.owner_of(by, form.plan())
        wanted: dict[str, Any] = {"by": by, "at": clock.now(), "course": form.chosen_course(), "owner": owner}
        made: list[uuid.UUID] = []
        if carried_out(form, lambda _facts: made.append(actions.plan_session(**wanted, plan=form.plan()).pk)):
            messages.success(request, _("The date was prepared. Publish it when it is right."))
            return see_other(reverse("sessions:one", args=made))
    page = {"form": form, "page_title": _("Plan a date"), "button": _("Prepare the date"), "back": _list()}
    return render(request, _PAGE, page)


@needs(Can.PLAN_SESSION)
@asked_or_sent
def plan_many(request: HttpRequest) -> HttpResponse:
    """Prepare several dates at once."""
    by, forces = _planner(request)
    form = plan_forms.asked(plan_forms.ManyForm, request, choices.courses_to_plan(), forces)
    if form.is_bound and form.is_valid():
        plans = form.plans()
        owner = choices.owner_of(by, plans[0])
        wanted: dict[str, Any] = {"by": by, "at": clock.now(), "course": form.chosen_course(), "owner": owner}
        if carried_out(form, lambda _facts: actions.plan_many(**wanted, plans=plans)):
            done = ngettext("%(count)s date was prepared.", "%(count)s dates were prepared.", len(plans))
            messages.success(request, done % {"count": len(plans)})
            return see_other(_list())
    page = {"form": form, "page_title": _("Plan several dates"), "button": _("Prepare the dates"), "back": _list()}
    return render(request, _PAGE, page)


@needs(Can.PLAN_SESSION)
@asked_or_sent
def edit(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Change a date in preparation."""
    actor = actor_of(request)
    found = get_object_or_404(screens.visible(actor), pk=session)
    if not access.allows(actor, Can.PLAN_SESSION, found):
        raise Http404
    courses = [pair for pair in choices.courses_to_plan() if pair[0].pk == found.course_id]
    form = plan_forms.asked(plan_forms.EditForm, request, courses, choices.forces_to_plan(actor), session=found)
    back = reverse("sessions:one", args=[found.pk])
    if form.is_bound and form.is_valid():
        wanted: dict[str, Any] = {"by": actor, "at": clock.now(), "session": found, "plan": form.plan()}
        if carried_out(form, lambda facts: actions.edit_draft(**wanted, seen=facts["seen"])):
            messages.success(request, _("The date was changed. Nobody has been told, because it is not published."))
            return see_other(back)
    page = {"form": form, "page_title": _("Change the date"), "button": _("Keep these changes"), "back": back}
    return render(request, _PAGE, page)


@needs(Can.PLAN_SESSION)
@asked_or_sent
def clone(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Prepare another date like this one."""
    found = get_object_or_404(screens.visible(actor_of(request)), pk=session)
    if not access.allows(actor_of(request), Can.PLAN_SESSION, found):
        raise Http404
    return form_page(
        request, forms.CloneForm(request.POST or None),
        lambda facts: actions.clone_session(
            by=actor_of(request), at=clock.now(), session=found, day=facts["day"]
        ),
        title=_("Plan another date like this one"), button=_("Prepare the date"), back=_list(),
        done=_("The date was prepared. Publish it when it is right."),
    )  # fmt: skip


@needs(Can.PUBLISH_SESSION)
@asked_or_sent
def bring_in(request: HttpRequest) -> HttpResponse:
    """Check a file of dates, or bring it in; the page says what it did, or what is wrong in which row."""
    if not choices.may_bring_in(actor_of(request)):
        raise Http404
    form, report = forms.ImportForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        report = actions.import_sessions(
            by=actor_of(request), at=clock.now(), source=form.cleaned_data["file"],
            dry_run=form.cleaned_data["what"] == "check", progress=lambda _done, _all: None,
        )  # fmt: skip
    page = {"form": form, "report": report, "columns": import_rows.COLUMNS}
    return render(request, "training/sessions/import.html", page)


@needs(Can.PUBLISH_SESSION)
@require_safe
def template_file(request: HttpRequest) -> HttpResponse:
    """A file with the headings and two rows as examples."""
    if not choices.may_bring_in(actor_of(request)):
        raise Http404
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="dates.csv"'
    response.write("\ufeff")
    rows = csv.writer(response)
    rows.writerow([column.name for column in import_rows.COLUMNS])
    rows.writerows(import_rows.EXAMPLE)
    return response


def _list() -> str:
    return reverse("sessions:list")
