from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.design.fields import RadiosField, TickField
from standdown.foundation import ids
from standdown.training.mutual_aid.models import MutualAid
from standdown.training.mutual_aid.policy import Side
from standdown.training.nominations.candidates import Known


class AskForm(forms.Form):
    """Why the exception, and what the lead answers for."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    reason = RadiosField(label=_("Why on a date of others?"), choices=MutualAid.Reason.choices)
    released = TickField(
        label=_("They are free on the day"), missing=_("Make sure that they are free on the day, then say so")
    )
    stated = TickField(
        label=_("I confirm that they are a line manager or a peer supporter"),
        missing=_("The directory does not know it, so that you have to confirm it"),
    )
    cost_agreed = TickField(
        label=_("The cost is agreed"),
        help_text=_("For a force that is not a Home Office force the cost is by agreement."),
        missing=_("Agree the cost first, then say so"),
    )

    def __init__(self, *args: Any, who: Known, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.initial.setdefault("key", ids.new())
        if who.line_manager or who.peer_supporter:
            del self.fields["stated"]
        if who.person.home_force is not None and who.person.home_force.home_office:
            del self.fields["cost_agreed"]

    def clean_reason(self) -> MutualAid.Reason:
        """The reason as what it is."""
        return MutualAid.Reason(self.cleaned_data["reason"])


class DecideForm(forms.Form):
    """Yes or no, for a side."""

    side = RadiosField(label=_("For which side do you answer?"))
    answer = RadiosField(
        label=_("Do you agree?"),
        choices=[("yes", _("I agree")), ("no", _("I do not agree"))],
        hints={"no": _("That ends the request. No reason is asked.")},
        missing=_("Say whether you agree"),
    )

    def __init__(self, *args: Any, sides: list[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.sides = sides
        if len(sides) == 1:
            del self.fields["side"]
        else:
            field: Any = self.fields["side"]
            field.choices = sides

    def answered_for(self) -> Side:
        """The side as what it is."""
        return Side(self.cleaned_data.get("side") or self.sides[0][0])
