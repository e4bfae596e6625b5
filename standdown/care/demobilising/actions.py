from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from standdown.audit.act import Step, act
from standdown.care.clocks.models import Step as OwedStep
from standdown.care.demobilising import policy, queries
from standdown.care.demobilising.models import Demobilisation
from standdown.care.exposures import stages
from standdown.care.exposures.models import Exposure
from standdown.care.programme.policy import NextStep
from standdown.foundation import access, db
from standdown.foundation.access import Actor, Can
from standdown.foundation.refusal import Refusal


class AlreadyDecided(Refusal):
    """The next step was decided on the record as it stands."""

    code = "already-decided"

    def __init__(self) -> None:
        super().__init__(
            _("The next step is decided, so the record stands as it is. The coordinator can still change what comes.")
        )


class NotOnList(Refusal):
    """The person was taken off the incident's list meanwhile."""

    code = "not-on-list"

    def __init__(self) -> None:
        super().__init__(_("This name is no longer on the incident's list, so there is nothing to record."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """What somebody recorded of one talk: codes, ticks and a time, never words.

    `key` is made by the device and names the capture: sent twice, it is one record. `held_at` is None where it is
    recorded at once.
    """

    key: uuid.UUID
    outcome: str
    held_at: dt.datetime | None = None
    kept: str = Demobilisation.Kept.ONLINE
    needs: frozenset[str] = frozenset()  # names of NEEDS
    fit_to_drive: bool | None = None
    not_alone: bool | None = None
    proposal: NextStep | None = None


NEEDS = ("food", "rest", "transport", "home_told", "kit", "relief", "first_aid")


def record(*, by: Actor, at: dt.datetime, exposure: Exposure, captured: Captured) -> Demobilisation:
    """Record that somebody was offered their five minutes, and what came of it (R68, R69).

    The same capture sent again, also at the same moment, is the record that is there. Raises AlreadyDecided for a
    second record once the next step is decided, NotOnList.
    """
    with act(by, Can.DEMOBILISE, on=exposure, at=at) as step:
        trained = queries.is_trained(by, at)
        return _recorded(by, exposure, captured, at, step, trained=trained)


def record_team(*, by: Actor, at: dt.datetime, captured: Sequence[tuple[Exposure, Captured]]) -> tuple[int, int]:
    """Record a whole team in one act (R70): how many records there are of it now, and how many had to be left out.

    Left out is who was taken off the list or decided on meanwhile. Raises NotAllowed when one of them is not theirs.
    """
    with act(by, Can.DEMOBILISE, on=captured[0][0], at=at) as step:
        trained, taken = queries.is_trained(by, at), 0
        for one, what in sorted(captured, key=lambda pair: pair[0].pk):
            with suppress(AlreadyDecided, NotOnList):
                _recorded(by, one, what, at, step, trained=trained)
                taken += 1
        step.note(people=taken)
    return taken, len(captured) - taken


def _recorded(
    by: Actor, exposure: Exposure, captured: Captured, at: dt.datetime, step: Step, *, trained: bool
) -> Demobilisation:
    held = db.lock(Exposure.objects.filter(pk=exposure.pk).select_related("incident__programme")).get()
    before = {one.capture_key: one for one in Demobilisation.objects.filter(exposure=held)}
    if captured.key in before:
        step.note(again=True)
        return before[captured.key]
    if held.removed_at is not None:
        raise NotOnList
    if not access.allows(by, Can.DEMOBILISE, held):  # given to somebody else since it was read, or one of a team
        raise access.NotAllowed(Can.DEMOBILISE)
    if not policy.may_record_again(recorded=bool(before), decided=bool(held.decided_step)):
        raise AlreadyDecided
    assert by.person_id is not None, "a talk is recorded by a person"
    made = Demobilisation.objects.create(
        exposure=held, capture_key=captured.key, outcome=captured.outcome, kept=captured.kept, recorded_at=at,
        held_at=policy.held_when(captured.held_at, held.incident.ended_at, at), recorded_by_id=by.person_id,
        fit_to_drive=captured.fit_to_drive, not_alone=captured.not_alone, trained=trained,
        **dict.fromkeys(captured.needs, True),
    )  # fmt: skip
    stages.talked(held, captured.proposal, by, at, outcome=OwedStep.Outcome(policy.COMES_TO[captured.outcome]))
    return made
