"""From a signed-in account to an actor, and what the screens about roles show."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from standdown.design.times import plain_date
from standdown.foundation import access
from standdown.foundation.access import EVERYWHERE, SENTENCES, Actor, ActorKind, Can, Reach
from standdown.foundation.kept_query import KeptQuery
from standdown.people.accounts.models import Account, Person
from standdown.people.accounts.queries import collaborate
from standdown.people.forces.models import Force
from standdown.people.roles import hooks, policy
from standdown.people.roles.models import ROLE_SENTENCES, RoleGrant, RoleName
from standdown.people.roles.policy import EVERYONE, RULES, Held, Role, Span

PAGE = 50
POSTS = tuple(role for role, rules in RULES.items() if rules.named_post)


def actor_for(account: Account, today: dt.date) -> Actor:
    """The actor that this account is on that day.

    One statement; asked anew at each request, so that an ended role is gone at the next.
    """
    person = account.person
    grants = _GRANTS.rows(person=person.pk, today=today)
    powers: dict[Can, Reach] = dict.fromkeys(EVERYONE, EVERYWHERE)
    held: dict[str, Reach] = {}
    for role, force_id in grants:
        reach = EVERYWHERE if force_id is None else Reach(forces=frozenset({force_id}))
        held[role] = held[role] | reach if role in held else reach
        for can in RULES[Role(role)].cans:
            powers[can] = powers[can] | reach if can in powers else reach
    return Actor(
        kind=ActorKind.PERSON,
        name=person.full_name,
        person_id=person.pk,
        account_id=account.pk,
        force_id=person.home_force_id,
        held=held,
        powers=powers,
    )


_GRANTS: KeptQuery[Any] = KeptQuery(RoleGrant.objects.held_by, person=uuid.UUID, today=dt.date)


def span_of(grant: RoleGrant) -> Span:
    """The grant as the rules see it: until it ends, or until it was ended."""
    ends = min(grant.ends_on, grant.ended_on) if grant.ended_on else grant.ends_on
    return Span(Role(grant.role), str(grant.force_id) if grant.force_id else None, grant.starts_on, ends)


def other_spans(grant: RoleGrant) -> list[Span]:
    """Every other role that the person holds, will hold, or is proposed for."""
    others = RoleGrant.objects.open().filter(person_id=grant.person_id).exclude(pk=grant.pk)
    return [span_of(other) for other in others]


def where_serving(person: Person, force_id: uuid.UUID | None, today: dt.date) -> tuple[bool, bool]:
    """Whether the person serves in that force, and whether in one that collaborates with it (R20).

    Nationally (None) both hold for anybody of the national body and anybody who serves.
    """
    serving = person.postings.filter(until__isnull=True, since__lte=today).values_list("force_id", flat=True).first()
    if force_id is None:
        known = serving is not None or person.home_force_id is None
        return known, known
    if serving is None:
        return False, False
    return serving == force_id, serving != force_id and collaborate(serving, force_id)


def grant(by: Actor, grant_id: uuid.UUID) -> RoleGrant | None:
    """A grant or proposal that this actor may see."""
    rows = RoleGrant.objects.visible_to(by).select_related("person", "force", "proposed_by", "approved_by")
    return rows.filter(pk=grant_id).first()


def role_words(role: str) -> str:
    """What the role is called."""
    return str(RoleName(role).label)


def role_and_place(one: RoleGrant) -> str:
    """What the role is called, and where it holds."""
    facts = {"role": role_words(one.role), "place": one.force.short_name if one.force else _("national")}
    return _("%(role)s, %(place)s") % facts


def span_words(one: RoleGrant, day: dt.date) -> str:
    """From when until when, in words; what ended it, if anything did."""
    facts = {"start": plain_date(one.starts_on), "end": plain_date(one.ended_on or one.last_day)}
    if one.ended_on is not None:
        if one.approved_at is None:
            return _("Proposed, and not approved on %(end)s") % facts
        return _("From %(start)s, ended on %(end)s") % facts
    if one.approved_at is None:
        return _("Proposed from %(start)s, waiting for approval") % facts
    if one.ends_on <= day:
        return _("From %(start)s to %(end)s, over now") % facts
    return _("From %(start)s to %(end)s") % facts


@dataclass(frozen=True, slots=True)
class OwnRole:
    """A role that the reader holds, in words."""

    words: str
    sentence: str
    last_day: dt.date
    lets: list[str]


def own_roles(by: Actor, day: dt.date) -> list[OwnRole]:
    """The roles that the actor holds on that day, with what each lets them do (one statement)."""
    if by.person_id is None:
        return []
    rows = RoleGrant.objects.filter(person_id=by.person_id).holding_on(day).select_related("force")
    return [
        OwnRole(role_and_place(row), str(ROLE_SENTENCES[row.role]), row.last_day, sentences(Role(row.role)))
        for row in rows.order_by("starts_on", "id")
    ]


def sentences(role: Role) -> list[str]:
    """What a role lets somebody do, in the order of the one list of permissions."""
    return [str(SENTENCES[can]) for can in Can if can in RULES[role].cans]


def waiting_for(by: Actor) -> list[RoleGrant]:
    """The proposals that this actor may approve or decline, the oldest first."""
    rows = RoleGrant.objects.visible_to(by).waiting().select_related("person", "force", "proposed_by")
    return [row for row in rows.order_by("proposed_at") if access.allows(by, Can.APPROVE_ROLE, row)]


def may_end(by: Actor, one: RoleGrant, day: dt.date) -> bool:
    """True when the grant still holds, or waits, and this actor could end it."""
    return one.ended_on is None and one.ends_on > day and access.allows(by, Can.END_ROLE, one)


@dataclass(frozen=True, slots=True)
class Post:
    """A named post of a force: who holds it, and whether it is vacant or soon will be."""

    role: Role
    words: str
    holders: list[RoleGrant] = field(default_factory=list)
    vacant: bool = False
    ending: bool = False


@dataclass(frozen=True, slots=True)
class ForcePosts:
    """The named posts of one force."""

    force: Force
    posts: list[Post]


def posts(by: Actor, day: dt.date) -> list[ForcePosts]:
    """The named posts of the forces whose roles this actor may see: adopting ones, and any where a post is held.

    Three statements at most, however many forces.
    """
    reach = by.reach(Can.SEE_ROLES)
    forces = {force.pk: force for force in _adopting(day) if reach.covers(force.pk)}
    held: dict[uuid.UUID, list[RoleGrant]] = defaultdict(list)
    rows = RoleGrant.objects.visible_to(by).holding_on(day).filter(role__in=POSTS, force__isnull=False)
    for row in rows.select_related("person", "force").order_by("starts_on"):
        if row.force is not None and reach.covers(row.force_id):
            forces.setdefault(row.force.pk, row.force)
            held[row.force.pk].append(row)
    if not reach.everywhere:
        for force in Force.objects.filter(pk__in=reach.forces - forces.keys()):
            forces[force.pk] = force
    return [_force_posts(force, held[force.pk], day) for force in sorted(forces.values(), key=lambda one: one.name)]


def _force_posts(force: Force, rows: Sequence[RoleGrant], day: dt.date) -> ForcePosts:
    gaps = dict(policy.vacancies(_held((row.role, row.ends_on) for row in rows), day))
    made = [
        Post(
            role,
            role_words(role),
            [row for row in rows if row.role == role],
            vacant=gaps.get(role) is True,
            ending=gaps.get(role) is False,
        )
        for role in POSTS
    ]
    return ForcePosts(force, made)


def _held(rows: Iterable[tuple[str, dt.date]]) -> dict[Role, Held]:
    ends: dict[Role, list[dt.date]] = defaultdict(list)
    for role, day in rows:
        ends[Role(role)].append(day)
    return {role: Held(role, len(days), max(days)) for role, days in ends.items()}


def _adopting(day: dt.date) -> list[Force]:
    return [force for tell in hooks.ADOPTING for force in tell(day)]


def vacancies_by_force(day: dt.date) -> dict[Force, list[tuple[Role, bool]]]:
    """Of each adopting force the named posts that nobody holds (True) or that end within thirty days (False) (R21).

    Two statements, however many forces; forces without a gap are left out.
    """
    forces = sorted(_adopting(day), key=lambda force: force.name)
    rows: dict[uuid.UUID, list[tuple[str, dt.date]]] = defaultdict(list)
    grants = RoleGrant.objects.holding_on(day).filter(role__in=POSTS, force__in=[force.pk for force in forces])
    for force_id, role, ends_on in grants.values_list("force_id", "role", "ends_on"):
        if force_id is not None:
            rows[force_id].append((role, ends_on))
    found = {force: policy.vacancies(_held(rows[force.pk]), day) for force in forces}
    return {force: gaps for force, gaps in found.items() if gaps}


@dataclass(frozen=True, slots=True)
class Page:
    """Fifty grants, and how many there are in all."""

    grants: list[RoleGrant]
    count: int
    number: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.count // PAGE))


def others(by: Actor, day: dt.date, *, role: str = "", page: int = 1) -> Page:
    """The roles beside the named posts that hold on that day where this actor may see roles. Two statements."""
    rows = RoleGrant.objects.visible_to(by).holding_on(day).exclude(role__in=POSTS)
    if not by.reach(Can.SEE_ROLES).everywhere:
        rows = rows.filter(force_id__in=by.reach(Can.SEE_ROLES).forces)
    if role:
        rows = rows.filter(role=role)
    count = rows.count()
    number = min(max(page, 1), max(1, -(-count // PAGE)))
    ordered = rows.select_related("person", "force").order_by("role", "person__family_name", "person__given_name", "id")
    return Page(list(ordered[(number - 1) * PAGE : number * PAGE]), count, number)


def places_to_propose(by: Actor, day: dt.date) -> tuple[list[Force], bool]:
    """The forces for which this actor may propose roles, and whether they may nationally."""
    reach = by.reach(Can.PROPOSE_ROLE)
    standing = Force.objects.standing_on(day).order_by("name")
    return list(standing if reach.everywhere else standing.filter(pk__in=reach.forces)), reach.everywhere


def roles_to_propose(by: Actor) -> list[Role]:
    """The roles that one of this actor's own roles may propose."""
    return [role for role, rules in RULES.items() if by.roles & {one.value for one in rules.proposed_by}]


def roles_beside_posts(by: Actor) -> list[Role]:
    """The roles other than named posts that this actor may come across, in order."""
    only = policy.SEEN_NATIONALLY if by.reach(Can.SEE_ROLES).everywhere else frozenset(RULES)
    seen = frozenset(RULES) if Role.PRIVACY_OFFICER in by.roles else only
    return [role for role in RULES if role in seen and role not in POSTS]


def longest_last_day(start: dt.date) -> dt.date:
    """The last day of the longest grant that begins then."""
    return policy.longest_end(start) - dt.timedelta(days=1)


def proposal_words(one: RoleGrant) -> str:
    """Who proposed what, for whoever decides."""
    facts = {
        "who": one.proposed_by or _("Somebody"),
        "start": plain_date(one.starts_on),
        "end": plain_date(one.last_day),
        "reason": one.get_reason_display(),
    }
    return _("Proposed by %(who)s, from %(start)s to %(end)s. Reason: %(reason)s.") % facts


def approvers_of(one: RoleGrant, day: dt.date) -> list[Person]:
    """Who could approve a proposal on that day: by role, in its force or nationally, and not a party to it."""
    rows = RoleGrant.objects.holding_on(day).filter(role__in=RULES[Role(one.role)].approved_by)
    reaching = rows.filter(Q(force_id__isnull=True) | Q(force=one.force))
    parties = {one.person_id, one.proposed_by_id}
    people = {row.person_id: row.person for row in reaching.select_related("person")}
    return [person for pk, person in people.items() if pk not in parties]
