"""What is asked about referrals: ticks, codes and a day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.care.referrals import policy
from standdown.care.referrals.models import EstimBooking, Referral
from standdown.design import fields
from standdown.people.models import Person


class ConsentForm(forms.Form):
    """That the person agreed."""

    consented = fields.TickField(
        label=_("They agreed, and know that occupational health gets their name and the incident’s kind and day"),  # noqa: RUF001
        required=False,
    )


class StateForm(forms.Form):
    """How a referral stands."""

    state = fields.RadiosField(label=_("How does it stand?"), choices=[], heading=True)

    def __init__(self, *args: Any, referral: Referral, **facts: Any) -> None:
        super().__init__(*args, **facts)
        able = [choice for choice in Referral.State.choices if policy.may_become(referral.state, choice[0])]
        self.fields["state"].choices = able  # type: ignore[attr-defined]


class MeetingForm(forms.Form):
    """The day of a structured meeting, and who owns it."""

    on = fields.DateField(label=_("On which day?"))
    owner = fields.SelectField(label=_("Who owns it?"), choices=[])

    def __init__(self, *args: Any, people: list[Person], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["owner"].choices = [(str(one.pk), one.full_name) for one in people]  # type: ignore[attr-defined]


class ThereForm(forms.Form):
    """Whether somebody was there."""

    there = fields.RadiosField(
        label=_("Were they there?"), heading=True,
        choices=[choice for choice in EstimBooking.There.choices if choice[0]],
    )  # fmt: skip
