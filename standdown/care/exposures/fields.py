"""Fields that this slice's forms have of their own."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.care.incidents.models import OWN_REFERENCE
from standdown.design.fields import CsvFileField, LongTextField, SelectField, TextField
from standdown.foundation.records import Record

R = TypeVar("R", bound=Record)


class NumbersField(LongTextField):
    """A pasted list of collar or staff numbers. It is read and never kept: only whom it means is."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(**{"rows": 4, "required": False, "max_length": 120_000, **rest})


class OwnReferenceField(TextField):
    """The force's own number of an event: letters and digits, so that no words fit in it."""

    def __init__(self, **rest: Any) -> None:
        facts = {
            "label": _("Reference number of your force"), "required": False, "width": 20, "max_length": 24,
            "validators": [OWN_REFERENCE], **rest,
        }  # fmt: skip
        super().__init__(**facts)

    def to_python(self, value: Any) -> str:
        """In capitals, however it was typed."""
        return (super().to_python(value) or "").upper()


class RecordField(SelectField):
    """One of a few records of ours, by key; cleans to the record itself, or None."""

    def __init__(self, **rest: Any) -> None:
        self.rows: dict[str, Any] = {}
        super().__init__(**rest)

    def offer(self, rows: Iterable[R], named: Iterable[str], *, first: str = "") -> None:
        """Give what there is to choose from, with its words; `first` stands above where nothing is chosen yet."""
        self.rows = {str(row.pk): row for row in rows}
        above = [("", first)] if first or not self.required else []
        self.choices = [*above, *zip(self.rows, named, strict=True)]

    def clean(self, value: Any) -> Any:
        """Give the record."""
        return self.rows.get(super().clean(value))


class KeyField(forms.UUIDField):
    """The key of a request, made with the page: the same page sent twice is one record."""

    def __init__(self) -> None:
        lost = _("This page is no longer of today. Open it again")
        super().__init__(widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), lost))


def keys(values: Iterable[str]) -> list[uuid.UUID]:
    """The keys among what was sent."""
    return [uuid.UUID(value) for value in values]


class IncidentFileField(CsvFileField):
    """A file of what may be incidents: CSV or JSON."""

    wanted = _("Choose a CSV or JSON file")
    kinds = (".csv", ".txt", ".json")
    default_error_messages = {"kind": _("Choose a file whose name ends in .csv or .json")}

    def options(self, bound: Any) -> Any:
        """Offer both kinds first."""
        return {**super().options(bound), "attributes": {"accept": ".csv,text/csv,.json,application/json"}}
