"""What training will be needed (R121): who can defuse, what ends, who left, what is wanted, against what is planned."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping

from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from standdown.foundation import clock
from standdown.foundation.access import Actor, Can
from standdown.people.accounts.models import Posting
from standdown.people.forces.models import Force
from standdown.people.qualifications import cover, hooks
from standdown.people.qualifications.models import Establishment, Qualification, QualificationQuerySet, Skill
from standdown.people.qualifications.policy import Need

AHEAD = dt.timedelta(days=183)
BACK = dt.timedelta(days=365)

Numbers = Mapping[uuid.UUID, int]


def of_forces(force_ids: Iterable[uuid.UUID], at: dt.datetime) -> dict[uuid.UUID, Need]:
    """What each of these forces has and will need within six months. Four statements, and what the parts above add."""
    forces, day = list(force_ids), clock.london_day(at)
    able = _by_register(cover.able(forces, day))
    stays = _by_register(cover.able(forces, day).filter(valid_until__gt=day + AHEAD))
    left, wanted = _left(forces, day), _wanted(forces)
    planned: dict[uuid.UUID, hooks.Planned] = {}
    for ask in hooks.PLANNED:
        planned.update(ask(forces, at))
    found = {}
    for key in forces:
        ahead = planned.get(key, hooks.Planned())
        found[key] = Need(
            able=able.get(key, 0), ending=able.get(key, 0) - stays.get(key, 0), left=left.get(key, 0),
            wanted=wanted.get(key, 0), places=ahead.places, interested=ahead.interested,
        )  # fmt: skip
    return found


def own(by: Actor, at: dt.datetime) -> list[tuple[Force, Need]]:
    """The same of the forces whose registers this actor sees, by name. One statement more."""
    forces = list(Force.objects.filter(pk__in=by.reach(Can.SEE_QUALIFICATIONS).forces).order_by("name"))
    needs = of_forces([force.pk for force in forces], at)
    return [(force, needs[force.pk]) for force in forces]


def _by_register(found: QualificationQuerySet) -> Numbers:
    return dict(found.order_by().values_list("force_id").annotate(number=Count("pk")))


def _wanted(forces: list[uuid.UUID]) -> Numbers:
    rows = Establishment.objects.filter(team__closed_on__isnull=True, team__force__in=forces).order_by()
    return dict(rows.values_list("team__force_id").annotate(number=Sum("wanted")))


def _left(forces: list[uuid.UUID], day: dt.date) -> Numbers:
    """How many could defuse on the day on which they stopped serving in the force, within the last twelve months.

    Who moved to another team, or came back, did not leave. They are counted and named nowhere.
    """
    gone = {"person__postings__until__gt": day - BACK, "person__postings__until__lte": day}
    here = Posting.objects.filter(person=OuterRef("person"), force=OuterRef("force"))
    rows = (
        Qualification.objects.exclude(end_reason=Qualification.EndReason.REVOKED)
        .filter(
            skill=Skill.DEFUSE, force__in=forces, person__postings__force=F("force"),
            valid_from__lt=F("person__postings__until"), valid_until__gt=F("person__postings__until"), **gone,
        )
        .exclude(Exists(here.filter(Q(until__isnull=True) | Q(until__gt=day))))
    )  # fmt: skip
    return dict(rows.order_by().values_list("force_id").annotate(number=Count("person", distinct=True)))
