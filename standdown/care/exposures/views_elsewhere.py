"""What comes from files and other forces, and the post-incident manager's page."""

from __future__ import annotations

import csv
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from standdown.care.exposures import (
    actions_files,
    actions_handing,
    actions_incident,
    cards,
    forms_incident,
    incident_file,
    queries_handed,
    queries_incident,
)
from standdown.care.exposures.desk import desk_of
from standdown.care.exposures.views import incident_of
from standdown.care.form_pages import form_page
from standdown.care.incidents import actions as incidents
from standdown.care.incidents import queries as incident_queries
from standdown.design.form_pages import asked_or_sent
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other
from standdown.foundation.refusal import Refusal


@needs(Can.IMPORT_INCIDENTS)
@asked_or_sent
def file(request: HttpRequest) -> HttpResponse:
    """Check or bring in a file of what may be incidents."""
    actor, at = actor_of(request), clock.now()
    forces = queries_incident.forces_of(actor, Can.IMPORT_INCIDENTS)
    if not forces:
        raise Http404
    form, report = forms_incident.FileForm(request.POST or None, request.FILES or None, forces=forces), None
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        report = actions_files.bring_in(
            by=actor, at=at, force=form.whose, source=sent, name=sent.name or "",
            dry_run=form.cleaned_data["what"] == form.CHECK,
        )  # fmt: skip
    return render(
        request, "care/exposures/file.html", {"form": form, "report": report, "sees": actor.has(Can.RUN_CARE)}
    )


@needs(Can.IMPORT_INCIDENTS)
@require_safe
def file_example(_request: HttpRequest) -> HttpResponse:
    """An example of such a file: the headings and two rows."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="incidents.csv"'
    writer = csv.writer(response)
    writer.writerow(incident_file.NAMES)
    for number, role in (("1234", "first-on-scene"), ("PC 5678", "control-room")):
        writer.writerow(["1234-28NOV26", "road-collision", "28/11/2026 03:15", "", number, role, "28/11/2026 07:00"])
    return response


@needs(Can.RUN_CARE)
@require_safe
def proposed(request: HttpRequest) -> HttpResponse:
    """What files proposed and nobody has confirmed yet."""
    rows = cards.of_proposed(queries_incident.proposed_with_counts(actor_of(request)))
    return render(request, "care/exposures/proposed.html", {"rows": rows})


@needs(Can.RUN_CARE)
@require_POST
def confirm_proposed(request: HttpRequest, incident: uuid.UUID) -> HttpResponse:
    """Confirm that it is an incident."""
    found = incident_of(request, incident)
    number = actions_incident.confirm_proposed(by=actor_of(request), at=clock.now(), incident=found)
    words = ngettext(
        "It is confirmed, and what is owed to %(count)s person begins.",
        "It is confirmed, and what is owed to %(count)s people begins.", number,
    )  # fmt: skip
    messages.success(request, words % {"count": number})
    return see_other(reverse("boards:incident", args=[found.pk]))


@needs(Can.RUN_CARE)
@asked_or_sent
def hand_over(request: HttpRequest, incident: uuid.UUID) -> HttpResponse:
    """Hand colleagues of another force over."""
    actor, at = actor_of(request), clock.now()
    found = incident_of(request, incident)
    forces = queries_handed.forces_to_hand_to(found, at)
    form = forms_incident.HandOverForm(request.POST or None, desk=desk_of(actor, found, at), forces=forces)
    return form_page(
        request, form,
        lambda facts: actions_handing.hand_over(
            by=actor, at=at, incident=found, to=facts["to"], colleagues=facts["numbers"], role=facts["role"]
        ),
        title=_("Hand over colleagues of another force"), button=_("Hand over"),
        done=_("They are handed over. Their own force looks after them."),
        back=reverse("boards:incident", args=[found.pk]),
        words=_("Their force makes a record of its own. You see only how many are handled there."),
    )  # fmt: skip


@needs(Can.RUN_CARE)
@require_safe
def handed_over(request: HttpRequest) -> HttpResponse:
    """Colleagues whom other forces handed to this actor's."""
    rows = cards.of_handed(queries_handed.waiting(actor_of(request)), clock.now())
    return render(request, "care/exposures/handed_over.html", {"rows": rows})


@needs(Can.RUN_CARE)
@require_POST
def accept_handed_over(request: HttpRequest, handed: uuid.UUID) -> HttpResponse:
    """Make a record of one's own of them."""
    exposure = actions_handing.accept(by=actor_of(request), at=clock.now(), handed=_handed(request, handed))
    messages.success(request, _("They are on a list of your own force now, and their clocks have begun."))
    return see_other(reverse("boards:incident", args=[exposure.incident_id]))


@needs(Can.RUN_CARE)
@require_POST
def not_ours(request: HttpRequest, handed: uuid.UUID) -> HttpResponse:
    """Say that the number is not known."""
    actions_handing.not_ours(by=actor_of(request), at=clock.now(), handed=_handed(request, handed))
    messages.success(request, _("The force that handed it over is asked to check the number."))
    return see_other(reverse("exposures:handed-over"))


def _handed(request: HttpRequest, key: uuid.UUID) -> Any:
    return found_or_404(queries_handed.handed(actor_of(request), key))


@needs(Can.SET_RESTRICTION)
@asked_or_sent
def restrict(request: HttpRequest) -> HttpResponse:
    """Restrict conferring by the reference, or lift it; nothing else is shown."""
    actor, at = actor_of(request), clock.now()
    form = forms_incident.RestrictForm(request.POST or None)

    def deed(facts: dict[str, Any]) -> None:
        found = incident_queries.for_restriction(actor, facts["reference"])
        if found is None:
            raise Refusal(_("Your force has no incident with this reference. Check it with the care coordinator."))
        if facts["what"] == form.SET:
            incidents.restrict(by=actor, at=at, incident=found)
        else:
            incidents.lift(by=actor, at=at, incident=found)

    lifted = form.is_bound and form.data.get("what") == form.LIFT
    return form_page(
        request, form, deed, title=_("Restrict conferring"), button=_("Save"),
        done=_("No restriction stands now.") if lifted else _("Conferring is restricted until it is lifted."),
        back=reverse("exposures:restrict"),
        words=_("You find an incident by its reference only, and are shown nothing about it or its people."),
    )  # fmt: skip
