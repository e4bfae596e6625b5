"""The forms of a plan: a new date, several at once, and where a published one goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from standdown.design import parsing
from standdown.design.fields import (
    DateField,
    LongTextField,
    NumberField,
    RadiosField,
    SelectField,
    TextField,
    TimeField,
)
from standdown.foundation import clock
from standdown.people.models import Force
from standdown.training.courses.models import Course
from standdown.training.sessions import diary, policy, sentences
from standdown.training.sessions.models import Delivery, Language, Session, SessionChange
from standdown.training.sessions.policy import Every, ForcePlan, Limits, Plan
from standdown.training.sessions.seen import SeenField

MOST_FORCES = 12
_DELIVERY_HINTS = {Delivery.BLENDED.value: _("Some join from elsewhere")}


class WhereForm(forms.Form):
    """When names are wanted, how a date is held and where."""

    delivery = RadiosField(
        label=_("How is it held?"),
        choices=Delivery.choices,
        hints=_DELIVERY_HINTS,
        initial=Delivery.ONLINE,
    )
    platform = TextField(
        label=_("What is it held on?"), max_length=40, width=20, required=False, initial="Microsoft Teams",
        help_text=_("Where people join online. Never a link: links are sent to those who have a place"),
    )  # fmt: skip
    place = TextField(
        label=_("Where is it held?"), max_length=120, required=False,
        help_text=_("Where people come in person: the public name of the building"),
    )  # fmt: skip

    def attach(self, problems: Sequence[policy.Problem]) -> None:
        """Put what is wrong with the plan beside the fields that it is about."""
        for problem in problems:
            name = {"forces": "force_1", "start": "start", "end": "end"}.get(problem.about, problem.about)
            self.add_error(name if name in self.fields else None, sentences.of(problem))


class PlanForm(WhereForm):
    """All that is decided about a date. Forces are rows that can be added to, each with the places kept for it."""

    course = SelectField(label=_("Course"))
    day = DateField(label=_("Date"), help_text=_("For example, 12 1 2027"))
    start = TimeField(label=_("Starts at"), initial=dt.time(9), help_text=_("For example, 09:00 or 9am"))
    end = TimeField(label=_("Ends at"), initial=dt.time(16))
    capacity = NumberField(label=_("Places"), min_value=1, max_value=policy.MOST_PLACES)
    closes = DateField(
        label=_("Last day for names"), required=False, help_text=_("Until 17:00. Leave it empty for a week before")
    )
    language = RadiosField(label=_("Language of the day"), choices=Language.choices, initial=Language.ENGLISH)

    field_order: tuple[str, ...] = (
        "course", "day", "start", "end", "delivery", "platform", "place", "capacity", "closes", "language",
    )  # fmt: skip

    def __init__(
        self, data: QueryDict | None = None, *, courses: Sequence[tuple[Course, Limits]], forces: Mapping[str, Force],
        rows: int = 1, **rest: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, **rest)
        self.courses = {course.slug: (course, limits) for course, limits in courses}
        self.forces = forces
        self.rows = min(max(rows, 1), MOST_FORCES)
        titles = [(course.slug, course.current.title if course.current else course.slug) for course, _limits in courses]
        if len(titles) == 1:
            self.fields["course"] = forms.ChoiceField(choices=titles, initial=titles[0][0], widget=forms.HiddenInput)
        else:
            self.fields["course"].choices = titles  # type: ignore[attr-defined]
        names = [("", _("Choose a force")), *((key, force.name) for key, force in forces.items())]
        for number in range(1, self.rows + 1):
            self.fields[f"force_{number}"] = SelectField(
                label=_("Force"), choices=names, required=number == 1, missing=_("Choose the force that it is for")
            )
            self.fields[f"places_{number}"] = NumberField(
                label=_("Places kept"), required=False, min_value=1, max_value=policy.MOST_PLACES
            )

    @property
    def force_rows(self) -> list[tuple[Any, Any]]:
        """The rows of forces: the choice and the number of each."""
        return [(self[f"force_{number}"], self[f"places_{number}"]) for number in range(1, self.rows + 1)]

    @property
    def other_fields(self) -> list[Any]:
        """The fields that are not rows of forces, in order."""
        return [self[name] for name in self.fields if not name.startswith(("force_", "places_"))]

    def clean(self) -> dict[str, Any]:
        """Judge the plan as a whole, once each answer can be read."""
        facts: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                self.attach(self._problems(self.plan()))
            except sentences.PlanRefused as refusal:
                self.attach(refusal.problems)
        return facts

    def _problems(self, plan: Plan) -> list[policy.Problem]:
        return policy.problems(plan, self.courses[self.cleaned_data["course"]][1])

    def chosen_course(self) -> Course:
        """The course that was chosen."""
        return self.courses[self.cleaned_data["course"]][0]

    def plan(self) -> Plan:
        """The plan that was asked for. Raises PlanRefused for a time that the clocks skip or show twice."""
        facts = self.cleaned_data
        starts_at = sentences.moment(facts["day"], facts["start"], "start")
        return Plan(
            starts_at=starts_at,
            ends_at=sentences.moment(facts["day"], facts["end"], "end"),
            nominations_close_at=closing(facts["closes"], starts_at),
            delivery=facts["delivery"], platform=facts["platform"], place=facts["place"],
            capacity=facts["capacity"], language=facts["language"], forces=self._named(),
        )  # fmt: skip

    def _named(self) -> tuple[ForcePlan, ...]:
        rows = [(self.cleaned_data[f"force_{n}"], self.cleaned_data[f"places_{n}"]) for n in range(1, self.rows + 1)]
        return tuple(diary.force_plan(self.forces[key], places) for key, places in rows if key)


Chosen = TypeVar("Chosen", bound=PlanForm)


def closing(day: dt.date | None, starts_at: dt.datetime) -> dt.datetime:
    """The moment by which names are wanted: 17:00 on that day, or a week before the date."""
    return clock.from_wall(day, policy.CLOSES_AT) if day else sentences.usual_close(starts_at)


def rows_asked(data: QueryDict) -> int:
    """How many rows of forces a sent form had, and one more when that was asked for."""
    text = data.get("rows", "1")
    rows = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(MOST_FORCES)) else 1
    return rows + ("another" in data)


def typed(form: PlanForm, data: QueryDict) -> dict[str, Any]:
    """What was typed so far, to be shown again without being judged."""
    return {
        name: [data.get(f"{name}_{part}") for part in ("day", "month", "year")]
        if isinstance(field, DateField)
        else data.get(name)
        for name, field in form.fields.items()
    }


def asked(
    kind: type[Chosen], request: HttpRequest, courses: Sequence[tuple[Course, Limits]], forces: Mapping[str, Force],
    session: Session | None = None,
) -> Chosen:  # fmt: skip
    """The form for this request: empty or as stored, with a further row of forces when that was asked for, or sent."""
    known: dict[str, Any] = {"courses": courses, "forces": forces}
    if request.method != "POST":
        facts, rows = initial_of(session) if session else ({}, 1)
        return kind(**known, rows=rows, initial=facts)
    rows = rows_asked(request.POST)
    if "another" in request.POST:
        return kind(**known, rows=rows, initial=typed(kind(**known, rows=rows), request.POST))
    return kind(request.POST, **known, rows=rows)


def initial_of(session: Session) -> tuple[dict[str, Any], int]:
    """A stored date as the form shows it, and how many rows of forces it needs."""
    plan = diary.plan_of(session)
    start, end = clock.london(plan.starts_at), clock.london(plan.ends_at)
    facts: dict[str, Any] = {
        "course": session.course.slug, "day": start.date(), "start": start.time(), "end": end.time(),
        "delivery": plan.delivery, "platform": plan.platform, "place": plan.place, "capacity": plan.capacity,
        "closes": clock.london_day(plan.nominations_close_at), "language": plan.language,
        "seen": session.changed_at,
    }  # fmt: skip
    for number, force in enumerate(plan.forces, start=1):
        facts |= {f"force_{number}": force.key, f"places_{number}": force.allotment}
    return facts, max(len(plan.forces), 1)


class EditForm(PlanForm):
    """A date in preparation as it stands; its course stays."""

    seen = SeenField()


class ManyForm(PlanForm):
    """A plan for several dates: a series from the first day on, or the days of a list."""

    every = RadiosField(
        label=_("How does the series go on?"),
        choices=[
            (Every.WEEK.value, _("Every week")), (Every.FORTNIGHT.value, _("Every two weeks")),
            (Every.MONTH.value, _("Every month, on the same weekday of the month")),
        ],
        initial=Every.MONTH.value,
    )  # fmt: skip
    count = NumberField(label=_("How many dates in all?"), min_value=1, max_value=policy.MOST_AT_ONCE, initial=3)
    days = LongTextField(
        label=_("Or on these further days"), required=False, max_length=2000, rows=4,
        help_text=_("One day a line, like 31 8 2027. If you fill this in, the series is not used"),
    )  # fmt: skip
    field_order = (
        "course", "day", "every", "count", "days", "start", "end", "delivery", "platform", "place", "capacity",
        "closes", "language",
    )  # fmt: skip

    def clean_days(self) -> list[dt.date]:
        """The days of the list, in order, each once."""
        lines = [line.split() for line in str(self.cleaned_data["days"]).replace("/", " ").splitlines() if line.strip()]
        if any(len(parts) != len(("day", "month", "year")) for parts in lines):
            raise ValidationError(gettext("Write each day on a line of its own, like 31 8 2027"))
        days = [parsing.date_from_parts(*parts, name=gettext("Each day")) for parts in lines]
        if policy.repeated(days):
            raise ValidationError(gettext("A day stands in the list twice. Take one away"))
        if len(days) >= policy.MOST_AT_ONCE:
            raise ValidationError(gettext("Plan at most 60 dates at once"))
        return sorted(days)

    def plans(self) -> list[Plan]:
        """One plan for each day. Raises PlanRefused."""
        facts, first = self.cleaned_data, self.plan()
        further = [day for day in facts["days"] if day != facts["day"]]
        days = (
            [facts["day"], *further] if further else policy.series(facts["day"], Every(facts["every"]), facts["count"])
        )
        return [sentences.shifted(first, day) for day in days]

    def _problems(self, plan: Plan) -> list[policy.Problem]:
        found = super()._problems(plan)
        if found:
            return found
        try:
            plans = self.plans()
        except ValueError:
            self.add_error("count", gettext("The calendar ends before the series does. Plan fewer dates"))
            return []
        return next((wrong for wrong in map(super()._problems, plans) if wrong), [])


class MoveForm(WhereForm):
    """Where a published date goes, and why."""

    day = DateField(label=_("New date"))
    start = TimeField(label=_("Starts at"))
    end = TimeField(label=_("Ends at"))
    closes = DateField(label=_("Last day for names"), required=False, help_text=_("Until 17:00. Empty: a week before"))
    reason = RadiosField(label=_("Why is it moved?"), choices=SessionChange.Reason.choices)
    seen = SeenField()
    field_order = ("day", "start", "end", "delivery", "platform", "place", "closes", "reason", "seen")

    def clean_reason(self) -> SessionChange.Reason:
        """The reason as what it is, so that its words can be told."""
        return SessionChange.Reason(self.cleaned_data["reason"])

    def times(self) -> dict[str, dt.datetime]:
        """The new times. Raises PlanRefused for a time that the clocks skip or show twice."""
        facts = self.cleaned_data
        starts_at = sentences.moment(facts["day"], facts["start"], "start")
        return {
            "starts_at": starts_at,
            "ends_at": sentences.moment(facts["day"], facts["end"], "end"),
            "nominations_close_at": closing(facts["closes"], starts_at),
        }
