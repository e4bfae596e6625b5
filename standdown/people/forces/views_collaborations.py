"""The pages about forces that work together; they are national."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from standdown.design.form_pages import asked_or_sent, form_page
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, needs
from standdown.people.forces import actions, forms, queries


@needs(Can.KEEP_COLLABORATIONS)
@require_safe
def collaborations(request: HttpRequest) -> HttpResponse:
    """The forces that work together, now and before."""
    today = clock.london_day(clock.now())
    page = {"collaborations": list(queries.collaborations()), "today": today}
    return render(request, "people/forces/collaborations.html", page)


@needs(Can.KEEP_COLLABORATIONS)
@asked_or_sent
def start_collaboration(request: HttpRequest) -> HttpResponse:
    """Record that forces begin to work together."""
    form = forms.StartCollaborationForm(request.POST or None, forces=queries.without_end())
    return form_page(
        request, form,
        lambda facts: actions.start_collaboration(
            by=actor_of(request), at=clock.now(), **{**facts, "forces": queries.chosen(facts["forces"])}
        ),
        title=_("Start a collaboration"), button=_("Start the collaboration"),
        done=_("The collaboration was recorded."), back=reverse("forces:collaborations"),
        words=_("The forces share a wellbeing lead and pool places. Each keeps its own register."),
    )  # fmt: skip


@needs(Can.KEEP_COLLABORATIONS)
@asked_or_sent
def join(request: HttpRequest, collaboration: uuid.UUID) -> HttpResponse:
    """Let a force take part."""
    found = get_object_or_404(queries.collaborations(), pk=collaboration)

    def deed(facts: dict[str, Any]) -> None:
        (force,) = queries.chosen([facts["force"]])
        actions.join_collaboration(
            by=actor_of(request), at=clock.now(), collaboration=found, force=force, since=facts["since"]
        )

    return form_page(
        request, forms.JoinForm(request.POST or None, forces=queries.without_end()), deed,
        title=_("A force joins %(name)s") % {"name": found.name}, button=_("Record that it joins"),
        done=_("It was recorded that the force joins."), back=reverse("forces:collaborations"),
    )  # fmt: skip


@needs(Can.KEEP_COLLABORATIONS)
@asked_or_sent
def leave(request: HttpRequest, collaboration: uuid.UUID, member: uuid.UUID) -> HttpResponse:
    """End a force's part."""
    found = get_object_or_404(queries.members_of(collaboration), pk=member)
    return form_page(
        request, forms.LeaveForm(request.POST or None),
        lambda facts: actions.leave_collaboration(
            by=actor_of(request), at=clock.now(), member=found, until=facts["until"]
        ),
        title=_("%(force)s leaves %(name)s") % {"force": found.force.name, "name": found.collaboration.name},
        button=_("Record that it leaves"), done=_("It was recorded that the force leaves."),
        back=reverse("forces:collaborations"),
    )  # fmt: skip
