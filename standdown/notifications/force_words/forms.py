from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from standdown.design.fields import LongTextField
from standdown.notifications.force_words.policy import AFTER, LIMITS, LONGEST

_UNSEEN = {"Cc", "Cf", "Zl", "Zp"}


class ParagraphField(LongTextField):
    """Plain lines. What cannot be seen in them is refused, so that nothing reads otherwise than it was previewed."""

    def to_python(self, value: Any) -> str:
        """The text with one kind of line end."""
        return "\n".join((super().to_python(value) or "").splitlines()).strip()

    def validate(self, value: str) -> None:
        """Refuse marks without a shape."""
        super().validate(value)
        if any(unicodedata.category(one) in _UNSEEN for one in value if one != "\n"):
            raise ValidationError(_("This holds characters that cannot be seen. Type it again"), code="unseen")


_HINT = _(
    "Up to 600 characters of plain text. {date}, {time}, {course} and {place} are filled in for each date."
    " Empty: messages go without a paragraph of yours"
)
_HINT_AFTER = _(
    "Whom people may ring or write to after the course: peer support, occupational health, a helpline. Up to 600"
    " characters of plain text. {date} and {course} are filled in. Empty: the message names the wellbeing lead alone"
)
_HINT_LIMITS = _(
    "What defusers of your force read out at the start, in up to 600 characters of plain text: what stays in the room,"
    " what cannot, and who sees that it was held. Empty: the words that come with Standdown"
)


class WordsForm(forms.Form):
    """The force's own paragraph."""

    words = ParagraphField(label=_("Your force's own words"), max_length=LONGEST, rows=6, required=False)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["words"].help_text = {AFTER: _HINT_AFTER, LIMITS: _HINT_LIMITS}.get(kind, _HINT)
