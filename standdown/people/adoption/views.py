from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from standdown.design.form_pages import asked_or_sent, carried_out, form_page
from standdown.foundation import access, clock
from standdown.foundation.access import ANYONE, Can
from standdown.foundation.gates import actor_of, needs, public, see_other
from standdown.people.adoption import actions, forms, queries
from standdown.people.adoption.policy import ChecklistItem
from standdown.people.forces.queries import regions


def _today() -> Any:
    return clock.london_day(clock.now())


def _force(request: HttpRequest, slug: str, can: Can = Can.SEE_ADOPTION) -> Any:
    """The force, if this actor has that permission there; else it is not there."""
    force = get_object_or_404(queries.visible(actor_of(request)), slug=slug)
    if not access.allows(actor_of(request), can, force):
        raise Http404
    return force


@needs(Can.SEE_ADOPTION)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """How far every force has come that one may see, and where a named post is vacant."""
    form = forms.OverviewForm(request.GET, regions=regions())
    asked = form.cleaned_data if form.is_valid() else {}
    lines = queries.overview(
        actor_of(request),
        _today(),
        state=asked.get("state", ""),
        region=asked.get("region", ""),
        home_office={"yes": True, "no": False}.get(asked.get("home_office", "")),
        vacant=asked.get("vacant", False),
    )
    page = {"lines": lines, "form": form, "national": actor_of(request).reach(Can.RECORD_ADOPTION).everywhere}
    return render(request, "people/adoption/overview.html", page)


@needs(Can.SEE_ADOPTION)
@require_safe
def record(request: HttpRequest, slug: str) -> HttpResponse:
    """One force's adoption: the same page for the national coordinator and for the force's lead."""
    force, actor = _force(request, slug), actor_of(request)
    page = {
        "record": queries.record(force, _today()),
        "may_record": access.allows(actor, Can.RECORD_ADOPTION, force),
        "may_tick": access.allows(actor, Can.TICK_CHECKLIST, force),
    }
    return render(request, "people/adoption/record.html", page)


@needs(Can.RECORD_ADOPTION)
@asked_or_sent
def add_step(request: HttpRequest, slug: str) -> HttpResponse:
    """Record the next step."""
    force = _force(request, slug, Can.RECORD_ADOPTION)
    found = queries.record(force, _today())
    words = "" if not found.open_points else _("A force adopts once every point of its checklist is in place.")
    return form_page(
        request, forms.StepForm(request.POST or None, states=found.next_states),
        lambda facts: actions.record_step(
            by=actor_of(request), at=clock.now(), force=force, state=facts["state"], since=facts["since"]
        ),
        title=_("Record a step of %(force)s") % {"force": force.name}, button=_("Record the step"),
        done=_("The step was recorded. Whoever holds a named post in the force is told."),
        back=reverse("adoption:record", args=[slug]), words=words,
    )  # fmt: skip


@needs(Can.TICK_CHECKLIST)
@require_POST
def tick(request: HttpRequest, slug: str, item: str) -> HttpResponse:
    """Say that a point is in place, or take that back (with `undo` in the form)."""
    if item not in set(ChecklistItem):
        raise Http404
    force, undo = _force(request, slug, Can.TICK_CHECKLIST), "undo" in request.POST
    deed = actions.untick if undo else actions.tick
    deed(by=actor_of(request), at=clock.now(), force=force, item=item)
    messages.success(request, _("The tick was taken back.") if undo else _("The point is recorded as in place."))
    return see_other(reverse("adoption:record", args=[slug]) + "#checklist")


@needs(Can.TICK_CHECKLIST)
@asked_or_sent
def add_evidence(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep a document that shows a point."""
    force = _force(request, slug, Can.TICK_CHECKLIST)
    return form_page(
        request, forms.EvidenceForm(request.POST or None, request.FILES or None),
        lambda facts: actions.add_evidence(
            by=actor_of(request), at=clock.now(), force=force, item=facts["item"], content=facts["file"]
        ),
        title=_("Add a document"), button=_("Keep the document"), done=_("The document is kept."),
        back=reverse("adoption:record", args=[slug]),
    )  # fmt: skip


@needs(Can.SEE_ADOPTION)
@require_safe
def evidence(request: HttpRequest, slug: str, document: uuid.UUID) -> HttpResponse:
    """A document as a file to keep. It is never shown in the browser, whatever is in it, and its name says nothing."""
    found = get_object_or_404(queries.evidence_of(_force(request, slug)), pk=document)
    response = HttpResponse(bytes(found.content), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="document.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@public
@asked_or_sent
def demand(request: HttpRequest) -> HttpResponse:
    """Let anyone say, without a name, that their force should adopt. `?force=slug` chooses the force."""
    form = forms.DemandForm(
        request.POST or None,
        forces=queries.not_adopted_forces(_today()),
        initial={"force": request.GET.get("force", "")},
    )

    def deed(facts: dict[str, Any]) -> None:
        force = queries.not_adopted_forces(_today()).get(slug=facts["force"])
        actions.register_demand(by=ANYONE, at=clock.now(), force=force)

    if request.method == "POST" and form.is_valid() and carried_out(form, deed):
        return see_other(reverse("adoption:demand-noted"))
    return render(request, "people/adoption/demand.html", {"form": form})


@public
@require_safe
def demand_noted(request: HttpRequest) -> HttpResponse:
    """Thank somebody whose voice was counted."""
    return render(request, "people/adoption/demand_noted.html")
