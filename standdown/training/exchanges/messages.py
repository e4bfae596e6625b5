"""What we tell somebody whose place went to a colleague while they stay on the list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from standdown.notifications import invitations, outbox
from standdown.notifications.outbox import EVERYTHING, tell
from standdown.people.models import Person
from standdown.training.nominations import links
from standdown.training.nominations.messages import PlaceMessage
from standdown.training.nominations.models import Nomination
from standdown.training.sessions import lines


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePassedOn(PlaceMessage):
    """Your wellbeing lead gave your place to a colleague, and you wait for the next; the calendar entry goes."""

    template: ClassVar[str] = "training/exchanges/mail/passed_on"
    replaces: ClassVar[tuple[str, ...]] = EVERYTHING
    in_calendar: bool

    def calendar(self, person: Person, at: dt.datetime) -> tuple[str, str] | None:
        """Taken out of this one calendar; the day itself goes on."""
        return invitations.taken_back(self.booking(), person.work_email, at) if self.in_calendar else None


def tell_passed_on(before: Nomination, now: Nomination, at: dt.datetime) -> None:
    """Tell the person that the name that had a place waits now, under a new key."""
    if not before.person.work_email:
        return
    message = PlacePassedOn(
        about=before.pk,
        date=lines.of_session(before.session),
        link=links.place(now),
        own_sequence=before.calendar_sequence,
        in_calendar=bool(outbox.heard_of([before.pk]).get((before.pk, before.person_id))),
    )
    tell(before.person, message, at=at)
