from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.design import fields
from standdown.people.accounts.models import Person


class LanguageForm(forms.Form):
    """Which language the messages to oneself are in."""

    language = fields.RadiosField(
        label=_("Which language should messages to you, and the pages about your own support, be in?"),
        choices=Person.Language.choices,
        heading=True,
    )
