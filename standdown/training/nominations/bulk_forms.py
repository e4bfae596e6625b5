"""A file of names to bring in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.design import fields
from standdown.people.models import Force


class NamesFileForm(forms.Form):
    """A file of names of one force, and what to do with it. The force is asked only of who leads in several."""

    force = fields.SelectField(label=_("Force"), help_text=_("Whose people the file names"))
    file = fields.CsvFileField(label=_("File of names"), help_text=_("A CSV file with at most 2,000 rows"), megabytes=2)
    what = fields.RadiosField(
        label=_("What to do with it"),
        choices=[("check", _("Only check it")), ("write", _("Put these people forward"))],
        initial="check",
        hints={"check": _("Says who would come to a place and what is wrong. Nothing is written, nobody is told.")},
    )

    def __init__(self, *args: Any, forces: Sequence[Force], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._forces = {str(force.pk): force for force in forces}
        if len(self._forces) == 1:
            del self.fields["force"]
            return
        choices = [("", _("Choose a force")), *((key, force.name) for key, force in self._forces.items())]
        cast("forms.ChoiceField", self.fields["force"]).choices = choices

    @property
    def whose(self) -> Force:
        """The force that was chosen, or the only one."""
        return self._forces[self.cleaned_data.get("force") or next(iter(self._forces))]
