from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from standdown.design.fields import (
    CsvFileField,
    DateField,
    NumberField,
    RadiosField,
    SelectField,
)
from standdown.foundation import clock
from standdown.training.sessions import policy
from standdown.training.sessions.models import Delivery, SessionChange, SessionTrainer, Status
from standdown.training.sessions.policy import Plan
from standdown.training.sessions.seen import SeenField


class FilterForm(forms.Form):
    """Which dates to list."""

    when = SelectField(
        label=_("When"), required=False, choices=[("coming", _("Coming dates")), ("past", _("Past dates"))]
    )
    status = SelectField(label=_("State"), required=False, choices=[("", _("Any state")), *Status.choices])
    delivery = SelectField(label=_("How it is held"), required=False, choices=[("", _("Any")), *Delivery.choices])
    force = SelectField(label=_("Force"), required=False)

    def __init__(self, data: QueryDict, *, forces: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        if len(forces) > 1:
            self.fields["force"].choices = [("", _("All forces")), *forces]  # type: ignore[attr-defined]
        else:
            del self.fields["force"]


class SeenForm(forms.Form):
    """Nothing to fill in: only which state of the date the screen showed."""

    seen = SeenField()


class CancelForm(SeenForm):
    """Why a date is called off."""

    reason = RadiosField(label=_("Why is it cancelled?"), choices=SessionChange.Reason.choices)

    def clean_reason(self) -> SessionChange.Reason:
        """The reason as what it is, so that its words can be told."""
        return SessionChange.Reason(self.cleaned_data["reason"])


class CloneForm(forms.Form):
    """On which day another date like this one is to be."""

    day = DateField(label=_("Date of the new one"), help_text=_("Times, place, forces and places stay as they are"))


class AllotForm(SeenForm):
    """How many places there are, and how many are kept for each force."""

    capacity = NumberField(label=_("Places in all"), min_value=1, max_value=policy.MOST_PLACES)
    until = DateField(
        label=_("Until when do kept places wait?"),
        required=False,
        help_text=_("Until 17:00 that day. Then any force of the date may have them. Empty: until names close"),
    )

    def __init__(self, *args: Any, plan: Plan, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.plan = plan
        for force in plan.forces:
            label = _("Kept for %(force)s") % {"force": force.name}
            self.fields[force.key] = NumberField(label=label, required=False, min_value=1, initial=force.allotment)
        self.order_fields(["seen", "capacity", *(force.key for force in plan.forces), "until"])

    def clean_until(self) -> dt.datetime | None:
        """The moment until which kept places wait: the close of that day's work, before the date begins (R29)."""
        day = self.cleaned_data["until"]
        if day is None:
            return None
        until = clock.from_wall(day, policy.CLOSES_AT)
        if until > self.plan.starts_at:
            raise ValidationError(
                gettext("Kept places must be open to all before the date begins. Choose an earlier day")
            )
        return until

    def allotments(self) -> dict[uuid.UUID, int | None]:
        """What is kept for each force, by its key."""
        return {uuid.UUID(force.key): self.cleaned_data[force.key] for force in self.plan.forces}


class TrainerForm(forms.Form):
    """Who is to run the date."""

    trainer = SelectField(label=_("Trainer"), missing=_("Choose who is to run it"))
    part = RadiosField(
        label=_("What is their part?"), choices=SessionTrainer.Part.choices, initial=SessionTrainer.Part.TRAINS
    )

    def __init__(self, *args: Any, trainers: Sequence[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["trainer"].choices = [("", _("Choose a trainer")), *trainers]  # type: ignore[attr-defined]


class ImportForm(forms.Form):
    """Dates as a file."""

    file = CsvFileField(label=_("CSV file"))
    what = RadiosField(
        label=_("What to do with it"), initial="check",
        choices=[("check", _("Only check it and say what would change")), ("write", _("Bring it in"))],
    )  # fmt: skip
