"""A file of names: checked first, then put forward whole or not at all."""

from __future__ import annotations

import csv

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from standdown.design.form_pages import asked_or_sent
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, needs
from standdown.training.nominations import actions, bulk, bulk_forms, bulk_rows

_EXAMPLES = (("1234", "yes", "", "captions; breaks", ""), ("5678", "no", "yes", "", ""))


@needs(Can.PUT_FORWARD)
@asked_or_sent
def names(request: HttpRequest) -> HttpResponse:
    """Check a file of names, or put its people forward; the page says what it did, or what is wrong in which row."""
    forces = bulk.forces_of(actor_of(request), clock.now())
    if not forces:
        raise Http404
    form, report = bulk_forms.NamesFileForm(request.POST or None, request.FILES or None, forces=forces), None
    if request.method == "POST" and form.is_valid():
        report = actions.put_forward_many(
            by=actor_of(request),
            at=clock.now(),
            force=form.whose,
            source=form.cleaned_data["file"],
            dry_run=form.cleaned_data["what"] == "check",
        )
    return render(request, "training/nominations/bulk.html", {"form": form, "report": report})


@needs(Can.PUT_FORWARD)
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An example of such a file: the headings and two rows, with a date of one's own force where there is one."""
    at = clock.now()
    dates = (bulk.next_reference(force, at) for force in bulk.forces_of(actor_of(request), at))
    reference = next((one for one in dates if one), "TS-7KQ2MD")
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="names.csv"'
    writer = csv.writer(response)
    writer.writerow([column.name for column in bulk_rows.COLUMNS])
    for number, *rest in _EXAMPLES:
        writer.writerow([number, reference, *rest])
    return response
