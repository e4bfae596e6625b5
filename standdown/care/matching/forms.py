from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.design.fields import TextField

MOST = 4_102_444_800  # the year 2100
_STALE = dict.fromkeys(
    ("required", "invalid", "min_value", "max_value"), _("This page is no longer of today. Open it again")
)


class SearchForm(forms.Form):
    """Whom to look for among those who could lead the session."""

    q = TextField(label=_("Name, team or base"), required=False, width=20)


class AskForm(forms.Form):
    """Who is asked, and for what time."""

    person = forms.UUIDField(error_messages=_STALE)
    starts = forms.IntegerField(min_value=0, max_value=MOST, error_messages=_STALE)  # seconds since 1970

    def clean_starts(self) -> dt.datetime:
        """The beginning as a moment."""
        return dt.datetime.fromtimestamp(self.cleaned_data["starts"], tz=dt.UTC)


class TakeBackForm(forms.Form):
    """Which ask is taken back."""

    ask = forms.UUIDField(error_messages=_STALE)


class PageForm(forms.Form):
    """Which page of a plan."""

    page = forms.IntegerField(min_value=1, max_value=1000, required=False)


class ConfirmForm(forms.Form):
    """Which plan is confirmed: the one that was on the page."""

    plan = forms.UUIDField()
