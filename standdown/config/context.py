"""What every page's frame needs: who is signed in, where they may go, and whether this is a demonstration."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from standdown.care.exercises import queries as exercises
from standdown.design.jinja import url
from standdown.foundation.access import ANYONE, Actor, Can
from standdown.foundation.gates import actor_of

Place = tuple[str, str, bool]  # words, address, whether the page belongs to it


def frame(request: HttpRequest) -> dict[str, Any]:
    """The frame's facts. Without a session cookie nobody is signed in, and the database is not asked."""
    actor = actor_of(request) if settings.SESSION_COOKIE_NAME in request.COOKIES else ANYONE
    return {
        "actor": actor,
        "demonstration": settings.DEMONSTRATION,
        "exercise": exercises.running(actor) if request.path.startswith("/care/") else [],
        "nav": _for_visitors(request.path, get_language()) if actor.person_id is None else _for(actor, request.path),
        "origin": settings.ORIGIN,
        "page_path": request.path,
    }


@lru_cache(maxsize=256)
def _for_visitors(path: str, _language: str | None) -> list[Place]:
    return _marked([(_("Dates"), "public:training"), (_("The service"), "public:service")], path)


def _for(actor: Actor, path: str) -> list[Place]:
    allowed = [(label, name) for cans, label, name in _signed_in_places() if not cans or any(map(actor.has, cans))]
    serves = actor.force_id is not None  # of the national body, nobody has care of their own here
    return _marked([place for place in allowed if serves or place[1] != "own_care:page"], path)


def _marked(places: list[tuple[str, str]], path: str) -> list[Place]:
    """The places with their addresses, the one that the page belongs to marked."""
    addressed = [(label, url(name), url(_ALSO.get(name, name))) for label, name in places]
    return [(label, address, path.startswith((address, also))) for label, address, also in addressed]


_ALSO = {"adoption:overview": "forces:list"}  # two slices, one entry: how far a force has come, and what it is made of


def _signed_in_places() -> list[tuple[tuple[Can, ...], str, str]]:
    return [
        ((), _("Your page"), "me:page"),
        ((), _("Your support"), "own_care:page"),
        ((Can.RUN_CARE,), _("Incidents"), "boards:board"),
        ((Can.SEE_FIGURES,), _("Figures"), "reporting:figures"),
        ((Can.RECEIVE_REFERRAL,), _("Referrals"), "referrals:list"),
        ((Can.PLACE_OVER_CAPACITY,), _("Overview"), "overview:national"),
        ((Can.SEE_QUALIFICATIONS,), _("Places"), "nominations:board"),
        ((Can.SEE_ROSTER,), _("Your days"), "attendance:next"),
        ((Can.SEE_SESSIONS,), _("Dates"), "sessions:list"),
        ((Can.SEE_QUALIFICATIONS,), _("Qualified"), "qualifications:list"),
        ((), _("My training"), "mine:page"),
        ((Can.EDIT_COURSE,), _("Courses"), "courses:list"),
        ((Can.SEE_ADOPTION,), _("Forces"), "adoption:overview"),
        ((Can.LIST_PEOPLE, Can.KEEP_PEOPLE), _("People"), "accounts:list"),
        ((Can.SEE_ROLES,), _("Roles"), "roles:list"),
        ((Can.READ_OUTBOX,), _("Messages"), "notifications:outbox"),
        ((Can.READ_AUDIT,), _("Record"), "audit:entries"),
    ]
