"""Who holds the talk: given to somebody else, or asked for by the person, who need not say why."""

from __future__ import annotations

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from standdown.audit.act import act
from standdown.care.clocks.models import Step
from standdown.care.demobilising import candidates, messages
from standdown.care.exposures import stages
from standdown.care.exposures.models import Exposure, Stage
from standdown.care.programme.policy import StepKind
from standdown.foundation import db
from standdown.foundation.access import Actor, Can
from standdown.foundation.refusal import Refusal
from standdown.people.models import Person


class CannotBeGiven(Refusal):
    """Not there, not trained, exposed, or not wished for: the sentence is the same, so that nobody can tell which."""

    code = "cannot-be-given"

    def __init__(self) -> None:
        super().__init__(
            _("This colleague cannot take this talk. Choose a supervisor, a coordinator, or somebody trained for it.")
        )


class NothingToGive(Refusal):
    """The five minutes are dealt with."""

    code = "nothing-to-give"

    def __init__(self) -> None:
        super().__init__(_("These five minutes are dealt with already, so nothing has to be passed on."))


def give_talk(*, by: Actor, at: dt.datetime, exposure: Exposure, to: uuid.UUID) -> Exposure:
    """Give somebody's five minutes to another colleague (R67, R71); they are told that a message waits.

    Anybody who may hold it may pass it on, without a reason. When it is due does not change. Raises CannotBeGiven,
    NothingToGive.
    """
    with act(by, Can.DEMOBILISE, on=exposure, at=at) as step:
        held = _held(exposure)
        chosen = candidates.able(held, to, at)
        if chosen is None:
            raise CannotBeGiven
        due_at = _hand_on(held, chosen, at)
        step.note(given=True)
        messages.tell_given(held, chosen, due_at, at)
    return held


def ask_for_another(*, by: Actor, at: dt.datetime, exposure: Exposure) -> Exposure:
    """Ask, for oneself, that somebody else holds the talk (R72). No reason is asked or kept; nobody is named.

    The coordinators of the force are told that a message waits. Raises NothingToGive.
    """
    with act(by, Can.KEEP_OWN_CARE, on=exposure, at=at) as step:
        held = _held(exposure)
        due_at = _hand_on(held, None, at)
        step.note(another=True)
        messages.tell_coordinators(held, due_at, at)
    return held


def _held(exposure: Exposure) -> Exposure:
    held = db.lock(Exposure.objects.filter(pk=exposure.pk).select_related("incident", "person")).get()
    if held.stage != Stage.TO_DEMOBILISE or held.removed_at is not None:
        raise NothingToGive
    return held


def _hand_on(held: Exposure, to: Person | None, at: dt.datetime) -> dt.datetime:
    """Whose it is now, on the exposure and on the step that is owed. When it is due."""
    held.supervisor, held.changed_at = to, at
    held.save(update_fields=["supervisor", "changed_at"])
    owed = stages.of(held, StepKind.DEMOBILISE).open()
    due_at = owed.values_list("due_at", flat=True).first()
    Step.objects.filter(pk__in=owed.values("pk")).update(owner=to)
    return due_at or held.duty_end_at or at
