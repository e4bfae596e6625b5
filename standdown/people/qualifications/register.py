"""The register: how a qualification begins, is replaced, is revoked. Inside the act that gives the reason (R49)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from standdown.foundation import clock, db
from standdown.people.accounts.models import Person
from standdown.people.qualifications.models import Qualification
from standdown.people.qualifications.standing import settle, standing_of

_CARRIED = (
    "person_id", "force_id", "skill", "valid_from", "valid_until", "latest_until", "source", "source_id", "evidence",
)  # fmt: skip
_PIECE = 400  # keys in one statement


def grant(
    *, person: Person, force_id: uuid.UUID | None, skills: Sequence[str], valid_from: dt.date, valid_until: dt.date,
    latest_until: dt.date, source: str, source_id: str, evidence: str, at: dt.datetime, by_id: uuid.UUID | None,
) -> list[Qualification]:  # fmt: skip
    """Put skills on the register of a force (None: of the national body); what stands for each of them afterwards.

    `valid_from` is the day of the training, `valid_until` the first day on which it no longer holds. The standing row
    of the same skill ends as replaced. Where it holds longer on the same register it stays, and the new one is kept as
    history only: new training never takes away. Must be called inside `act()`; three statements at most.
    """
    standing = standing_of(db.lock(Qualification.objects.standing().filter(person=person)))
    rows = [
        Qualification(
            person=person, force_id=force_id, skill=skill, valid_from=valid_from, valid_until=valid_until,
            latest_until=latest_until, source=source, source_id=source_id, evidence=evidence, granted_at=at,
            granted_by_id=by_id,
        )
        for skill in dict.fromkeys(skills)
    ]  # fmt: skip
    ending = settle(standing, rows, at)
    write(rows, ending, at)
    return [standing[row.person_id, row.skill] for row in rows]


def write(rows: Sequence[Qualification], ending: Sequence[Qualification], at: dt.datetime) -> None:
    """Write what `settle` found. Inside `act()`."""
    end(ending, Qualification.EndReason.REPLACED, at)
    Qualification.objects.bulk_create(rows, batch_size=_PIECE)


def revoke(*, source_id: str, at: dt.datetime) -> int:
    """End what rests on that certificate, extended or moved since though it may be; how many qualifications ended.

    What it had replaced, and would still hold, stands again: who was trained before does not lose that. Must be called
    inside `act()`.
    """
    of_it = Qualification.objects.filter(source_id=source_id).exclude(source_id="")
    ending = list(db.lock(of_it.filter(ended_at__isnull=True)))
    end(ending, Qualification.EndReason.REVOKED, at)
    of_it.filter(end_reason=Qualification.EndReason.REPLACED).update(end_reason=Qualification.EndReason.REVOKED)
    _stand_again(ending, at)
    return len(ending)


def _stand_again(ended: Sequence[Qualification], at: dt.datetime) -> None:
    if not ended:
        return
    earlier = Qualification.objects.filter(
        person__in={row.person_id for row in ended}, end_reason=Qualification.EndReason.REPLACED,
        valid_until__gt=clock.london_day(at),
    ).order_by("valid_until")  # fmt: skip
    longest = {(row.person_id, row.skill, row.force_id): row for row in earlier}
    keys = [(row.person_id, row.skill, row.force_id) for row in ended]
    Qualification.objects.bulk_create(_following(longest[key], at) for key in keys if key in longest)


def extend(row: Qualification, until: dt.date, *, at: dt.datetime, by_id: uuid.UUID | None) -> Qualification:
    """Keep a qualification current until that day: its row ends, and the next begins (R51). Inside `act()`."""
    end([row], Qualification.EndReason.EXTENDED, at)
    following = _following(row, at, valid_until=until, source=Qualification.Source.EXTENDED, granted_by_id=by_id)
    following.save(force_insert=True)
    return following


def move(rows: Sequence[Qualification], force_id: uuid.UUID, *, at: dt.datetime) -> None:
    """Let standing rows go on another force's register, where they hold as long (R52). Inside `act()`."""
    end(rows, Qualification.EndReason.MOVED, at)
    Qualification.objects.bulk_create(_following(row, at, force_id=force_id) for row in rows)


def _following(row: Qualification, at: dt.datetime, **changed: object) -> Qualification:
    """The row after `row`, not saved: the same facts but for what changed. It rests on the same source."""
    facts = {name: getattr(row, name) for name in _CARRIED}
    return Qualification(**{**facts, "granted_at": at, **changed})


def end(rows: Iterable[Qualification], reason: str, at: dt.datetime) -> None:
    """End standing rows for that reason. No statement where there is nothing to end. Inside `act()`."""
    keys = [row.pk for row in rows]
    for start in range(0, len(keys), _PIECE):
        ending = Qualification.objects.standing().filter(pk__in=keys[start : start + _PIECE])
        ending.update(ended_at=at, end_reason=reason)
