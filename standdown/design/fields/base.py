"""What all fields share, and how Django hands a bound field to our drawing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from standdown.design.rendering import GovukBoundField, Options


class Govuk(forms.Field):
    """What all our fields share: a component, its options, and a message for nothing entered."""

    component = "input"
    grouped = False  # several controls under one legend
    first_id_suffix = ""
    wanted: Any = _("%(label)s: fill this in")

    def __init__(self, *, heading: bool = False, missing: Any = None, autocomplete: str = "", **rest: Any) -> None:
        self.heading = heading
        self.autocomplete = autocomplete
        super().__init__(**rest)
        if missing or "required" not in rest.get("error_messages", {}):
            self.error_messages["required"] = missing or _ask(self)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> GovukBoundField:
        """Bind with our own drawing."""
        return GovukBoundField(form, self, field_name)

    def options(self, bound: GovukBoundField) -> Options:
        """Give what this kind of field adds to label, hint and error message."""
        return {"value": shown(bound)}


def shown(bound: GovukBoundField) -> str:
    """Give the value as its box shows it: what was typed, even when it was refused."""
    value = bound.field.widget.format_value(bound.value())
    return "" if value is None else str(value)


def _nothing_entered(field: Govuk) -> str:
    return str(field.wanted) % {"label": str(field.label or "").rstrip("?")}


# Put together only when it is shown, in the language of that moment and with the label of that form.
_ask: Any = lazy(_nothing_entered, str)
