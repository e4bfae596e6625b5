"""What the screens of the register show."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.utils.functional import Promise

from standdown.foundation.access import Actor, Can
from standdown.people.accounts.models import Person, Posting
from standdown.people.forces.models import Force
from standdown.people.qualifications import policy, words
from standdown.people.qualifications.models import Qualification, RegisterMove, Skill, StandDown
from standdown.people.qualifications.policy import State
from standdown.people.qualifications.practice import practice_of

PAGE = 50
_MOST_WORDS = 6
_PIECE = 400  # people asked about in one statement
_BY_NAME = ("person__family_name", "person__given_name", "id")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Held:
    """A skill that somebody has, or several that end together: until when, and how they stand."""

    skill: str | Promise
    valid_until: dt.date
    state: str | Promise
    tone: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the register: a person who serves, where, and what they are qualified for."""

    id: uuid.UUID
    name: str
    number: str
    team: str
    base: str
    held: list[Held]
    until: dt.date | None = None  # where the list is about one skill


@dataclass(frozen=True, slots=True)
class Page:
    """Fifty lines, and how many there are in all."""

    people: list[Listed]
    count: int
    number: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.count // PAGE))


def _on_register(by: Actor) -> QuerySet[Qualification]:
    """What stands on the registers that this actor sees for their work."""
    reach = by.reach(Can.SEE_QUALIFICATIONS)
    return Qualification.objects.visible_to(by).standing().filter(force__in=reach.forces)


def _serving(by: Actor, words_asked: str) -> QuerySet[Posting]:
    """The postings of today in the forces whose registers this actor sees, narrowed by words."""
    postings = Posting.objects.filter(until__isnull=True, force__in=by.reach(Can.SEE_QUALIFICATIONS).forces)
    for word in words_asked.split()[:_MOST_WORDS]:
        postings = postings.filter(
            Q(person__given_name__icontains=word)
            | Q(person__family_name__icontains=word)
            | Q(team__name__icontains=word)
            | Q(team__base__name__icontains=word)
            | Q(number__istartswith=word)
        )
    return postings.select_related("person", "team__base")


def _cut(rows: QuerySet[M], page: int) -> tuple[list[M], int, int]:
    count = rows.count()
    number = min(max(page, 1), max(1, -(-count // PAGE)))
    return list(rows[(number - 1) * PAGE : number * PAGE]), count, number


def _away(day: dt.date) -> QuerySet[StandDown]:
    return StandDown.objects.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


def _whose(by: Actor, rows: QuerySet[Qualification]) -> Q:
    """The postings of whom these rows are about, each in the force on whose register the row is.

    A force at a time and not row by row: SQLite would ask the register anew for each of 40,000 postings.
    """
    found = Q(pk__in=[])
    for force in sorted(by.reach(Can.SEE_QUALIFICATIONS).forces):
        found |= Q(force=force, person__in=rows.filter(force=force).values("person"))
    return found


def _in_state(rows: QuerySet[Qualification], state: str, day: dt.date) -> QuerySet[Qualification]:
    soon = day + policy.WARNED_AHEAD
    stands = {
        State.CURRENT.value: Q(valid_until__gt=day),
        State.LAPSING.value: Q(valid_until__gt=day, valid_until__lte=soon),
        State.LAPSED.value: Q(valid_until__lte=day),
        State.AWAY.value: Q(valid_until__gt=day),
    }
    rows = rows.filter(stands[state]) if state in stands else rows
    gone = _away(day).values("person")
    if state == State.AWAY:
        return rows.filter(person__in=gone)
    return rows.exclude(person__in=gone) if state in {State.CURRENT, State.LAPSING} else rows


def register(
    by: Actor, day: dt.date, *, skill: str = "", state: str = "", words_asked: str = "", page: int = 1
) -> Page:
    """Who serves in the actor's forces and is on their register: by name, with each skill and how it stands.

    Narrowed by skill, by state (policy.State) and by words of the name, team or base. Four statements.
    """
    rows = _on_register(by).filter(skill=skill) if skill else _on_register(by)
    postings = _serving(by, words_asked).filter(_whose(by, _in_state(rows, state, day))).order_by(*_BY_NAME)
    found, count, number = _cut(postings, page)
    return Page(_lines(found, rows, day), count, number)


def register_of(
    by: Actor, force: Force, day: dt.date, *, skill: str = "", state: str = "", words_asked: str = ""
) -> list[Listed]:
    """The register of one of the actor's forces, whole: the lines of `register`, narrowed in the same way."""
    rows = _on_register(by).filter(force=force)
    rows = rows.filter(skill=skill) if skill else rows
    asked = _in_state(rows, state, day).values("person")
    postings = list(_serving(by, words_asked).filter(force=force, person__in=asked).order_by(*_BY_NAME))
    pieces = (postings[start : start + _PIECE] for start in range(0, len(postings), _PIECE))
    return [line for piece in pieces for line in _lines(piece, rows, day)]


def _lines(found: Sequence[Posting], rows: QuerySet[Qualification], day: dt.date) -> list[Listed]:
    """Who these postings are of, each with what they hold of these rows. Two statements."""
    people = [one.person_id for one in found]
    gone = set(_away(day).filter(person__in=people).values_list("person", flat=True))
    held: dict[uuid.UUID, list[Held]] = {}
    for row in rows.filter(person__in=people, force__in={one.force_id for one in found}):
        held.setdefault(row.person_id, []).append(_held(row, day, away=row.person_id in gone))
    return [_listed(one, _together(held.get(one.person_id, []))) for one in found]


def _together(held: list[Held]) -> list[Held]:
    """Skills of one course end on one day: one line for them."""
    lines: dict[tuple[dt.date, str], Held] = {}
    for one in held:
        key = (one.valid_until, str(one.state))
        lines[key] = replace(one, skill=f"{lines[key].skill}, {one.skill}") if key in lines else one
    return list(lines.values())


def _held(row: Qualification, day: dt.date, *, away: bool) -> Held:
    state = policy.state(row.valid_until, day, away=away)
    return Held(Skill(row.skill).label, row.valid_until, words.STATES[state], words.TONES[state])


def _listed(posting: Posting, held: list[Held], until: dt.date | None = None) -> Listed:
    team = posting.team
    return Listed(
        id=posting.person_id,
        name=posting.person.full_name,
        number=posting.number,
        team=team.name if team else "",
        base=team.base.name if team and team.base else "",
        held=held,
        until=until,
    )


def able(by: Actor, day: dt.date, *, words_asked: str = "", page: int = 1) -> Page:
    """Who can defuse on that day in the actor's forces, by base, team and name (R54). Three statements.

    Who stood down is not among them, and nothing says why.
    """
    rows = _on_register(by).filter(skill=Skill.DEFUSE, valid_from__lte=day)
    can = _whose(by, _in_state(rows, State.CURRENT, day))
    postings = _serving(by, words_asked).filter(can).order_by(
        F("team__base__name").asc(nulls_last=True), F("team__name").asc(nulls_last=True),
        "person__family_name", "person__given_name", "id",
    )  # fmt: skip
    found, count, number = _cut(postings, page)
    until = dict(rows.filter(person__in=[one.person_id for one in found]).values_list("person_id", "valid_until"))
    return Page([_listed(one, [], until[one.person_id]) for one in found], count, number)


# -- one person ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Own:
    """One of a person's qualifications, in words."""

    skill: str | Promise
    valid_until: dt.date
    state: str | Promise
    tone: str
    keeps: str  # what keeps it current, or what is to be done
    elsewhere: str = ""  # the register that it stands on, where that is not the person's own force's


def of_person(by: Actor, person: Person, day: dt.date) -> list[Own]:
    """The standing qualifications of a person that this actor may see, in words. Three statements."""
    rows = Qualification.objects.visible_to(by).standing().filter(person=person).select_related("force")
    return _in_words(list(rows), person.pk, person.home_force_id, day)


def own(by: Actor, day: dt.date) -> list[Own]:
    """The actor's own qualifications, in words. Three statements."""
    if by.person_id is None:
        return []
    rows = Qualification.objects.visible_to(by).standing().filter(person=by.person_id).select_related("force")
    return _in_words(list(rows), by.person_id, by.force_id, day)


def _in_words(rows: Sequence[Qualification], person: uuid.UUID, force: uuid.UUID | None, day: dt.date) -> list[Own]:
    if not rows:
        return []
    events, away = practice_of([person])[person], _away(day).filter(person=person).exists()
    found = []
    for row in rows:
        held = _held(row, day, away=away)
        register_of = row.force.name if row.force and row.force_id != force else ""
        found.append(
            Own(held.skill, row.valid_until, held.state, held.tone, words.keeping(row, events, day), register_of)
        )
    return found


def away_from(person_id: uuid.UUID, day: dt.date) -> StandDown | None:
    """The time for which somebody stood down that is not over on that day, the first of them; None for none."""
    rows = StandDown.objects.filter(Q(until__isnull=True) | Q(until__gt=day), person=person_id)
    return rows.exclude(until=F("since")).first()


def own_move(by: Actor) -> RegisterMove | None:
    """The actor's latest move to another force's register, if it is to where they serve and was not approved."""
    if by.person_id is None:
        return None
    moves = RegisterMove.objects.filter(person=by.person_id).select_related("from_force", "to_force", "person")
    move = moves.order_by("-asked_at", "-id").first()
    return move if move and not move.approved and move.to_force_id == by.force_id else None


# -- whose register -----------------------------------------------------------------------------------------------


def forces_of(by: Actor, can: Can) -> list[Force]:
    """The forces in which this actor has that permission, by name. One statement."""
    return list(Force.objects.filter(pk__in=by.reach(can).forces).order_by("name"))
