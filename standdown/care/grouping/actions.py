"""What a coordinator does about groups: confirm what is proposed, move somebody, take a plan back."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

from django.db.models import Max

from standdown.audit.act import act
from standdown.care.defusing.models import Attendee, Defusing, SessionState
from standdown.care.grouping import policy, scene
from standdown.care.grouping.policy import Group, Member, Why
from standdown.care.grouping.refusals import NotOpen, NotTogether, PlanChanged
from standdown.care.grouping.scene import Scene, Sitting
from standdown.care.incidents import diary, holding
from standdown.care.incidents.models import Incident, IncidentEvent
from standdown.foundation.access import Actor, Can


def confirm(*, by: Actor, at: dt.datetime, incident: Incident, fingerprint: str) -> list[Defusing]:
    """Plan the groups as they were shown: new sessions, and who joins which that stands (R79).

    `fingerprint` is that of the plan on the page. Raises PlanChanged when it is another by now, also because somebody
    else has just confirmed it.
    """
    with act(by, Can.RUN_CARE, on=incident, at=at) as step:
        held = holding.held(incident)
        now = scene.read(by, held)
        proposed = now.plan
        if not proposed or proposed.fingerprint != fingerprint:
            raise PlanChanged
        _take_back(now.thin, at)
        for group, member in proposed.joining:
            _seat(group, member)
        for sitting in now.sittings:
            joined = [member for group, member in proposed.joining if group == sitting.session.pk]
            if joined:
                _settle(sitting.session, (*sitting.members, *joined), at)
        made = _store(held, proposed.groups, by, at)
        diary.note(held, IncidentEvent.Kind.GROUPS, by, at, len(made) + len(proposed.joining))
        step.note(sessions=len(made), joined=len(proposed.joining))
    return made


def _store(incident: Incident, groups: Collection[Group], by: Actor, at: dt.datetime) -> list[Defusing]:
    last = Defusing.objects.filter(incident=incident).aggregate(last=Max("number"))["last"] or 0
    made = [
        Defusing(
            incident=incident, force_id=group.members[0].force, number=number, closeness=group.closeness,
            kind=Defusing.Kind.GROUP if len(group.members) > 1 else Defusing.Kind.ONE, why_apart=group.why.value,
            state=SessionState.PLANNED, made_at=at, made_by_id=by.person_id, changed_at=at,
        )
        for number, group in enumerate(groups, last + 1)
    ]  # fmt: skip
    Defusing.objects.bulk_create(made)
    Attendee.objects.bulk_create([
        Attendee(defusing=session, exposure_id=member.key)
        for session, group in zip(made, groups, strict=True)
        for member in group.members
    ])  # fmt: skip
    return made


def move(*, by: Actor, at: dt.datetime, attendee: Attendee, to: uuid.UUID | None) -> Defusing:
    """Move somebody from one planned session into another, or (None) into a new one of their own.

    Raises NotTogether with the rule that forbids it (no exclusion is ever set aside), NotOpen, PlanChanged.
    """
    with act(by, Can.RUN_CARE, on=attendee.exposure, at=at) as step:
        now = scene.read(by, holding.held(attendee.exposure.incident))
        member, source = _where(now, attendee)
        if to is None:
            _leave(source, member, at)
            target = _store(now.incident, [Group((member,), Why.ASKED)], by, at)[0]
        else:
            sitting = next((one for one in now.sittings if one.session.pk == to and one is not source), None)
            if sitting is None or not sitting.open:
                raise NotOpen
            rule = policy.joining(member, sitting.members, now.sizes, now.apart, blocked=now.blocked is not None)
            if rule is not None:
                raise NotTogether(rule)
            target = sitting.session
            _leave(source, member, at)
            _seat(target.pk, member)
            _settle(target, (*sitting.members, member), at)
        step.note(alone=to is None)
    return target


def _where(now: Scene, attendee: Attendee) -> tuple[Member, Sitting]:
    for sitting in now.sittings:
        for member in sitting.members:
            if member.key == attendee.exposure_id and sitting.session.pk == attendee.defusing_id:
                if not sitting.open:
                    raise NotOpen
                return member, sitting
    raise PlanChanged


def take_back(*, by: Actor, at: dt.datetime, incident: Incident, sessions: Collection[uuid.UUID]) -> int:
    """Take planned sessions back, so that their people are placed anew; how many. Raises NotOpen, PlanChanged."""
    with act(by, Can.RUN_CARE, on=incident, at=at) as step:
        now = scene.read(by, holding.held(incident))
        chosen = [one for one in now.sittings if one.session.pk in sessions]
        if not chosen:
            raise PlanChanged
        if not all(one.open for one in chosen):
            raise NotOpen
        _take_back(chosen, at)
        step.note(sessions=len(chosen))
    return len(chosen)


# -- what these have in common ---------------------------------------------------------------------------------------


def _take_back(sittings: Collection[Sitting], at: dt.datetime) -> None:
    keys = [one.session.pk for one in sittings]
    Attendee.objects.filter(defusing__in=keys, left_at=None).update(left_at=at)
    Defusing.objects.filter(pk__in=keys).update(state=SessionState.STOOD_DOWN, changed_at=at)


def _seat(session: uuid.UUID, member: Member) -> None:
    """A place in that session; whoever left it before comes back to the same place."""
    Attendee.objects.update_or_create(
        defusing_id=session, exposure_id=member.key, defaults={"left_at": None, "answer": "", "answered_at": None}
    )


def _leave(source: Sitting, member: Member, at: dt.datetime) -> None:
    """Take somebody out of their session; the session that nobody is left in is over."""
    Attendee.objects.filter(defusing=source.session, exposure=member.key).update(left_at=at)
    left = tuple(one for one in source.members if one.key != member.key)
    if left:
        _settle(source.session, left, at)
    else:
        _take_back([source], at)


def _settle(session: Defusing, members: Collection[Member], at: dt.datetime) -> None:
    """Let the session's kind and closeness follow from who is in it now."""
    session.closeness = min(one.closeness for one in members)
    if len(members) > 1 and session.kind == Defusing.Kind.ONE:
        session.kind, session.why_apart = Defusing.Kind.GROUP, Why.NONE.value
    if len(members) == 1 and session.kind == Defusing.Kind.GROUP:
        session.kind, session.why_apart = Defusing.Kind.ONE, Why.ODD_ONE.value
    session.changed_at = at
    session.save(update_fields=["closeness", "kind", "why_apart", "changed_at"])
