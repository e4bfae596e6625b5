"""Who takes an incident on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.design import fields
from standdown.people.models import Person


class HandOnForm(forms.Form):
    """The coordinator who goes on with it."""

    to = fields.RadiosField(label=_("Who goes on with this incident?"), choices=[], heading=True)

    def __init__(self, *args: Any, people: list[Person], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["to"].choices = [(str(one.pk), one.full_name) for one in people]  # type: ignore[attr-defined]
