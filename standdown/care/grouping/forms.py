from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.design import fields

ALONE = "alone"


class ConfirmForm(forms.Form):
    """Nothing is asked: the button is the deed. The page says which plan was seen."""

    plan = forms.CharField(widget=forms.HiddenInput, max_length=32)


class TakeBackForm(forms.Form):
    """Which planned sessions are taken back."""

    session = forms.MultipleChoiceField()

    def __init__(self, *args: Any, sessions: Sequence[uuid.UUID], **rest: Any) -> None:
        super().__init__(*args, **rest)
        cast("forms.MultipleChoiceField", self.fields["session"]).choices = [(str(one), "") for one in sessions]


class MoveForm(forms.Form):
    """Where somebody is to sit."""

    to = fields.RadiosField(label=_("Where to?"))

    def __init__(self, *args: Any, places: Sequence[tuple[str, str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        field = cast("fields.RadiosField", self.fields["to"])
        field.choices = [
            *((key, title) for key, title, _who in places),
            (ALONE, _("One to one, in a session of their own")),
        ]
        field.hints = {key: who for key, _title, who in places}

    def target(self) -> uuid.UUID | None:
        """The session, or None for one of their own."""
        chosen = self.cleaned_data["to"]
        return None if chosen == ALONE else uuid.UUID(chosen)


class CheckForm(forms.Form):
    """Two people of the incident."""

    one = fields.SelectField(label=_("One of them"))
    other = fields.SelectField(label=_("The other"))

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name in ("one", "other"):
            cast("forms.ChoiceField", self.fields[name]).choices = [("", _("Choose a person")), *people]

    def clean(self) -> dict[str, Any]:
        """Two different people."""
        facts = super().clean() or {}
        if facts.get("one") and facts.get("one") == facts.get("other"):
            self.add_error("other", _("Choose somebody else: this is the same person"))
        return facts
