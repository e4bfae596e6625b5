"""What we tell those who are to agree to mutual aid, and whoever asked for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from standdown.notifications import outbox
from standdown.notifications.outbox import Message, tell
from standdown.training.mutual_aid.deciders import deciders
from standdown.training.mutual_aid.models import MutualAid
from standdown.training.mutual_aid.policy import Side
from standdown.training.sessions import lines
from standdown.training.sessions.lines import SessionLine


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementAsked(Message):
    """Somebody is put forward by exception for a date that is not for their force: whoever may is asked to agree."""

    template: ClassVar[str] = "training/mutual_aid/mail/asked"
    date: SessionLine
    name: str
    force: str
    side: str
    reason: str
    decide_by: dt.datetime

    def useful_until(self) -> dt.datetime | None:
        """Until it is too late to answer."""
        return self.decide_by


@dataclass(frozen=True, slots=True, kw_only=True)
class AidDecided(Message):
    """To whoever asked: both sides agreed, one did not, or nobody answered in time."""

    template: ClassVar[str] = "training/mutual_aid/mail/decided"
    replaces: ClassVar[tuple[str, ...]] = ("AgreementAsked",)
    date: SessionLine
    name: str
    outcome: str  # a word of policy.Outcome
    side: str = ""  # which side did not agree
    waits: bool = False  # agreed, and on the waiting list


def ask_both(aid: MutualAid, at: dt.datetime) -> int:
    """Ask those who may answer for each side; how many were asked. Who could answer for both is asked once."""
    asked = {person.pk: (person, side) for side in reversed(Side) for person in deciders(aid, side, at)}
    for person, side in asked.values():
        tell(person, _asked(aid, side), at=at)
    return len(asked)


def _asked(aid: MutualAid, side: Side) -> AgreementAsked:
    return AgreementAsked(
        about=aid.pk,
        date=lines.of_session(aid.nomination.session),
        name=aid.nomination.person.full_name,
        force=aid.nomination.force.name,
        side=side.value,
        reason=str(MutualAid.Reason(aid.reason).label),
        decide_by=aid.decide_by,
    )


def tell_asker(aid: MutualAid, outcome: str, at: dt.datetime) -> None:
    """Tell whoever asked what came of it, and ask nobody any more."""
    outbox.drop(about=aid.pk, at=at)
    asker = aid.nomination.put_forward_by
    if asker is None or not asker.work_email:
        return
    message = AidDecided(
        about=aid.pk,
        date=lines.of_session(aid.nomination.session),
        name=aid.nomination.person.full_name,
        outcome=outcome,
        side=aid.refused_side,
        waits=aid.nomination.state == "waiting",
    )
    tell(asker, message, at=at)
