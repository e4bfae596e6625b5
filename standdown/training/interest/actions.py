"""What people do about a wish to be trained: tell the lead, take it back; keep it for later, say not now, ask."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from standdown.audit.act import act
from standdown.foundation import clock, db
from standdown.foundation.access import Actor, Can
from standdown.notifications.outbox import tell
from standdown.people.models import Person
from standdown.training.courses.models import Course
from standdown.training.interest import messages, policy, queries
from standdown.training.interest.models import Interest
from standdown.training.interest.policy import Deed
from standdown.training.interest.sentences import CannotTell, NoLineManager, NotNow

State = Interest.State


def tell_lead(
    *, by: Actor, at: dt.datetime, person: Person, course: Course, shift: str, line_manager: bool = False,
    peer_supporter: bool = False, base: uuid.UUID | None = None, trained: str = Interest.Training.NONE,
    needs: Sequence[str] = (), needs_shared: bool = False,
) -> int:  # fmt: skip
    """Tell one's own wellbeing lead that one would like to be trained (R23, R24). Nothing is booked.

    How many leads and deputies are told: 0 when the post is vacant, or no message reaches its holder; the wish is kept
    all the same, and the screen says whom to turn to. Raises CannotTell, NotAllowed.
    """
    day = clock.london_day(at)
    made = Interest(
        person=person, course=course, line_manager=line_manager,
        peer_supporter=peer_supporter, base_id=base, shift=shift, trained=trained, needs=list(needs),
        needs_shared=needs_shared, told_at=at,
    )  # fmt: skip
    if person.home_force_id is not None:
        made.force_id = person.home_force_id
    with act(by, Can.KEEP_OWN_TRAINING, on=made, at=at) as step:
        who = queries.teller(person, course.pk, day, line_manager=line_manager, peer_supporter=peer_supporter)
        no = policy.why_not(who)
        if no is not None:
            raise CannotTell(no)
        made.save(force_insert=True)
        leads = queries.who_hears(made.force_id, day).reachable
        messages.tell_leads(made, leads, at)
        step.note(told=len(leads))
    return len(leads)


def take_back(*, by: Actor, at: dt.datetime, interest: Interest) -> None:
    """Take one's wish back; no reason is asked. Raises NotNow when it is decided already."""
    with act(by, Can.KEEP_OWN_TRAINING, on=interest, at=at):
        _decide(_held(interest, Deed.TAKE_BACK), State.WITHDRAWN, by, at)


def keep_for_later(*, by: Actor, at: dt.datetime, interest: Interest) -> bool:
    """Keep a name for a later date; whether the person could be told. Raises NotNow."""
    with act(by, Can.DECIDE_INTEREST, on=interest, at=at):
        fresh = _held(interest, Deed.KEEP)
        _decide(fresh, State.HELD, by, at)
        return messages.tell_outcome(fresh, messages.InterestKept, at)


def not_now(*, by: Actor, at: dt.datetime, interest: Interest) -> bool:
    """Do not put somebody forward at the moment; no reason is kept. Whether they could be told. Raises NotNow."""
    with act(by, Can.DECIDE_INTEREST, on=interest, at=at):
        fresh = _held(interest, Deed.NOT_NOW)
        _decide(fresh, State.NOT_NOW, by, at)
        return messages.tell_outcome(fresh, messages.InterestNotNow, at)


def ask_line_manager(*, by: Actor, at: dt.datetime, interest: Interest) -> None:
    """Ask the line manager whether they could spare the person for a day.

    The message is the note of it; asking the same one twice sends one. Raises NotNow, NoLineManager.
    """
    with act(by, Can.DECIDE_INTEREST, on=interest, at=at):
        fresh = _held(interest, Deed.ASK_LINE_MANAGER)
        line_manager = messages.line_manager_of(fresh.person, clock.london_day(at))
        if line_manager is None:
            raise NoLineManager
        version = fresh.course.current
        message = messages.LineManagerAsked(
            about=fresh.pk, name=fresh.person.full_name, lead=by.name, minutes=version.minutes if version else 0
        )
        tell(line_manager, message, at=at)


def _held(interest: Interest, deed: Deed) -> Interest:
    """The row as it stands, locked. Raises NotNow when that cannot be done to it now."""
    fresh = db.lock(Interest.objects.select_related("person", "course__current")).get(pk=interest.pk)
    if not policy.may(deed, fresh.state):
        raise NotNow(deed)
    return fresh


def _decide(fresh: Interest, state: State, by: Actor, at: dt.datetime) -> None:
    fresh.state, fresh.decided_at, fresh.decided_by_id = state, at, by.person_id
    fresh.save(update_fields=["state", "decided_at", "decided_by"])
