from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.design.fields import CheckboxesField, RadiosField, SelectField, TickField
from standdown.people.models import Base
from standdown.training.courses.models import Course
from standdown.training.courses.queries import welsh
from standdown.training.interest.models import Interest, Need, Shift
from standdown.training.interest.policy import Deed

LINE_MANAGER, PEER_SUPPORTER = "line-manager", "peer-supporter"


class TellForm(forms.Form):
    """What a wellbeing lead needs to know to find the right date. Cleans to what `actions.tell_lead` takes."""

    course = SelectField(label=_("Course"))
    part = CheckboxesField(
        label=_("What are you?"),
        choices=[(LINE_MANAGER, _("A line manager")), (PEER_SUPPORTER, _("A peer supporter"))],
        help_text=_("The course is for these two. Tick both if both are true"),
        missing=_(
            "Tick what you are. If you are neither yet, talk to your wellbeing lead about becoming a peer supporter"
        ),
    )
    base = SelectField(label=_("Where do you work from?"), required=False)
    shift = RadiosField(
        label=_("When do you mostly work?"), choices=Shift.choices, missing=_("Choose when you mostly work")
    )
    trained = RadiosField(
        label=_("Have you been trained in something like it?"),
        choices=Interest.Training.choices,
        initial=Interest.Training.NONE,
        missing=_("Choose what you were trained in, or none"),
    )
    needs = CheckboxesField(
        label=_("Would any of these make the day easier for you?"),
        choices=Need.choices,
        required=False,
        help_text=_("You need not say why, and you can change it later"),
    )
    needs_shared = TickField(
        label=_("My wellbeing lead and the trainer may see what I ticked"),
        required=False,
        help_text=_("Without this nobody sees it, and nothing can be arranged"),
    )

    def __init__(self, *args: Any, courses: Iterable[Course], bases: Iterable[Base], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._courses = {str(one.pk): one for one in courses}
        choices = [(key, _title(one)) for key, one in self._courses.items()]
        self.fields["course"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:  # nothing to choose
            del self.fields["course"]
        found = [(str(one.pk), one.name) for one in bases]
        self.fields["base"].choices = [("", _("Somewhere else, or it varies")), *found]  # type: ignore[attr-defined]
        if not found:
            del self.fields["base"]

    def clean(self) -> dict[str, Any]:
        """Turn what was ticked into facts."""
        facts = super().clean() or {}
        part, base = facts.pop("part", []), facts.pop("base", "")
        return {
            **facts,
            "course": self._courses.get(facts.get("course") or next(iter(self._courses))),
            "line_manager": LINE_MANAGER in part,
            "peer_supporter": PEER_SUPPORTER in part,
            "base": uuid.UUID(base) if base else None,
        }


def _title(course: Course) -> str:
    version = course.current
    if version is None:
        return course.slug
    return version.title_cy if version.title_cy and welsh() else version.title


class DecideForm(forms.Form):
    """What a lead decides about a name instead of putting it forward now."""

    decision = RadiosField(label=_("What do you decide?"), missing=_("Choose what you decide"))

    def __init__(self, *args: Any, held: bool, name: str, **rest: Any) -> None:
        super().__init__(*args, **rest)
        choices = {
            Deed.ASK_LINE_MANAGER: _("Ask their line manager whether they could be spared"),
            Deed.KEEP: _("Keep the name for a later date"),
            Deed.NOT_NOW: _("Not now"),
        }
        hints = {
            Deed.ASK_LINE_MANAGER: _("A message goes to the line manager; the name stays on the list"),
            Deed.KEEP: _("%(name)s is told that you keep the name"),
            Deed.NOT_NOW: _("%(name)s is told so, without a reason, and may tell you again"),
        }
        if held:
            del choices[Deed.KEEP]
        chosen: Any = self.fields["decision"]
        chosen.choices = [(deed.value, words) for deed, words in choices.items()]
        chosen.hints = {deed.value: words % {"name": name} if "%" in words else words for deed, words in hints.items()}
