from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.audit.models import Outcome
from standdown.design import fields
from standdown.foundation.access import SENTENCES


class FilterForm(forms.Form):
    """Which entries to read. It asks by GET, so that an address can be kept."""

    can = fields.SelectField(
        label=_("What was done"),
        required=False,
        choices=[("", _("Anything")), *((can.value, words) for can, words in SENTENCES.items())],
    )
    outcome = fields.SelectField(
        label=_("Outcome"), required=False, choices=[("", _("Done or refused")), *Outcome.choices]
    )
    day = fields.DateField(label=_("Day"), required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that a reader fills in."""
        return [self[name] for name in ("can", "outcome", "day")]
