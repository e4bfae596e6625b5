"""What is asked about an incident as such: its facts, merging, next steps, files, handing over, restrictions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from standdown.care.exposures import numbers, words
from standdown.care.exposures import policy as list_policy
from standdown.care.exposures.actions_deciding import Decision
from standdown.care.exposures.desk import Desk
from standdown.care.exposures.fields import IncidentFileField, NumbersField, OwnReferenceField, RecordField
from standdown.care.exposures.forms import AtDesk, alike_words
from standdown.care.exposures.queries import Listed
from standdown.care.exposures.sentences import times_said
from standdown.care.incidents import moments, policy
from standdown.care.incidents.models import Incident
from standdown.care.programme.names import NextStepName
from standdown.care.programme.policy import NextStep
from standdown.design.fields import DateField, RadiosField, SelectField, TextField, TimeField
from standdown.foundation import clock
from standdown.people.models import Force


class EditForm(AtDesk):
    """The facts of an incident."""

    category = RecordField(label=gettext_lazy("What kind of incident?"))
    day = DateField(label=gettext_lazy("The day on which it ended"))
    time = TimeField(label=gettext_lazy("The time at which it ended"))
    base = RecordField(label=gettext_lazy("Where?"), required=False)
    own_reference = OwnReferenceField()

    def __init__(self, *args: Any, incident: Incident, desk: Desk, **rest: Any) -> None:
        super().__init__(*args, desk=desk, **rest)
        self.incident, fields = incident, self.fields
        category: Any = fields["category"]
        base: Any = fields["base"]
        category.offer(desk.categories, map(words.of, desk.categories))
        base.offer(desk.bases, (one.name for one in desk.bases), first=_("Elsewhere, or several places"))
        ended = clock.london(incident.ended_at)
        before = {"category": str(incident.category_id), "day": ended.date(), "time": ended.time().replace(second=0),
                  "base": str(incident.base_id or ""), "own_reference": incident.own_reference}  # fmt: skip
        self.initial = {**before, **self.initial}

    def clean(self) -> dict[str, Any]:
        """Put the moment together; one that was not touched stays to the second."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        if facts.get("day") and facts.get("time"):
            facts["ended_at"] = self._ended(facts["day"], facts["time"])
        return facts

    def _ended(self, day: dt.date, time: dt.time) -> dt.datetime:
        if not {"day", "time"} & set(self.changed_data):
            return self.incident.ended_at
        try:
            found = moments.wall(day, time)
        except clock.NoSuchTime:
            self.add_error("time", _("The clocks went forward that night and skipped this time"))
            return self.incident.ended_at
        wrong = policy.problem(self.incident.started_at, found, self.desk.at)
        if wrong is not None:
            self.add_error("time", str(times_said(wrong)))
        return found


class AccountsForm(forms.Form):
    """Whether initial accounts are complete (R84)."""

    accounts = RadiosField(
        label=gettext_lazy("Are initial accounts complete?"), heading=True,
        choices=[one for one in Incident.Accounts.choices if one[0]],
        help_text=gettext_lazy("While they are outstanding nobody meets in a group; welfare one to one goes on"),
    )  # fmt: skip

    def clean_accounts(self) -> Incident.Accounts:
        """The answer as what it is."""
        return Incident.Accounts(self.cleaned_data["accounts"])


class MergeForm(forms.Form):
    """Which other incident is the same."""

    other = RadiosField(label=gettext_lazy("Which of these is the same incident?"))

    def __init__(self, *args: Any, others: Sequence[Incident], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.others = {str(one.pk): one for one in others}
        other: Any = self.fields["other"]
        other.choices = [(key, alike_words(one)) for key, one in self.others.items()]

    def clean_other(self) -> Incident:
        """The incident."""
        return self.others[self.cleaned_data["other"]]


class DecideForm(forms.Form):
    """The next step of each person; what was proposed is chosen beforehand, and an empty line decides nothing."""

    def __init__(self, *args: Any, people: Sequence[Listed], offered: Sequence[NextStep], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.people = people
        steps = [(step.value, NextStepName(step.value).label) for step in offered]
        ways = [("", _("Not decided now")), *steps]
        if len(people) > 1:
            self.fields["together"] = SelectField(
                label=_("For everybody who is not decided on below"), choices=[("", _("Nothing")), *steps],
                required=False,
            )  # fmt: skip
        for one in people:
            exposure = one.exposure
            name, proposed = f"step_{exposure.pk}", exposure.decided_step or exposure.proposed_step
            self.fields[name] = SelectField(
                label=_("Next step for %(name)s") % {"name": exposure.person.full_name}, choices=ways, required=False,
                initial=proposed if proposed in {step.value for step in offered} else "",
            )  # fmt: skip
            self.fields[f"seen_{exposure.pk}"] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=exposure.decided_step
            )

    def decisions(self) -> list[Decision]:
        """What was decided, for whom, in view of what."""
        facts = self.cleaned_data
        together = facts.get("together", "")
        chosen = ((one.exposure.pk, facts[f"step_{one.exposure.pk}"] or together) for one in self.people)
        return [Decision(key, NextStep(step), facts[f"seen_{key}"]) for key, step in chosen if step]

    def clean(self) -> dict[str, Any]:
        """Something must be decided."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(value for name, value in facts.items() if name.startswith("step_") or name == "together"):
            raise forms.ValidationError(_("Choose a next step for at least one person"))
        return facts


class FileForm(forms.Form):
    """A file of what may be incidents; checked first, or stored."""

    CHECK, STORE = "check", "store"
    force = RecordField(label=gettext_lazy("Which force?"))
    file = IncidentFileField(label=gettext_lazy("The file"))
    what = RadiosField(
        label=gettext_lazy("What shall be done?"), initial=CHECK,
        choices=[(CHECK, gettext_lazy("Only check it")), (STORE, gettext_lazy("Store what it proposes"))],
    )  # fmt: skip

    def __init__(self, *args: Any, forces: Sequence[Force], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.forces = forces
        force: Any = self.fields["force"]
        force.offer(forces, (one.name for one in forces))
        if len(forces) == 1:
            del self.fields["force"]

    @property
    def whose(self) -> Force:
        """The force whose incidents the file proposes."""
        found: Force = self.cleaned_data.get("force") or self.forces[0]
        return found


class HandOverForm(AtDesk):
    """Colleagues of another force, by number, and how close they were."""

    to = RecordField(label=gettext_lazy("Which force?"), missing=gettext_lazy("Choose the force"))
    numbers = NumbersField(
        label=gettext_lazy("Their collar or staff numbers"), required=True,
        help_text=gettext_lazy("As their force writes them, one a line. No names"),
        missing=gettext_lazy("Give at least one number"),
    )  # fmt: skip
    role = RecordField(label=gettext_lazy("Their role"), missing=gettext_lazy("Choose a role"))

    def __init__(self, *args: Any, forces: Sequence[Force], **rest: Any) -> None:
        super().__init__(*args, **rest)
        to: Any = self.fields["to"]
        role: Any = self.fields["role"]
        to.offer(forces, (one.name for one in forces), first=_("Choose one"))
        role.offer(self.desk.roles, map(words.of, self.desk.roles), first=_("Choose one"))

    def clean_numbers(self) -> list[str]:
        """The numbers; every entry that is none is named at once."""
        lines = list_policy.lines_of(self.cleaned_data["numbers"])
        bad = [forms.ValidationError(numbers.unreadable(one)) for one in lines if not one.number]
        if bad:
            raise forms.ValidationError(bad)
        return [one.number for one in lines]


class RestrictForm(forms.Form):
    """A post-incident manager restricts conferring by the reference, or lifts it, and is shown nothing else (R108)."""

    SET, LIFT = "set", "lift"
    reference = TextField(
        label=gettext_lazy("Reference of the incident"), width=10, help_text=gettext_lazy("As in INC-7KQ3MD"),
        missing=gettext_lazy("Enter the reference of the incident"),
    )  # fmt: skip
    what = RadiosField(
        label=gettext_lazy("What do you do?"),
        choices=[(SET, gettext_lazy("Restrict conferring")), (LIFT, gettext_lazy("Lift the restriction"))],
        hints={SET: gettext_lazy("No session in a group until it is lifted. Welfare one to one is never stopped")},
    )  # fmt: skip
