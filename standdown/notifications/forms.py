from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.design import fields
from standdown.notifications.models import State


class FilterForm(forms.Form):
    """Which messages to list. It asks by GET, so that an address can be kept."""

    words = fields.TextField(label=_("To whom: name or number"), required=False, width=20, max_length=80)
    state = fields.SelectField(label=_("State"), required=False, choices=[("", _("Any")), *State.choices])
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)
