"""Who may do what, asked in one place by screens, actions, jobs, feeds and messages.

`Can` (foundation/can.py) is the one list of permissions. A role carries a set of them (people/roles/policy.py),
an `Actor` carries what its roles give it and where; a rule in a slice's permissions.py narrows by record.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standdown.foundation.can import Can
from standdown.foundation.refusal import Refusal

__all__ = [
    "ANYONE", "EVERYWHERE", "NOWHERE", "SENTENCES", "Actor", "ActorKind", "Can", "NotAllowed", "Reach",
    "allows", "by_link", "in_reach", "own", "rule", "system", "unruled",
]  # fmt: skip


SENTENCES: dict[Can, Promise] = {
    Can.KEEP_FORCES: _("Add, rename, merge and split forces"),
    Can.KEEP_BASES: _("Keep a force's bases and teams"),
    Can.KEEP_COLLABORATIONS: _("Keep the list of forces that work together"),
    Can.SEE_ADOPTION: _("See how far a force's adoption has come"),
    Can.RECORD_ADOPTION: _("Record a step of a force's adoption"),
    Can.TICK_CHECKLIST: _("Tick a point of the adoption checklist"),
    Can.REGISTER_DEMAND: _("Say, without a name, that a force should adopt"),
    Can.LIST_PEOPLE: _("See names and teams in the force's directory"),
    Can.KEEP_PEOPLE: _("Add people and keep their postings, by hand or from a file"),
    Can.SEE_ROLES: _("See who holds which role in the force"),
    Can.PROPOSE_ROLE: _("Propose somebody for a role"),
    Can.APPROVE_ROLE: _("Approve a role that somebody else proposed"),
    Can.END_ROLE: _("End somebody's role"),
    Can.KEEP_OWN_ACCOUNT: _("Keep one's own ways to sign in, and one's language"),
    Can.INVITE_TO_SIGN_IN: _("Invite a person of the directory to sign in"),
    Can.END_ACCESS: _("Suspend or end a person's access"),
    Can.SEE_SESSIONS: _("See the dates of the force, published or in preparation"),
    Can.EDIT_COURSE: _("Write and publish the words of a course"),
    Can.PLAN_SESSION: _("Prepare dates for forces"),
    Can.PUBLISH_SESSION: _("Publish a date"),
    Can.CHANGE_SESSION: _("Move, cancel or close a published date"),
    Can.PUT_FORWARD: _("Put people of the force forward for training, swap and withdraw their names"),
    Can.SEE_NOMINATIONS: _("See whose name was put forward, and who has which place"),
    Can.EXPORT_NOMINATIONS: _("Take the list of names on screen away as a file"),
    Can.DECIDE_INTEREST: _("Hear who would like to be trained, and decide"),
    Can.CONFIRM_RELEASE: _("Say that one of one's own people is released for the day"),
    Can.PLACE_OVER_CAPACITY: _("Give a place beyond a date's capacity, which stays visible"),
    Can.AGREE_MUTUAL_AID: _("Agree, by exception, that somebody trains on another force's date"),
    Can.SET_JOINING_LINK: _("Enter the link by which delegates join a date"),
    Can.SEE_ROSTER: _("See who comes to a date that one runs, and the needs that they share"),
    Can.MARK_ATTENDANCE: _("Record who was there"),
    Can.RECORD_TRAINER_STEP: _("Record how far somebody has come towards being a trainer"),
    Can.ISSUE_CERTIFICATE: _("Issue the certificates of a date"),
    Can.REVOKE_CERTIFICATE: _("Revoke a certificate and issue it anew"),
    Can.MODERATE_WORDS: _("Decide which delegates' words are published"),
    Can.SEE_QUALIFICATIONS: _("See who in the force is qualified, until when, and where cover is thin"),
    Can.EXPORT_QUALIFICATIONS: _("Take the list of qualified people away as a file"),
    Can.RECORD_CURRENCY: _("Record what keeps a qualification current"),
    Can.IMPORT_QUALIFICATIONS: _("Bring in training from before Standdown, with its evidence"),
    Can.SET_ESTABLISHMENT: _("Say how many qualified people each team needs"),
    Can.KEEP_OWN_TRAINING: _("Answer for oneself: interest, places, feedback, certificates, standing down"),
    Can.KEEP_FORCE_WORDS: _("Write the force's own paragraph in messages to its people"),
    Can.RAISE_INCIDENT: _("Say that something happened: for one's own people, oneself, or a colleague"),
    Can.IMPORT_INCIDENTS: _(
        "Bring in what may be an incident from a file; somebody confirms it before anyone is asked"
    ),
    Can.RUN_CARE: _("Look after the people of an incident: confirm who was exposed, plan sessions, see to every step"),
    Can.DEMOBILISE: _("Talk for five minutes with people before they go off duty, and record that it was offered"),
    Can.LEAD_DEFUSING: _("Lead a session that one was asked to lead, and record that it was held"),
    Can.MAKE_CONTACT: _("Make the contacts that one was given, and take over whom one was handed"),
    Can.RECEIVE_REFERRAL: _("Receive referrals to occupational health, and say that they were received"),
    Can.SET_RESTRICTION: _("Set and lift a restriction on conferring, by the incident's reference"),
    Can.KEEP_DUTY: _("Bring in duty periods and keep the shift patterns of teams"),
    Can.SEE_PROGRAMME: _("See by which windows, words and steps the force looks after its people"),
    Can.KEEP_PROGRAMME: _("Copy a programme version, change it and schedule it"),
    Can.RUN_DRILL: _("Run an exercise with made-up people, and take it away"),
    Can.KEEP_OWN_CARE: _("Answer for oneself: what is offered, what is held, who looked, whom one excludes"),
    Can.SEE_FIGURES: _("See how many were offered what they are owed, with small numbers withheld"),
    Can.READ_AUDIT: _("Read who did what in the force, and check that the record is whole"),
    Can.READ_OUTBOX: _("See whether messages went out"),
    Can.RESEND_MESSAGE: _("Try again to send a message that failed"),
}


class NotAllowed(Refusal):
    """This actor may not do this here. Screens answer as if the record did not exist."""

    code = "not-allowed"

    def __init__(self, can: Can) -> None:
        super().__init__(_("You cannot do this. Somebody with another role in your force can."))
        self.can = can


class ActorKind(StrEnum):
    PERSON = "person"
    SYSTEM = "system"
    ANYONE = "anyone"


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a permission holds: in the named forces, or everywhere."""

    everywhere: bool = False
    forces: frozenset[uuid.UUID] = frozenset()

    def covers(self, force_id: uuid.UUID | None) -> bool:
        """True when it holds for that force; None asks for what is national."""
        return self.everywhere or (force_id is not None and force_id in self.forces)

    def __or__(self, other: Reach) -> Reach:
        return Reach(self.everywhere or other.everywhere, self.forces | other.forces)

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.forces)


NOWHERE = Reach()
EVERYWHERE = Reach(everywhere=True)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person with the roles of this moment, a named job of the system, or anyone."""

    kind: ActorKind
    name: str
    person_id: uuid.UUID | None = None
    account_id: uuid.UUID | None = None
    force_id: uuid.UUID | None = None
    held: Mapping[str, Reach] = field(default_factory=dict)  # each role by its word, and where it is held
    powers: Mapping[Can, Reach] = field(default_factory=dict)

    @property
    def roles(self) -> frozenset[str]:
        """The roles that are held anywhere."""
        return frozenset(self.held)

    def holds(self, role: str, force_id: uuid.UUID | None) -> bool:
        """True when the role is held in that force or nationally; None asks for a national one."""
        return self.held.get(role, NOWHERE).covers(force_id)

    def reach(self, can: Can) -> Reach:
        """Where this actor has that permission."""
        return self.powers.get(can, NOWHERE)

    def has(self, can: Can) -> bool:
        """True when the permission is held anywhere at all; enough to show a way in, never to act."""
        return bool(self.reach(can))


def system(job: str) -> Actor:
    """A job of the system, named so that the record says which; what it does is on record."""
    return Actor(kind=ActorKind.SYSTEM, name=job, powers=dict.fromkeys(Can, EVERYWHERE))


def by_link(person_id: uuid.UUID, force_id: uuid.UUID | None, *cans: Can) -> Actor:
    """Whoever holds a signed link that was sent to that person: acts as them, and may do what the link is for only."""
    powers = dict.fromkeys(cans, EVERYWHERE)
    return Actor(kind=ActorKind.PERSON, name="by link", person_id=person_id, force_id=force_id, powers=powers)


def own(by: Actor, can: Can, on: object) -> bool:  # noqa: ARG001 - every rule takes the same three
    """The rule of what people do for themselves: the record says whose it is, and it is one's own."""
    return by.person_id is not None and getattr(on, "person_id", None) == by.person_id


ANYONE = Actor(kind=ActorKind.ANYONE, name="anyone", powers={Can.REGISTER_DEMAND: EVERYWHERE})

Rule = Callable[[Actor, Can, Any], bool]
_R = TypeVar("_R", bound=Rule)
_rules: dict[Can, Rule] = {}


def rule(*cans: Can) -> Callable[[_R], _R]:
    """Mark a function of a slice's permissions.py as the rule for these permissions; each has exactly one."""

    def mark(function: _R) -> _R:
        for can in cans:
            if can in _rules and _rules[can] is not function:
                raise RuntimeError(f"{can} already has a rule")
            _rules[can] = function
        return function

    return mark


def allows(by: Actor, can: Can, on: object) -> bool:
    """True when `by` may do `can` on that record (or on that kind of record, for making a first one).

    A permission without a rule is refused: deny by default. A system job passes every rule.
    """
    if by.kind is ActorKind.SYSTEM:
        return True
    found = _rules.get(can)
    return found is not None and by.has(can) and found(by, can, on)


def in_reach(by: Actor, can: Can, on: object) -> bool:
    """The common rule: the permission holds in the force that the record belongs to, or nationally."""
    force_id = None if isinstance(on, type) else getattr(on, "belongs_to_force", None)
    return by.reach(can).covers(force_id)


def unruled(cans: Iterable[Can] = Can) -> set[Can]:
    """Permissions that no slice has a rule for; the house test expects none."""
    return set(cans) - _rules.keys()
