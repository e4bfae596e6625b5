"""What is asked about the people of an incident that stands."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from standdown.care.exposures import numbers, policy, words
from standdown.care.exposures.desk import Desk
from standdown.care.exposures.fields import RecordField, keys
from standdown.care.exposures.forms import AtDesk, Numbered
from standdown.care.exposures.lists import DUTY_WORDS, Group
from standdown.care.exposures.models import Exposure
from standdown.care.exposures.policy import Group as Asked
from standdown.care.exposures.queries import Near, TeamOffered
from standdown.care.incidents import moments
from standdown.care.incidents.models import Answer, Incident
from standdown.design.fields import CheckboxesField, DateField, RadiosField, TextField, TimeField
from standdown.foundation import clock

_DUTY_HINT = gettext_lazy("When they go home, like 07:00. Leave it empty if you do not know")


class SearchForm(forms.Form):
    """Whom to add, by name or number."""

    q = TextField(label=gettext_lazy("Name or number"), required=False, width=20)


class _Timed(AtDesk):
    """A form with a role and an end of duty, for an incident that stands."""

    role = RecordField(label=gettext_lazy("Their role"), missing=gettext_lazy("Choose a role"))
    off_duty = TimeField(label=gettext_lazy("Off duty at"), required=False, help_text=_DUTY_HINT)

    def __init__(self, *args: Any, incident: Incident, desk: Desk, **rest: Any) -> None:
        super().__init__(*args, desk=desk, **rest)
        self.incident = incident
        role: Any = self.fields["role"]
        role.offer(desk.roles, map(words.of, desk.roles), first=_("Choose one"))

    def clean(self) -> dict[str, Any]:
        """Put the end of duty together."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        facts["duty_end_at"] = self._duty_end(facts)
        wrong = policy.duty_problem(self.incident.ended_at, facts["duty_end_at"])
        if wrong is not None:
            self.add_error("off_duty", str(DUTY_WORDS[wrong]))
        return facts

    def _duty_end(self, facts: dict[str, Any]) -> dt.datetime | None:
        time = facts.get("off_duty")
        return moments.next_wall(time, max(self.incident.ended_at, self._from())) if time else None

    def _from(self) -> dt.datetime:
        """Whoever comes late onto a list goes off duty after now, as far as duty of that incident can last."""
        return min(self.desk.at, self.incident.ended_at + policy.LONGEST_AFTER)


class AddForm(_Timed, Numbered):
    """More people for a list: found by search, or pasted."""

    who = CheckboxesField(label=gettext_lazy("Found in your force"), required=False)

    def __init__(self, *args: Any, near: list[Near], **rest: Any) -> None:
        super().__init__(*args, **rest)
        who: Any = self.fields["who"]
        who.choices = [
            (str(one.person), _("%(name)s, %(number)s") % {"name": one.name, "number": one.number}) for one in near
        ]

    def clean(self) -> dict[str, Any]:
        """Somebody must be meant."""
        facts = super().clean()
        if not (facts.get("who") or self.paste.found or self.errors.get("numbers")):
            self.add_error("numbers", _("Tick somebody, or give numbers"))
        return facts

    def groups(self) -> list[Group]:
        """Who comes onto the list."""
        people = dict.fromkeys([*keys(self.cleaned_data.get("who") or ()), *self.paste.people])
        return [Group(list(people), self.cleaned_data["role"], self.cleaned_data["duty_end_at"])]


class TeamForm(_Timed):
    """Whole teams at once: shifts that came in waves."""

    teams = CheckboxesField(label=gettext_lazy("Which teams?"), missing=gettext_lazy("Choose at least one team"))

    def __init__(self, *args: Any, teams: list[TeamOffered], **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["teams"]
        field.choices = [
            (str(one.key), _("%(name)s (%(count)s)") % {"name": one.name, "count": one.people}) for one in teams
        ]


class WasThereForm(forms.Form):
    """I was there too: the reference that a colleague or supervisor gives, and one's role."""

    reference = TextField(
        label=gettext_lazy("Reference of the incident"), width=10, help_text=gettext_lazy("As in INC-7KQ3MD"),
        missing=gettext_lazy("Enter the reference that your supervisor or a colleague gave you"),
    )  # fmt: skip
    role = RecordField(label=gettext_lazy("Your role"), missing=gettext_lazy("Choose a role"))

    def __init__(self, *args: Any, desk: Desk, **rest: Any) -> None:
        super().__init__(*args, **rest)
        role: Any = self.fields["role"]
        role.offer(desk.roles, map(words.of, desk.roles), first=_("Choose one"))


class ConfirmForm(forms.Form):
    """The three answers without which no list is confirmed (R59)."""

    control_room = RadiosField(
        label=gettext_lazy("Was anybody in the control room exposed?"), choices=Answer.choices,
        missing=gettext_lazy("Say whether somebody of the control room was exposed"),
        help_text=gettext_lazy("Whoever took the call or worked the radio"),
    )  # fmt: skip
    staff_and_specials = RadiosField(
        label=gettext_lazy("Were staff, specials or volunteers exposed?"), choices=Answer.choices,
        missing=gettext_lazy("Say whether staff, specials or volunteers were exposed"),
        help_text=gettext_lazy("Crime scene staff, custody, front desk, special constables, cadet leaders"),
    )  # fmt: skip
    other_forces = RadiosField(
        label=gettext_lazy("Were colleagues of other forces exposed?"), choices=Answer.choices,
        missing=gettext_lazy("Say whether people of other forces were exposed"),
        help_text=gettext_lazy("Mutual aid, joint units, British Transport Police. Hand them over to their own force"),
    )  # fmt: skip

    def answers(self) -> dict[Asked, str]:
        """The answers by group."""
        return {
            Asked.CONTROL_ROOM: self.cleaned_data["control_room"],
            Asked.STAFF_AND_SPECIALS: self.cleaned_data["staff_and_specials"],
            Asked.OTHER_FORCES: self.cleaned_data["other_forces"],
        }


class DisputeForm(forms.Form):
    """What is wrong in one's own record: a code, no account of anything."""

    what = RadiosField(label=gettext_lazy("What is wrong?"), heading=True, choices=Exposure.Dispute.choices)

    def clean_what(self) -> Exposure.Dispute:
        """The answer as what it is."""
        return Exposure.Dispute(self.cleaned_data["what"])


class SettleForm(_Timed):
    """What a coordinator puts right of one person."""

    PUT_RIGHT, STAYS = "put-right", "stays"
    outcome = RadiosField(label=gettext_lazy("What do you do?"), choices=())
    off_day = DateField(label=gettext_lazy("Off duty on"), required=False)
    talks = TextField(
        label=gettext_lazy("Who talks with them before off duty"), required=False, width=10,
        help_text=gettext_lazy("A collar or staff number. Leave it empty to see to it yourself"),
    )  # fmt: skip
    field_order = ("outcome", "role", "off_day", "off_duty", "talks")

    def __init__(self, *args: Any, exposure: Exposure, **rest: Any) -> None:
        super().__init__(*args, **rest)
        ways: list[tuple[str, str | Promise]] = [(self.PUT_RIGHT, _("Put it right, as below"))]
        if exposure.disputed:
            ways.append((self.STAYS, _("Leave it as it is recorded")))
        outcome: Any = self.fields["outcome"]
        outcome.choices = ways
        if len(ways) == 1:
            del self.fields["outcome"]
        self.supervisor = exposure.supervisor_id

    def _duty_end(self, facts: dict[str, Any]) -> dt.datetime | None:
        day, time = facts.get("off_day"), facts.get("off_duty")
        if day is None or time is None:
            return super()._duty_end(facts)
        try:
            return moments.wall(day, time)
        except clock.NoSuchTime:
            return moments.next_wall(time, clock.start_of_day(day))

    def clean_talks(self) -> str:
        """Find who is meant."""
        written: str = self.cleaned_data["talks"]
        self.supervisor = None
        if written:
            paste = numbers.read(written, self.desk.force)
            if paste.bad or len(paste.found) != 1:
                raise forms.ValidationError(paste.bad[0].sentence if paste.bad else _("Give one number"))
            self.supervisor = paste.found[0].person
        return written


class Sure(forms.Form):
    """Nothing is asked: the button is the answer."""
