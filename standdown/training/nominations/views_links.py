"""Pages behind the links of messages: no password, bound to a purpose, a person, a nomination and a moment.

A GET changes nothing: programs that look through mail open links before people do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from standdown.design.form_pages import asked_or_sent
from standdown.foundation import clock
from standdown.foundation.access import Actor
from standdown.foundation.gates import public
from standdown.foundation.links import NoSuchLink
from standdown.training.nominations import links, own_place, place_pages
from standdown.training.nominations.links import Purpose
from standdown.training.nominations.opened_links import Void, opened
from standdown.training.nominations.own_place import OwnPlace
from standdown.training.nominations.place_pages import Ways

BY_LINK = "link"


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at the page behind a link: who acts, what they see, and with which token they came."""

    request: HttpRequest
    by: Actor
    page: OwnPlace
    token: str

    @property
    def ways(self) -> Ways:
        """The addresses of the place, each with a token that opens it."""
        return self._ways(self.token)

    @property
    def ways_from_offer(self) -> Ways:
        """As `ways`, for somebody who came with the link of an offer, which opens nothing else."""
        return self._ways(links.place_token(self.page.nomination))

    def _ways(self, token: str) -> Ways:
        return Ways(
            answer=links.answer(self.page.nomination) if self.page.can_answer else self.request.path,
            place=reverse("nominations:place", args=[token]),
            needs=reverse("nominations:place-needs", args=[token]),
            give_back=reverse("nominations:place-give-back", args=[token]),
            calendar=reverse("nominations:place-calendar", args=[token]),
        )


Page = Callable[[Visit], HttpResponse]


def _behind(purpose: Purpose) -> Callable[[Page], Callable[[HttpRequest, str], HttpResponse]]:
    """Open the link of that purpose for a page: not there when it is not ours, a calm word when it is over."""

    def wrap(page: Page) -> Callable[[HttpRequest, str], HttpResponse]:
        @wraps(page)
        def view(request: HttpRequest, token: str) -> HttpResponse:
            at = clock.now()
            try:
                found = opened(purpose, token, at)
            except NoSuchLink:
                raise Http404 from None
            except Void as void:
                return place_pages.over(request, str(void.words))
            return page(Visit(request, found.by, own_place.seen(found.nomination, at), token))

        return view

    return wrap


@public
@asked_or_sent
@_behind(Purpose.ANSWER)
def answer(visit: Visit) -> HttpResponse:
    """Accept or decline an offer."""
    return place_pages.answer(visit.request, visit.by, visit.page, visit.ways_from_offer, BY_LINK)


@public
@require_safe
@_behind(Purpose.PLACE)
def place(visit: Visit) -> HttpResponse:
    """See one's own place."""
    return place_pages.place(visit.request, visit.page, visit.ways)


@public
@asked_or_sent
@_behind(Purpose.PLACE)
def place_needs(visit: Visit) -> HttpResponse:
    """Say what would make the day easier."""
    return place_pages.needs(visit.request, visit.by, visit.page, visit.ways)


@public
@asked_or_sent
@_behind(Purpose.PLACE)
def place_give_back(visit: Visit) -> HttpResponse:
    """Give one's place back."""
    return place_pages.give_back(visit.request, visit.by, visit.page, visit.ways)


@public
@require_safe
@_behind(Purpose.PLACE)
def place_calendar(visit: Visit) -> HttpResponse:
    """The date as a calendar file."""
    return place_pages.calendar_file(visit.page)


@public
@asked_or_sent
@_behind(Purpose.RELEASE)
def release(visit: Visit) -> HttpResponse:
    """Say whether one of one's people is free on the day."""
    return place_pages.release(visit.request, visit.by, visit.page, here=visit.request.path)
