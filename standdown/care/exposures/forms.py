"""What is asked when an incident is raised: at most six things to fill in on a phone (R55)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from standdown.care.exposures import numbers, policy, sentences, words
from standdown.care.exposures.desk import Desk
from standdown.care.exposures.fields import KeyField, NumbersField, OwnReferenceField, RecordField, keys
from standdown.care.exposures.lists import DUTY_WORDS, Group
from standdown.care.exposures.numbers import Paste
from standdown.care.incidents import moments
from standdown.care.incidents import policy as incident_policy
from standdown.care.incidents.models import Incident
from standdown.care.incidents.policy import AGO, Ended
from standdown.design import times
from standdown.design.fields import CheckboxesField, DateField, RadiosField, TickField, TimeField
from standdown.foundation import clock, ids

NEW = "new"
_ENDED = {
    Ended.NOW: gettext_lazy("Just now, or it still goes on"),
    Ended.AN_HOUR: gettext_lazy("About an hour ago"),
    Ended.TWO_HOURS: gettext_lazy("About two hours ago"),
    Ended.OTHER: gettext_lazy("At another time"),
}
_SKIPPED = gettext_lazy("The clocks went forward that night and skipped this time. Give the time that clocks showed")


class AtDesk(forms.Form):
    """A form whose choices come from a desk."""

    def __init__(self, *args: Any, desk: Desk, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.desk = desk


class Numbered(AtDesk):
    """A form with a pasted list of numbers: every bad entry is named at once, and the good ones are kept apart."""

    numbers = NumbersField(
        label=gettext_lazy("Collar or staff numbers"),
        help_text=gettext_lazy("One a line, or with commas. You can paste a list"),
    )
    leave_out = TickField(label=gettext_lazy("Go on without the entries that cannot be used"), required=False)

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.paste = Paste()

    def clean_numbers(self) -> str:
        """Read the list."""
        pasted: str = self.cleaned_data["numbers"]
        self.paste = numbers.read(pasted, self.desk.force)
        return pasted

    def clean(self) -> dict[str, Any]:
        """Refuse the list while it holds what cannot be used, unless that is left out knowingly."""
        facts = super().clean() or self.cleaned_data
        if self.paste.bad and not (facts.get("leave_out") and self.paste.found):
            count = len(self.paste.bad)
            message = ngettext("%(count)s entry cannot be used", "%(count)s entries cannot be used", count)
            self.add_error("numbers", message % {"count": count})
        return facts


class Raising(Numbered):
    """What happened, when, where and to whom. A form of its own kind leaves out what is plain from who raises it."""

    key = KeyField()
    category = RecordField(
        label=gettext_lazy("What kind of incident?"), missing=gettext_lazy("Choose a kind of incident")
    )
    ended = RadiosField(
        label=gettext_lazy("When did it end?"), missing=gettext_lazy("Say when it ended"), choices=list(_ENDED.items())
    )
    day = DateField(label=gettext_lazy("Day"), required=False)
    time = TimeField(label=gettext_lazy("Time"), required=False)
    base = RecordField(label=gettext_lazy("Where?"), required=False)
    own_reference = OwnReferenceField()
    who = CheckboxesField(label=gettext_lazy("Who was exposed?"), required=False)
    role = RecordField(
        label=gettext_lazy("Their role"), help_text=gettext_lazy("The same for all for now; it can be changed for each")
    )
    off_duty = TimeField(
        label=gettext_lazy("Off duty at"), required=False,
        help_text=gettext_lazy("When they go home, like 07:00. Leave it empty if you do not know"),
    )  # fmt: skip
    names_others = True

    def __init__(self, *args: Any, desk: Desk, **rest: Any) -> None:
        super().__init__(*args, desk=desk, **rest)
        self.initial.setdefault("key", ids.new())
        self.alike: list[Incident] = []
        self._offer(desk)

    def _offer(self, desk: Desk) -> None:
        fields: Any = self.fields
        fields["category"].offer(desk.categories, map(words.of, desk.categories), first=_("Choose one"))
        fields["role"].offer(desk.roles, map(words.of, desk.roles), first=_("Choose one"))
        fields["base"].offer(desk.bases, (base.name for base in desk.bases), first=_("Elsewhere, or several places"))
        if desk.own_base is not None:
            self.initial.setdefault("base", str(desk.own_base.pk))
        if self.names_others:
            fields["who"].choices = [(str(one.person), self._named(one)) for one in desk.near]
        else:
            del self.fields["who"]

    def _named(self, one: Any) -> str:
        if one.person == self.desk.by.person_id:
            return _("Myself, %(name)s") % {"name": one.name}
        return _("%(name)s, %(number)s") % {"name": one.name, "number": one.number}

    # -- when -------------------------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """Put the moments together, and say what is wrong with them."""
        facts = super().clean()
        facts["ended_at"] = self._ended(facts)
        facts["started_at"] = self._started(facts)
        if facts["ended_at"] is not None:
            wrong = incident_policy.problem(facts["started_at"], facts["ended_at"], self.desk.at)
            if wrong is not None:
                self.add_error(self._when(), str(sentences.times_said(wrong)))
            facts["duty_end_at"] = self._duty_end(facts.get("off_duty"), facts["ended_at"])
        if self.names_others and not (facts.get("who") or self.paste.found or self.errors.get("numbers")):
            self.add_error(
                "who" if self.desk.near else "numbers", _("Say who was exposed: tick names, or give numbers")
            )
        return facts

    def _when(self) -> str:
        return "time" if self.cleaned_data.get("ended") == Ended.OTHER else "ended"

    def _ended(self, facts: dict[str, Any]) -> dt.datetime | None:
        quick = facts.get("ended")
        if not quick:
            return None
        if quick != Ended.OTHER:
            if facts.get("time"):
                self.add_error("ended", _("Choose “At another time”, or leave the time below empty"))
            return self.desk.at - AGO[Ended(quick)]
        return self._moment("day", "time", facts)

    def _started(self, _facts: dict[str, Any]) -> dt.datetime | None:
        return None

    def _moment(self, day: str, time: str, facts: dict[str, Any]) -> dt.datetime | None:
        """The moment of two fields; without a day it is today, or yesterday where that time is still to come."""
        if {day, time} & self.errors.keys():
            return None
        if not facts.get(time):
            self.add_error(time, _("Enter the time, like 03:15"))
            return None
        try:
            return moments.wall(facts[day], facts[time]) if facts.get(day) else self._last(facts[time])
        except clock.NoSuchTime:
            self.add_error(time, str(_SKIPPED))
            return None

    def _last(self, time: dt.time) -> dt.datetime:
        today = clock.london_day(self.desk.at)
        found = moments.wall(today, time)
        return found if found <= self.desk.at else moments.wall(today - dt.timedelta(days=1), time)

    def _duty_end(self, time: dt.time | None, ended_at: dt.datetime) -> dt.datetime | None:
        if time is None:
            return None
        found = moments.next_wall(time, ended_at)
        wrong = policy.duty_problem(ended_at, found)
        if wrong is not None:  # a time shortly before it ended reads as the next day's
            words_ = DUTY_WORDS[policy.DutyProblem.BEFORE_IT_ENDED]
            self.add_error("off_duty", str(words_))
        return found

    # -- who --------------------------------------------------------------------------------------------------------

    def groups(self) -> list[Group]:
        """Who comes onto the list, in what role, until when on duty."""
        facts = self.cleaned_data
        people = dict.fromkeys([*keys(facts.get("who") or ()), *self.paste.people])
        return [Group(list(people), facts["role"], facts["duty_end_at"])]

    # -- once ---------------------------------------------------------------------------------------------------------

    def same_as(self, alike: Sequence[Incident]) -> Incident | None:
        """Ask whether it is one of these that stand already; the one that was chosen. None: it is a new one.

        Adds an error while that is not answered.
        """
        self.alike = list(alike)
        if not alike:
            return None
        by_key = {str(one.pk): one for one in alike}
        self.fields["same"] = RadiosField(
            label=_("Is it one of these, which are recorded already?"), required=False,
            choices=[*((key, alike_words(one)) for key, one in by_key.items()), (NEW, _("No, it is another incident"))],
        )  # fmt: skip
        chosen = self.data.get("same", "")
        if chosen != NEW and chosen not in by_key:
            self.add_error("same", _("Perhaps this is recorded already. Say whether it is the same"))
        return by_key.get(chosen)


def alike_words(one: Incident) -> str:
    """An incident in a line: reference, kind and end."""
    facts = {"reference": one.reference, "what": words.of(one.category), "when": times.date_time(one.ended_at)}
    return _("%(reference)s: %(what)s, ended %(when)s") % facts


class PeriodForm(Raising):
    """A period of work, such as viewing images or taking calls (R57): from when until when."""

    from_day = DateField(label=gettext_lazy("From which day?"))
    from_time = TimeField(label=gettext_lazy("From what time?"))

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        del self.fields["ended"]
        for name, label in (("day", _("Until which day?")), ("time", _("Until what time?"))):
            self.fields[name].label, self.fields[name].required = label, True

    def _when(self) -> str:
        return "time"

    def _ended(self, facts: dict[str, Any]) -> dt.datetime | None:
        return self._moment("day", "time", facts) if facts.get("day") else None

    def _started(self, facts: dict[str, Any]) -> dt.datetime | None:
        return self._moment("from_day", "from_time", facts) if facts.get("from_day") else None


class OwnForm(Raising):
    """This happened to me: nobody else is asked for."""

    names_others = False

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        del self.fields["numbers"], self.fields["leave_out"]
        self.fields["role"].label, self.fields["role"].help_text = _("Your role"), ""

    def groups(self) -> list[Group]:
        """The person alone."""
        person = self.desk.by.person_id
        assert person is not None, "who is signed in is a person"
        return [Group([person], self.cleaned_data["role"], self.cleaned_data["duty_end_at"])]


class ByNumberForm(Raising):
    """For those who may name nobody: a colleague who is concerned, and the control room. People by number only."""

    names_others = False

    def clean(self) -> dict[str, Any]:
        """Numbers are needed here."""
        facts = super().clean()
        if not self.paste.found and not self.errors.get("numbers"):
            self.add_error("numbers", ValidationError(_("Give the collar or staff number of everybody you mean")))
        return facts


class ConcernForm(ByNumberForm):
    """I am concerned for a colleague."""


class ControlRoomForm(ByNumberForm):
    """The crews that attended."""
