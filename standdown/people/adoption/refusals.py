"""What the rules of adoption say when they say no: why, and what to do next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from standdown.design.times import plain_date
from standdown.foundation.refusal import Refusal
from standdown.people.adoption.models import AdoptionState, ChecklistItem


class StepToCome(Refusal):
    """A step is recorded when it has been taken."""

    code = "step-to-come"

    def __init__(self) -> None:
        super().__init__(_("That day is still to come. Record the step once it has been taken."))


class StepNotAfter(Refusal):
    """Steps follow each other, one a day."""

    code = "step-not-after"

    def __init__(self, last: dt.date) -> None:
        super().__init__(
            _("The last step was taken on %(day)s. Choose a later day for this one.") % {"day": plain_date(last)}
        )


class StepOutOfOrder(Refusal):
    """Not every state may follow every other."""

    code = "step-out-of-order"

    def __init__(self, current: str, following: Iterable[str]) -> None:
        names = ", ".join(str(AdoptionState(one).label) for one in following)
        super().__init__(
            _("The force stands at “%(current)s”. What can follow is: %(following)s.")
            % {"current": AdoptionState(current).label, "following": names}
        )


class ChecklistOpen(Refusal):
    """Adopting needs the whole checklist (R15)."""

    code = "checklist-open"

    def __init__(self, missing: Iterable[str]) -> None:
        names = "; ".join(str(ChecklistItem(one).label) for one in missing)
        super().__init__(
            _("Before a force adopts, every point of the checklist is in place. Still open: %(points)s.")
            % {"points": names}
        )


class ForceEnded(Refusal):
    """A force that is no more takes no steps."""

    code = "force-ended"

    def __init__(self, force: str, day: dt.date) -> None:
        super().__init__(
            _("%(force)s is no more since %(day)s. Record the step for the force that follows it.")
            % {"force": force, "day": plain_date(day)}
        )


class NotAPdf(Refusal):
    """Evidence is kept as PDF only."""

    code = "not-a-pdf"

    def __init__(self) -> None:
        super().__init__(_("The file is not a PDF. Save the document as PDF and choose it again."))


class TooLarge(Refusal):
    """Evidence is a few pages."""

    code = "too-large"

    def __init__(self) -> None:
        super().__init__(
            _("The file is larger than 5 MB. Save it with smaller pictures, or only the pages that matter.")
        )


class HeldAlready(Refusal):
    """The same document for the same point."""

    code = "held-already"

    def __init__(self) -> None:
        super().__init__(_("This document is kept for that point already. Nothing more needs doing."))


class EnoughEvidence(Refusal):
    """A bound on what one force can store."""

    code = "enough-evidence"

    def __init__(self, most: int) -> None:
        super().__init__(
            _("There are %(number)s documents for this force, the most that are kept. This one was not added.")
            % {"number": most}
        )


class AdoptedAlready(Refusal):
    """Nobody needs to ask for what a force has (R18)."""

    code = "adopted-already"

    def __init__(self, force: str) -> None:
        super().__init__(
            _("%(force)s has adopted the training. Talk to its wellbeing lead about being put forward.")
            % {"force": force}
        )
