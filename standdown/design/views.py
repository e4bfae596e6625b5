"""The catalogue: every piece with made-up data. It is shown to whoever builds or tries Standdown, never in earnest."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from standdown.design import catalogue_data, catalogue_form
from standdown.foundation.gates import public

PAGES = ("training", "care", "forms", "ground")


@public
def catalogue(request: HttpRequest, page: str = "training") -> HttpResponse:
    """Show the pieces of one kind."""
    if page not in PAGES or not (settings.DEBUG or settings.DEMONSTRATION):
        raise Http404
    names = {
        "training": gettext("Training"),
        "care": gettext("Care"),
        "forms": gettext("Forms"),
        "ground": gettext("Ground"),
    }
    side = [(names[name], f"/design/{name}/", name == page) for name in PAGES]
    form = catalogue_form.Example(request.GET if "sent" in request.GET else None)
    context = {"name": names[page], "side_items": side, "form": form, **catalogue_data.of(page)}
    return render(request, f"design/catalogue/{page}.html", context)
