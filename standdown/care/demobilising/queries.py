"""Whose talk is whose, and what a card shows. Whoever is excluded finds nothing, whatever their role."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from standdown.care.clocks.models import Step
from standdown.care.demobilising import crisis, policy
from standdown.care.demobilising.models import HelpNumber
from standdown.care.demobilising.policy import Standing
from standdown.care.exposures.models import Exposure, ExposureQuerySet, Stage
from standdown.care.incidents.models import Incident, State
from standdown.care.programme.names import NextStepName
from standdown.care.programme.policy import StepKind
from standdown.care.wishes.models import Exclusion
from standdown.foundation import clock
from standdown.foundation.access import Actor, Can
from standdown.people.models import Force, Qualification

_NOT_ASKED_ABOUT = (State.PROPOSED, State.REJECTED)  # nobody is contacted for these


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the duty-end list, and all that a supervisor sees there: name, off duty, due, done or not yet."""

    id: uuid.UUID
    name: str
    off_duty: dt.datetime
    standing: Standing
    incident: uuid.UUID

    @property
    def waits(self) -> bool:
        """True while the five minutes are still to come."""
        return self.standing is not Standing.CLOSED


def given_to(by: Actor, at: dt.datetime) -> ExposureQuerySet:
    """Whose talk is this actor's to hold: still to come, or dealt with in the last 72 hours. Never one's own."""
    recently = _steps().filter(closed_at__gt=at - policy.SHOWN_FOR)
    return _there(by).filter(Q(stage=Stage.TO_DEMOBILISE) | Exists(recently), supervisor_id=by.person_id)


def to_open(by: Actor, at: dt.datetime) -> ExposureQuerySet:
    """Whose card this actor may open: those given to them, and those in the forces whose care they run."""
    reach = by.reach(Can.RUN_CARE)
    return given_to(by, at) | _there(by).filter(Q(force_id__in=reach.forces) | Q(pk__isnull=not reach.everywhere))


def _there(by: Actor) -> ExposureQuerySet:
    if by.person_id is None:
        return Exposure.objects.none()
    excluded = Exclusion.objects.standing().filter(person=OuterRef("person"), excluded_id=by.person_id)
    due = Subquery(_steps().order_by("-opened_at").values("due_at")[:1])
    return (
        Exposure.objects.live()
        .exclude(person_id=by.person_id)
        .exclude(incident__state__in=_NOT_ASKED_ABOUT)
        .exclude(Exists(excluded))
        .annotate(due_at=Coalesce(due, F("duty_end_at"), F("added_at")))
        .select_related("person", "incident__programme")
    )


def _steps() -> Any:
    return Step.objects.filter(exposure=OuterRef("pk"), kind=StepKind.DEMOBILISE)


def team(by: Actor, incident: uuid.UUID, at: dt.datetime) -> list[Exposure] | None:
    """Who of an incident still waits and is this actor's to talk with, by name. None: nothing there for them."""
    people = to_open(by, at).filter(incident=incident).order_by("person__family_name", "person__given_name", "id")
    found = list(people)
    if not found and not Incident.objects.visible_to(by).filter(pk=incident).exists():
        return None
    return [one for one in found if one.stage == Stage.TO_DEMOBILISE]


def team_as_recorded(by: Actor, incident: uuid.UUID, at: dt.datetime) -> list[Exposure] | None:
    """As `team`, with those dealt with since: a record that comes late, or twice, still finds its people."""
    found = list(to_open(by, at).filter(incident=incident).order_by("id"))
    return found or None


def own(by: Actor, exposure: uuid.UUID) -> Exposure | None:
    """The actor's own part in an incident, while the talk is still to come."""
    mine = Exposure.objects.visible_to(by).live().filter(person=by.person_id, stage=Stage.TO_DEMOBILISE)
    return mine.filter(pk=exposure).first()


def help_numbers(force_id: uuid.UUID | None) -> crisis.Numbers:
    """Whom anybody of that force may ring on a bad night: its own numbers among those for everybody. One statement."""
    rows = list(HelpNumber.objects.filter(force=force_id)) if force_id else []
    always = HelpNumber.Answers.ROUND_THE_CLOCK
    rows.sort(key=lambda one: (one.answers != always, one.answers))
    when: dict[str, Any] = {always: _("Day and night")}
    own = [crisis.Number(HelpNumber.Answers(one.answers).label, one.number, when.get(one.answers, "")) for one in rows]
    return crisis.numbers(own, own[0] if rows and rows[0].answers == always else None)


def numbers_of(by: Actor, force: Force) -> dict[str, str]:
    """The force's own numbers as its page shows them for changing, by who answers."""
    rows = HelpNumber.objects.visible_to(by).filter(force=force)
    return dict(rows.values_list("answers", "number"))


def force_kept(by: Actor, slug: str) -> Force | None:
    """The force whose numbers this actor sets; None where they set none."""
    return Force.objects.filter(slug=slug, pk__in=by.reach(Can.KEEP_PROGRAMME).forces).first()


def waiting(by: Actor, at: dt.datetime) -> int:
    """How many people given to this actor still need their five minutes. A number, so no look. One statement."""
    return given_to(by, at).filter(stage=Stage.TO_DEMOBILISE).count()


def row(one: Exposure, at: dt.datetime) -> Row:
    """The line of somebody who came out of `given_to` or `to_open`."""
    due = one.due_at  # type: ignore[attr-defined]  # annotated
    standing = policy.standing(waits=one.stage == Stage.TO_DEMOBILISE, due_at=due, at=at)
    return Row(one.pk, one.person.full_name, one.duty_end_at or due, standing, one.incident_id)


def is_trained(by: Actor, at: dt.datetime) -> bool:
    """True when this actor is trained, today, to hold the talk. One statement."""
    mine = Qualification.objects.visible_to(by).able_on(clock.london_day(at)).filter(person=by.person_id)
    return policy.is_trained(list(mine.values_list("skill", flat=True)))


def next_steps(one: Exposure) -> list[tuple[str, str]]:
    """The next steps that the incident's programme offers after this talk, with their words. One statement."""
    offered = one.incident.programme.next_steps.filter(after_demobilise=True).order_by("position")
    return [(step, str(NextStepName(step).label)) for step in offered.values_list("step", flat=True)]


def teams(rows: Sequence[Row]) -> list[tuple[uuid.UUID, int]]:
    """The incidents of which two or more people still wait, and how many: they can be recorded together."""
    counted = Counter(row.incident for row in rows if row.waits)
    return [(incident, count) for incident, count in counted.items() if count > 1]


def by_time_left(rows: Sequence[Row]) -> list[Row]:
    """Whoever goes home first stands first; what is closed stands last."""
    return sorted(rows, key=lambda one: (not one.waits, one.off_duty, one.name))
