"""Known values to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.design.fields.base import Govuk
from standdown.design.rendering import GovukBoundField, Options


class SelectField(Govuk, forms.ChoiceField):
    """One of many known values."""

    component = "select"
    wanted = _("%(label)s: choose one")

    def options(self, bound: GovukBoundField) -> Options:
        """Add the values to choose from."""
        return {"items": items(self, bound, selected="selected")}


def items(field: forms.ChoiceField, bound: GovukBoundField, *, selected: str) -> list[Options]:
    """Lay out a field's choices, each with its hint where there is one."""
    value = bound.value()
    chosen = {str(one) for one in (value if isinstance(value, list | tuple | set) else [value]) if one is not None}
    hints = getattr(field, "hints", {})
    laid_out = []
    for key, label in cast("Iterable[tuple[Any, Any]]", field.choices):
        item: Options = {"value": str(key), "text": str(label)}
        if str(key) in chosen:
            item[selected] = True
        if key in hints:
            item["hint"] = {"text": str(hints[key])}
        laid_out.append(item)
    return laid_out


class RadiosField(Govuk, forms.ChoiceField):
    """One of a few values, all in sight; `hints` says more about some of them, by value."""

    component = "radios"
    wanted = _("%(label)s: choose one")
    grouped = True
    widget = forms.RadioSelect

    def __init__(self, *, inline: bool = False, hints: Mapping[str, Any] | None = None, **rest: Any) -> None:
        self.inline = inline
        self.hints = hints or {}
        super().__init__(**rest)

    def options(self, bound: GovukBoundField) -> Options:
        """Add the values to choose from, one under the other unless they are two short words."""
        return {
            "items": items(self, bound, selected="checked"),
            "classes": "govuk-radios--inline" if self.inline else "",
        }


class YesNoField(RadiosField):
    """A question that is answered yes or no; neither is chosen beforehand. Cleans to bool, or None if left out."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(**{"choices": [("yes", _("Yes")), ("no", _("No"))], "inline": True, **rest})

    def prepare_value(self, value: Any) -> Any:
        """Take an initial True or False as its answer."""
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value

    def clean(self, value: Any) -> Any:
        """Give True for yes and False for no."""
        return {"yes": True, "no": False}.get(super().clean(value))


class CheckboxesField(Govuk, forms.MultipleChoiceField):
    """Any number of a few values; `hints` says more about some of them, by value."""

    component = "checkboxes"
    wanted = _("%(label)s: choose at least one")
    grouped = True
    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, hints: Mapping[str, Any] | None = None, **rest: Any) -> None:
        self.hints = hints or {}
        super().__init__(**rest)

    def options(self, bound: GovukBoundField) -> Options:
        """Add the values to tick."""
        return {"items": items(self, bound, selected="checked")}


class TickField(Govuk, forms.BooleanField):
    """One box to tick. Its label stands beside the box."""

    component = "tick"
    wanted = _("To go on, tick “%(label)s”")

    def options(self, bound: GovukBoundField) -> Options:
        """Add the one box; there is no legend over it."""
        hint = {"hint": {"text": str(self.help_text)}} if self.help_text else {}
        item = {"value": "on", "text": str(bound.label), "checked": bool(bound.value()), **hint}
        return {"items": [item], "hint": None}
