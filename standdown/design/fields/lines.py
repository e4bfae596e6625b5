"""Boxes to type in: one line or several."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from standdown.design.fields.base import Govuk, shown
from standdown.design.rendering import GovukBoundField, Options

WIDTHS = {2, 3, 4, 5, 10, 20, 30}
_UNSEEN = {"Cc", "Cf", "Zl", "Zp"}  # controls, marks without a shape, ends of lines and paragraphs


class OneLine(Govuk):
    """A box of one line. `width` is the number of characters that it has room for."""

    kind = "text"
    inputmode = ""
    spellcheck: bool | None = None

    def __init__(self, *, width: int | None = None, **rest: Any) -> None:
        if width is not None and width not in WIDTHS:
            raise ValueError(f"a box is one of {sorted(WIDTHS)} characters wide, not {width}")
        self.width = width
        super().__init__(**rest)

    def options(self, bound: GovukBoundField) -> Options:
        """Add type, width, what to suggest and which keyboard to show."""
        options: Options = {"value": shown(bound), "type": self.kind}
        if self.width:
            options["classes"] = f"govuk-input--width-{self.width}"
        if self.autocomplete:
            options["autocomplete"] = self.autocomplete
        if self.inputmode:
            options["inputmode"] = self.inputmode
        if self.spellcheck is not None:
            options["spellcheck"] = self.spellcheck
        return options


class TextField(OneLine, forms.CharField):
    """One line of text. What cannot be seen in it (a line end, a mark that turns the letters round) is refused."""

    default_error_messages = {"unseen": _("This holds characters that cannot be seen. Type it again")}
    seen_only = True

    def validate(self, value: str) -> None:
        """Refuse what would end the line, or show as something else, wherever the text goes later."""
        super().validate(value)
        if self.seen_only and any(unicodedata.category(c) in _UNSEEN for c in value):
            raise ValidationError(self.error_messages["unseen"], code="unseen")


class EmailField(OneLine, forms.EmailField):
    """An e-mail address."""

    kind = "email"
    spellcheck = False
    default_error_messages = {"invalid": _("Enter an email address in the correct format, like name@example.com")}

    def __init__(self, **rest: Any) -> None:
        super().__init__(**{"autocomplete": "email", **rest})


class PasswordField(TextField):
    """A password. It is never shown again, not even when it was refused."""

    kind = "password"
    spellcheck = False
    seen_only = False  # it is compared, and never shown

    def __init__(self, **rest: Any) -> None:
        super().__init__(**{"autocomplete": "current-password", "strip": False, **rest})

    def options(self, bound: GovukBoundField) -> Options:
        """Leave the box empty."""
        return super().options(bound) | {"value": ""}


class NumberField(OneLine, forms.IntegerField):
    """A whole number, typed: the arrows and the scroll wheel of number boxes change figures by accident."""

    inputmode = "numeric"
    widget = forms.TextInput
    default_error_messages = {"invalid": _("Enter a whole number, like 12")}

    def __init__(self, **rest: Any) -> None:
        super().__init__(**{"width": 4, **rest})


class LongTextField(Govuk, forms.CharField):
    """Several lines: the text of a course, and nothing else. Care has no free text at all."""

    component = "textarea"
    widget = forms.Textarea

    def __init__(self, *, rows: int = 6, **rest: Any) -> None:
        self.rows = rows
        super().__init__(**rest)

    def options(self, bound: GovukBoundField) -> Options:
        """Add the height."""
        return {"value": shown(bound), "rows": self.rows}
