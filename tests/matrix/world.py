"""A small world for the matrix: two forces, the country, somebody in every role, and a record of each kind."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import get_resolver

from standdown.foundation import clock, db, ids
from standdown.foundation.access import Actor
from standdown.notifications.models import OutboxMessage
from standdown.people.models import (
    Account,
    Base,
    Collaboration,
    CollaborationMember,
    Evidence,
    Force,
    ForceAlias,
    Person,
    RoleGrant,
    Team,
)
from standdown.people.roles.policy import Role
from standdown.people.roles.queries import actor_for
from standdown.training.models import ContentBlock, Course, CourseVersion, ProgrammeVersion, Session, SessionTrainer
from tests import cast
from tests.house.test_routes import Route
from tests.matrix import (
    records_attendance,
    records_care,
    records_certificates,
    records_exchanges,
    records_feedback,
    records_interest,
    records_messages,
    records_mine,
    records_mutual_aid,
    records_nominations,
    records_trainers,
    who,
)

# What everybody of a force is called by family name: on a page for another force it would be a leak.
NAMES = {"ashire": "Hereford-Canary", "bshire": "Thereford-Canary"}
# Words for what lies inside a force: under another force's address it is not there.
CHILDREN = {"alias", "base", "team", "document", "place"}
LONG_AGO, YEARS_AHEAD = dt.date(2020, 1, 1), dt.date(2090, 1, 1)
Arguments = dict[str, Any]
_SLICES = (
    records_attendance, records_care, records_certificates, records_exchanges, records_feedback, records_interest,
    records_messages, records_mine, records_mutual_aid, records_nominations, records_trainers,
)  # fmt: skip


@dataclass
class Records:
    """One record of each kind that belongs to a force, by the word that addresses use for it."""

    force: Force
    by_word: dict[str, Any] = field(default_factory=dict)


@dataclass
class World:
    """The browsers of everybody, and the records that addresses name."""

    clients: dict[str, Client]
    actors: dict[str, Actor]  # who each is to the gates; nobody is where an account is shut
    here: Records
    there: Records
    shared: dict[str, Any]
    nothing: dict[str, bytes] = field(default_factory=dict)  # by method, what stands at an address that is not there

    def arguments(self, route: Route) -> Arguments:
        """What the route takes, filled with records of the force in which everybody `here` is."""
        return {word: self._value(route, word, self.here) for word in words_of(route)}

    def names_a_record(self, route: Route) -> bool:
        """True when the address names something that may not be there."""
        return bool(words_of(route))

    def wrong_arguments(self, route: Route) -> Iterator[tuple[str, Arguments]]:
        """Addresses that lead nowhere: each word in turn unknown, and a child of the other force under our parent."""
        right = self.arguments(route)
        for word, value in right.items():
            wrong = unknown(value, route, word)
            if wrong is not None:
                yield f"an unknown {word}", {**right, word: wrong}
        words = list(right)
        if len(words) > 1 and words[-1] in CHILDREN:
            yield f"the {words[-1]} of another force", {**right, words[-1]: self._value(route, words[-1], self.there)}

    def _value(self, route: Route, word: str, records: Records) -> Any:
        for key in (f"{route.name}.{word}", f"{route.name.partition(':')[0]}.{word}", word):
            for found in (self.shared, records.by_word):
                if key in found:
                    return found[key]
        raise KeyError(f"The world has no {word!r} for {route.name}; add one to tests/matrix/world.py")


def words_of(route: Route) -> tuple[str, ...]:
    """The words by which a route's address names records."""
    possibilities = get_resolver()
    for part in route.name.split(":")[:-1]:
        _prefix, possibilities = possibilities.namespace_dict[part]
    ((found, _pattern, _defaults, _converters), *_rest) = possibilities.reverse_dict.getlist(route.name.split(":")[-1])
    ((_form, words), *_more) = found
    return tuple(words)


def unknown(value: Any, route: Route, word: str) -> Any:
    """A value of the same shape that names nothing; None where every value names something."""
    if word in {"year", "month", "page", "code"}:
        return None
    if isinstance(value, uuid.UUID):
        return ids.new()
    if isinstance(value, int):
        return 999_999
    return "nowhere-at-all"


def build() -> World:
    """Make everything; about a hundred and fifty rows."""
    here, there = cast.force("ashire"), cast.force("bshire")
    shared = _shared(here)
    clients = _clients(here, there)
    return World(
        clients=clients,
        actors=actors_of(clients),
        here=_records(here, shared["_course"]),
        there=_records(there, shared["_course"]),
        shared={word: value for word, value in shared.items() if not word.startswith("_")},
    )


# -- records ------------------------------------------------------------------------------------------------------


def _shared(here: Force) -> dict[str, Any]:
    """What belongs to no force: the course, and months."""
    course = cast.course()
    with db.open_for("the cast"):
        together = Collaboration.objects.create(name="Together")
        member = CollaborationMember.objects.create(collaboration=together, force=here, since=LONG_AGO)
        draft = CourseVersion.objects.create(
            course=course,
            programme=ProgrammeVersion.objects.get(),
            number=2,
            title="Draft",
            summary="Draft.",
            minutes=420,
        )
        block = ContentBlock.objects.create(version=draft, kind=ContentBlock.Kind.WHAT, text="Words.")
    return {
        "_course": course,
        "course": course.slug,
        "api.slug": course.slug,
        "courses.slug": course.slug,
        "number": 1,
        "kind": "words",
        "block": block.pk,
        "year": 2027,
        "month": 1,
        "page": "training",
        "code": "TS-7KQ2MD",
        "collaboration": together.pk,
        "member": member.pk,
        "token": "not-a-token",
        "item": "chief-officer",
    }


def _records(force: Force, course: Course) -> Records:
    """One of each for that force."""
    someone = _person(force, "Petra")
    shut_out = _person(force, "Paul")
    cast.account(shut_out, state=Account.State.SUSPENDED)
    account = cast.account(someone)
    passkey = Authenticator.objects.create(user=account, type=Authenticator.Type.WEBAUTHN, data={"name": "Phone"})
    proposal = _grant(_person(force, "Pippa"), "supervisor", force, approved_at=None)
    people = {
        "person": someone.pk,
        "person_id": someone.pk,
        "accounts:restore.person_id": shut_out.pk,
        "account": account.pk,
        "pk": passkey.pk,
        "grant_id": _grant(someone, "supervisor", force).pk,
        "roles:decide.grant_id": proposal.pk,
        "key": _message(someone, force).pk,
    }
    dates = _dates(force, course, someone)
    session = Session.objects.get(pk=dates["session"])
    training: dict[str, Any] = {}
    for slice_ in _SLICES:
        training |= slice_.records(force, course, someone, session)
    return Records(force, {**_of_the_force(force), **people, **dates, **training})


def _of_the_force(force: Force) -> dict[str, Any]:
    with db.open_for("the cast"):
        alias = ForceAlias.objects.create(force=force, alias=force.slug.upper())
        base = Base.objects.create(force=force, name="North")
        team = Team.objects.create(force=force, base=base, name="Early turn")
        evidence = Evidence.objects.create(
            force=force, item="chief-officer", content=b"%PDF-1.4", size=8, sha256="0" * 64, added_at=cast.AT
        )
    return {
        "slug": force.slug,
        "force": force.slug,
        "alias": alias.pk,
        "base": base.pk,
        "team": team.pk,
        "document": evidence.pk,
    }


def _message(to: Person, force: Force) -> OutboxMessage:
    with db.open_for("the cast"):
        return OutboxMessage.objects.create(
            purpose="Trial", about=str(force.pk), recipient=to, force=force, address=to.work_email,
            subject="A message", text="Text.", html="<p>Text.</p>", state="uncertain",
            created_at=cast.AT, due_at=cast.AT,
        )  # fmt: skip


def _dates(force: Force, course: Course, trainer: Person) -> dict[str, Any]:
    session = cast.session(course, force, owner_force=force)
    draft = cast.session(course, force, owner_force=force, status="draft")
    with db.open_for("the cast"):
        SessionTrainer.objects.create(session=session, person=trainer)
    return {
        "session": session.pk,
        "session_id": session.pk,
        "sessions:edit.session": draft.pk,
        "sessions:publish.session": draft.pk,
    }


# -- people -------------------------------------------------------------------------------------------------------


def _clients(here: Force, there: Force) -> dict[str, Client]:
    """A browser for everybody, by label."""
    found = {who.ANONYMOUS: Client()}
    for force, label in ((here, who.here), (there, who.there)):
        found[label("person")] = _signed_in(_person(force, "Perry"))
        for role in who.IN_A_FORCE:
            found[label(role)] = _signed_in(_holder(role, force))
    for role in who.NATIONALLY:
        found[who.national(role)] = _signed_in(_holder(role, None))
    for state in who.SHUT_OUT:
        found[state] = _signed_in(_powerful(here), then=state)
    return found | {label: _signed_in(person) for label, person in _without_powers(here)}


def actors_of(clients: dict[str, Client]) -> dict[str, Actor]:
    """Who each of them is to the gates, by the rules as they are now."""
    keys = {label: client.session[SESSION_KEY] for label, client in clients.items() if label not in who.SIGNED_OUT}
    accounts = Account.objects.select_related("person").in_bulk(list(keys.values()))
    today = clock.london_day(clock.now())
    return {label: actor_for(accounts[uuid.UUID(key)], today) for label, key in keys.items()}


def _person(force: Force | None, given_name: str) -> Person:
    """Somebody of that force, whose family name must never be read in another."""
    return cast.person(force, given_name, family_name=NAMES.get(force.slug if force else "", "Nationwide"))


def _holder(role: str, force: Force | None) -> Person:
    person = _person(force, role.title())
    _grant(person, role, force)
    return person


def _grant(person: Person, role: str, force: Force | None, **facts: Any) -> RoleGrant:
    facts = {"starts_on": LONG_AGO, "ends_on": YEARS_AHEAD, **facts}
    return cast.grant(person, Role(role), force, **facts)


def _powerful(here: Force) -> Person:
    """Somebody with every power that there is, were the account not shut."""
    person = _person(here, "Paula")
    for role in ("wellbeing-lead", "estip-lead"):
        _grant(person, role, here)
    for role in who.NATIONALLY:
        _grant(person, role, None)
    return person


def _without_powers(here: Force) -> Iterator[tuple[str, Person]]:
    """People whose powers are over, or have not begun."""
    past, future = dt.date(2021, 1, 1), dt.date(2089, 1, 1)
    facts: dict[str, Arguments] = {
        "lapsed": {"ends_on": past},
        "ended early": {"ended_on": past, "end_reason": RoleGrant.EndReason.STOOD_DOWN},
        "not begun": {"starts_on": future},
        "proposed only": {"approved_at": None},
    }
    for label in who.WITHOUT_POWERS:
        person = _person(here, "Peregrine")
        for role, force in (("wellbeing-lead", here), ("national-coordinator", None), ("privacy-officer", None)):
            _grant(person, role, force, **facts[label])
        yield label, person


@cache
def _a_password() -> str:
    """The same for everybody: making one is slow on purpose."""
    return make_password("a long horse in a short field")


def _signed_in(person: Person, then: str | None = None) -> Client:
    """A browser with a session of that person's; the account is put in that state afterwards."""
    client = Client()
    account = cast.account(person)
    account.password = _a_password()
    account.save(update_fields=["password"])
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})
    codes = {"seed": "JBSWY3DPEHPK3PXP", "used_mask": 0}
    Authenticator.objects.create(user=account, type=Authenticator.Type.RECOVERY_CODES, data=codes)
    client.force_login(account, backend="standdown.people.sign_in.backend.Backend")
    if then is not None:
        with db.open_for("the cast"):
            Account.objects.filter(pk=account.pk).update(state=then)
    return client
