"""What people say for themselves: choices, days and numbers; no words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from standdown.care.follow_up.models import Contact, DayToMark, SelfReferral
from standdown.care.programme.models import Category
from standdown.care.wishes.models import Wish
from standdown.design import fields

NO_MATTER = ("", _("It does not matter"))


class HowAreYouForm(forms.Form):
    """How one is, in a choice; nothing is asked beyond it."""

    answer = fields.RadiosField(
        label=_("Would you like more help?"), heading=True,
        choices=[
            *Contact.WantsMore.choices,
            ("later", _("Ask me again in a week")),
            ("rather-not", _("I would rather not be asked this time")),
            ("never", _("Please do not ask me about this any more")),
        ],
        help_text=_("Your manager does not see this. No reason is asked."),
    )  # fmt: skip


class TalkForm(forms.Form):
    """Whom one would like to talk to."""

    to = fields.RadiosField(label=_("Whom would you like to talk to?"), choices=SelfReferral.To.choices, heading=True)


class DayForm(forms.Form):
    """A day on which one wishes to be thought of."""

    kind = fields.RadiosField(label=_("What day is it?"), choices=DayToMark.Kind.choices)
    on = fields.DateField(label=_("When is it?"))


class EntryForm(forms.Form):
    """An entry of one's own history."""

    category = fields.SelectField(label=_("What kind of incident was it?"), choices=[])
    on = fields.DateField(label=_("When was it?"))

    def __init__(self, *args: Any, categories: list[Category], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["category"].choices = [(one.code, one.words) for one in categories]  # type: ignore[attr-defined]


class ExcludeForm(forms.Form):
    """Whom one excludes, by their number."""

    number = fields.TextField(
        label=_("Their collar or staff number"), heading=True,
        validators=[RegexValidator(r"^[A-Za-z0-9 /-]{1,20}$", _("Enter a number as your force writes it."))],
        help_text=_("They will never deal with your care or see anything of it. They are not told, and cannot tell."),
    )  # fmt: skip


class WishForm(forms.Form):
    """Whom one would rather talk to, and how one would like to be reached."""

    rank = fields.RadiosField(label=_("Rank or grade"), choices=[NO_MATTER, *Wish.Rank.choices], required=False)
    unit = fields.RadiosField(label=_("Unit"), choices=[NO_MATTER, *Wish.Unit.choices], required=False)
    sex = fields.RadiosField(label=_("A woman or a man"), choices=[NO_MATTER, *Wish.Sex.choices], required=False)
    channel = fields.RadiosField(
        label=_("How would you like to be reached?"), choices=[NO_MATTER, *Wish.Channel.choices], required=False
    )
    welsh = fields.TickField(label=_("I would rather speak Welsh"), required=False)
    not_own_manager = fields.TickField(label=_("Not my own line manager"), required=False)
    one_to_one = fields.TickField(label=_("One to one, not in a group"), required=False)
