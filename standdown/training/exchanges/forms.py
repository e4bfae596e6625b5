from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from standdown.design.fields import NumberField, RadiosField, TickField, YesNoField
from standdown.foundation import ids
from standdown.training.exchanges.policy import OrderReason
from standdown.training.exchanges.sentences import REASONS
from standdown.training.nominations.candidates import Known
from standdown.training.nominations.forms import Choices, KeyChoice


class _Cost(forms.Form):
    cost_agreed = TickField(
        label=_("The cost is agreed"),
        help_text=_("For a force that is not a Home Office force the cost is by agreement."),
        missing=_("Agree the cost first, then say so"),
    )

    def __init__(self, *args: Any, home_office: bool, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if home_office:
            del self.fields["cost_agreed"]


class SubstituteForm(_Cost):
    """What the lead answers for, when somebody comes in another's stead."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    agreed = YesNoField(
        label=_("Did they tell you that they come?"),
        help_text=_("If so, they get the joining pack at once. If not, they are offered the place and answer it."),
    )
    stated = TickField(
        label=_("I confirm that they are a line manager or a peer supporter"),
        missing=_("The directory does not know it, so that you have to confirm it"),
    )

    def __init__(self, *args: Any, who: Known, **rest: Any) -> None:
        force = who.person.home_force
        super().__init__(*args, home_office=force is None or force.home_office, **rest)
        self.initial.setdefault("key", ids.new())
        if who.line_manager or who.peer_supporter:
            del self.fields["stated"]


class TransferForm(_Cost):
    """To which date."""

    date = KeyChoice(label=_("To which date?"), missing=_("Choose a date"))

    def __init__(self, *args: Any, dates: Choices, hints: dict[str, str], **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["date"]
        field.choices, field.hints = dates, hints
        self.order_fields(["date"])


class SwapForm(_Cost):
    """With whom."""

    other = KeyChoice(label=_("With whom?"), missing=_("Choose whom to swap with"))
    agreed = YesNoField(
        label=_("Did whoever comes to a new place tell you that they come?"),
        help_text=_("If so, they get the joining pack at once. If not, they are offered the place and answer it."),
    )

    def __init__(self, *args: Any, partners: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["other"]
        field.choices = partners
        self.order_fields(["other", "agreed"])


class OrderForm(forms.Form):
    """A number for each of the force's waiting names, and why."""

    reason = RadiosField(label=_("Why this order?"), choices=[(one.value, words) for one, words in REASONS.items()])

    def __init__(self, *args: Any, names: list[tuple[str, str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.names = [key for key, _name, _why in names]
        for number, (key, name, why) in enumerate(names, start=1):
            self.fields[key] = NumberField(
                label=name, help_text=why, initial=number, min_value=1, max_value=len(names), width=2
            )
        self.order_fields([*self.names, "reason"])

    def clean(self) -> dict[str, Any]:
        """Each number is given once."""
        facts = super().clean() or {}
        given = [facts[key] for key in self.names if key in facts]
        if len(given) != len(set(given)):
            raise ValidationError(gettext("Two names have the same number. Give each a number of its own."))
        return facts

    def wanted(self) -> list[uuid.UUID]:
        """The keys in the order that was given."""
        return [uuid.UUID(key) for key in sorted(self.names, key=lambda key: int(self.cleaned_data[key]))]

    def why(self) -> OrderReason:
        """The reason as what it is."""
        return OrderReason(self.cleaned_data["reason"])
