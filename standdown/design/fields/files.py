"""A file to send."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from standdown.design.fields.base import Govuk
from standdown.design.rendering import GovukBoundField, Options

_MEGABYTE = 1024 * 1024


class CsvFileField(Govuk, forms.FileField):
    """A CSV file, up to `megabytes`; with `calendars` also an iCalendar file."""

    component = "file"
    wanted = _("Choose a CSV file")
    kinds: tuple[str, ...] = (".csv", ".txt")
    default_error_messages = {
        "empty": _("The file is empty. Choose one with at least one row"),
        "invalid": _("The file did not arrive. Choose it again"),
        "kind": _("Choose a file whose name ends in .csv"),
    }

    def __init__(self, *, megabytes: int = 10, calendars: bool = False, **rest: Any) -> None:
        self.megabytes = megabytes
        self.calendars = calendars
        if calendars:
            self.kinds = (*self.kinds, ".ics")
        super().__init__(**rest)
        if calendars:
            self.error_messages["kind"] = _("Choose a file whose name ends in .csv or .ics")

    def clean(self, data: Any, initial: Any = None) -> UploadedFile[Any] | None:
        """Refuse what is too big or is no CSV by its name; what is in it is the importer's to judge."""
        file: UploadedFile[Any] | None = super().clean(data, initial)
        if file is None:
            return None
        if not (file.name or "").lower().endswith(self.kinds):
            raise ValidationError(self.error_messages["kind"], code="kind")
        if (file.size or 0) > self.megabytes * _MEGABYTE:
            message = gettext("The file must be smaller than %(limit)s MB") % {"limit": self.megabytes}
            raise ValidationError(message, code="size")
        return file

    def options(self, bound: GovukBoundField) -> Options:  # noqa: ARG002  (other kinds read it)
        """Offer files of the right kinds first."""
        return {"attributes": {"accept": ".csv,text/csv" + (",.ics,text/calendar" if self.calendars else "")}}
