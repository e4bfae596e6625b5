"""The roles: what each is in a sentence, what it may do, who proposes and who approves it. Plain Python.

Source of the division of powers: the access matrix of the promises (section 3.2) and R21, R48.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from standdown.foundation.can import Can

LONGEST = dt.timedelta(days=365)  # no grant runs longer; it is renewed by being proposed and approved again
ENDING_SOON = dt.timedelta(days=30)


class Role(StrEnum):
    """Who somebody is to Standdown, beside being themselves."""

    SUPERVISOR = "supervisor"
    PEER_SUPPORTER = "peer-supporter"
    DEFUSER = "defuser"
    ESTIP_LEAD = "estip-lead"
    ESTIP_COORDINATOR = "estip-coordinator"
    WELLBEING_LEAD = "wellbeing-lead"
    WELLBEING_DEPUTY = "wellbeing-deputy"
    OCCUPATIONAL_HEALTH = "occupational-health"
    NATIONAL_COORDINATOR = "national-coordinator"
    TRAINER = "trainer"
    SYSTEM_ADMINISTRATOR = "system-administrator"
    PRIVACY_OFFICER = "privacy-officer"
    CONTROL_ROOM = "control-room"
    POST_INCIDENT_MANAGER = "post-incident-manager"


class Place(StrEnum):
    """Where a role can be held."""

    FORCE = "force"
    NATIONAL = "national"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for one role."""

    cans: frozenset[Can]
    place: Place
    proposed_by: frozenset[Role]
    approved_by: frozenset[Role]
    named_post: bool = False  # each adopting force needs one: a gap is shown as vacant (R21)


_FORCE_VIEW = frozenset({Can.SEE_SESSIONS, Can.SEE_ADOPTION, Can.LIST_PEOPLE, Can.SEE_ROLES})
# What stands behind a force's places: reading for those who answer for the programme, deciding for the lead (D2).
_TRAINING_VIEW = frozenset({Can.SEE_NOMINATIONS, Can.SEE_QUALIFICATIONS})
_TRAINING_DEEDS = frozenset({Can.PUT_FORWARD, Can.DECIDE_INTEREST, Can.RECORD_CURRENCY})
_CARE = frozenset(
    {Can.RUN_CARE, Can.SEE_FIGURES, Can.IMPORT_INCIDENTS, Can.KEEP_DUTY, Can.SEE_PROGRAMME, Can.RUN_DRILL}
)
_NATIONAL = frozenset({Role.NATIONAL_COORDINATOR})
_PRIVACY = frozenset({Role.PRIVACY_OFFICER})
_LEADS = frozenset({Role.WELLBEING_LEAD, Role.ESTIP_LEAD})

# What any person may do without a role.
EVERYONE = frozenset({
    Can.KEEP_OWN_ACCOUNT, Can.KEEP_OWN_TRAINING, Can.CONFIRM_RELEASE, Can.KEEP_OWN_CARE, Can.RAISE_INCIDENT,
    # Only for whom they were given: each record says who talks, who leads, who makes the contact.
    Can.DEMOBILISE, Can.LEAD_DEFUSING, Can.MAKE_CONTACT,
})  # fmt: skip

RULES: dict[Role, Rules] = {
    Role.SUPERVISOR: Rules(frozenset(), Place.FORCE, _LEADS, _LEADS),
    Role.PEER_SUPPORTER: Rules(frozenset(), Place.FORCE, _LEADS, _LEADS),
    Role.DEFUSER: Rules(frozenset(), Place.FORCE, _LEADS, frozenset({Role.ESTIP_LEAD})),
    Role.ESTIP_LEAD: Rules(
        _FORCE_VIEW | _TRAINING_VIEW | _CARE | {
            Can.TICK_CHECKLIST, Can.KEEP_BASES, Can.PROPOSE_ROLE, Can.APPROVE_ROLE, Can.END_ROLE,
            Can.AGREE_MUTUAL_AID, Can.RECORD_CURRENCY, Can.SET_ESTABLISHMENT, Can.KEEP_PROGRAMME,
        },
        Place.FORCE, _NATIONAL, _PRIVACY, named_post=True,
    ),
    Role.ESTIP_COORDINATOR: Rules(
        _FORCE_VIEW | _TRAINING_VIEW | _CARE | {Can.TICK_CHECKLIST, Can.KEEP_BASES},
        Place.FORCE, _LEADS, _PRIVACY | {Role.ESTIP_LEAD}, named_post=True,
    ),
    Role.WELLBEING_LEAD: Rules(
        _FORCE_VIEW | _TRAINING_VIEW | _TRAINING_DEEDS | {
            Can.TICK_CHECKLIST, Can.KEEP_BASES, Can.PROPOSE_ROLE, Can.APPROVE_ROLE, Can.END_ROLE,
            Can.EXPORT_NOMINATIONS, Can.EXPORT_QUALIFICATIONS, Can.IMPORT_QUALIFICATIONS, Can.SET_ESTABLISHMENT,
            Can.KEEP_FORCE_WORDS, Can.AGREE_MUTUAL_AID, Can.RECORD_TRAINER_STEP, Can.SEE_PROGRAMME,
            Can.SEE_FIGURES,
        },
        Place.FORCE, _NATIONAL, _PRIVACY, named_post=True,
    ),
    Role.WELLBEING_DEPUTY: Rules(
        _FORCE_VIEW | _TRAINING_VIEW | _TRAINING_DEEDS | {Can.TICK_CHECKLIST},
        Place.FORCE, frozenset({Role.WELLBEING_LEAD, Role.NATIONAL_COORDINATOR}), _PRIVACY, named_post=True,
    ),
    Role.OCCUPATIONAL_HEALTH: Rules(
        frozenset({Can.RECEIVE_REFERRAL}), Place.FORCE, frozenset({Role.ESTIP_LEAD}), _PRIVACY,
    ),
    Role.NATIONAL_COORDINATOR: Rules(
        frozenset({
            Can.KEEP_FORCES, Can.KEEP_BASES, Can.KEEP_COLLABORATIONS, Can.SEE_ADOPTION, Can.RECORD_ADOPTION,
            Can.TICK_CHECKLIST, Can.SEE_ROLES, Can.PROPOSE_ROLE, Can.APPROVE_ROLE, Can.END_ROLE,
            Can.SEE_SESSIONS, Can.EDIT_COURSE, Can.PLAN_SESSION, Can.PUBLISH_SESSION, Can.CHANGE_SESSION,
            Can.SEE_NOMINATIONS, Can.EXPORT_NOMINATIONS, Can.PLACE_OVER_CAPACITY, Can.AGREE_MUTUAL_AID,
            Can.SET_JOINING_LINK, Can.SEE_ROSTER, Can.MARK_ATTENDANCE, Can.RECORD_TRAINER_STEP,
            Can.ISSUE_CERTIFICATE, Can.REVOKE_CERTIFICATE, Can.MODERATE_WORDS, Can.SEE_FIGURES,
        }),
        Place.NATIONAL, _NATIONAL, _NATIONAL,
    ),
    Role.TRAINER: Rules(
        frozenset({
            Can.SEE_SESSIONS, Can.SEE_ROSTER, Can.MARK_ATTENDANCE, Can.SET_JOINING_LINK, Can.ISSUE_CERTIFICATE,
            # Only for their own force's dates, and only once approved as a trainer there (R48): see the rule.
            Can.PLAN_SESSION, Can.PUBLISH_SESSION, Can.CHANGE_SESSION,
        }),
        Place.EITHER, _NATIONAL | {Role.WELLBEING_LEAD}, _NATIONAL,
    ),
    Role.SYSTEM_ADMINISTRATOR: Rules(
        frozenset({
            Can.KEEP_PEOPLE, Can.INVITE_TO_SIGN_IN, Can.END_ACCESS, Can.READ_OUTBOX, Can.RESEND_MESSAGE,
        }),
        Place.EITHER, _NATIONAL, _PRIVACY,
    ),
    Role.PRIVACY_OFFICER: Rules(
        frozenset({
            Can.READ_AUDIT, Can.LIST_PEOPLE, Can.SEE_ROLES, Can.SEE_ADOPTION, Can.APPROVE_ROLE, Can.END_ROLE,
        }),
        Place.EITHER, _NATIONAL, _PRIVACY,
    ),
    Role.CONTROL_ROOM: Rules(frozenset({Can.IMPORT_INCIDENTS}), Place.FORCE, _LEADS, _LEADS),
    Role.POST_INCIDENT_MANAGER: Rules(
        frozenset({Can.SET_RESTRICTION}), Place.FORCE, frozenset({Role.ESTIP_LEAD}), _PRIVACY,
    ),
}  # fmt: skip

# Nobody who keeps the machine, and nobody who checks the others, holds a role that works with people's data.
APART = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.PRIVACY_OFFICER})


def apart(held: frozenset[Role], asked: Role) -> Role | None:
    """The role already held that must not meet `asked` in one person; None when they may be held together."""
    for role in sorted(held - {asked}):
        if role in APART or asked in APART:
            return role
    return None


def fits(role: Role, *, in_force: bool) -> bool:
    """True when the role can be held in a force (or, with in_force false, nationally)."""
    place = RULES[role].place
    return place is Place.EITHER or (place is Place.FORCE) == in_force


def longest_end(start: dt.date) -> dt.date:
    """The last day on which a grant that starts then may end."""
    return start + LONGEST


# What a national coordinator sees of the roles of forces: the posts they appoint or look out for, and no others (D1).
SEEN_NATIONALLY = frozenset(
    role for role, rules in RULES.items() if rules.named_post or _NATIONAL & (rules.proposed_by | rules.approved_by)
)


class Problem(StrEnum):
    """Why a role cannot be given like this."""

    WRONG_PLACE = "wrong-place"
    BEGINS_BEFORE_TODAY = "begins-before-today"
    ENDS_BEFORE_IT_BEGINS = "ends-before-it-begins"
    TOO_LONG = "too-long"
    ELSEWHERE = "elsewhere"
    HELD = "held"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Span:
    """A role that somebody holds or is proposed for: where (None: nationally), and from when until before when."""

    role: Role
    place: str | None
    starts: dt.date
    ends: dt.date

    def meets(self, other: Span) -> bool:
        """True when both hold on some day."""
        return self.starts < other.ends and other.starts < self.ends


def problem(asked: Span, others: Iterable[Span], *, serves: bool, shares: bool, today: dt.date) -> Problem | None:
    """What speaks against giving the role `asked` to somebody who has `others`; None if nothing does.

    `serves`: the person serves in that force (for a national role: is known). `shares`: they serve in a force that it
    collaborates with, which is enough for a named post: forces share a lead and keep separate registers (R20).
    """
    met = [other for other in others if other.meets(asked)]
    shared = shares and RULES[asked.role].named_post
    bars = (
        (Problem.WRONG_PLACE, not fits(asked.role, in_force=asked.place is not None)),
        (Problem.BEGINS_BEFORE_TODAY, asked.starts < today),
        (Problem.ENDS_BEFORE_IT_BEGINS, asked.ends <= asked.starts),
        (Problem.TOO_LONG, asked.ends > longest_end(asked.starts)),
        (Problem.ELSEWHERE, not (serves or shared)),
        (Problem.HELD, any((other.role, other.place) == (asked.role, asked.place) for other in met)),
        (Problem.APART, apart(frozenset(other.role for other in met), asked.role) is not None),
    )
    return next((bar for bar, holds in bars if holds), None)


@dataclass(frozen=True, slots=True)
class Held:
    """A post as it is held in a force: by how many now, and when the last of them ends."""

    role: Role
    holders: int
    ends: dt.date | None


def vacancies(held: dict[Role, Held], today: dt.date) -> list[tuple[Role, bool]]:
    """The named posts of a force that nobody holds (True) or that end within thirty days (False), in order (R21)."""
    found: list[tuple[Role, bool]] = []
    for role, rules in RULES.items():
        if not rules.named_post:
            continue
        post = held.get(role)
        if post is None or post.holders == 0:
            found.append((role, True))
        elif post.ends is not None and post.ends - today <= ENDING_SOON:
            found.append((role, False))
    return found
