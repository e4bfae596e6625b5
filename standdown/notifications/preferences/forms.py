from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.design.fields import RadiosField, TimeField, YesNoField
from standdown.notifications.policy import QUIET_HOURS, Quiet

USUAL, OWN, NONE = "usual", "own", "none"


class PreferencesForm(forms.Form):
    """When messages may come, and whether the summary of the morning does."""

    when = RadiosField(
        label=_("When should messages wait?"),
        missing=_("Choose when messages should wait"),
        choices=[(USUAL, _("From 21:00 to 07:00")), (OWN, _("At other hours")), (NONE, _("Never"))],
        help_text=_("What cannot wait, such as a reminder an hour before the start, always comes at once"),
    )
    begins = TimeField(label=_("Other hours: from"), required=False)
    ends = TimeField(label=_("Other hours: until"), required=False)
    digest = YesNoField(label=_("Do you want a summary on working mornings of what happened to your names?"))

    def __init__(self, *args: Any, leads: bool, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if not leads:
            del self.fields["digest"]

    def clean(self) -> dict[str, Any]:
        """Other hours have two ends, which differ."""
        facts = super().clean() or self.cleaned_data
        if facts.get("when") == OWN:
            for name in ("begins", "ends"):
                if not facts.get(name) and name not in self.errors:
                    self.add_error(name, _("Enter a time, like 22:00"))
            if facts.get("begins") and facts.get("begins") == facts.get("ends"):
                self.add_error("ends", _("The hours must end at another time than they begin"))
        return facts

    def quiet(self) -> Quiet | None:
        """The hours that were chosen; None for none."""
        facts = self.cleaned_data
        return {USUAL: QUIET_HOURS, OWN: (facts["begins"], facts["ends"]), NONE: None}[facts["when"]]
