"""What is asked when a draft of a programme is changed. Words are short and pattern-checked; the rest are figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standdown.care.programme import policy
from standdown.care.programme.labels import FIGURES, GROUPS, SWITCHES
from standdown.care.programme.models import WORDS, Escalation, Phase, Programme
from standdown.care.programme.names import NextStepName, ToldName
from standdown.care.programme.refusals import DISORDERS
from standdown.design.fields import (
    CheckboxesField,
    DateField,
    NumberField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
)

_ENGLISH, _WELSH = _("In English"), _("In Welsh")
# Units in which a link of a chain is said: (minutes in one, before or after the step is due).
UNITS: dict[str, tuple[int, Promise]] = {
    "minutes-before": (-1, _("minutes before it is due")),
    "hours-before": (-60, _("hours before it is due")),
    "days-before": (-1440, _("days before it is due")),
    "minutes-after": (1, _("minutes after it is due")),
    "hours-after": (60, _("hours after it is due")),
    "days-after": (1440, _("days after it is due")),
}


class FiguresForm(forms.Form):
    """All windows, sizes and times of a draft."""

    def __init__(self, *args: Any, programme: Programme, **rest: Any) -> None:
        start = {name: getattr(programme, name) for name in (*policy.BOUNDS, *SWITCHES)}
        super().__init__(*args, **{**rest, "initial": start})
        self.family = programme.family
        for name, (least, most) in policy.BOUNDS.items():
            hint = _("From %(least)s to %(most)s") % {"least": least, "most": most}
            self.fields[name] = NumberField(label=FIGURES[name], help_text=hint, min_value=least, max_value=most)
        for name, label in SWITCHES.items():
            self.fields[name] = TickField(label=label, required=False)

    def clean(self) -> dict[str, Any]:
        """Say what does not fit together, each beside the figure that is at fault."""
        facts = super().clean() or self.cleaned_data
        if all(name in facts for name in policy.BOUNDS):
            for name, disorder in policy.disorders({name: facts[name] for name in policy.BOUNDS}, self.family):
                self.add_error(name, str(DISORDERS[disorder]))
        return facts

    def groups(self) -> list[tuple[Promise, list[forms.BoundField]]]:
        """The fields in the groups in which they are shown."""
        return [(title, [self[name] for name in names]) for title, names in GROUPS]

    def figures(self) -> dict[str, int]:
        """The figures, by name."""
        return {name: self.cleaned_data[name] for name in policy.BOUNDS}

    def switches(self) -> dict[str, bool]:
        """What is yes or no, by name."""
        return {name: self.cleaned_data[name] for name in SWITCHES}


class _Words(forms.Form):
    words = TextField(label=_ENGLISH, max_length=60, width=30, validators=[WORDS])
    welsh = TextField(label=_WELSH, max_length=60, width=30, validators=[WORDS], required=False)


class CategoryForm(_Words):
    """A kind of incident, in plain words, never graphic, never a grade (R57)."""

    assault = TickField(label=_("Show the force's steps after an assault"), required=False)


class RoleForm(_Words):
    """A role in which somebody may be exposed, and how close it is (R58)."""

    closeness = RadiosField(
        label=_("How close?"),
        choices=[("1", _("1, hands on")), ("2", _("2, at the scene")), ("3", _("3, nearby")), ("4", _("4, from afar"))],
    )
    control_room = TickField(label=_("Part of a control room"), required=False)

    def clean_closeness(self) -> int:
        """As a number."""
        return int(self.cleaned_data["closeness"])


class PhasesForm(forms.Form):
    """What this programme calls its steps."""

    def __init__(self, *args: Any, phases: Mapping[str, tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        for term, label in Phase.Term.choices:
            english, welsh = phases.get(term, ("", ""))
            facts: dict[str, Any] = {"max_length": 60, "width": 30, "validators": [WORDS]}
            self.fields[f"{term}.words"] = TextField(
                label=_("%(term)s, in English") % {"term": label}, initial=english, **facts
            )
            self.fields[f"{term}.welsh"] = TextField(
                label=_("%(term)s, in Welsh") % {"term": label}, initial=welsh, required=False, **facts
            )

    def words(self) -> dict[str, tuple[str, str]]:
        """(English, Welsh) by term."""
        facts = self.cleaned_data
        return {term: (facts[f"{term}.words"], facts[f"{term}.welsh"]) for term in Phase.Term.values}


class NextStepsForm(forms.Form):
    """Which next steps are offered after each of the two talks."""

    first = CheckboxesField(label=_("After demobilising"), choices=NextStepName.choices)
    second = CheckboxesField(label=_("After defusing"), choices=NextStepName.choices)


class ChainForm(forms.Form):
    """Who is told of one kind of step, one after the other. A row that is left empty is left out."""

    def __init__(self, *args: Any, links: Sequence[Escalation] = (), **rest: Any) -> None:
        super().__init__(*args, **rest)
        units = [(key, words) for key, (_minutes, words) in UNITS.items()]
        for row in range(policy.LINKS):
            number, unit = said(links[row].minutes) if row < len(links) else (None, "hours-after")
            told = links[row].told if row < len(links) else ""
            self.fields[f"number{row}"] = NumberField(
                label=_("How many"), required=False, initial=number, min_value=0, max_value=policy.LONGEST
            )
            self.fields[f"unit{row}"] = SelectField(label=_("When"), choices=units, initial=unit)
            self.fields[f"told{row}"] = SelectField(
                label=_("Who is told"), required=False, initial=told, choices=[("", _("Nobody")), *ToldName.choices]
            )

    def rows(self) -> list[list[forms.BoundField]]:
        """The three fields of each link."""
        return [[self[f"{name}{row}"] for name in ("number", "unit", "told")] for row in range(policy.LINKS)]

    def clean(self) -> dict[str, Any]:
        """Refuse a link without its time or its person, and links that do not come one after the other."""
        facts = super().clean() or self.cleaned_data
        for row in range(policy.LINKS):
            if facts.get(f"told{row}") and facts.get(f"number{row}") is None and f"number{row}" not in self.errors:
                self.add_error(f"number{row}", _("Enter when they are told"))
        if not self.errors and not self.links():
            self.add_error("told0", _("Say who is told first"))
        if not self.errors and not policy.chain_in_order([minutes for minutes, _told in self.links()]):
            self.add_error("number0", _("Each must be told later than the one before, and within sixty days"))
        return facts

    def links(self) -> list[tuple[int, str]]:
        """(minutes after it is due, who) of each link that is filled in."""
        facts = self.cleaned_data
        return [
            (facts[f"number{row}"] * UNITS[facts[f"unit{row}"]][0], facts[f"told{row}"])
            for row in range(policy.LINKS)
            if facts.get(f"told{row}")
        ]


def said(minutes: int) -> tuple[int, str]:
    """Minutes after a step is due, as a number and the largest unit that it is a whole number of."""
    side, length = ("before" if minutes < 0 else "after"), abs(minutes)
    for unit, size in (("days", 1440), ("hours", 60)):
        if length and length % size == 0:
            return length // size, f"{unit}-{side}"
    return (length, f"minutes-{side}") if length else (0, "hours-after")


class ScheduleForm(forms.Form):
    """From which day on incidents begin with this version."""

    first_day = DateField(label=_("From which day?"), help_text=_("For example, 12 1 2027. Today or later"))
