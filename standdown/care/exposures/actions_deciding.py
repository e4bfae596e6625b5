"""A coordinator confirms what comes next for people, or changes what was proposed (R74)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from standdown.audit.act import act
from standdown.care.exposures import policy, stages
from standdown.care.exposures.models import Exposure, Stage
from standdown.care.incidents.holding import held
from standdown.care.incidents.models import Incident
from standdown.care.programme.models import NextStepOption
from standdown.care.programme.policy import NextStep
from standdown.foundation import db
from standdown.foundation.access import Actor, Can
from standdown.foundation.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Decision:
    """What comes next for one exposure, and what was decided when the coordinator looked (empty: nothing yet)."""

    exposure: uuid.UUID
    step: NextStep
    seen: str = ""


def decide_next(*, by: Actor, at: dt.datetime, incident: Incident, decisions: Sequence[Decision]) -> int:
    """Decide the next step of several people of one incident at once, all or none; how many.

    Raises NotAllowed; Refusal when somebody else decided meanwhile, when a step is not of this programme, or when
    somebody has a session with a time.
    """
    with act(by, Can.RUN_CARE, on=incident, at=at) as step:
        found = held(incident)
        wanted = {one.exposure: one for one in decisions}
        _of_programme(found, decisions)
        rows = Exposure.objects.visible_to(by).open().filter(incident=found, pk__in=wanted)
        people = {one.pk: one for one in db.lock(rows).select_related("incident__programme")}
        _as_seen(wanted, people)
        for key, one in sorted(people.items()):
            stages.decide(one, wanted[key].step, by, at)
        step.note(decided=len(people))
        return len(people)


def _of_programme(incident: Incident, decisions: Sequence[Decision]) -> None:
    offered = NextStepOption.objects.filter(programme=incident.programme_id, after_demobilise=True)
    if {one.step.value for one in decisions} - set(offered.values_list("step", flat=True)):
        raise Refusal(_("Your programme does not offer this next step here. Choose another."), code="not-offered")


def _as_seen(wanted: dict[uuid.UUID, Decision], people: dict[uuid.UUID, Exposure]) -> None:
    changed = [key for key, one in wanted.items() if key not in people or people[key].decided_step != one.seen]
    if changed:
        words = ngettext(
            "For %(count)s person somebody else has just decided, or the name came off. Open the page again to see.",
            "For %(count)s people somebody else has just decided, or names came off. Open the page again to see.",
            len(changed),
        )
        raise Refusal(words % {"count": len(changed)}, code="clash")
    if any(one.stage == Stage.BOOKED and wanted[key].step in policy.DEFUSED for key, one in people.items()):
        raise Refusal(
            _("Somebody has a session with a time. Take them out of it first, then decide anew."), code="booked"
        )
