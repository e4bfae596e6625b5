"""Days and times of day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from standdown.design import parsing
from standdown.design.fields.base import Govuk
from standdown.design.fields.lines import TextField
from standdown.design.rendering import GovukBoundField, Options


class DateParts(forms.MultiWidget):
    """Three boxes: day, month, year."""

    parts = ("day", "month", "year")

    def __init__(self) -> None:
        super().__init__({part: forms.TextInput() for part in self.parts})

    def decompress(self, value: dt.date | None) -> list[int | None]:
        """Take a day apart."""
        return [value.day, value.month, value.year] if value else [None, None, None]


class DateField(Govuk):
    """A day, typed in three boxes. Months may be given by name. Cleans to `datetime.date`."""

    component = "date"
    wanted = _("%(label)s: enter a date, like 31 8 2022")
    grouped = True
    first_id_suffix = "_day"
    widget = DateParts

    def clean(self, value: Any) -> dt.date | None:
        """Give the day, or say which box is missing or wrong."""
        parts = [str(part or "").strip() for part in value or ["", "", ""]]
        if not any(parts):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        day = parsing.date_from_parts(*parts, name=str(self.label or gettext("Date")))
        self.run_validators(day)
        return day

    def options(self, bound: GovukBoundField) -> Options:
        """Add the three boxes with what was typed in them."""
        value = bound.value()
        typed = value if isinstance(value, list) else bound.field.widget.decompress(value)
        words = (gettext("Day"), gettext("Month"), gettext("Year"))
        error = " govuk-input--error" if bound.errors else ""
        boxes = zip(DateParts.parts, words, (2, 2, 4), typed, strict=True)
        return {
            "items": [
                {
                    "id": f"{bound.auto_id}_{part}",
                    "name": f"{bound.html_name}_{part}",
                    "label": word,
                    "classes": f"govuk-input--width-{width}{error}",
                    "value": "" if shown_value is None else str(shown_value),
                    **({"autocomplete": f"bday-{part}"} if self.autocomplete == "bday" else {}),
                }
                for part, word, width, shown_value in boxes
            ]
        }


class TimeField(TextField):
    """A time of day, typed as people write it: 09:00, 9am, 9:00am, 14.30. Cleans to `datetime.time`."""

    wanted = _("%(label)s: enter a time, like 09:00 or 2:30pm")

    def __init__(self, **rest: Any) -> None:
        super().__init__(**{"width": 5, **rest})

    def clean(self, value: Any) -> Any:
        """Give the time, or say how to write one."""
        text = super().clean(value)
        return parsing.time_of_day(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        """Show an initial time on the 24-hour clock."""
        return f"{value:%H:%M}" if isinstance(value, dt.time) else value
