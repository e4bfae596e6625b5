"""My page: what is offered to me, what is held about me, who looked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from standdown.care.mine import queries, screens
from standdown.foundation import clock
from standdown.foundation.gates import actor_of, signed_in


@signed_in
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Everything that is held about me here, and what I can do about it."""
    at = clock.now()
    own = queries.own(actor_of(request), at)
    return render(request, "care/mine/page.html", {"page": screens.page(own, at)})
