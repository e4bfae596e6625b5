"""What the pages about a wish to be trained show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from standdown.foundation import clock
from standdown.foundation.access import Actor
from standdown.people.models import Base, Person
from standdown.training.courses.models import Course
from standdown.training.interest import policy, queries, sentences
from standdown.training.interest.forms import LINE_MANAGER, PEER_SUPPORTER
from standdown.training.interest.models import Interest
from standdown.training.interest.policy import No
from standdown.training.interest.queries import Told, WhoHears


@dataclass(frozen=True, slots=True)
class Telling:
    """The page on which somebody tells their lead, or reads why they cannot."""

    person: Person
    no: No | None
    why: str  # in words, why they cannot; empty when they can
    hears: WhoHears
    told: list[Interest]
    courses: list[Course] = field(default_factory=list)
    bases: list[Base] = field(default_factory=list)
    initial: dict[str, object] = field(default_factory=dict)

    @property
    def may_ask_for_adoption(self) -> bool:
        """True when the force has not adopted, so that somebody may say without a name that it should."""
        return self.no is No.NOT_ADOPTED

    @property
    def other(self) -> str:
        """Whom to turn to in a force without a wellbeing lead."""
        return "" if self.hears.leads else turn_to(self.hears)

    @property
    def force(self) -> str:
        """The person's force by name; empty for people of the national body."""
        return self.person.home_force.name if self.person.home_force else ""


def telling(by: Actor, at: dt.datetime) -> Telling | None:
    """What the actor may tell; None for who is no person. About ten statements."""
    person, day = queries.of_person(by), clock.london_day(at)
    if person is None:
        return None
    told = queries.own_open(by)
    courses = [one for one in queries.courses() if one.pk not in {had.course_id for had in told}]
    says = queries.directory_says(person, day)
    hears = queries.who_hears(person.home_force_id, day)
    if not courses:
        words = sentences.CannotTell(No.ALREADY).sentence if told else _("There is no course to ask for at the moment.")
        return Telling(person, No.ALREADY if told else None, str(words), hears, told)
    # Which part they play is asked on the page, so that here it speaks against nobody.
    no = policy.why_not(queries.teller(person, courses[0].pk, day, line_manager=True, peer_supporter=True))
    if no is not None:
        return Telling(person, no, str(sentences.CannotTell(no).sentence), hears, told)
    part = [word for word, known in zip((LINE_MANAGER, PEER_SUPPORTER), says.values(), strict=True) if known]
    initial: dict[str, object] = {"part": part, "base": str(queries.own_base(person, day) or "")}
    return Telling(person, None, "", hears, told, courses, queries.bases(person.home_force_id), initial)


def nobody_told(hears: WhoHears) -> str:
    """Why nobody could be told, and whom to turn to."""
    if hears.leads:
        first = _("Your wish is kept, but no message reaches your wellbeing lead, so please tell them yourself.")
    else:
        first = _("Your wish is kept, but nobody holds the post of wellbeing lead in your force at the moment.")
    return _("%(first)s %(then)s") % {"first": first, "then": turn_to(hears)}


def turn_to(hears: WhoHears) -> str:
    """Whom to turn to where there is no wellbeing lead to speak to."""
    if hears.others:
        return _("You can also turn to %(name)s, who runs the programme in your force.") % {
            "name": hears.others[0].full_name
        }
    return _("The national team looks out for posts that are vacant; whoever is appointed will see your wish.")


# -- the lead's list --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NameList:
    """Names under one heading."""

    title: str
    names: list[Told]


def lists(names: Sequence[Told]) -> list[NameList]:
    """Those who wait for an answer, and those kept for later; an empty one is left out."""
    held = Interest.State.HELD
    parts = (
        (_("Waiting for your decision"), [one for one in names if one.interest.state != held]),
        (_("Kept for a later date"), [one for one in names if one.interest.state == held]),
    )
    return [NameList(title, found) for title, found in parts if found]


@dataclass(frozen=True, slots=True)
class StateOf:
    """How one name stands."""

    open: bool
    held: bool
    words: str


def state_of(one: Told) -> StateOf:
    """How the name stands, in words."""
    state = one.interest.state
    waits = state == Interest.State.OPEN
    words = _("Waits for your decision") if waits else str(Interest.State(state).label)
    return StateOf(state in policy.OPEN, state == Interest.State.HELD, words)
