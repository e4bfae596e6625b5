from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from standdown.design.fields import DateField, SelectField, TickField
from standdown.design.fields.base import Govuk
from standdown.design.rendering import GovukBoundField, Options
from standdown.people.adoption.models import AdoptionState, ChecklistItem
from standdown.people.adoption.policy import MOST_EVIDENCE
from standdown.people.forces.models import Force


class PdfField(Govuk, forms.FileField):
    """A PDF. Whether it is one is for the act to judge, from what is in it. Cleans to its bytes."""

    component = "file"
    wanted = _("Choose a PDF")
    default_error_messages = {
        "empty": _("The file is empty. Choose another one"),
        "invalid": _("The file did not arrive. Choose it again"),
    }

    def clean(self, data: Any, initial: Any = None) -> bytes | None:
        """Read no more than tells that a file is too large."""
        file: UploadedFile[Any] | None = super().clean(data, initial)
        return file.read(MOST_EVIDENCE + 1) if file is not None else None

    def options(self, bound: GovukBoundField) -> Options:  # noqa: ARG002  (other kinds read it)
        """Offer PDF files first."""
        return {"attributes": {"accept": ".pdf,application/pdf"}}


class OverviewForm(forms.Form):
    """Which forces to show."""

    state = SelectField(label=_("Adoption"), required=False, choices=[("", _("Any state")), *AdoptionState.choices])
    region = SelectField(label=_("Region"), required=False)
    home_office = SelectField(
        label=_("Home Office force"), required=False, choices=[("", _("Either")), ("yes", _("Yes")), ("no", _("No"))]
    )
    vacant = TickField(label=_("Only where a named post is vacant"), required=False)

    def __init__(self, *args: Any, regions: Sequence[str], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["region"].choices = [("", _("All regions")), *((one, one) for one in regions)]  # type: ignore[attr-defined]


class StepForm(forms.Form):
    """A step, and the day from which it holds."""

    state = SelectField(label=_("The force has"), missing=_("Choose the step"))
    since = DateField(label=_("From"), help_text=_("Today or a day before, and after the last step"))

    def __init__(self, *args: Any, states: Sequence[tuple[str, Any]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["state"].choices = [("", _("Choose a step")), *states]  # type: ignore[attr-defined]


class EvidenceForm(forms.Form):
    """A document, and what it shows."""

    item = SelectField(
        label=_("What does it show?"), choices=[("", _("Choose a point")), *ChecklistItem.choices],
        missing=_("Choose the point that it shows"),
    )  # fmt: skip
    file = PdfField(label=_("PDF"), help_text=_("Up to 5 MB. Leave out names where you can"))


class DemandForm(forms.Form):
    """The force of somebody who would like the training."""

    force = SelectField(label=_("Your force"), missing=_("Choose your force"))

    def __init__(self, *args: Any, forces: Iterable[Force], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["force"].choices = [("", _("Choose a force")), *((one.slug, one.name) for one in forces)]  # type: ignore[attr-defined]
