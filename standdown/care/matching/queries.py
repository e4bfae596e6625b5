"""Whom the coordinator could ask to lead a session, as the rules see it at this moment."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from standdown.care.defusing import hooks
from standdown.care.defusing.models import Ask, Defusing
from standdown.care.incidents.models import Incident
from standdown.care.matching import policy, questions, scene
from standdown.care.matching.models import Plan
from standdown.care.matching.policy import Candidate, Defuser, Found, Group, Judge, Limits, Part
from standdown.care.matching.spans import Times
from standdown.foundation.access import Actor, Can


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of looking for somebody: inside the window, and where that brought nobody, after it.

    Group, people and times are those of the last look.
    """

    part: Part
    group: Group
    people: Sequence[Defuser]
    times: Times
    limits: Limits
    found: Found
    afterwards: Found | None

    @property
    def possible(self) -> Sequence[Candidate]:
        """Who may lead it, best first: inside the window, else after it."""
        return self.found.candidates or (self.afterwards.candidates if self.afterwards else [])

    def at(self, person: uuid.UUID, starts_at: dt.datetime) -> Candidate | None:
        """That person at that time, where the rules allow it."""
        judge = Judge(self.group, self.times, self.limits)
        one = next((one for one in self.people if one.key == person), None)
        if one is None or starts_at not in self.times.starts:
            return None
        left = 1 << self.times.starts.index(starts_at)
        for mask in judge.masks(one, policy.standing(one, self.times, self.limits)).values():
            left &= mask
        return judge.candidate(one, left) if left else None


def session(by: Actor, key: uuid.UUID) -> Defusing | None:
    """The session, if this actor runs its care and nobody in it excluded them."""
    forces = by.reach(Can.RUN_CARE).forces
    rows = Defusing.objects.visible_to(by).filter(force__in=forces)
    return rows.select_related("force", "incident__programme", "incident__category").filter(pk=key).first()


def held_back(of: Defusing) -> str:
    """Why this group cannot be held now; empty where nothing stops it, and always for one to one (R84, R108)."""
    if of.kind != Defusing.Kind.GROUP:
        return ""
    return next((reason for guard in hooks.GUARDS if (reason := guard(of))), "")


def standing_asks(of: Defusing) -> list[Ask]:
    """Who is asked to lead the session or to help, or said yes. One statement."""
    return questions.STANDING_ASKS.rows(session=of.pk)


def look(of: Defusing, by: Actor, at: dt.datetime, asks: Sequence[Ask] | None = None) -> Looked | None:
    """Look for somebody to lead the session, or to help; None where nobody is looked for now.

    Fourteen statements, however many people the force has, and as many again where nobody is found inside the
    window. Who helps comes at the time of who leads.
    """
    standing = standing_asks(of) if asks is None else asks
    leads = next((one for one in standing if not one.as_second), None)
    helps = any(one.as_second for one in standing)
    part = policy.wanted(of.state, leads=leads is not None or of.defuser_id is not None, helps=helps)
    if part is None:
        return None
    fixed = of.starts_at or (leads.starts_at if leads else None)
    read = scene.read(of.incident, {of: fixed}, by, at)
    found, afterwards = _found(read), None
    if not found.candidates and not fixed:
        read = scene.read(of.incident, {of: None}, by, at, late=True)
        afterwards = _found(read)
    return Looked(part, read.groups[0], read.people, read.times, read.limits, found, afterwards)


def _found(read: scene.Scene) -> Found:
    return policy.look_for(read.groups[0], read.people, read.times, read.limits)


def best_time(found: Found, times: Times) -> tuple[dt.datetime, int] | None:
    """At which time most could lead it, and how many; None where nobody could at any."""
    counts = [sum(one.times >> number & 1 for one in found.candidates) for number in range(len(times.starts))]
    most = max(counts, default=0)
    return (times.starts[counts.index(most)], most) if most else None


def incident(by: Actor, key: uuid.UUID) -> Incident | None:
    """The incident, if this actor runs the care of its force."""
    forces = by.reach(Can.RUN_CARE).forces
    rows = Incident.objects.visible_to(by).filter(force__in=forces)
    return rows.select_related("force", "programme", "category").filter(pk=key).first()


def to_plan(by: Actor, of: Incident) -> list[Defusing]:
    """The sessions of an incident for which somebody is to be found, without those that are fixed to a time.

    Nobody is asked for them now, and nobody in them excluded this actor. One statement.
    """
    rows = Defusing.objects.visible_to(by).filter(incident=of, state__in=("planned", "asked"), starts_at__isnull=True)
    taken = Ask.objects.filter(defusing__incident=of, answer__in=questions.STANDING, as_second=False)
    return list(rows.exclude(pk__in=taken.values("defusing")).order_by("number"))


def sessions_of(by: Actor, of: Incident) -> QuerySet[Defusing]:
    """The sessions of an incident that this actor may see, for use inside a statement."""
    return Defusing.objects.visible_to(by).filter(incident=of).order_by().values("pk")  # type: ignore[return-value]


def latest_plan(of: Incident) -> Plan | None:
    """The plan that was made last for this incident. One statement."""
    return of.plans.select_related("made_by").order_by("-made_at", "-id").first()
