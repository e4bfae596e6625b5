"""What is asked about contacts: codes and ticks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.care.exposures.models import Exposure
from standdown.care.follow_up.models import Contact, ContactTry
from standdown.design import fields
from standdown.people.models import Person


class TryForm(forms.Form):
    """How somebody was tried to be reached, and whether they would like more help."""

    channel = fields.RadiosField(label=_("How did you try?"), choices=ContactTry.Channel.choices)
    outcome = fields.RadiosField(
        label=_("Did you speak?"),
        choices=[
            ("no", _("No answer")),
            ("yes", _("Yes; they would like more help")),
            ("not-now", _("Yes; nothing more for now")),
            ("unsure", _("Yes; they are not sure")),
        ],
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        outcome = self.cleaned_data["outcome"]
        wants = None if outcome == "no" else Contact.WantsMore(outcome)
        return {
            "channel": ContactTry.Channel(self.cleaned_data["channel"]),
            "reached": outcome != "no",
            "wants_more": wants,
        }


class GiveForm(forms.Form):
    """Who makes a contact."""

    to = fields.SelectField(label=_("Who gets in touch?"), choices=[], heading=True)

    def __init__(self, *args: Any, people: list[Person], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["to"].choices = [(str(one.pk), one.full_name) for one in people]  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """Why somebody's part is closed."""

    code = fields.RadiosField(
        label=_("How is it closed?"), choices=Exposure.CloseCode.choices, heading=True,
        help_text=_("They are told that it is closed, and can open it again for a year."),
    )  # fmt: skip
