"""What is pressed and ticked under the card. Nothing of it is written in words."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.care.demobilising.actions import Captured
from standdown.care.demobilising.models import Demobilisation
from standdown.care.programme.policy import NextStep
from standdown.design import fields

Outcome = Demobilisation.Outcome
NEEDS = [
    ("food", _("Something to eat and drink")),
    ("rest", _("A rest")),
    ("transport", _("A lift home")),
    ("home_told", _("Home was told")),
    ("kit", _("Kit or clothes")),
    ("relief", _("Relieved from duty")),
    ("first_aid", _("First aid")),
]


class CardForm(forms.Form):
    """What came of one talk. The four buttons carry the outcome; all the rest may stay empty."""

    capture_key = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        choices=Outcome.choices, error_messages={"required": _("Press one of the four buttons to say what came of it.")}
    )
    needs = fields.CheckboxesField(label=_("What was seen to"), choices=NEEDS, required=False)
    fit_to_drive = fields.YesNoField(label=_("Fit to drive home?"), required=False)
    not_alone = fields.YesNoField(label=_("Somebody there tonight?"), required=False)
    next_step = fields.RadiosField(label=_("Next step that you propose"), choices=(), required=False)

    def __init__(self, data: Any = None, *, steps: Iterable[tuple[str, str]]) -> None:
        super().__init__(data, initial={"capture_key": uuid.uuid4(), "next_step": ""})
        self.fields["next_step"].choices = [("", _("None from me")), *steps]  # type: ignore[attr-defined]

    def captured(self) -> Captured:
        """What was recorded, out of a form that holds."""
        facts = self.cleaned_data
        return Captured(
            key=facts["capture_key"], outcome=facts["outcome"], needs=frozenset(facts["needs"]),
            fit_to_drive=facts["fit_to_drive"], not_alone=facts["not_alone"],
            proposal=NextStep(facts["next_step"]) if facts["next_step"] else None,
        )  # fmt: skip
