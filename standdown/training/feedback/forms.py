from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from standdown.design import fields
from standdown.training.feedback import policy
from standdown.training.feedback.models import Confidence, FollowUp


class FeedbackForm(forms.Form):
    """What somebody says of a course: never of incidents, of people, or of themselves."""

    before = fields.RadiosField(
        label=_("Before the course, how sure did you feel about holding these conversations?"),
        choices=Confidence.choices,
        missing=_("Choose how sure you felt before the course"),
    )
    after = fields.RadiosField(
        label=_("And now?"), choices=Confidence.choices, missing=_("Choose how sure you feel now")
    )
    comment = fields.LongTextField(
        label=_("What would you say of the course? (optional)"),
        help_text=_(
            "Keep to the course: how it was taught, its length, its material. Leave out incidents, other people and "
            "anything about yourself. At most 400 characters."
        ),
        required=False,
        max_length=policy.LONGEST_COMMENT,
        rows=4,
    )
    quote = fields.TickField(
        label=_("My comment may be quoted (optional)"),
        help_text=policy.CONSENT[policy.CONSENT_VERSION],
        required=False,
    )
    consent_version = forms.IntegerField(widget=forms.HiddenInput, initial=policy.CONSENT_VERSION, required=False)

    def clean_comment(self) -> str:
        """In one line: a comment is a sentence or two."""
        return " ".join(str(self.cleaned_data["comment"]).split())

    def clean(self) -> dict[str, Any]:
        """Whoever lets us quote must have read the text that is stored with their words."""
        facts = self.cleaned_data
        if facts.get("quote") and facts.get("consent_version") != policy.CONSENT_VERSION:
            self.data = {
                **{name: self.data.get(name) for name in self.data},
                "consent_version": policy.CONSENT_VERSION,
                "quote": "",
            }
            self.add_error("quote", ValidationError(_("What you agree to has changed. Read it again, then send")))
        return facts

    @property
    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        asked = self.cleaned_data
        return {
            "before": Confidence(int(asked["before"])),
            "after": Confidence(int(asked["after"])),
            "comment": asked["comment"],
            "consent": asked["consent_version"] if asked["quote"] else None,
        }


class FollowUpForm(forms.Form):
    """Whether it was used, and what stood in the way: known answers only."""

    used = fields.RadiosField(
        label=_("Since the course, did you use what it taught?"),
        choices=FollowUp.Used.choices,
        missing=_("Choose whether you used it"),
    )
    barriers = fields.CheckboxesField(
        label=_("Did anything stand in the way? (optional)"), choices=FollowUp.Barrier.choices, required=False
    )

    @property
    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        asked = self.cleaned_data
        return {
            "used": FollowUp.Used(asked["used"]),
            "barriers": [FollowUp.Barrier(one) for one in asked["barriers"]],
        }


class DecideForm(forms.Form):
    """Publish, or leave out: one button each."""

    decision = forms.ChoiceField(choices=[("publish", ""), ("leave-out", "")])

    @property
    def publish(self) -> bool:
        """True when the words are to be published."""
        return bool(self.cleaned_data["decision"] == "publish")
