"""Numbers for a bad night: those that anybody may ring, and what they are. Public facts, the same for every force."""

from __future__ import annotations

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


DANGER = Number(_("Danger to life"), "999", _("At once"))
ANYBODY = (
    DANGER,
    Number(_("Samaritans"), "116 123", _("Day and night, free")),
    Number(_("NHS 111, then option 2 for mental health"), "111", _("Day and night, free")),
)
