"""My page in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from standdown.care.defusing import messages
from standdown.care.exposures.models import Exposure
from standdown.care.mine.queries import Own
from standdown.design.times import when_words
from standdown.people.roles.models import RoleName


@dataclass(frozen=True, slots=True)
class Invitation:
    """One invitation to a session."""

    address: str
    when: str
    where: str
    leads: str
    answer: str


@dataclass(frozen=True, slots=True)
class Page:
    """What the page shows."""

    invitations: list[Invitation]
    exposures: list[Exposure]
    looks: list[dict[str, Any]]


def page(own: Own, at: dt.datetime) -> Page:
    """What is held about oneself, in words."""
    return Page(
        invitations=[
            Invitation(
                address=reverse("defusing:answer", args=[one.pk]),
                when=when_words(one.defusing.starts_at, at) if one.defusing.starts_at else "",
                where=messages.place_of(one.defusing),
                leads=one.defusing.defuser.full_name if one.defusing.defuser else "",
                answer=one.get_answer_display(),
            )
            for one in own.invitations
        ],
        exposures=own.exposures,
        looks=[
            {"who": look.by.full_name, "role": role_words(look.role), "at": look.at, "why": look.get_why_display()}
            for look in own.looks
        ],
    )


def role_words(code: str) -> str:
    """The role in which somebody looked, in words; a code that is no role of ours stands as it is."""
    return str(RoleName(code).label) if code in RoleName.values else code
