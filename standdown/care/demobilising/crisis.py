"""Numbers for a bad night: those that anybody may ring, and what they are. The public ones, and a force's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number as it is read out, and who answers."""

    words: str | Promise
    number: str
    when: str | Promise

    @property
    def dialled(self) -> str:
        """The number for a telephone to dial."""
        return "".join(one for one in self.number if one.isdigit() or one == "+")


@dataclass(frozen=True, slots=True)
class Numbers:
    """Whom to ring, in the order in which it helps, and which of them to name on the card for 3 a.m."""

    all: tuple[Number, ...]
    at_night: Number


DANGER = Number(_("Danger to life"), "999", _("At once"))
SAMARITANS = Number(_("Samaritans"), "116 123", _("Day and night, free"))
NHS = Number(_("NHS 111, then option 2 for mental health"), "111", _("Day and night, free"))


def numbers(own: Sequence[Number], night: Number | None) -> Numbers:
    """Danger first, then the force's own, then those for everybody. `night` is the force's line that always answers."""
    return Numbers((DANGER, *own, SAMARITANS, NHS), night or SAMARITANS)
