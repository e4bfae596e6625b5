from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from standdown.care.duty.lists import ends
from standdown.care.duty.policy import Shift
from standdown.design import fields
from standdown.people.models import Force, Team

LONGEST_CYCLE = 84  # days
LEAST_SHIFT = 60  # minutes
_DAY = 24 * 60


class ImportForm(forms.Form):
    """A file of duties, and what to do with it."""

    force = fields.SelectField(label=_("Force"))
    file = fields.CsvFileField(
        label=_("File of duties"), help_text=_("CSV or iCalendar (.ics), up to 10 MB"), megabytes=10, calendars=True
    )
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


class LengthForm(forms.Form):
    """How long the cycle is, before its days are filled in."""

    days = fields.NumberField(
        label=_("How many days has the cycle?"), min_value=1, max_value=LONGEST_CYCLE, width=2,
        help_text=_("After so many days it begins anew: 10 for six on and four off, 7 for a week"),
    )  # fmt: skip


class PatternForm(forms.Form):
    """From when on, and the shift of each day of the cycle; a day without times is a rest day."""

    since = fields.DateField(label=_("From which day does it hold?"), help_text=_("For example, 31 8 2026"))
    anchor = fields.DateField(
        label=_("Which day is day 1 of the cycle?"), help_text=_("Any day that was, or will be, day 1")
    )

    def __init__(self, *args: Any, days: int, shifts: Mapping[int, Shift], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.days = days
        for day in range(days):
            shift = shifts.get(day)
            words = {"day": day + 1}
            self.fields[f"from_{day}"] = fields.TimeField(
                label=_("Day %(day)s, from") % words, required=False, initial=shift.starts if shift else None
            )
            self.fields[f"to_{day}"] = fields.TimeField(
                label=_("Day %(day)s, until") % words, required=False, initial=ends(shift) if shift else None
            )

    @property
    def lines(self) -> list[tuple[int, Any, Any]]:
        """The number of each day with its two fields."""
        return [(day + 1, self[f"from_{day}"], self[f"to_{day}"]) for day in range(self.days)]

    def clean(self) -> dict[str, Any]:
        """Each day has both times or none; an end before the beginning lies on the next day."""
        facts = super().clean() or {}
        shifts = []
        for day in range(self.days):
            starts, until = facts.pop(f"from_{day}", None), facts.pop(f"to_{day}", None)
            if starts is None and until is None:
                continue
            if starts is None or until is None:
                missing = f"from_{day}" if starts is None else f"to_{day}"
                if missing not in self.errors:
                    self.add_error(missing, now("Enter both times, or leave both empty for a rest day"))
                continue
            minutes = (_minutes(until) - _minutes(starts)) % _DAY or _DAY
            if minutes < LEAST_SHIFT:
                self.add_error(f"to_{day}", now("A shift has at least one hour. Check the times"))
            shifts.append(Shift(day, starts, minutes))
        return {**facts, "days": self.days, "shifts": shifts}


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute


class CopyForm(forms.Form):
    """Which team works the same way, and where this team stands in the cycle."""

    of = fields.SelectField(label=_("Which team works in the same rhythm?"))
    since = fields.DateField(label=_("From which day does it hold?"), help_text=_("For example, 31 8 2026"))
    anchor = fields.DateField(
        label=_("Which day is day 1 of the cycle for this team?"), help_text=_("Any day that was, or will be, day 1")
    )

    def __init__(self, *args: Any, teams: Sequence[Team], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._teams = {str(team.pk): team for team in teams}
        choices = [(key, team.name) for key, team in self._teams.items()]
        cast("forms.ChoiceField", self.fields["of"]).choices = [("", _("Choose a team")), *choices]

    def clean_of(self) -> Team:
        """The team itself."""
        return self._teams[self.cleaned_data["of"]]


class EndForm(forms.Form):
    """From which day on the pattern no longer holds."""

    until = fields.DateField(
        label=_("From which day does it no longer hold?"), help_text=_("For example, 31 8 2026"), heading=True
    )
