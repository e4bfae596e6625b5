"""What waits for a lead's answer, and who is lapsing: two parts of the first screen."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from standdown.design.times import day_and_month, plain_date
from standdown.foundation import clock
from standdown.people.adoption.models import AdoptionState
from standdown.people.qualifications.cover import TeamCover
from standdown.people.roles.policy import ENDING_SOON
from standdown.training.nominations import policy, screens_places
from standdown.training.nominations.models import Nomination, State
from standdown.training.nominations.screens_places import Laid


@dataclass(frozen=True, slots=True)
class Answer:
    """Something that waits for the lead: a sentence, and where to deal with it."""

    sentence: str
    address: str
    words: str


@dataclass(frozen=True, slots=True)
class LapsingRow:
    """Somebody whose qualification ends soon, or has lately ended."""

    person: uuid.UUID
    name: str
    number: str
    team: str
    until: str
    over: bool
    note: str


def answers(force: Any, dates: list[Laid], at: dt.datetime) -> Iterator[Answer]:
    """What the lead of that force is asked, or should know now."""
    yield from _post(force, at)
    if force.adoption != AdoptionState.ADOPTED:
        sentence = _("%(force)s has not adopted the training, so nobody can be put forward yet.")
        yield Answer(sentence % {"force": force.name}, reverse("adoption:overview"), _("See the adoption"))
    for laid in dates:
        for row in laid.of(force.pk):
            sentence = _open_question(row, at)
            if sentence:
                facts = {"name": row.person.full_name, "day": day_and_month(laid.session.starts_at), "what": sentence}
                words = _("%(name)s, %(day)s: %(what)s.") % facts
                yield Answer(words, screens_places.page_of(row), _("Deal with it"))


def _post(force: Any, at: dt.datetime) -> Iterable[Answer]:
    until = force.lead_until
    if until is None:
        words = _("The post of wellbeing lead is vacant. A national coordinator appoints one.")
    elif until - clock.london_day(at) <= ENDING_SOON:
        last = until - dt.timedelta(days=1)
        words = _("The wellbeing lead's appointment ends on %(day)s.") % {"day": plain_date(last)}
    else:
        return []
    return [Answer(words, reverse("roles:list"), _("See the posts"))]


def _open_question(row: Nomination, at: dt.datetime) -> str:
    """What the lead is asked about a name, or should know; empty when nothing."""
    if row.state == State.NOMINATED:
        return screens_places.stands(row, {}, at)
    if row.state == State.EXPIRED:
        return _("Nobody answered in time, so the name is off the date")
    if row.state == State.WAITING and row.lapses:
        return _("The offer was not answered in time, so the name is at the end of the list")
    return ""


def lapsing(
    force: Any, ending: Iterable[Any], dates: list[Laid], teams: Mapping[uuid.UUID, TeamCover], day: dt.date
) -> Iterator[LapsingRow]:
    """Those of that force whose qualification ends soon or has lately ended, with the date that they go to, if any."""
    going = {row.person_id: laid.session for laid in dates for row in laid.of(force.pk) if row.state in policy.LIVE}
    for one in ending:
        if one.force_id != force.pk:
            continue
        again = going.get(one.person_id)
        yield LapsingRow(
            person=one.person_id,
            name=one.person.full_name,
            number=one.number or "",
            team=screens_places.team_words(teams.get(one.team)),
            until=screens_places.until_words(one.valid_until, day),
            over=one.valid_until <= day,
            note=_("Put forward for %(day)s") % {"day": day_and_month(again.starts_at)} if again else "",
        )
