"""Every view says who may knock. A view without a gate is a mistake that the house test and the middleware refuse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from standdown.foundation.access import ANYONE, Actor, Can

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Gate:
    """Who may knock at a view: anyone; anyone signed in; or anyone signed in who has one of these permissions."""

    public: bool = False
    cans: frozenset[Can] = frozenset()


def actor_of(request: HttpRequest) -> Actor:
    """The actor of this request; anyone, when nobody is signed in."""
    return cast("Actor", getattr(request, "actor", ANYONE))


def public(view: View) -> View:
    """Anyone may open this, signed in or not. It must not show anything that is not public."""
    view.gate = Gate(public=True)  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Anyone signed in may knock; the view's own query decides what there is to see."""
    return _guarded(view, Gate())


def needs(*cans: Can) -> Callable[[View], View]:
    """Only somebody who holds one of these permissions somewhere may knock; for others the page is not there."""

    def guard(view: View) -> View:
        return _guarded(view, Gate(cans=frozenset(cans)))

    return guard


def _guarded(view: View, gate: Gate) -> View:
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor = actor_of(request)
        if actor.person_id is None:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        if gate.cans and not any(actor.has(can) for can in gate.cans):
            raise Http404
        return view(request, *args, **kwargs)

    wrapper.gate = gate  # type: ignore[attr-defined]
    return cast("View", wrapper)


def found_or_404(found: Found | None) -> Found:
    """What a query found for this actor; Http404 where it found nothing, whether it is hidden or was never there."""
    if found is None:
        raise Http404
    return found


class _SeeOther(HttpResponseRedirect):
    status_code = 303


def see_other(url: str) -> HttpResponse:
    """The answer to a POST that did its work: 303, so that a reload asks again and does not act again."""
    return _SeeOther(url)
