"""The pages about groups in words: what a template needs, put together."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.care.duty.slots import Found, Slot, Zone
from standdown.care.grouping import words
from standdown.care.grouping.policy import Group, Member, Sizes
from standdown.care.grouping.scene import Scene, Sitting
from standdown.care.incidents import guards
from standdown.design.times import day_time, distance_words, long_date
from standdown.foundation.clock import london_day

CHECK_AT_LEAST = 2  # people, for the question whether two may share a room
A_DAY, AT_MOST = 3, 12  # times that are shown
OPEN_AT_MOST = 12  # groups with their people


@dataclass(frozen=True, slots=True)
class Name:
    """One person of a group."""

    name: str
    role: str
    team: str
    move: str = ""  # the address of the page that moves them; empty where they stay


@dataclass(frozen=True, slots=True)
class Card:
    """A group, or one person one to one."""

    title: str
    why: str | Promise
    notes: list[str]  # sentences
    people: list[Name]
    facts: str = ""
    state: str = ""
    tone: str = "plain"
    held_back: bool = False
    key: uuid.UUID | None = None
    open: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The groups of one incident: what is proposed, what stands, and what stops groups."""

    reference: str
    what: str
    blocked: str | Promise
    proposed: list[Card]
    joining: list[str]
    fingerprint: str
    standing: list[Card]
    to_place: int
    can_check: bool
    taken_back: list[uuid.UUID]  # the planned sessions that one button takes back

    @property
    def many(self) -> bool:
        """True where the groups are more than can be looked over at a glance: each is folded then."""
        return len(self.proposed) + len(self.standing) > OPEN_AT_MOST

    @property
    def held_back(self) -> list[Card]:
        """The groups that a guard holds back."""
        return [card for card in self.standing if card.held_back]


def page(now: Scene) -> Page:
    """The page of an incident's groups."""
    plan, numbers = now.plan, {one.session.pk: one.session.number for one in now.sittings}
    thin = now.thin
    return Page(
        reference=now.incident.reference,
        what=now.incident.category.words,
        blocked=guards.WORDS[now.blocked] if now.blocked else "",
        proposed=[_proposed(now, group) for group in plan.groups],
        joining=[
            _("%(name)s joins group %(number)s.")
            % {"name": _person(now, member).name, "number": numbers[group]}
            for group, member in plan.joining
        ],
        fingerprint=plan.fingerprint,
        standing=[_standing(now, one) for one in now.sittings if one not in thin],
        to_place=len(now.to_place) + sum(len(one.members) for one in thin),
        can_check=len(now.exposures) >= CHECK_AT_LEAST,
        taken_back=[one.session.pk for one in now.sittings if one.open],
    )  # fmt: skip


def _person(now: Scene, member: Member, move: str = "") -> Name:
    exposure = now.exposures[member.key]
    return Name(exposure.person.full_name, exposure.role.words, now.teams.get(member.person, ""), move)


def title(people: int) -> str:
    """What a session is called by how many are in it."""
    if people == 1:
        return _("One to one")
    return ngettext("Group of %(count)s", "Group of %(count)s", people) % {"count": people}


def _by_name(people: Iterable[Name]) -> list[Name]:
    return sorted(people, key=lambda one: (one.team, one.name))


def _proposed(now: Scene, group: Group) -> Card:
    people = _by_name(_person(now, one) for one in group.members)
    notes = [str(words.MIXED)] if group.mixed else []
    return Card(title(len(people)), words.WHY_SENTENCES[group.why.value], notes + _size(len(people), now.sizes), people)


def _standing(now: Scene, one: Sitting) -> Card:
    session, ways = one.session, _moves(one)
    people = _by_name(_person(now, member, ways.get(member.key, "")) for member in one.members)
    group = session.kind == session.Kind.GROUP
    led = session.defuser.full_name if session.defuser else ""
    when = day_time(session.starts_at) if session.starts_at else ""
    facts = [when, _("led by %(name)s") % {"name": led} if led else ""]
    return Card(
        title=_("%(number)s: %(title)s") % {"number": session.number, "title": title(len(people))},
        why=words.WHY_SENTENCES[session.why_apart],
        notes=_size(len(people), now.sizes) if group else [],
        people=people,
        facts=", ".join(fact for fact in facts if fact),
        state=session.get_state_display(),
        tone={"booked": "done", "accepted": "calm", "asked": "calm"}.get(session.state, "due"),
        held_back=group and now.blocked is not None,
        key=session.pk,
        open=one.open,
    )


def _moves(one: Sitting) -> dict[uuid.UUID, str]:
    if not one.open:
        return {}
    seats = one.session.attendees.all()
    return {
        seat.exposure_id: reverse("grouping:move", args=[seat.pk]) for seat in seats if seat.left_at is None
    }  # fmt: skip


def _size(people: int, sizes: Sizes) -> list[str]:
    usual = {"least": sizes.typical_from, "most": sizes.typical_to}
    if sizes.least <= people < sizes.typical_from:
        return [_("Smaller than the usual %(least)s to %(most)s, which is allowed.") % usual]
    if people > sizes.typical_to:
        return [_("Larger than the usual %(least)s to %(most)s, which is allowed.") % usual]
    return []


def places(now: Scene, but: uuid.UUID) -> list[tuple[str, str, str]]:
    """Where somebody may be moved: key, title and who sits there, of each planned session but their own."""
    return [
        (
            str(one.session.pk),
            _("%(number)s: %(title)s") % {"number": one.session.number, "title": title(len(one.members))},
            ", ".join(name.name for name in _by_name(_person(now, member) for member in one.members)),
        )
        for one in now.sittings
        if one.open and one.session.pk != but
    ]


def people(now: Scene) -> list[tuple[str, str]]:
    """Everybody of the incident who is to be defused, by name, to choose two of them."""
    named = [(str(key), one.person.full_name) for key, one in now.exposures.items()]
    return sorted(named, key=lambda pair: (pair[1], pair[0]))


# -- times -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Time:
    """A time at which a session could be, or nearly."""

    when: str
    day: str
    away: str
    zone: str | Promise
    tone: str
    facts: list[str]


@dataclass(frozen=True, slots=True)
class Times:
    """The times of a session, best first; else the nearest, and what stands in the way."""

    possible: list[Time]
    nearly: list[Time]
    looked_at: int
    rules: list[tuple[str | Promise, int]]
    helps: str | Promise


def times(found: Found, people: int, at: dt.datetime) -> Times:
    """The times in words; `people` is how many are to come."""
    helps = found.helps_most
    return Times(
        possible=[
            _time(one.starts, one.zone, _who(one.on_duty, people, one.unknown, one.defusers), at)
            for one in _spread(found.slots)
        ],
        nearly=[_time(one.starts, one.zone, _kept(one.kept.items()), at) for one in found.nearly],
        looked_at=found.looked_at,
        rules=[(words.TIME_RULES[rule], number) for rule, number in found.stopped.items()],
        helps=words.RELAXING[helps] if helps else "",
    )


def _spread(slots: Sequence[Slot]) -> list[Slot]:
    """The best times, but a few of each day only, so that there is a choice of days."""
    shown: Counter[dt.date] = Counter()
    found: list[Slot] = []
    for one in slots:
        day = london_day(one.starts)
        if shown[day] < A_DAY and len(found) < AT_MOST:
            shown[day] += 1
            found.append(one)
    return found


def _time(starts: dt.datetime, zone: Zone, facts: Sequence[str], at: dt.datetime) -> Time:
    return Time(
        day_time(starts), long_date(starts), distance_words(starts, at), words.ZONES[zone], words.ZONE_TONES[zone],
        [fact for fact in facts if fact],
    )  # fmt: skip


def _who(on_duty: int, people: int, unknown: int, leaders: int) -> list[str]:
    known = {"number": on_duty, "all": people}
    return [
        _("%(number)s of %(all)s are on duty") % known if people > 1 else _("On duty") if on_duty else _("Off duty"),
        ngettext("duty of %(count)s is not known", "duty of %(count)s is not known", unknown) % {"count": unknown}
        if unknown
        else "",
        ngettext("%(count)s defuser could lead it", "%(count)s defusers could lead it", leaders) % {"count": leaders},
    ]


def _kept(kept: Iterable[tuple[object, int]]) -> list[str]:
    return [
        _("%(rule)s: %(number)s") % {"rule": words.TIME_RULES[rule], "number": number}  # type: ignore[index]
        for rule, number in kept
    ]
