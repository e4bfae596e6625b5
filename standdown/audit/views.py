from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from standdown.audit import queries
from standdown.audit.forms import FilterForm
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, needs


@needs(Can.READ_AUDIT)
@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """Who did what in the force, and what was refused, newest first."""
    form = FilterForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = queries.entries(
        actor_of(request),
        can=asked.get("can", ""),
        outcome=asked.get("outcome", ""),
        day=asked.get("day"),
        page=asked.get("page") or 1,
    )
    kept = request.GET.copy()
    kept.pop("page", None)
    return render(request, "audit/entries.html", {"form": form, "found": found, "kept": kept.urlencode()})


@needs(Can.READ_AUDIT)
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Walk the chains that this officer may read, now, compare them with their anchors, and say what holds."""
    proof = queries.prove(actor_of(request))
    return render(request, "audit/check.html", {"verdicts": queries.called(proof.verdicts), "proof": proof})
