"""Each day a force's privacy officers are sent the head of its record: an anchor that lies in their own mailbox."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from standdown.audit.act import act
from standdown.audit.models import NATIONAL, Chain, Entry
from standdown.foundation import access
from standdown.foundation.access import Can
from standdown.foundation.clock import london_day
from standdown.foundation.one_by_one import tried
from standdown.notifications.models import OutboxMessage
from standdown.notifications.outbox import Message, tell_many
from standdown.people.models import Force, Person, RoleGrant
from standdown.people.roles.policy import Role

_BY = access.system("send the heads of the record")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadOfRecord(Message):
    """What the last entry of your force's record is today. Names nobody and says nothing of what was done."""

    template: ClassVar[str] = "notifications/record/mail/head"
    number: int
    anchor: str  # as the verifier takes it


def each_day(at: dt.datetime) -> None:
    """Send every chain's head to the privacy officers of its force, once a day, where anything was done since."""
    day = london_day(at)
    officers: dict[uuid.UUID, list[Person]] = {}
    grants = RoleGrant.objects.filter(role=Role.PRIVACY_OFFICER.value).holding_on(day).select_related("person", "force")
    forces: dict[uuid.UUID, Force | None] = {NATIONAL: None}
    for grant in grants:
        key = grant.force.pk if grant.force else NATIONAL
        forces[key] = grant.force
        officers.setdefault(key, []).append(grant.person)
    for head in Chain.objects.filter(pk__in=officers):
        tried(_send, forces[head.pk], officers[head.pk], head, at)


def _send(force: Force | None, officers: Sequence[Person], head: Chain, at: dt.datetime) -> None:
    day = london_day(at).toordinal()
    sent = OutboxMessage.objects.filter(purpose=HeadOfRecord.__name__, about=str(head.pk), version=day)
    of_ours = Entry.objects.filter(chain=head, sequence=head.sequence, actor_job=_BY.name)
    if sent.exists() or of_ours.exists():
        return
    anchor = f"{head.pk}:{head.sequence}:{head.head}"
    message = HeadOfRecord(about=head.pk, version=day, number=head.sequence, anchor=anchor)
    with act(_BY, Can.READ_AUDIT, on=force or Force, at=at) as step:
        told = tell_many([(person, message) for person in officers], at=at)
        step.note(told=len(told))
