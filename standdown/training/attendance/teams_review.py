"""The review of an attendance file: what it says of each delegate, carried on the page and nowhere else (R38)."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from standdown.training.attendance import policy, queries, teams_file, teams_match
from standdown.training.attendance.policy import Marked, Stay
from standdown.training.attendance.queries import Delegate
from standdown.training.attendance.register import Wanted
from standdown.training.attendance.teams_file import Participant
from standdown.training.attendance.teams_match import Known, Proposal
from standdown.training.attendance.teams_text import FileRefused
from standdown.training.nominations.models import Nomination
from standdown.training.sessions.models import Session

_SALT = "standdown.attendance.file"
_KEPT = dt.timedelta(hours=2)  # how long somebody may take over the review


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read for a date and is not taken in yet."""

    digest: str
    participants: tuple[Participant, ...]


def read(session: Session, raw: bytes) -> Reading:
    """The file as a proposal. Raises FileRefused."""
    found = teams_file.read(raw, session.starts_at, session.ends_at)
    return Reading(hashlib.sha256(raw).hexdigest(), tuple(found))


def packed(session: Session, reading: Reading) -> str:
    """The reading as the page carries it: signed, for this date."""
    people = [
        [one.name, one.address, [[a.timestamp(), b.timestamp()] for a, b in one.stays], one.away]
        for one in reading.participants
    ]
    facts = {"session": str(session.pk), "digest": reading.digest, "people": people}
    return signing.dumps(facts, salt=_SALT, compress=True)


def unpacked(session: Session, text: str) -> Reading:
    """The reading that the page carried. Raises FileRefused when it is not ours, not of this date, or too old."""
    try:
        facts: dict[str, Any] = signing.loads(text, salt=_SALT, max_age=_KEPT)
    except signing.BadSignature:
        facts = {}
    if facts.get("session") != str(session.pk):
        raise FileRefused(_("This review is no longer of today. Choose the file again; nothing was changed."))
    people = tuple(
        Participant(name, address, tuple((_moment(a), _moment(b)) for a, b in stays), away)
        for name, address, stays, away in facts["people"]
    )
    return Reading(facts["digest"], people)


def _moment(seconds: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


def proposals(reading: Reading, delegates: Iterable[Delegate]) -> list[Proposal]:
    """Each person of the file with the delegate that they seem to be."""
    return teams_match.proposals(reading.participants, [Known(one.key, one.name, one.address) for one in delegates])


def proposed(session: Session, participants: Sequence[Participant]) -> Mapping[str, Marked | None]:
    """What to mark somebody as who is these people of the file, by half; None where a person has to say."""
    stays: list[Stay] = [stay for one in participants for stay in one.stays]
    away = sum(one.away for one in participants)
    grace = session.version.grace_minutes
    halves = policy.halves(session.starts_at, session.ends_at)
    return {half: policy.proposed(stays, span, grace=grace, away=away) for half, span in halves.items()}


def wishes(
    session: Session, delegates: Sequence[Delegate], chosen: Iterable[tuple[Proposal, uuid.UUID]], *, absent: bool
) -> list[Wanted]:
    """The marks that follow from who somebody said is who. `absent`: who is not in the file was not there."""
    theirs: dict[uuid.UUID, list[Participant]] = {}
    for one, key in chosen:
        theirs.setdefault(key, []).append(one.participant)
    found = []
    for delegate in delegates:
        if delegate.key not in theirs and not absent:
            continue
        marks = proposed(session, theirs.get(delegate.key, []))
        for half in delegate.halves:
            mark = marks[half]
            if mark is not None:
                found.append(Wanted(delegate.key, half, mark.there, mark.minutes_missed))
    return found


def nowhere(rows: Iterable[Proposal], delegates: Iterable[Delegate]) -> list[str]:
    """The delegates, by name, whom nobody in the file seems to be."""
    found = {one.delegate for one in rows}
    return [one.name for one in delegates if one.key not in found]


def said(session: Session, participant: Participant) -> list[tuple[str, str]]:
    """What the file says of one person, by half in words: "Morning", "Came late, 20 minutes"."""
    return [
        (str(Nomination.Half(half).label), queries.said_of(mark.there, mark.minutes_missed) if mark else _("Not clear"))
        for half, mark in proposed(session, [participant]).items()
    ]
