"""Which state of a date a screen showed, so that two people cannot change it past each other."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext


class SeenField(forms.Field):
    """Which state of a date the screen showed, carried along unseen. Cleans to a moment."""

    widget = forms.HiddenInput

    def prepare_value(self, value: Any) -> Any:
        """The moment as text, to the microsecond."""
        return value.isoformat() if isinstance(value, dt.datetime) else value

    def clean(self, value: Any) -> dt.datetime:
        """Give the moment back."""
        try:
            found = dt.datetime.fromisoformat(str(value))
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            raise ValidationError(gettext("This page is no longer of today. Open it again from the date"))
        return found
