"""A force with its lead, a date with two places, and people put forward for it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from standdown.foundation import clock, ids
from standdown.foundation.access import Actor
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Force, Person
from standdown.people.roles.policy import Role
from standdown.training.models import Nomination, NominationEvent, Session
from standdown.training.nominations import actions, candidates, queries
from standdown.training.nominations.candidates import Known
from tests import cast

AT = cast.AT
FIRST, SECOND = dt.date(2027, 1, 12), dt.date(2027, 1, 19)


class Scene:
    """The people and dates of a test, made as they are asked for."""

    def __init__(self, at: dt.datetime = AT, *, slug: str = "ashire", **of_force: Any) -> None:
        self.at = at
        self.force = cast.force(slug, **of_force)
        self.lead = cast.holder(Role.WELLBEING_LEAD, self.force, "Leonie")
        self.course = cast.course()

    def session(self, *others: Force, day: dt.date = FIRST, capacity: int = 2, **facts: Any) -> Session:
        return cast.session(self.course, self.force, *others, day=day, capacity=capacity, **facts)

    def person(self, given_name: str, **facts: Any) -> Person:
        return cast.person(self.force, given_name, **facts)

    def known(self, person: Person, session: Session, *, by: Actor | None = None) -> Known:
        found = candidates.known(by or self.lead, person.pk, queries.skill_of(session.pk), self.at)
        assert found is not None
        return found

    def put(self, name: str, session: Session, *, accepted: bool = False, **facts: Any) -> Nomination:
        """A new person of that name on the date: with a place while there is one, else waiting."""
        return self.put_person(self.person(name), session, accepted=accepted, **facts)

    def put_person(
        self,
        person: Person,
        session: Session,
        *,
        accepted: bool = False,
        released: bool = True,
        by: Actor | None = None,
    ) -> Nomination:
        made = actions.put_forward(
            by=by or self.lead, at=self.at, session=session.pk, who=self.known(person, session, by=by),
            released=released, stated=True, cost_agreed=True, key=ids.new(),
        )  # fmt: skip
        if accepted:
            actions.accept_place(
                by=cast.actor(person), at=self.at, nomination=made, consent=Nomination.Consent.SIGNED_IN
            )
        return fresh(made)


def fresh(one: Nomination) -> Nomination:
    """As it is stored now."""
    return Nomination.objects.select_related("person", "session", "force").get(pk=one.pk)


def stands(*names: Nomination) -> list[tuple[str, str, int | None, int | None]]:
    """Who stands how: given name, state, number of the place, position on the list."""
    found = [fresh(one) for one in names]
    return [(one.person.given_name, one.state, one.place_no, one.queue_no) for one in found]


def on(session: Session) -> list[tuple[str, str, int | None, int | None]]:
    """Everybody who is still on a date, places first."""
    rows = Nomination.objects.live().filter(session=session).order_by("place_no", "queue_no")
    return sorted(stands(*rows), key=lambda row: (row[2] is None, row[2], row[3]))


def told(person: Person) -> list[str]:
    """What that person was told, by purpose, oldest first."""
    rows = OutboxMessage.objects.filter(recipient=person).order_by("created_at", "pk")
    return list(rows.values_list("purpose", flat=True))


def happened(one: Nomination) -> list[tuple[str, str]]:
    """What is on record of a name, oldest first: what, and for which reason."""
    rows = NominationEvent.objects.filter(nomination=one).order_by("at", "pk")
    return list(rows.values_list("kind", "reason"))


def moment(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """That time on London's clocks."""
    return clock.from_wall(day, dt.time(hour, minute))
