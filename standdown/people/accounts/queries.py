"""What the screens of the directory show, and who is meant by a number or an address."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from standdown.foundation.access import Actor, Can
from standdown.people.accounts.models import Account, LineManagement, Person, Posting, serving_on
from standdown.people.forces.models import CollaborationMember, Force, Team
from standdown.people.forces.queries import partners_on

PAGE = 50
_DETAIL = (Can.KEEP_PEOPLE, Can.READ_AUDIT)  # who sees more of a person than name, kind and team
_ACCESS = (Can.INVITE_TO_SIGN_IN, Can.END_ACCESS)


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the directory."""

    id: uuid.UUID
    name: str
    kind: str
    number: str
    team: str
    base: str
    force: str


@dataclass(frozen=True, slots=True)
class Page:
    """Fifty lines of the directory, and how many there are in all."""

    people: list[Listed]
    count: int
    number: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.count // PAGE))


def directory(by: Actor, *, words: str = "", left: bool = False, page: int = 1) -> Page:
    """The people whom this actor may list: those who serve, or those who have left.

    Every word of `words` must stand in the name or the team, or begin the number. Two statements.
    """
    later = Posting.objects.filter(person=OuterRef("person"), since__gt=OuterRef("since"))
    which = Q(until__isnull=False) & ~Exists(later) if left else Q(until__isnull=True)
    postings = Posting.objects.filter(which, person__in=Person.objects.visible_to(by))
    for word in words.split()[:6]:
        postings = postings.filter(
            Q(person__given_name__icontains=word)
            | Q(person__family_name__icontains=word)
            | Q(team__name__icontains=word)
            | Q(number__istartswith=word)
        )
    count = postings.count()
    number = min(max(page, 1), max(1, -(-count // PAGE)))
    rows = postings.select_related("person", "team__base", "force").order_by(
        "person__family_name", "person__given_name", "id"
    )[(number - 1) * PAGE : number * PAGE]
    return Page([_listed(row) for row in rows], count, number)


def _listed(row: Posting) -> Listed:
    team = row.team
    return Listed(
        id=row.person_id,
        name=row.person.full_name,
        kind=row.person.get_kind_display(),
        number=row.number,
        team=team.name if team else "",
        base=team.base.name if team and team.base else "",
        force=row.force.short_name,
    )


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What somebody's page says. The parts that this reader may not know are empty."""

    person: Person
    current: Posting | None
    postings: list[Posting]
    managers: list[LineManagement]
    account: Account | None
    sees_detail: bool
    sees_access: bool
    keeps: bool
    invites: bool
    ends_access: bool


def person(by: Actor, person_id: uuid.UUID, *can: Can) -> Person | None:
    """The person, if this actor may see them and (where named) has one of these permissions over them."""
    found = Person.objects.visible_to(by).select_related("home_force").filter(pk=person_id).first()
    if found is None or (can and not _has(by, found, can)):
        return None
    return found


def _has(by: Actor, who: Person, cans: Iterable[Can]) -> bool:
    return any(by.reach(can).covers(who.home_force_id) for can in cans)


def page_of(by: Actor, who: Person) -> PersonPage:
    """The page of a person whom `by` may see. At most four statements."""
    detail = by.person_id == who.pk or _has(by, who, _DETAIL)
    sees_access = _has(by, who, _ACCESS)
    postings = list(who.postings.select_related("force", "team__base").order_by("-since"))
    managers = list(who.managed_by.select_related("manager").order_by("-since")) if detail else []
    current = next((row for row in postings if row.until is None), None)
    return PersonPage(
        person=who,
        current=current,
        postings=postings if detail else [],
        managers=managers,
        account=Account.objects.filter(person=who).first() if sees_access else None,
        sees_detail=detail,
        sees_access=sees_access,
        keeps=_has(by, who, [Can.KEEP_PEOPLE]),
        invites=_has(by, who, [Can.INVITE_TO_SIGN_IN]),
        ends_access=_has(by, who, [Can.END_ACCESS]) and by.person_id != who.pk,
    )


def reports_of(by: Actor, day: dt.date) -> list[str]:
    """The names of the actor's direct reports on that day, and nothing else about them (one statement)."""
    if by.person_id is None:
        return []
    rows = LineManagement.objects.filter(serving_on(day), manager_id=by.person_id).select_related("person")
    return [row.person.full_name for row in rows.order_by("person__family_name", "person__given_name")]


def account_of(by: Actor) -> Account | None:
    """The actor's own account."""
    if by.account_id is None:
        return None
    return Account.objects.select_related("person").filter(pk=by.account_id).first()


def forces_kept(by: Actor, day: dt.date) -> list[Force]:
    """The forces whose directory this actor keeps."""
    reach = by.reach(Can.KEEP_PEOPLE)
    standing = Force.objects.standing_on(day).order_by("name")
    return list(standing if reach.everywhere else standing.filter(pk__in=reach.forces))


def open_teams(forces: Iterable[Force]) -> list[Team]:
    """The teams that somebody can be posted to, with their base, by force and name."""
    teams = Team.objects.filter(force__in=list(forces), closed_on__isnull=True)
    return list(teams.select_related("base", "force").order_by("force__name", "name"))


def serving(force: Force, number: str) -> Person | None:
    """Who serves in that force under that number now."""
    posting = Posting.objects.select_related("person").filter(
        force=force, number__iexact=number.strip(), until__isnull=True
    )
    found = posting.first()
    return found.person if found else None


def manager_forces(who: Person, day: dt.date) -> list[Force]:
    """The forces in which a person's line manager may serve: their own, then those that it works with (R20)."""
    if who.home_force is None:
        return []
    return [who.home_force, *partners_on(who.home_force, day)]


def serve_together(one: Person, other: Person) -> bool:
    """True when both serve now, in one force or in two of one collaboration (R20)."""
    rows = dict(
        Posting.objects.filter(person__in=[one, other], until__isnull=True).values_list("person_id", "force_id")
    )
    if one.pk not in rows or other.pk not in rows:
        return False
    return rows[one.pk] == rows[other.pk] or collaborate(rows[one.pk], rows[other.pk])


def collaborate(one: uuid.UUID, other: uuid.UUID) -> bool:
    """True when the two forces are members of one collaboration now."""
    with_one = CollaborationMember.objects.filter(force_id=one, until__isnull=True).values("collaboration")
    return CollaborationMember.objects.filter(force_id=other, until__isnull=True, collaboration__in=with_one).exists()


def people_at(address: str, forces: Iterable[uuid.UUID] | None) -> list[Person]:
    """Who has that work address and serves in one of these forces; with None, anybody with that address.

    Exact, so that a register is never searched; people of the national body have no posting.
    """
    found = Person.objects.filter(work_email__iexact=address.strip()).select_related("home_force")
    if forces is not None:
        return list(found.filter(postings__until__isnull=True, postings__force_id__in=list(forces)))
    return list(found.filter(Q(home_force__isnull=True) | Q(postings__isnull=False, postings__until__isnull=True)))


def directory_subject(by: Actor, forces: set[uuid.UUID]) -> Force | None:
    """Which force's directory an import is about: the actor's own, or the only one in the file; None for several."""
    reach = by.reach(Can.KEEP_PEOPLE)
    if reach.everywhere:
        return Force.objects.filter(pk__in=forces).first() if len(forces) == 1 else None
    named = sorted(forces & reach.forces) or sorted(reach.forces)
    return Force.objects.filter(pk=by.force_id if by.force_id in named else named[0]).first() if named else None
