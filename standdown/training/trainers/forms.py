from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.design.fields import DateField, RadiosField, SelectField, TextField
from standdown.training.trainers.models import TrainerStep
from standdown.training.trainers.policy import Stage


class FindForm(forms.Form):
    """Whose way as a trainer is to begin."""

    words = TextField(label=_("Name or number"), max_length=80, required=False, width=20)


class StepForm(forms.Form):
    """Which step was taken, when, and on which date it was seen."""

    stage = RadiosField(label=_("Which step?"))
    on = DateField(label=_("On which day?"), help_text=_("For example, 12 1 2027"))
    session = SelectField(
        label=_("On which date was it seen?"), required=False,
        help_text=_("For co-delivering and for being observed"),
    )  # fmt: skip

    def __init__(self, *args: Any, stages: Sequence[Stage], dates: Sequence[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        words = dict(TrainerStep.Stage.choices)
        self.fields["stage"].choices = [(one.value, words[one.value]) for one in stages]  # type: ignore[attr-defined]
        self.fields["session"].choices = [("", _("None")), *dates]  # type: ignore[attr-defined]

    def clean_stage(self) -> Stage:
        """The step as what it is."""
        return Stage(self.cleaned_data["stage"])
