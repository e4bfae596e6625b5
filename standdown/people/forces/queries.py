"""Reads about forces: looking one up by any of its words, and what the pages show."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from standdown.foundation.access import Actor
from standdown.people.forces import policy
from standdown.people.forces.models import (
    Base,
    Collaboration,
    CollaborationMember,
    Force,
    ForceAlias,
    ForceName,
    Succession,
    Team,
)
from standdown.people.forces.refusals import SeveralForces

# -- looking up ---------------------------------------------------------------------------------------------------


class ForceIndex:
    """Every force under every word for it, read once, so that a file of many rows asks the database four times."""

    def __init__(self, day: dt.date) -> None:
        self._day = day
        self._forces = {force.slug: force for force in Force.objects.order_by("slug")}
        self._successions = list(Succession.objects.values_list("origin__slug", "successor__slug", "since"))
        self._slugs: dict[str, list[str]] = {}
        for words in self._levels():
            level: dict[str, list[str]] = {}
            for word, slug in words:
                if word and slug not in level.setdefault(policy.key(word), []):
                    level[policy.key(word)].append(slug)
            # What stands nearer to the force (its address, its names of today) wins over what it was once called.
            self._slugs = level | self._slugs

    def _levels(self) -> list[list[tuple[str, str]]]:
        forces = self._forces.values()
        old_names = ForceName.objects.values_list("name", "short_name", "welsh_name", "force__slug")
        return [
            [(force.slug, force.slug) for force in forces],
            [(force.ons_code, force.slug) for force in forces],
            [(word, force.slug) for force in forces for word in (force.name, force.short_name, force.welsh_name)],
            list(ForceAlias.objects.values_list("alias", "force__slug")),
            [(word, slug) for *words, slug in old_names for word in words],
        ]

    def owners(self, word: str) -> list[Force]:
        """The forces that the word itself means, whatever became of them."""
        return [self._forces[slug] for slug in self._slugs.get(policy.key(word), [])]

    def find(self, word: str) -> Force | None:
        """The force that the word means on the index's day; None when it means none.

        Follows mergers and splits. Raises SeveralForces when the word leads to more than one force.
        """
        found: list[str] = []
        for slug in self._slugs.get(policy.key(word), []):
            found.extend(one for one in policy.successors_on(self._day, slug, self._successions) if one not in found)
        if len(found) > 1:
            raise SeveralForces(word, (self._forces[slug].name for slug in found))
        return self._forces[found[0]] if found else None


def find_force(word: str, day: dt.date) -> Force | None:
    """The force meant on `day` by a slug, name, short name, Welsh name, alias or ONS code, whatever its capitals.

    Follows mergers and splits up to that day. Raises SeveralForces when the word leads to more than one.
    For many words make one ForceIndex.
    """
    return ForceIndex(day).find(word)


def successors(force: Force, day: dt.date) -> list[Force]:
    """The forces that stand on `day` where this one stood; the force itself when none has followed it."""
    steps = list(Succession.objects.values_list("origin__slug", "successor__slug", "since"))
    slugs = policy.successors_on(day, force.slug, steps)
    return sorted(Force.objects.filter(slug__in=slugs), key=lambda one: slugs.index(one.slug))


def called(names: list[ForceName]) -> list[policy.Called]:
    """Stored names as the rules see them."""
    return [policy.Called(one.since, one.name, one.short_name, one.welsh_name) for one in names]


def name_on(force: Force, day: dt.date) -> policy.Called:
    """What the force is, was or will be called on that day (R19). The name in the force's own row is that of today."""
    return policy.name_on(day, called(list(force.names.all())))


def overtaken(day: dt.date) -> list[Force]:
    """The forces whose row still holds the name of yesterday although a new one has come into effect by `day`."""
    forces = Force.objects.filter(names__since__lte=day).distinct().prefetch_related("names")
    return [
        force
        for force in forces
        if not policy.name_on(day, called(list(force.names.all()))).same_words(
            policy.Called(None, force.name, force.short_name, force.welsh_name)
        )
    ]


# -- pages --------------------------------------------------------------------------------------------------------


def visible(by: Actor) -> QuerySet[Force]:
    """The forces that this actor may open."""
    return Force.objects.visible_to(by)


def regions() -> list[str]:
    """The regions that forces lie in."""
    return list(Force.objects.exclude(region="").order_by("region").values_list("region", flat=True).distinct())


def without_end() -> list[Force]:
    """The forces whose end is not recorded, to come ones included: those that can merge, split or work together."""
    return list(Force.objects.filter(stood_down__isnull=True).order_by("name"))


def chosen(slugs: list[str]) -> list[Force]:
    """The forces that a form names, out of those that it offers, in the order of the list."""
    return [force for force in without_end() if force.slug in slugs]


def register(
    by: Actor, *, day: dt.date, region: str = "", home_office: bool | None = None, ended: bool = False
) -> list[Force]:
    """The forces that this actor may see, narrowed down: those that stand or come; `ended`: those no more."""
    gone = Q(stood_down__isnull=False, stood_down__lte=day)
    forces = visible(by).filter(gone if ended else ~gone)
    if region:
        forces = forces.filter(region=region)
    if home_office is not None:
        forces = forces.filter(home_office=home_office)
    return list(forces.order_by("name"))


@dataclass(frozen=True, slots=True)
class Passage:
    """A force that stood before this one, or follows it, from a day on."""

    force: Force
    kind: str
    since: dt.date


@dataclass(frozen=True, slots=True)
class ForcePage:
    """What the page of one force shows."""

    force: Force
    stands: bool
    names: list[ForceName]
    aliases: list[ForceAlias]
    follows: list[Passage]
    followed_by: list[Passage]
    collaborations: list[CollaborationMember]
    bases: list[Base]
    teams: list[Team]  # those without a base


def page(force: Force, day: dt.date) -> ForcePage:
    """Everything about one force; seven statements whatever its size."""
    steps = Succession.objects.filter(Q(origin=force) | Q(successor=force)).select_related("origin", "successor")
    passages = list(steps.order_by("since", "id"))
    members = CollaborationMember.objects.filter(force=force).select_related("collaboration")
    return ForcePage(
        force=force,
        stands=policy.Span(force.stood_up, force.stood_down).holds_on(day),
        names=list(force.names.all()),
        aliases=list(force.aliases.all()),
        follows=[
            Passage(one.origin, one.get_kind_display(), one.since) for one in passages if one.successor_id == force.pk
        ],
        followed_by=[
            Passage(one.successor, one.get_kind_display(), one.since) for one in passages if one.origin_id == force.pk
        ],
        collaborations=list(members.order_by("since")),
        bases=list(force.bases.prefetch_related("teams")),
        teams=list(force.teams.filter(base__isnull=True)),
    )


def open_bases(force: Force) -> list[Base]:
    """The bases that a new team may stand in."""
    return list(force.bases.filter(closed_on__isnull=True))


def bases_of(force: Force) -> QuerySet[Base]:
    """The force's bases, open and closed."""
    return Base.objects.filter(force=force)


def teams_of(force: Force) -> QuerySet[Team]:
    """The force's teams, open and closed."""
    return Team.objects.filter(force=force)


def aliases_of(force: Force) -> QuerySet[ForceAlias]:
    """The other words for the force."""
    return ForceAlias.objects.filter(force=force)


def collaborations() -> QuerySet[Collaboration]:
    """Every collaboration with its members, past and present, in order."""
    members = CollaborationMember.objects.select_related("force").order_by("since", "force__name")
    return Collaboration.objects.prefetch_related(Prefetch("members", queryset=members))


def members_of(collaboration: uuid.UUID) -> QuerySet[CollaborationMember]:
    """The members of one collaboration, past and present."""
    return CollaborationMember.objects.filter(collaboration_id=collaboration).select_related("force", "collaboration")


def partners_on(force: Force, day: dt.date) -> list[Force]:
    """The other forces that work together with this one on that day (R20); each keeps its own register."""
    open_then = Q(until__isnull=True) | Q(until__gt=day)
    ours = CollaborationMember.objects.filter(open_then, force=force, since__lte=day).values("collaboration")
    theirs = CollaborationMember.objects.filter(open_then, collaboration__in=ours, since__lte=day).values("force")
    return list(Force.objects.standing_on(day).filter(pk__in=theirs).exclude(pk=force.pk).order_by("name"))
