"""Incidents as screens and acts look for them."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from standdown.audit.act import Clash
from standdown.care.incidents import guards, policy
from standdown.care.incidents.models import Incident, IncidentEvent, Restriction, State
from standdown.foundation.access import Actor, Can

_WITH = ("category", "base", "programme", "force", "drill")
_REFERENCE = re.compile(r"(?:INC)?[\s-]*([0-9A-Z]{6})")
_MOST_ALIKE = 5
ALIVE = (State.OPEN, State.PROPOSED)


def incident(by: Actor, key: uuid.UUID) -> Incident | None:
    """The incident, where this actor runs the care of its force; None else. One statement."""
    return Incident.objects.visible_to(by).select_related(*_WITH).filter(pk=key).first()


def by_reference(words: str, force_id: uuid.UUID | None) -> Incident | None:
    """The incident of that force with that reference, as people write and say it; of a merged one the other.

    Up to two statements.
    """
    named = _REFERENCE.fullmatch(words.strip().upper())
    if named is None or force_id is None:
        return None
    found = Incident.objects.filter(reference=f"INC-{named[1]}", force_id=force_id).select_related(*_WITH).first()
    if found is not None and found.merged_into_id is not None:
        return Incident.objects.select_related(*_WITH).get(pk=found.merged_into_id)
    return found


def of_request(by: Actor, key: uuid.UUID) -> Incident | None:
    """What this actor raised with that request before; None when it is new. One statement."""
    return Incident.objects.select_related(*_WITH).filter(request_key=key, raised_by_id=by.person_id).first()


def a_moment_earlier(by: Actor, key: uuid.UUID, clash: Clash) -> Incident:
    """What this actor's same request made when it came a moment earlier; raises the clash where there was none."""
    again = of_request(by, key)
    if again is None:
        raise clash
    return again


def perhaps_same(
    force_id: uuid.UUID, *, own_reference: str, base: uuid.UUID | None, category: str, ended_at: dt.datetime
) -> list[Incident]:
    """Incidents that this may be again: the force's same number, or the same kind and place within two hours (R60).

    At most five, the closest in time first. One statement.
    """
    near = Q(ended_at__gte=ended_at - policy.ALIKE_WITHIN, ended_at__lte=ended_at + policy.ALIKE_WITHIN)
    alike = Q(base_id=base, category__code=category) & near
    if own_reference:
        alike |= Q(own_reference=own_reference)
    rows = Incident.objects.running().filter(alike, force_id=force_id, drill__isnull=True)
    found = rows.select_related(*_WITH).order_by("-ended_at", "id")[:_MOST_ALIKE]
    return sorted(found, key=lambda one: abs(one.ended_at - ended_at))


def to_merge_with(by: Actor, one: Incident) -> list[Incident]:
    """Running incidents of the same force and kind within two days of this one. One statement."""
    around = dt.timedelta(days=2)
    rows = Incident.objects.visible_to(by).filter(
        force=one.force_id, kind=one.kind, drill=one.drill_id, state__in=ALIVE,
        ended_at__gte=one.ended_at - around, ended_at__lte=one.ended_at + around,
    ).exclude(pk=one.pk)  # fmt: skip
    return list(rows.select_related(*_WITH).order_by("-ended_at", "id"))


def proposed(by: Actor) -> list[Incident]:
    """What came from a file and waits for somebody to confirm it, oldest first. One statement."""
    rows = Incident.objects.visible_to(by).filter(state=State.PROPOSED)
    return list(rows.select_related(*_WITH).order_by("ended_at", "id"))


@dataclass(frozen=True, slots=True)
class Guarded:
    """Whether conferring is restricted, since when, and why there can be no group session (None: there can)."""

    since: dt.datetime | None
    blocked: guards.Block | None


def guarded(one: Incident) -> Guarded:
    """How the evidence guards of an incident stand. One statement."""
    since = Restriction.objects.filter(guards.restrictions_on(one.pk)).values_list("set_at", flat=True).first()
    if since is not None:
        return Guarded(since, guards.Block.RESTRICTED)
    outstanding = one.accounts == Incident.Accounts.OUTSTANDING
    return Guarded(None, guards.Block.ACCOUNTS if outstanding else None)


def why_blocked(one: Incident) -> str:
    """Why there can be no session in a group, in a sentence; empty when there can. One statement."""
    block = guards.group_blocked(one)
    return str(guards.WORDS[block]) if block else ""


def history(one: Incident) -> Sequence[IncidentEvent]:
    """What was done to an incident and to those that became part of it, in order, with who did it. One statement."""
    rows = IncidentEvent.objects.filter(Q(incident=one.pk) | Q(incident__merged_into=one.pk))
    return list(rows.select_related("by", "incident"))


def parts(one: Incident) -> list[Incident]:
    """The incidents that became part of this one. One statement."""
    return list(Incident.objects.filter(merged_into=one.pk).order_by("raised_at", "id"))


def for_restriction(by: Actor, words: str) -> Incident | None:
    """The incident with that reference where this actor sets and lifts restrictions. Two statements a force."""
    found = (by_reference(words, force) for force in sorted(by.reach(Can.SET_RESTRICTION).forces))
    return next((one for one in found if one is not None), None)
