from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.design.fields import CheckboxesField, RadiosField, TickField


class NeedsForm(forms.Form):
    """What would make the day easier, and who may see it."""

    needs = CheckboxesField(
        label=_("Would any of these make the day easier for you?"),
        required=False,
        help_text=_("You need not say why, and you can change it later"),
    )
    needs_shared = TickField(
        label=_("The trainer may see what I ticked"),
        required=False,
        help_text=_("Without this nobody sees it, and nothing can be arranged"),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["needs"].choices = choices  # type: ignore[attr-defined]


class ReleaseForm(forms.Form):
    """Whether somebody is free on the day."""

    free = RadiosField(
        label=_("Are they free on that day?"),
        choices=[("yes", _("Yes, they are free")), ("no", _("No, I cannot spare them"))],
        missing=_("Choose whether they are free on that day"),
    )
