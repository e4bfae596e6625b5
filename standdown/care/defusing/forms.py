"""What is asked on the pages about sessions: codes, ticks and times, and no words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.care.defusing.actions_held import Seen
from standdown.care.defusing.afterwards import CheckOut
from standdown.care.defusing.models import Attendee, Defusing
from standdown.care.programme.models import NextStepOption
from standdown.design import fields
from standdown.people.models import Base, Person

There = Attendee.There


def _places(bases: list[Base]) -> list[tuple[str, Any]]:
    return [("remote", _("Online")), *((str(one.pk), one.name) for one in bases)]


class AskForm(forms.Form):
    """Whether one will lead it."""

    answer = fields.RadiosField(
        label=_("Will you lead this session?"), heading=True,
        choices=[
            ("yes", _("Yes, at this time")),
            ("yes-other", _("Yes, at another time")),
            ("pass", _("I pass")),
        ],
    )  # fmt: skip
    where = fields.SelectField(
        label=_("Where, at this time?"), choices=[], required=False,
        help_text=_("It stands in the invitations. You can move the session later; everybody is told."),
    )  # fmt: skip

    moved = fields.RadiosField(label=_("Why outside the window?"), choices=Defusing.Moved.choices, required=False)

    def __init__(self, *args: Any, bases: list[Base] | None, said: bool, outside: bool, **facts: Any) -> None:
        """`bases` is None where no place is asked; `said` is true where the session has one already.

        `outside`: the time proposed lies outside the window, so that a yes to it says why.
        """
        super().__init__(*args, **facts)
        if not outside:
            del self.fields["moved"]
        if bases is None:
            del self.fields["where"]
            return
        later = [] if said else [("", _("To be said later"))]
        self.fields["where"].choices = [*_places(bases), *later]  # type: ignore[attr-defined]


class BookForm(forms.Form):
    """When and where a session is held; why, where it lies outside the window."""

    day = fields.DateField(label=_("Day"))
    time = fields.TimeField(label=_("Starts at"))
    where = fields.SelectField(label=_("Where"), choices=[])
    moved = fields.RadiosField(
        label=_("Why outside the window?"), choices=[("", _("It is inside the window")), *Defusing.Moved.choices],
        required=False, help_text=_("Only where the time is outside it."),
    )  # fmt: skip

    def __init__(self, *args: Any, bases: list[Base], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["where"].choices = _places(bases)  # type: ignore[attr-defined]


class MovedForm(forms.Form):
    """Why a booked time is called off."""

    moved = fields.RadiosField(label=_("Why is the time called off?"), choices=Defusing.Moved.choices, heading=True)


class AnswerForm(forms.Form):
    """What one says to an invitation."""

    answer = fields.RadiosField(
        label=_("What would you like?"), heading=True,
        choices=[
            ("accepted", _("I will come")),
            ("not-now", _("Not now; ask me again")),
            ("one-to-one", _("I would rather talk one to one")),
            ("somebody-else", _("I would rather talk to somebody else")),
            ("declined", _("No, thank you")),
        ],
        help_text=_("No reason is asked. You can change your mind until it begins."),
    )  # fmt: skip


class CheckOutForm(forms.Form):
    """How the defuser is after a session."""

    wants = fields.RadiosField(label=_("How are you after this session?"), choices=CheckOut.Wants.choices, heading=True)


class HandOverForm(forms.Form):
    """To whom somebody is handed over."""

    to = fields.RadiosField(label=_("Who takes over now?"), choices=[], heading=True)

    def __init__(self, *args: Any, people: list[Person], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["to"].choices = [(str(one.pk), one.full_name) for one in people]  # type: ignore[attr-defined]


class HeldForm(forms.Form):
    """Who was there, and the agreed next step of each; that the limits were read out."""

    limits = fields.TickField(label=_("I read the limits of confidentiality out at the start"), required=False)

    def __init__(self, *args: Any, everybody: list[Attendee], options: list[NextStepOption], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.everybody = everybody
        steps = [("", _("Choose a step")), *((one.step, one.get_step_display()) for one in options)]
        for one in everybody:
            self.fields[f"there-{one.pk}"] = fields.RadiosField(
                label=_("Was there?"), choices=[choice for choice in There.choices if choice[0]], initial=There.PRESENT,
            )  # fmt: skip
            self.fields[f"step-{one.pk}"] = fields.SelectField(label=_("Next step"), choices=steps, required=False)

    def rows(self) -> list[tuple[Attendee, forms.BoundField, forms.BoundField]]:
        """Each person with their two fields."""
        return [(one, self[f"there-{one.pk}"], self[f"step-{one.pk}"]) for one in self.everybody]

    def clean(self) -> dict[str, Any]:
        """Whoever was there has an agreed next step."""
        facts = super().clean() or {}
        for one in self.everybody:
            there, step = facts.get(f"there-{one.pk}"), facts.get(f"step-{one.pk}")
            if there and there != There.ABSENT and not step:
                self.add_error(f"step-{one.pk}", _("Choose the step that you agreed with them."))
        return facts

    def seen(self) -> dict[str, Seen]:
        """What was recorded of each, by the attendee's key."""
        facts = self.cleaned_data
        return {
            str(one.pk): Seen(There(facts[f"there-{one.pk}"]), facts[f"step-{one.pk}"] or "") for one in self.everybody
        }
