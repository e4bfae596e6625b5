from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from standdown.design import fields
from standdown.people.accounts import queries
from standdown.people.accounts.models import Person
from standdown.people.forces.models import Force, Team

_NO_TEAM = ("", _("No team"))


class SearchForm(forms.Form):
    """Whom to look for."""

    words = fields.TextField(label=_("Name, number or team"), required=False, width=20, max_length=80)
    show = fields.SelectField(
        label=_("Show"), required=False, choices=[("", _("People who serve")), ("left", _("People who have left"))]
    )


def _team_choices(teams: Sequence[Team], forces: Sequence[Force]) -> list[tuple[str, str]]:
    several = len(forces) > 1
    chosen = []
    for team in teams:
        place = gettext("%(team)s (%(base)s)") % {"team": team.name, "base": team.base} if team.base else team.name
        words = gettext("%(force)s: %(team)s") % {"force": team.force.short_name, "team": place} if several else place
        chosen.append((str(team.pk), words))
    return [(_NO_TEAM[0], str(_NO_TEAM[1])), *chosen]


class DetailsForm(forms.Form):
    """Who somebody is."""

    given_name = fields.TextField(label=_("Given name"), max_length=80, width=20, missing=_("Enter a given name"))
    family_name = fields.TextField(label=_("Family name"), max_length=80, width=20, missing=_("Enter a family name"))
    kind = fields.RadiosField(label=_("Kind"), choices=Person.Kind.choices, missing=_("Choose the kind of person"))
    work_email = fields.EmailField(
        label=_("Work email address"),
        required=False,
        help_text=_("Messages go here. Who signs in already keeps signing in with the old one until invited again."),
        autocomplete="off",
    )
    language = fields.RadiosField(
        label=_("Language of messages"), choices=Person.Language.choices, initial="en", inline=True
    )


class PostingForm(forms.Form):
    """Where somebody serves, and from when."""

    force = fields.SelectField(label=_("Force"))
    number = fields.TextField(
        label=_("Work number"),
        max_length=20,
        width=10,
        help_text=_("Collar, warrant or staff number, as the force writes it"),
        missing=_("Enter the work number"),
    )
    team = fields.SelectField(label=_("Team"), required=False)
    since = fields.DateField(label=_("First day there"), help_text=_("For example, 31 8 2026"))

    def __init__(self, *args: Any, forces: Sequence[Force], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._forces = {str(force.pk): force for force in forces}
        self._teams = {str(team.pk): team for team in queries.open_teams(forces)}
        choices = [(key, force.name) for key, force in self._forces.items()]
        _choices(self, "force", choices if len(choices) == 1 else [("", gettext("Choose a force")), *choices])
        _choices(self, "team", _team_choices(list(self._teams.values()), forces))

    def clean_force(self) -> Force:
        """The force itself."""
        return self._forces[self.cleaned_data["force"]]

    def clean_team(self) -> Team | None:
        """The team itself."""
        return self._teams.get(self.cleaned_data["team"])


class AddPersonForm(DetailsForm, PostingForm):
    """Somebody new in the directory."""

    field_order = (
        "given_name", "family_name", "kind", "work_email", "language", "force", "number", "team", "since",
    )  # fmt: skip


class LeavingForm(forms.Form):
    """The end of somebody's service."""

    until = fields.DateField(
        label=_("First day on which they no longer serve"), help_text=_("Today or earlier. For example, 31 8 2026")
    )


class ManagerForm(forms.Form):
    """Who manages somebody, and from when."""

    force = fields.SelectField(label=_("The line manager serves in"))
    number = fields.TextField(
        label=_("Line manager's work number"),
        required=False,
        max_length=20,
        width=10,
        help_text=_("Leave this empty if nobody is their line manager"),
    )
    since = fields.DateField(label=_("From"), help_text=_("Today or earlier. For example, 31 8 2026"))

    def __init__(self, *args: Any, forces: Sequence[Force], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._forces = {str(force.pk): force for force in forces}
        _choices(self, "force", [(key, force.name) for key, force in self._forces.items()])
        self.manager: Person | None = None

    def clean(self) -> dict[str, Any]:
        """Find the person meant by the number."""
        facts = super().clean() or {}
        number, force = facts.get("number"), self._forces.get(facts.get("force", ""))
        if number and force is not None:
            self.manager = queries.serving(force, number)
            if self.manager is None:
                self.add_error("number", _("Nobody serves there with that number. Check it, or choose another force."))
        return facts


class InvitationForm(forms.Form):
    """Nothing is asked: the button is the deed."""


class ImportForm(forms.Form):
    """A directory file, and what to do with it."""

    file = fields.CsvFileField(label=_("Directory file"), help_text=_("A CSV file, up to 32 MB"), megabytes=32)
    what = fields.RadiosField(
        label=_("What to do with it"),
        choices=[("check", _("Only check it")), ("write", _("Bring it in"))],
        initial="check",
        hints={"check": _("Says what would change and what is wrong. Nothing is written.")},
    )


def today_as_initial(day: dt.date) -> dict[str, object]:
    """What a form about a dated change begins with."""
    return {"since": day, "until": day}


def _choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = choices


WHAT_HAPPENS_ON_LEAVING = gettext_lazy(
    "Their line management, their roles and their access end today. What they did stays on record."
)
