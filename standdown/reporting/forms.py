from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.design import fields
from standdown.reporting import policy, screens


class WhichForm(forms.Form):
    """Which step, and up to which month. It asks by GET, so that an address can be kept."""

    step = fields.SelectField(label=_("Step"), required=False)
    last = fields.SelectField(label=_("Months from April until"), required=False)

    def __init__(self, *args: Any, lasts: Sequence[dt.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = list(screens.steps().items())  # type: ignore[attr-defined]
        self.fields["last"].choices = [(policy.of_month(one), screens.month(one)) for one in lasts]  # type: ignore[attr-defined]
