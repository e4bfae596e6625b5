"""What the pages about groups show. That names were opened is on record before they come back."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from standdown.care.defusing.models import Attendee, Defusing
from standdown.care.duty import queries as duty
from standdown.care.duty.slots import Found
from standdown.care.exposures.models import Exposure
from standdown.care.grouping import policy, scene
from standdown.care.grouping.policy import Rule
from standdown.care.grouping.scene import Scene
from standdown.care.incidents.models import Incident
from standdown.care.looks.actions import look
from standdown.care.looks.models import Look
from standdown.foundation.access import Actor, Can
from standdown.foundation.clock import london_day
from standdown.people.models import Qualification, Skill
from standdown.people.roles.policy import Role

_EVERY = 1000  # more than there are times in any window


def incident(by: Actor, key: uuid.UUID) -> Incident | None:
    """The incident, where this actor runs the care of its force; None else. One statement."""
    rows = Incident.objects.visible_to(by).select_related("programme", "category", "base", "force")
    return rows.filter(pk=key).first()


def opened(by: Actor, found: Incident, at: dt.datetime) -> Scene:
    """The scene of an incident, after the look at everybody whose name it holds. Raises NotAllowed."""
    now = scene.read(by, found)
    looked_at(by, found, now.exposures.values(), at)
    return now


def looked_at(by: Actor, on: Incident | Defusing, exposures: Iterable[Exposure], at: dt.datetime) -> None:
    """Record the look of a coordinator at these people."""
    role = Role.ESTIP_COORDINATOR if Role.ESTIP_COORDINATOR in by.roles else Role.ESTIP_LEAD
    look(by=by, at=at, can=Can.RUN_CARE, on=on, at_whom=exposures, why=Look.Why.COORDINATING, role=role.value)


def seat(by: Actor, key: uuid.UUID) -> Attendee | None:
    """Somebody's place in a session ahead that this actor plans; None where there is none to see. One statement."""
    mine = Defusing.objects.visible_to(by).live().filter(force__in=by.reach(Can.RUN_CARE).forces)
    rows = Attendee.objects.filter(pk=key, left_at=None, there="", defusing__in=mine.values("pk"))
    return rows.filter(exposure__in=Exposure.objects.visible_to(by).values("pk")).select_related(
        "defusing", "exposure__person", "exposure__role", "exposure__incident__programme"
    ).first()  # fmt: skip


def session(by: Actor, key: uuid.UUID) -> Defusing | None:
    """A session ahead that this actor plans. One statement."""
    mine = Defusing.objects.visible_to(by).live().filter(force__in=by.reach(Can.RUN_CARE).forces)
    return mine.select_related("incident__programme", "incident__category", "defuser").filter(pk=key).first()


def may_share(now: Scene, one: uuid.UUID, other: uuid.UUID) -> tuple[bool, Rule | None]:
    """Whether two people of the incident may share a room, and the rule that says no (R154).

    Never who excluded whom. False and no rule where one of them is not of the scene.
    """
    first, second = now.member(one), now.member(other)
    if first is None or second is None:
        return False, None
    rule = policy.between(first, second, now.apart, blocked=now.blocked is not None)
    return rule is None, rule


def sittings(found: Defusing, at: dt.datetime) -> Found:
    """When the people of a session could sit together with somebody able to lead it: the best times, or why none.

    Who led is asked for when somebody leads already; else anybody on the force's register who was not exposed. Six
    statements.
    """
    people = list(
        Attendee.objects.filter(defusing=found, left_at=None).values_list("exposure__person", flat=True)
    )  # fmt: skip
    if found.defuser_id is not None:
        leaders = [found.defuser_id]
    else:
        exposed = Exposure.objects.live().filter(incident=found.incident_id).values("person")
        able = Qualification.objects.able_on(london_day(at)).filter(force=found.force_id, skill=Skill.DEFUSE)
        leaders = list(able.exclude(person__in=exposed).values_list("person_id", flat=True).distinct())
    return duty.sittings(found.incident, people, leaders, at, most=_EVERY)


def how_many(found: Defusing) -> int:
    """How many are in a session now. One statement."""
    return Attendee.objects.filter(defusing=found, left_at=None).count()


def planned(by: Actor, found: Incident) -> list[uuid.UUID]:
    """The sessions of an incident that are planned, and nobody was asked to lead. One statement."""
    rows = Defusing.objects.visible_to(by).filter(incident=found, state__in=scene.NOT_ASKED_YET, starts_at=None)
    return list(rows.values_list("pk", flat=True))
