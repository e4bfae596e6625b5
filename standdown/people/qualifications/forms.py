from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.design import fields
from standdown.people.forces.models import Force
from standdown.people.qualifications import policy
from standdown.people.qualifications.models import Currency, Skill
from standdown.people.qualifications.words import STATES

MOST_WANTED = 200


class RegisterFilter(forms.Form):
    """Which part of the register to show."""

    words = fields.TextField(label=_("Name, number, team or base"), required=False, width=20, max_length=80)
    skill = fields.SelectField(label=_("Skill"), required=False, choices=[("", _("All skills")), *Skill.choices])
    state = fields.SelectField(
        label=_("State"),
        required=False,
        choices=[("", _("All states")), *((state.value, label) for state, label in STATES.items())],
    )

    def asked(self) -> dict[str, str]:
        """What was asked for; everything, where that makes no sense."""
        return self.cleaned_data if self.is_valid() else {"words": "", "skill": "", "state": ""}


class AbleFilter(forms.Form):
    """Which places to show."""

    words = fields.TextField(label=_("Name, number, team or base"), required=False, width=20, max_length=80)


class CoverFilter(forms.Form):
    """Which base to show, and what to suppose."""

    base = fields.SelectField(label=_("Base"), required=False)
    fewer = fields.SelectField(
        label=_("Suppose that in each team"),
        required=False,
        choices=[
            ("", _("nobody else is away")),
            ("1", _("1 more person is away")),
            ("2", _("2 more people are away")),
            ("3", _("3 more people are away")),
        ],
    )

    def __init__(self, *args: Any, bases: Sequence[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        cast("forms.ChoiceField", self.fields["base"]).choices = [("", _("All bases")), *bases]


class WantedForm(forms.Form):
    """How many people able to defuse each team of a place needs."""

    def __init__(self, *args: Any, teams: Sequence[tuple[uuid.UUID, str, int]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        for key, name, number in teams:
            self.fields[str(key)] = fields.NumberField(
                label=name, min_value=0, max_value=MOST_WANTED, initial=number, width=3
            )

    def wanted(self) -> dict[uuid.UUID, int]:
        """The numbers by team."""
        return {uuid.UUID(key): number for key, number in self.cleaned_data.items()}


class CurrencyForm(forms.Form):
    """Something that keeps a person's qualifications current."""

    kind = fields.RadiosField(
        label=_("What was it?"),
        choices=Currency.Kind.choices,
        hints={Currency.Kind.CPD.value: _("A refresher, an exercise or another course")},
    )
    on = fields.DateField(label=_("On which day?"), help_text=_("For example, 31 8 2026"))
    minutes = fields.NumberField(
        label=_("How many minutes of training?"),
        help_text=_("For further training only: 90 for an hour and a half"),
        required=False,
        min_value=1,
        max_value=policy.MOST_CPD_MINUTES,
        width=4,
    )

    def clean(self) -> dict[str, Any]:
        """Further training has a length; a session led has none."""
        facts = super().clean() or {}
        if facts.get("kind") == Currency.Kind.CPD and not facts.get("minutes") and "minutes" not in self.errors:
            self.add_error("minutes", _("Enter how many minutes the training took"))
        facts["minutes"] = facts.get("minutes") or 0
        return facts


class StandDownForm(forms.Form):
    """From when until when somebody is not available. Nothing else is asked."""

    since = fields.DateField(label=_("From which day?"), help_text=_("Today or later. For example, 31 8 2026"))
    until = fields.DateField(
        label=_("First day back"),
        required=False,
        help_text=_("Leave this empty if you do not know yet"),
    )


class ComeBackForm(forms.Form):
    """Nothing is asked: the button is the deed."""


class MoveForm(forms.Form):
    """Whether the qualifications may go on the new force's register."""

    approved = fields.YesNoField(label=_("May they go on its register?"), missing=_("Choose yes or no"))


class ImportForm(forms.Form):
    """A file of past training, and what to do with it."""

    force = fields.SelectField(label=_("Force"))
    file = fields.CsvFileField(label=_("File of past training"), help_text=_("A CSV file, up to 10 MB"), megabytes=10)
    what = fields.RadiosField(
        label=_("What to do with it"),
        choices=[("check", _("Only check it")), ("write", _("Bring it in"))],
        initial="check",
        hints={"check": _("Says what would change and what is wrong. Nothing is written.")},
    )

    def __init__(self, *args: Any, forces: Sequence[Force], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._forces = {str(force.pk): force for force in forces}
        choices = [(key, force.name) for key, force in self._forces.items()]
        cast("forms.ChoiceField", self.fields["force"]).choices = (
            choices if len(choices) == 1 else [("", _("Choose a force")), *choices]
        )

    def clean_force(self) -> Force:
        """The force itself."""
        return self._forces[self.cleaned_data["force"]]
