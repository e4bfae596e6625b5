"""The cast of the tests: forces and people made quickly, straight into the tables, as if they had always been there.

Alice, Bob and Charlie: Alice may, Bob is of the same force and may not, Charlie is of another force.
"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from django.test import Client

from standdown.foundation import clock, db, ids
from standdown.foundation.access import Actor
from standdown.people.models import Account, AdoptionStep, Force, ForceName, Person, Posting, RoleGrant
from standdown.people.roles.policy import Role
from standdown.people.roles.queries import actor_for
from standdown.training.models import ContentBlock, Course, CourseVersion, ProgrammeVersion, Session, SessionForce

AT = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
TODAY = AT.date()
_numbers = itertools.count(1000)


def force(slug: str = "ashire", *, adopted: bool = True, **facts: Any) -> Force:
    """A force, by default one that has adopted since 2020."""
    name = facts.pop("name", slug.replace("-", " ").title() + " Police")
    facts = {"short_name": slug.title(), "jurisdiction": "england-and-wales", "ons_code": "", **facts}
    with db.open_for("the cast"):
        made = Force.objects.create(slug=slug, name=name, **facts)
        ForceName.objects.create(force=made, name=name, short_name=made.short_name, since=None)
        if adopted:
            AdoptionStep.objects.create(force=made, state="adopted", since=dt.date(2020, 1, 1), recorded_at=AT)
    return made


def person(of: Force | None, given_name: str = "Alice", *, family_name: str = "Ashdown", **facts: Any) -> Person:
    """A person serving in that force (None: of the national body)."""
    number = next(_numbers)
    email = facts.pop("work_email", f"{given_name.lower()}.{number}@{of.slug if of else 'national'}.example")
    facts.setdefault("kind", Person.Kind.OFFICER)
    with db.open_for("the cast"):
        made = Person.objects.create(
            given_name=given_name, family_name=family_name, home_force=of, work_email=email, **facts
        )
        if of is not None:
            Posting.objects.create(person=made, force=of, number=str(number), since=dt.date(2020, 1, 1))
    return made


def grant(to: Person, role: Role, of: Force | None, *, starts_on: dt.date | None = None, **facts: Any) -> RoleGrant:
    """A role in force, approved by nobody in particular."""
    start = starts_on or TODAY - dt.timedelta(days=30)
    facts = {
        "ends_on": start + dt.timedelta(days=365), "reason": RoleGrant.Reason.APPOINTED, "proposed_at": AT,
        "approved_at": AT, **facts,
    }  # fmt: skip
    with db.open_for("the cast"):
        return RoleGrant.objects.create(person=to, role=role.value, force=of, starts_on=start, **facts)


def account(of: Person, **facts: Any) -> Account:
    """An active account without a password."""
    facts = {"state": Account.State.ACTIVE, "email": of.work_email, "created_at": AT, **facts}
    made = Account(person=of, **facts)
    made.set_unusable_password()
    made.save(force_insert=True)
    return made


def actor(who: Person, today: dt.date = TODAY) -> Actor:
    """The actor that this person is on that day."""
    made = Account.objects.filter(person=who).first() or account(who)
    return actor_for(made, today)


def person_of(who: Actor) -> Person:
    """The person who acts."""
    assert who.person_id is not None
    return Person.objects.get(pk=who.person_id)


def account_of(who: Actor) -> Account:
    """The account with which they act."""
    assert who.account_id is not None
    return Account.objects.get(pk=who.account_id)


def holder(role: Role, of: Force | None, given_name: str = "Alice", **facts: Any) -> Actor:
    """A new person who holds that role there, as an actor."""
    who = person(of, given_name, **facts)
    grant(who, role, of)
    return actor(who)


def holder_of_nothing(of: Force) -> Actor:
    """Somebody of that force without a role."""
    return actor(person(of, "Nobby"))


def national_coordinator() -> Actor:
    """A national coordinator."""
    return holder(Role.NATIONAL_COORDINATOR, None, "Nadia")


def client_for(who: Actor) -> Client:
    """A browser in which that actor is signed in. Views ask the real clock, so roles are made to hold whenever."""
    client = Client()
    assert who.person_id is not None
    assert who.account_id is not None
    with db.open_for("the cast"):
        RoleGrant.objects.filter(person_id=who.person_id).update(
            starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2090, 1, 1)
        )
    client.force_login(Account.objects.get(pk=who.account_id), backend="standdown.people.sign_in.backend.Backend")
    return client


def course(slug: str = "demobilising-and-defusing") -> Course:
    """A published course with a few blocks of words."""
    with db.open_for("the cast"):
        programme, _ = ProgrammeVersion.objects.get_or_create(
            name="Programme", number=1, defaults={"effective_from": dt.date(2020, 1, 1)}
        )
        made = Course.objects.create(slug=slug)
        version = CourseVersion.objects.create(
            course=made, programme=programme, number=1, title="Demobilising and defusing", summary="One day.",
            minutes=420, published_at=AT,
        )  # fmt: skip
        for kind in ContentBlock.Kind.values:
            ContentBlock.objects.create(version=version, kind=kind, text=f"Words about {kind}.")
        made.current = version
        made.save()
    return made


def session(of: Course, *forces: Force, day: dt.date = dt.date(2027, 1, 12), **facts: Any) -> Session:
    """A published online session from 9:00 to 16:00, for those forces."""
    starts_at = facts.pop("starts_at", clock.from_wall(day, dt.time(9)))
    facts = {
        "reference": ids.reference("TS"), "version": of.current, "status": "published", "delivery": "online",
        "platform": "Microsoft Teams", "capacity": 16, "starts_at": starts_at,
        "ends_at": starts_at + dt.timedelta(hours=7), "nominations_close_at": starts_at - dt.timedelta(days=7),
        "changed_at": AT, **facts,
    }  # fmt: skip
    with db.open_for("the cast"):
        made = Session.objects.create(course=of, **facts)
        for one in forces:
            SessionForce.objects.create(session=made, force=one)
    return made
