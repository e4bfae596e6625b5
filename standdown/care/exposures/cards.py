"""What waits for a coordinator's word, as cards: a heading, the facts in a line, and by when."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.care.exposures import words
from standdown.care.exposures.queries_handed import Waiting
from standdown.care.exposures.queries_incident import Proposed
from standdown.design import times


@dataclass(frozen=True, slots=True)
class Card:
    """One of them."""

    key: uuid.UUID
    words: str
    facts: str
    due: str = ""


def of_proposed(rows: Iterable[Proposed]) -> list[Card]:
    """What files proposed: kind and number of the event, when it ended, where, and how many people."""
    return [_proposed(one) for one in rows]


def _proposed(one: Proposed) -> Card:
    incident = one.incident
    people = ngettext("%(count)s person", "%(count)s people", one.people) % {"count": one.people}
    facts = {"when": times.date_time(incident.ended_at), "people": people}
    line = _("Ended %(when)s; %(people)s named") % facts
    if incident.base is not None:
        line = _("Ended %(when)s at %(base)s; %(people)s named") % {**facts, "base": incident.base.name}
    heading = _("%(number)s: %(what)s") % {"number": incident.own_reference, "what": words.of(incident.category)}
    return Card(incident.pk, heading, line)


def of_handed(rows: Iterable[Waiting], now: dt.datetime) -> list[Card]:
    """Who was handed over: the number, by which force, what kind of incident, and when it ended."""
    return [_handed(one, now) for one in rows]


def _handed(one: Waiting, now: dt.datetime) -> Card:
    handed = one.handed
    facts = {
        "force": handed.from_force.name,
        "what": words.of(handed.category),
        "when": times.date_time(handed.ended_at),
    }
    due = _("Answer by %(when)s") % {"when": times.when_words(one.due_at, now)} if one.due_at else ""
    heading = _("Number %(number)s") % {"number": handed.number}
    return Card(handed.pk, heading, _("From %(force)s: %(what)s, ended %(when)s") % facts, due)
