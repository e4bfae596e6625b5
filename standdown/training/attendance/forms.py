"""The register as a form, the file and its review, who is at the door, and whom to call."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from standdown.design.fields import CsvFileField, NumberField, RadiosField, SelectField, TextField, TickField
from standdown.foundation import ids
from standdown.training.attendance import policy, queries, teams_review
from standdown.training.attendance.models import Mark
from standdown.training.attendance.queries import Delegate
from standdown.training.attendance.register import Wanted
from standdown.training.attendance.teams_match import Proposal
from standdown.training.attendance.teams_review import Reading
from standdown.training.nominations.models import Nomination
from standdown.training.sessions.models import Session
from standdown.training.sessions.seen import SeenField

_HTTPS = "https://"
MOST_LINK = 500


class RegisterForm(forms.Form):
    """Everybody on the roster by half-day; nothing is chosen beforehand but what is recorded already.

    `seen` is when the screen was shown: only what somebody changed since is sent on, so that two trainers who mark at
    the same time do not undo each other's marks.
    """

    seen = SeenField()

    def __init__(self, *args: Any, delegates: Sequence[Delegate], seen: dt.datetime, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.initial["seen"] = seen
        self.delegates = delegates
        for one in delegates:
            for half in one.halves:
                mark = one.marks.get(half)
                self.fields[f"{one.key}-{half}"] = RadiosField(
                    label=Nomination.Half(half).label, choices=Mark.There.choices, inline=True, required=False,
                    initial=mark.there if mark else None,
                )  # fmt: skip
                self.fields[f"{one.key}-{half}-minutes"] = NumberField(
                    label=_("Minutes missed"), required=False, min_value=1, max_value=720, width=3,
                    initial=(mark.minutes_missed or None) if mark else None,
                )  # fmt: skip

    def rows(self) -> Iterator[tuple[Delegate, list[tuple[BoundField, BoundField]]]]:
        """Each person with the two fields of each half."""
        for one in self.delegates:
            cells = [f"{one.key}-{half}" for half in one.halves]
            yield one, [(self[cell], self[f"{cell}-minutes"]) for cell in cells]

    def clean(self) -> None:
        """Who came late or left early missed some minutes."""
        for one in self.delegates:
            for half in one.halves:
                cell = f"{one.key}-{half}"
                partly = self.cleaned_data.get(cell) in {policy.LATE, policy.LEFT}
                if partly and not self.cleaned_data.get(f"{cell}-minutes") and f"{cell}-minutes" not in self.errors:
                    words = gettext("%(name)s: enter how many minutes they missed") % {"name": one.name}
                    self.add_error(f"{cell}-minutes", words)

    def changed_marks(self, then: dict[tuple[uuid.UUID, str], tuple[str, int]]) -> list[Wanted]:
        """What somebody chose that differs from what the screen showed them (`then`)."""
        wishes = []
        for one in self.delegates:
            for half in one.halves:
                there = self.cleaned_data[f"{one.key}-{half}"]
                partly = there in {policy.LATE, policy.LEFT}
                minutes = (self.cleaned_data[f"{one.key}-{half}-minutes"] or 0) if partly else 0
                if there and then.get((one.key, half)) != (there, minutes):
                    wishes.append(Wanted(one.key, half, there, minutes))
        return wishes


class LinkForm(forms.Form):
    """How confirmed delegates join."""

    link = TextField(
        label=_("Joining link"), required=False, max_length=MOST_LINK,
        help_text=_("It begins with https:// and is shown to confirmed delegates from a day before"),
    )  # fmt: skip

    def clean_link(self) -> str:
        """An https address, or nothing."""
        link = str(self.cleaned_data["link"])
        if not link:
            return ""
        if not link.lower().startswith(_HTTPS):
            raise ValidationError(gettext("Enter a link that begins with https://"))
        return str(forms.URLField(assume_scheme="https", error_messages={"invalid": _NO_ADDRESS}).clean(link))


_NO_ADDRESS = _("Copy the whole link, like https://teams.example/meeting/123")


class DoorForm(forms.Form):
    """Who stands at the door."""

    who = TextField(
        label=_("Full name or work e-mail address"), max_length=120, missing=_("Enter their name or address"),
        autocomplete="off",
    )  # fmt: skip
    force = SelectField(label=_("Their force"), missing=_("Choose their force"))

    def __init__(self, *args: Any, forces: Sequence[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["force"].choices = [("", _("Choose a force")), *forces]  # type: ignore[attr-defined]


class FileForm(forms.Form):
    """The attendance report of the meeting."""

    file = CsvFileField(
        label=_("Attendance report"), megabytes=2, missing=_("Choose the report"),
        help_text=_("The CSV file that Microsoft Teams gives after the meeting"),
    )  # fmt: skip


class ReviewForm(forms.Form):
    """Who in the file is which delegate. Nothing is written before this is sent."""

    proposal = forms.CharField(widget=forms.HiddenInput, max_length=1_000_000)
    absent = TickField(
        label=_("Everybody on the roster who is not in the file was not there"), required=False,
        help_text=_("Leave it empty to mark them by hand"),
    )  # fmt: skip

    def __init__(self, *args: Any, session: Session, reading: Reading, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.session = session
        self.delegates = queries.roster(session)
        self.proposals = teams_review.proposals(reading, self.delegates)
        self.initial["proposal"] = teams_review.packed(session, reading)
        choices = [("", _("Nobody on the roster")), *((str(one.key), one.name) for one in self.delegates)]
        for at, one in enumerate(self.proposals):
            label = _("Who is %(name)s?") % {"name": one.participant.name}
            self.fields[f"row-{at}"] = SelectField(
                label=label, required=False, choices=choices, initial=str(one.delegate or "")
            )

    def rows(self) -> Iterator[tuple[Proposal, BoundField]]:
        """Each line of the file with the field that says who it is."""
        for at, one in enumerate(self.proposals):
            yield one, self[f"row-{at}"]

    def chosen(self) -> list[tuple[Proposal, uuid.UUID]]:
        """The lines that were matched to a delegate."""
        named = [(one, self.cleaned_data[f"row-{at}"]) for at, one in enumerate(self.proposals)]
        return [(one, uuid.UUID(key)) for one, key in named if key]


class CallForm(forms.Form):
    """Who agreed to be called. `key` is the page's own, so that pressing twice asks once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    delegate = SelectField(label=_("Who would like to be called?"), missing=_("Choose who it is"))
    agreed = TickField(
        label=_("I asked them, and they agreed"), missing=_("Ask them first, and tick this once they have agreed")
    )

    def __init__(self, *args: Any, delegates: Sequence[Delegate], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.initial["key"] = ids.new()
        people = [(str(one.key), one.name) for one in delegates]
        self.fields["delegate"].choices = [("", _("Choose a person")), *people]  # type: ignore[attr-defined]


def marks_shown(delegate: Delegate) -> list[tuple[str, str]]:
    """The marks of a delegate in words, by half, for paper and for a closed register."""
    return [
        (str(Nomination.Half(half).label), queries.said(delegate.marks[half]) if half in delegate.marks else "")
        for half in delegate.halves
    ]
