from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.design.fields import RadiosField, TextField, TickField
from standdown.foundation import ids
from standdown.training.nominations.candidates import Known
from standdown.training.nominations.models import EndReason

# The reasons that a lead may give; the others are what something else came to (R32).
LEADS_REASONS = (EndReason.OPERATIONS, EndReason.ROSTER, EndReason.CHANGED_POST, EndReason.OWN_WISH)
Choices = Sequence[tuple[str, str]]
Hints = Mapping[str, str]


class KeyChoice(RadiosField):
    """A record out of a few, by its key. What was sent is not looked up here: the act finds it, or nothing."""

    def valid_value(self, value: Any) -> bool:
        """Any key will do."""
        return as_key(value) is not None

    def clean(self, value: Any) -> uuid.UUID | None:
        """Give the key."""
        return as_key(super().clean(value))


def as_key(value: object) -> uuid.UUID | None:
    """A key out of an address or a form; None for what is none."""
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return None


class SearchForm(forms.Form):
    """Whom to put forward, by name or number."""

    q = TextField(label=_("Name or number"), required=False, width=20)


class PutForwardForm(forms.Form):
    """For which date, released by whom, and what the lead answers for."""

    key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), _("This page is no longer of today. Open it again")),
    )
    date = KeyChoice(label=_("Which date?"), missing=_("Choose a date"))
    release = RadiosField(label=_("Are they free on the day?"), missing=_("Say who releases them for the day"))
    stated = TickField(label=_("I confirm that they are a line manager or a peer supporter"), required=False)
    cost_agreed = TickField(label=_("The cost is agreed"), required=False)

    def __init__(
        self, *args: Any, who: Known, own: bool, dates: Choices = (), hints: Hints | None = None, **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        self.initial.setdefault("key", ids.new())
        self.offer(dates, hints or {})
        release: Any = self.fields["release"]
        asking = self._asking(who)
        release.choices = asking if own else [("yes", _("Yes, I confirm it")), *asking]
        if own:
            release.initial = "ask"
            release.help_text = _("Nobody confirms it for themselves")
        elif not who.managed_by:
            release.help_text = _("The directory knows nobody who could be asked in your stead")
        if who.line_manager or who.peer_supporter:
            del self.fields["stated"]
        if who.person.home_force is None or who.person.home_force.home_office:
            del self.fields["cost_agreed"]

    def offer(self, dates: Choices, hints: Hints) -> None:
        """Show these dates to choose from, with what each would come to."""
        date: Any = self.fields["date"]
        date.choices, date.hints = dates, hints

    @staticmethod
    def _asking(who: Known) -> Choices:
        if not who.managed_by:
            return []
        words = _("Ask %(name)s, their line manager; no place is held until then")
        return [("ask", str(words) % {"name": who.managed_by})]


class WithdrawForm(forms.Form):
    """Why a name is taken back: a code, and none that asks about health."""

    reason = RadiosField(
        label=_("Why is the name taken back?"), choices=[(one.value, one.label) for one in LEADS_REASONS]
    )

    def clean_reason(self) -> EndReason:
        """The reason as what it is."""
        return EndReason(self.cleaned_data["reason"])
