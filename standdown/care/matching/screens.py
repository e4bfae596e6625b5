"""What the page shows on which a coordinator finds somebody to lead a session."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.care.defusing.models import Ask, Defusing
from standdown.care.matching import queries, reasons, words
from standdown.care.matching.policy import RELAXABLE, Candidate, Found, Part
from standdown.care.matching.queries import Looked
from standdown.care.matching.spans import bits
from standdown.care.programme.models import Programme
from standdown.design.times import day_time, when_words
from standdown.foundation.access import Actor
from standdown.people.models import Posting

SHOWN = 6
_MANY = 100  # names on the page by hand


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody who could lead the session: who, where they serve, when, and why them."""

    person: uuid.UUID
    name: str
    place: str
    starts: int  # seconds since 1970, as the form sends them back
    when: str
    reasons: Sequence[str]
    times: Sequence[tuple[int, str]] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who is asked already, or said yes."""

    key: uuid.UUID
    name: str
    words: str
    reasons: Sequence[str]
    open: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the page."""

    session: Defusing
    title: str
    back: str
    facts: Sequence[tuple[str, str]]
    asked: Sequence[Asked]
    cards: Sequence[Card]
    possible: int
    late: bool  # they could lead it only after the window
    removed: Sequence[tuple[str | Promise, int]] = ()
    helps: Sequence[str] = field(default_factory=list)
    looking: bool = True
    no_time: bool = False  # no time suits the group at all
    held_back: str = ""  # why a group cannot be held now, and nobody is asked to lead it


def find(by: Actor, of: Defusing, at: dt.datetime) -> Page:
    """The shortlist, why the others not, and where nobody can: what would help. Twenty statements."""
    asks = queries.standing_asks(of)
    looked = queries.look(of, by, at, asks)
    if looked is None:
        return _page(of, asks, at, None)
    return _page(of, asks, at, looked, cards=_cards(of, looked, looked.possible[:SHOWN], at))


def by_hand(by: Actor, of: Defusing, at: dt.datetime, asked_for: str) -> Page:
    """Everybody whom the rules allow, with every time at which they could, by name; narrowed by words of the name."""
    asks = queries.standing_asks(of)
    looked = queries.look(of, by, at, asks)
    if looked is None:
        return _page(of, asks, at, None)
    cards = _cards(of, looked, looked.possible, at, every=True)
    sought = asked_for.casefold().split()
    kept = [one for one in cards if all(word in f"{one.name} {one.place}".casefold() for word in sought)]
    return _page(of, asks, at, looked, cards=sorted(kept, key=lambda one: (one.name.casefold(), one.person))[:_MANY])


def _title(of: Defusing, looked: Looked | None) -> str:
    if looked is not None and looked.part is Part.SECOND:
        return _("Find somebody to help lead session %(number)s") % {"number": of.number}
    return _("Find somebody to lead session %(number)s") % {"number": of.number}


def _page(
    of: Defusing, asks: Sequence[Ask], at: dt.datetime, looked: Looked | None, cards: Sequence[Card] = ()
) -> Page:
    programme = of.incident.programme
    page: dict[str, Any] = {
        "session": of, "title": _title(of, looked),
        "back": reverse("boards:incident", args=[of.incident_id]), "facts": _facts(of, looked, at),
        "asked": [_asked(one, programme, at) for one in asks], "held_back": queries.held_back(of),
    }  # fmt: skip
    if looked is None:
        return Page(**page, cards=(), possible=0, late=False, looking=False)
    return Page(
        **page, cards=cards, possible=len(looked.possible), removed=words.removed(looked.found, programme),
        late=not looked.found.candidates and looked.afterwards is not None, helps=_helps(looked, programme),
        no_time=not looked.group.suits,
    )  # fmt: skip


def _facts(of: Defusing, looked: Looked | None, at: dt.datetime) -> list[tuple[str, str]]:
    programme, t0 = of.incident.programme, of.incident.ended_at
    opens = t0 + dt.timedelta(hours=programme.defuse_green_from_hours)
    closes = t0 + dt.timedelta(hours=programme.defuse_green_until_hours)
    window = _("%(opens)s to %(closes)s") % {"opens": day_time(opens), "closes": when_words(closes, at)}
    facts = [(_("Incident"), of.incident.reference), (_("Window"), window)]
    if looked is not None:
        count = len(looked.group.members)
        people = ngettext("%(count)s person", "%(count)s people", count) % {"count": count}
        facts.append((_("Group"), people))
        if count > programme.second_defuser_above:
            facts.append(
                (_("Leads it"), _("Two, because more than %(most)s come") % {"most": programme.second_defuser_above})
            )
    return facts


def _asked(one: Ask, programme: Programme, at: dt.datetime) -> Asked:
    told = dict(one.reasons.values_list("code", "figure"))
    when = when_words(one.starts_at, at) if one.starts_at else _("a time to be agreed")
    if one.answer == Ask.Answer.YES:
        sentence = _("Will help, %(when)s.") if one.as_second else _("Will lead it, %(when)s.")
    else:
        sentence = _("Asked to help, %(when)s.") if one.as_second else _("Asked to lead it, %(when)s.")
    words_of = reasons.sentences(told, programme) if told else []
    return Asked(one.pk, one.person.full_name, sentence % {"when": when}, words_of, one.answer == Ask.Answer.NONE)


def _helps(looked: Looked, programme: Programme) -> list[str]:
    """What would help most: one rule bent, or another time; only where nobody can lead it inside the window."""
    found = looked.found
    if found.candidates:
        return []
    rules = sorted((rule for rule in RELAXABLE if found.would[rule]), key=lambda rule: -found.would[rule])
    told = [(found.would[rule], words.would_help(rule, found.would[rule], programme)) for rule in rules[:1]]
    later = queries.best_time(looked.afterwards, looked.times) if looked.afterwards else None
    if later:
        told.append((later[1], words.another_time(*later)))
    return [sentence for _count, sentence in sorted(told, key=lambda one: -one[0])]


def _cards(
    of: Defusing, looked: Looked, some: Sequence[Candidate], at: dt.datetime, *, every: bool = False
) -> list[Card]:
    shown: Found = looked.found if looked.found.candidates else looked.afterwards or looked.found
    rows = Posting.objects.filter(person__in=[one.who.key for one in some], until__isnull=True)
    where = {row.person_id: row for row in rows.select_related("person", "team__base")}
    cards = []
    for one in some:
        posting = where[one.who.key]
        team = posting.team
        place = ", ".join(part.name for part in (team, team.base if team else None) if part)
        told = reasons.sentences(reasons.figures(shown, one), of.incident.programme)
        start = one.slot.starts_at
        times = [looked.times.starts[number] for number in bits(one.times)] if every else []
        cards.append(
            Card(
                one.who.key, posting.person.full_name, place, _seconds(start), when_words(start, at), told,
                [(_seconds(time), day_time(time)) for time in times],
            )
        )  # fmt: skip
    return cards


def _seconds(moment: dt.datetime) -> int:
    return int(moment.timestamp())
