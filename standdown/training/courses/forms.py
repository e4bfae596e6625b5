from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.design.fields import LongTextField, NumberField, RadiosField, TextField
from standdown.training.courses import policy
from standdown.training.courses.models import Course
from standdown.training.courses.policy import Figures, Flaw

_FLAWS = {
    Flaw.LENGTH: ("minutes", _("The length must be between 30 and 2,400 minutes")),
    Flaw.LEAST: ("least_delegates", _("The least must be at least 1 and no more than either of the two most")),
    Flaw.MOST: ("most_online", _("The most must be between 1 and 500")),
    Flaw.COMPLETION: (
        "completion_percent",
        _("It must be between 1 and 100 per cent, with at most 120 minutes that may be missed"),
    ),
    Flaw.VALIDITY: ("valid_months", _("It must hold for at least a month, and no longer than until training again")),
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

    completion_percent = NumberField(
        label=_("Completed with, in per cent of the day"), initial=100,
        help_text=_("100: somebody who was there for both halves. 50: one half is enough"),
    )  # fmt: skip
    grace_minutes = NumberField(
        label=_("Minutes of half a day that somebody may miss and still count as there"), initial=15
    )
    valid_months = NumberField(label=_("Holds for, in months"), initial=24)
    retrain_months = NumberField(
        label=_("Train again after, in months"),
        initial=36,
        help_text=_("Practice keeps it current until then"),
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
        return Figures(**{field.name: self.cleaned_data[field.name] for field in fields(Figures)})

    def words(self) -> dict[str, str]:
        """Title and summary in both languages."""
        return {name: self.cleaned_data[name] for name in ("title", "title_cy", "summary", "summary_cy")}


class AddCourseForm(forms.Form):
    """A new course, which begins as a draft."""

    title = TextField(label=_("Title in English"), max_length=120, missing=_("Enter a title"))
    slug = TextField(
        label=_("Its word in addresses"), max_length=60, missing=_("Enter a word for addresses"),
        help_text=_("Small letters and hyphens, such as train-the-trainer. It can never be changed"),
    )  # fmt: skip
    kind = RadiosField(label=_("Who is it for?"), choices=Course.Kind.choices, initial=Course.Kind.PRACTICE)
    summary = LongTextField(label=_("In one or two sentences, in English"), max_length=300, rows=3)
