"""What is pressed and ticked under the card. Nothing of it is written in words."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from standdown.care.demobilising import paper, policy
from standdown.care.demobilising.actions import Captured
from standdown.care.demobilising.candidates import Candidate
from standdown.care.demobilising.models import TELEPHONE, Demobilisation, HelpNumber
from standdown.care.exposures.models import Exposure
from standdown.care.programme.policy import NextStep
from standdown.design import fields
from standdown.foundation.clock import LONDON

Outcome, Kept = Demobilisation.Outcome, Demobilisation.Kept
NEEDS = [
    ("food", _("Something to eat and drink")),
    ("rest", _("A rest")),
    ("transport", _("A lift home")),
    ("home_told", _("Home was told")),
    ("kit", _("Kit or clothes")),
    ("relief", _("Relieved from duty")),
    ("first_aid", _("First aid")),
]


AS_ALL = [("", _("As everybody")), *Outcome.choices]


class NothingToFillIn(forms.Form):
    """A page that asks for one press of its button."""

    sure = forms.CharField(widget=forms.HiddenInput, initial="yes")


class GiveForm(forms.Form):
    """Who holds the talk instead: one of those offered, or anybody who may, by their number."""

    to = fields.RadiosField(label=_("Who should hold it?"), choices=(), required=False)
    number = fields.TextField(label=_("Or somebody else's collar or staff number"), required=False, max_length=20)

    def __init__(self, data: Any = None, *, people: Sequence[Candidate]) -> None:
        super().__init__(data)
        offered = self.fields["to"]
        offered.choices = [(str(one.id), one.name) for one in people]  # type: ignore[attr-defined]
        offered.hints = {str(one.id): one.role for one in people if one.role}  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two."""
        facts = super().clean() or self.cleaned_data
        if not self.errors and bool(facts.get("to")) == bool(facts.get("number")):
            raise forms.ValidationError(_("Choose one name, or enter one number."))
        return facts


class TeamForm(forms.Form):
    """A whole team in one record: who, and what came of it; each may be different."""

    capture_key = forms.UUIDField(widget=forms.HiddenInput)
    held_at = forms.DateTimeField(required=False)
    who = fields.CheckboxesField(label=_("Who was there?"), missing=_("Tick at least one name"))
    outcome = fields.RadiosField(label=_("What came of it?"), choices=Outcome.choices)

    def __init__(self, data: Any = None, *, people: Sequence[Exposure]) -> None:
        self.people = {str(one.pk): one for one in people}
        everybody = {"capture_key": uuid.uuid4(), "who": list(self.people), "outcome": Outcome.HELD}
        super().__init__(data, initial=everybody)
        names = [(key, one.person.full_name) for key, one in self.people.items()]
        self.fields["who"].choices = names  # type: ignore[attr-defined]
        for key, name in names:
            self.fields[f"only-{key}"] = fields.SelectField(label=name, choices=AS_ALL, required=False)

    def different(self) -> list[forms.BoundField]:
        """The fields for those for whom it was otherwise."""
        return [self[f"only-{key}"] for key in self.people]

    def captured(self) -> list[tuple[Exposure, Captured]]:
        """What was recorded of each who is ticked, out of a form that holds. One key for all."""
        facts = self.cleaned_data
        kept = Kept.QUEUED if facts["held_at"] else Kept.ONLINE
        return [
            (
                self.people[key],
                Captured(
                    key=facts["capture_key"], outcome=facts[f"only-{key}"] or facts["outcome"],
                    held_at=facts["held_at"], kept=kept,
                ),
            )
            for key in facts["who"]
        ]  # fmt: skip


class CardForm(forms.Form):
    """What came of one talk. The four buttons carry the outcome; all the rest may stay empty."""

    capture_key = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        choices=Outcome.choices, error_messages={"required": _("Press one of the four buttons to say what came of it.")}
    )
    held_at = forms.DateTimeField(required=False)  # only where it was recorded without signal and is sent later
    needs = fields.CheckboxesField(label=_("What was seen to"), choices=NEEDS, required=False)
    fit_to_drive = fields.YesNoField(label=_("Fit to drive home?"), required=False)
    not_alone = fields.YesNoField(label=_("Somebody there tonight?"), required=False)
    next_step = fields.RadiosField(label=_("Next step that you propose"), choices=(), required=False)

    def __init__(self, data: Any = None, *, steps: Iterable[tuple[str, str]]) -> None:
        super().__init__(data, initial={"capture_key": uuid.uuid4(), "next_step": ""})
        self.fields["next_step"].choices = [("", _("None from me")), *steps]  # type: ignore[attr-defined]

    def captured(self) -> Captured:
        """What was recorded, out of a form that holds."""
        facts = self.cleaned_data
        return Captured(
            key=facts["capture_key"], outcome=facts["outcome"], held_at=facts["held_at"],
            kept=Kept.QUEUED if facts["held_at"] else Kept.ONLINE, needs=frozenset(facts["needs"]),
            fit_to_drive=facts["fit_to_drive"], not_alone=facts["not_alone"],
            proposal=NextStep(facts["next_step"]) if facts["next_step"] else None,
        )  # fmt: skip


class PaperForm(CardForm):
    """A card that was ticked on paper, keyed in later."""

    code = fields.TextField(label=_("Code on the card"), help_text=_("Like CARD-7KQ3MD"), missing=_("Enter the code"))
    on = fields.DateField(label=_("On which day was it held?"))
    clock_time = fields.TimeField(label=_("At what time?"))
    field_order = ("code", "on", "clock_time", "outcome", "needs", "fit_to_drive", "not_alone", "next_step")

    def __init__(
        self, data: Any = None, *, steps: Iterable[tuple[str, str]], t0: dt.datetime, now: dt.datetime, day: dt.date
    ) -> None:
        super().__init__(data, steps=steps)
        self.t0, self.now = t0, now
        del self.fields["capture_key"], self.fields["held_at"]
        self.fields["outcome"] = fields.RadiosField(label=_("What is ticked?"), choices=Outcome.choices)
        self.initial["on"] = day
        self.order_fields(self.field_order)

    def clean_code(self) -> str:
        """The code as it is printed."""
        found = paper.read(self.cleaned_data["code"])
        if found is None:
            raise forms.ValidationError(_("Enter the code as it stands on the card, like CARD-7KQ3MD."))
        return found

    def clean(self) -> dict[str, Any]:
        """When it was held, between the end of the incident and now."""
        facts = super().clean() or self.cleaned_data
        if "on" in facts and "clock_time" in facts:
            facts["held_at"] = self._moment(facts["on"], facts["clock_time"])
        return facts

    def _moment(self, day: dt.date, time: dt.time) -> dt.datetime | None:
        sentences = {
            policy.PaperProblem.AHEAD: _("This time is still ahead. Enter when it was held."),
            policy.PaperProblem.BEFORE: _("The incident had not ended by then. Check the day and the time."),
        }
        moment = dt.datetime.combine(day, time, tzinfo=LONDON)
        problem = policy.paper_problem(moment, self.t0, self.now)
        if problem is not None:
            self.add_error("clock_time", str(sentences[problem]))
        return moment

    def captured(self) -> Captured:
        """What the card says, under the key of the card itself."""
        self.cleaned_data["capture_key"] = paper.key_of(self.cleaned_data["code"])
        return replace(super().captured(), kept=Kept.PAPER)


class NumbersForm(forms.Form):
    """A number for each who may answer; an empty one is taken away."""

    def __init__(self, data: Any = None, *, initial: Mapping[str, str]) -> None:
        super().__init__(data, initial=dict(initial))
        for answers, words in HelpNumber.Answers.choices:
            self.fields[answers] = fields.TextField(
                label=words, required=False, max_length=18, validators=[TELEPHONE], width=20
            )
