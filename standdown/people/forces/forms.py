from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.design.fields import (
    CheckboxesField,
    CsvFileField,
    DateField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
    YesNoField,
)
from standdown.people.forces.models import Base, Force

Choices = list[tuple[str, Any]]


def _forces(forces: Iterable[Force]) -> Choices:
    return [(force.slug, force.name) for force in forces]


class RegisterForm(forms.Form):
    """Which forces to list. Nothing chosen lists all that stand."""

    region = SelectField(label=_("Region"), required=False)
    home_office = SelectField(
        label=_("Home Office force"), required=False, choices=[("", _("Either")), ("yes", _("Yes")), ("no", _("No"))]
    )
    ended = TickField(label=_("Only forces that are no more"), required=False)

    def __init__(self, *args: Any, regions: Sequence[str], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["region"].choices = [("", _("All regions")), *((one, one) for one in regions)]  # type: ignore[attr-defined]


class NamesForm(forms.Form):
    """What a force is called."""

    name = TextField(label=_("Full name"), max_length=120, missing=_("Enter the full name"))
    short_name = TextField(
        label=_("Short name"), max_length=60, width=20, help_text=_("As lists and files write it, such as MET"),
        missing=_("Enter the short name"),
    )  # fmt: skip
    welsh_name = TextField(label=_("Welsh name, if it has one"), max_length=120, required=False)


class AddForceForm(NamesForm):
    """A force that is not in the list."""

    slug = TextField(
        label=_("Address"), max_length=60, width=20, help_text=_("Small letters and hyphens, such as thames-valley"),
        missing=_("Enter the word that stands in its address"),
    )  # fmt: skip
    jurisdiction = SelectField(label=_("Jurisdiction"), choices=Force.Jurisdiction.choices)
    region = TextField(label=_("Region, if it has one"), max_length=60, width=20, required=False)
    ons_code = TextField(label=_("ONS code, if it has one"), max_length=9, width=10, required=False)
    home_office = YesNoField(
        label=_("Is it a Home Office force?"), help_text=_("Training is free of charge for Home Office forces"),
        missing=_("Choose whether it is a Home Office force"),
    )  # fmt: skip
    welsh_language_standards = YesNoField(
        label=_("Does it work under the Welsh Language Standards?"), missing=_("Choose yes or no")
    )
    stood_up = DateField(
        label=_("First day"), required=False,
        help_text=_("Only for a new force, such as one that follows a merger"),
    )  # fmt: skip

    def force(self) -> Force:
        """The force as entered, not saved."""
        return Force(**self.cleaned_data)


class RenameForm(NamesForm):
    """What a force is called from a day on."""

    since = DateField(label=_("From"), help_text=_("A day to come is fine: the name changes on that day"))


class AliasForm(forms.Form):
    """Another word for a force."""

    alias = TextField(label=_("Another word for it"), max_length=60, width=20, missing=_("Enter the word"))


class DatesPublicForm(forms.Form):
    """Whether anyone may see a force's dates."""

    public = RadiosField(
        label=_("Who may see the training dates of this force?"), heading=True,
        choices=[("yes", _("Anyone, on the public pages")), ("no", _("Only its own people, when signed in"))],
        missing=_("Choose who may see the dates"),
    )  # fmt: skip


class MergeForm(forms.Form):
    """Which forces end, which follows, and from when."""

    origins = CheckboxesField(label=_("Forces that end"), missing=_("Choose the forces that end"))
    into = SelectField(
        label=_("Force that follows"), missing=_("Choose the force that follows"),
        help_text=_("If it is new, first add it with its first day"),
    )  # fmt: skip
    since = DateField(label=_("From"), help_text=_("The first day of the new order"))
    sure = TickField(label=_("I have checked the names and the day: this cannot be taken back"))

    def __init__(self, *args: Any, forces: Sequence[Force], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["origins"].choices = _forces(forces)  # type: ignore[attr-defined]
        self.fields["into"].choices = [("", _("Choose a force")), *_forces(forces)]  # type: ignore[attr-defined]


class SplitForm(forms.Form):
    """Which forces follow the one that ends, and from when."""

    into = CheckboxesField(
        label=_("Forces that follow"), missing=_("Choose the forces that follow"),
        help_text=_("If they are new, first add them with their first day"),
    )  # fmt: skip
    since = DateField(label=_("From"), help_text=_("The first day of the new order"))
    sure = TickField(label=_("I have checked the names and the day: this cannot be taken back"))

    def __init__(self, *args: Any, forces: Sequence[Force], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["into"].choices = _forces(forces)  # type: ignore[attr-defined]


class BaseForm(forms.Form):
    """A base."""

    name = TextField(label=_("Name of the base"), max_length=80, width=30, missing=_("Enter the name of the base"))


class TeamForm(forms.Form):
    """A team, and where it parades."""

    name = TextField(label=_("Name of the team"), max_length=80, width=30, missing=_("Enter the name of the team"))
    base = SelectField(label=_("Base"), required=False)

    def __init__(self, *args: Any, bases: Sequence[Base], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["base"].choices = [("", _("No base")), *((str(one.pk), one.name) for one in bases)]  # type: ignore[attr-defined]


class ClosingForm(forms.Form):
    """From when a base or team is no more."""

    closed_on = DateField(label=_("First day on which it is closed"))


class StartCollaborationForm(forms.Form):
    """Forces that begin to share a lead."""

    name = TextField(label=_("Name of the collaboration"), max_length=120, missing=_("Enter the name"))
    forces = CheckboxesField(label=_("Forces that take part"), missing=_("Choose the forces that take part"))
    since = DateField(label=_("From"))

    def __init__(self, *args: Any, forces: Sequence[Force], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["forces"].choices = _forces(forces)  # type: ignore[attr-defined]


class JoinForm(forms.Form):
    """A force that takes part from a day on."""

    force = SelectField(label=_("Force"), missing=_("Choose a force"))
    since = DateField(label=_("From"))

    def __init__(self, *args: Any, forces: Sequence[Force], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["force"].choices = [("", _("Choose a force")), *_forces(forces)]  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    """When a force's part ends."""

    until = DateField(label=_("First day on which it no longer takes part"))


class ImportForm(forms.Form):
    """The list of forces as a file."""

    file = CsvFileField(
        label=_("CSV file"),
        help_text=_(
            "With the columns slug, name, short_name, welsh_name, ons_code, home_office_force, "
            "welsh_language_standards, region, jurisdiction"
        ),
    )
    what = RadiosField(
        label=_("What to do with it"), initial="check",
        choices=[("check", _("Only check it and say what would change")), ("write", _("Bring it in"))],
    )  # fmt: skip
