from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from standdown.design import fields

DAY = 24


class BeginForm(forms.Form):
    """How large the exercise is."""

    people = fields.NumberField(
        label=_("How many people were exposed?"), min_value=2, max_value=500, width=3, initial=30,
        help_text=_("Made-up people called Exercise and a number, from 2 to 500. From 50 it is a major incident."),
    )  # fmt: skip


class MoveForm(forms.Form):
    """By how much the clock is moved on."""

    hours = fields.RadiosField(label=_("How much time has gone by?"), choices=[])

    def __init__(self, *args: Any, moves: Sequence[int], **rest: Any) -> None:
        super().__init__(*args, **rest)
        cast("forms.ChoiceField", self.fields["hours"]).choices = [(str(one), _span(one)) for one in moves]

    def clean_hours(self) -> int:
        """The hours as a number."""
        return int(self.cleaned_data["hours"])


def _span(hours: int) -> str:
    if hours < DAY:
        return ngettext("%(num)s hour", "%(num)s hours", hours) % {"num": hours}
    return ngettext("%(num)s day", "%(num)s days", hours // DAY) % {"num": hours // DAY}
