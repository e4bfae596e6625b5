"""With whom people have their talk before off duty: their line manager, or somebody else where that cannot be."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from standdown.care.exposures import numbers, policy
from standdown.care.exposures.numbers import pieces
from standdown.care.wishes import queries as wishes
from standdown.foundation import clock
from standdown.people.accounts.models import serving_on
from standdown.people.models import LineManagement, Posting, Qualification
from standdown.people.qualifications.models import Skill

Key = uuid.UUID
_PEERS = (Skill.DEMOBILISE.value, Skill.PEER_SUPPORT.value)


def of(people: Sequence[Key], force_id: Key, exposed: Collection[Key], at: dt.datetime) -> dict[Key, Key | None]:
    """Who talks with each of these people of one force; None where the coordinator has to find somebody (R67, R71).

    In this order: the line manager, another supervisor of the same team, the manager's own manager, a peer supporter of
    the team who is trained for it; never anybody who was exposed to it, who has left, or whom the person excluded.
    Six statements for each 500 people, and one for each 500 who come into question.
    """
    day = clock.london_day(at)
    found = _Around(people, force_id, day)
    serving = numbers.serving_in(force_id, sorted(found.all()))
    shut_out = _excluded(people)
    out = set(exposed) | (found.all() - serving)
    return {one: policy.first_free(found.around(one), out | shut_out.get(one, set()) | {one}) for one in people}


class _Around:
    """Who stands around each of these people: read at once."""

    def __init__(self, people: Sequence[Key], force_id: Key, day: dt.date) -> None:
        self.team = _teams(people, force_id)
        self.manager = _managers(people, day)
        self.above = _managers(sorted(set(self.manager.values())), day)
        teams = sorted({team for team in self.team.values() if team is not None})
        self.of_team = _supervising(teams, day)
        self.peers = _peers(teams, force_id, day)

    def around(self, one: Key) -> Iterable[Key]:
        """In the order in which they are asked."""
        manager, team = self.manager.get(one), self.team.get(one)
        if manager is not None:
            yield manager
        if team is not None:
            yield from self.of_team.get(team, ())
        if manager is not None and manager in self.above:
            yield self.above[manager]
        if team is not None:
            yield from self.peers.get(team, ())

    def all(self) -> set[Key]:
        """Everybody who comes into question for anybody."""
        listed = [*self.of_team.values(), *self.peers.values()]
        return {*self.manager.values(), *self.above.values(), *(one for several in listed for one in several)}


def _teams(people: Sequence[Key], force_id: Key) -> dict[Key, Key | None]:
    found: dict[Key, Key | None] = {}
    for piece in pieces(people):
        rows = Posting.objects.filter(force=force_id, until__isnull=True, person__in=piece).order_by()
        found.update(rows.values_list("person_id", "team_id"))
    return found


def _managers(people: Sequence[Key], day: dt.date) -> dict[Key, Key]:
    found: dict[Key, Key] = {}
    for piece in pieces(people):
        rows = LineManagement.objects.filter(serving_on(day), person__in=piece).order_by()
        found.update(rows.values_list("person_id", "manager_id"))
    return found


def _supervising(teams: Sequence[Key], day: dt.date) -> dict[Key, list[Key]]:
    """Who manages somebody of each team, whoever manages most of it first."""
    counted: dict[Key, dict[Key, int]] = defaultdict(lambda: defaultdict(int))
    for piece in pieces(teams):
        rows = LineManagement.objects.filter(
            serving_on(day), person__postings__until__isnull=True, person__postings__team__in=piece
        )
        for team, manager in rows.order_by().values_list("person__postings__team_id", "manager_id"):
            counted[team][manager] += 1
    return {team: sorted(by, key=lambda one: (-by[one], one)) for team, by in counted.items()}


def _peers(teams: Sequence[Key], force_id: Key, day: dt.date) -> dict[Key, list[Key]]:
    """Who of each team is trained for the talk and has not stood down."""
    found: dict[Key, list[Key]] = defaultdict(list)
    for piece in pieces(teams):
        rows = Qualification.objects.able_on(day).filter(
            skill__in=_PEERS, force=force_id, person__postings__until__isnull=True, person__postings__team__in=piece
        )
        told = rows.order_by("person_id").values_list("person__postings__team_id", "person_id")
        for team, person in told.distinct():
            found[team].append(person)
    return found


def _excluded(people: Sequence[Key]) -> dict[Key, set[Key]]:
    found: dict[Key, set[Key]] = defaultdict(set)
    for piece in pieces(people):
        for person, excluded in wishes.excluded_pairs(piece):
            found[person].add(excluded)
    return found
