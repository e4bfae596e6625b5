from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.design.fields import LongTextField, NumberField, TextField
from standdown.training.courses import policy
from standdown.training.courses.policy import Figures, Flaw

_FLAWS = {
    Flaw.LENGTH: ("minutes", _("The length must be between 30 and 2,400 minutes")),
    Flaw.LEAST: ("least_delegates", _("The least must be at least 1 and no more than either of the two most")),
    Flaw.MOST: ("most_online", _("The most must be between 1 and 500")),
    Flaw.SECOND_TRAINER: ("second_trainer_above", _("The number must be between 1 and 500")),
}


class BlockForm(forms.Form):
    """The words of one block, in both languages."""

    text = LongTextField(
        label=_("Words in English"), max_length=2000, rows=10, missing=_("Enter the words in English"),
        help_text=_("Plain text, up to 2,000 characters. An empty line begins a new paragraph"),
    )  # fmt: skip
    text_cy = LongTextField(
        label=_("Words in Welsh"), max_length=2000, rows=10, required=False,
        help_text=_("As long as this is empty, readers of Welsh are shown the English words"),
    )  # fmt: skip


class FiguresForm(forms.Form):
    """Title, summary and figures of a version."""

    title = TextField(label=_("Title in English"), max_length=120, missing=_("Enter a title"))
    title_cy = TextField(label=_("Title in Welsh"), max_length=120, required=False)
    summary = LongTextField(label=_("In one or two sentences, in English"), max_length=300, rows=3)
    summary_cy = LongTextField(label=_("In one or two sentences, in Welsh"), max_length=300, rows=3, required=False)
    minutes = NumberField(label=_("Length in minutes"), help_text=_("Seven hours are 420 minutes"))
    least_delegates = NumberField(label=_("Fewest people"))
    most_online = NumberField(label=_("Most people online"))
    most_in_person = NumberField(label=_("Most people in person"))
    second_trainer_above = NumberField(
        label=_("A second trainer is wanted above"), help_text=_("How many people one trainer can lead alone")
    )

    def clean(self) -> dict[str, Any]:
        """Judge the figures together, once each can be read."""
        facts: dict[str, Any] = super().clean() or {}
        if not self.errors:
            for flaw in policy.flaws(self.figures()):
                name, sentence = _FLAWS[flaw]
                self.add_error(name, sentence)
        return facts

    def figures(self) -> Figures:
        """The figures that were entered."""
        facts = self.cleaned_data
        return Figures(
            minutes=facts["minutes"], least_delegates=facts["least_delegates"], most_online=facts["most_online"],
            most_in_person=facts["most_in_person"], second_trainer_above=facts["second_trainer_above"],
        )  # fmt: skip

    def words(self) -> dict[str, str]:
        """Title and summary in both languages."""
        return {name: self.cleaned_data[name] for name in ("title", "title_cy", "summary", "summary_cy")}
