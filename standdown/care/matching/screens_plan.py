"""What the page shows on which all groups of a major incident are planned at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from standdown.care.incidents.models import Incident
from standdown.care.matching import plan, queries, scene, words
from standdown.care.matching.models import Plan, PlanPlace
from standdown.care.matching.plan import Placed
from standdown.care.matching.policy import Rule
from standdown.care.programme.models import Programme
from standdown.design.times import date_time, when_words
from standdown.foundation.access import Actor

SHOWN = 100  # sessions on one page
EXPLAINED = 10  # groups left over whose reasons are worked out for the page


@dataclass(frozen=True, slots=True)
class Row:
    """A session of the plan: its number, who is to lead it, and when."""

    address: str
    number: int
    name: str
    when: str


@dataclass(frozen=True, slots=True)
class Left:
    """A group for which the plan found nobody, and how many people each rule removed."""

    address: str
    number: int
    removed: Sequence[tuple[str | Promise, int]]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the page; without `plan` nothing is planned yet, or nothing of it is left to say."""

    incident: Incident
    back: str
    waiting: int  # sessions for which somebody is to be found
    plan: Plan | None
    facts: Sequence[tuple[str, str]] = ()
    rows: Sequence[Row] = ()
    left: Sequence[Left] = ()
    more_left: int = 0
    helps: str = ""
    number: int = 1
    last: int = 1


def plan_page(by: Actor, of: Incident, at: dt.datetime, number: int) -> Page:
    """The sessions that wait, and the latest plan for them. Statements do not grow with the groups."""
    waiting = queries.to_plan(by, of)
    back = reverse("boards:incident", args=[of.pk])
    made = queries.latest_plan(of)
    if made is None:
        return Page(of, back, len(waiting), None)
    seen = made.places.filter(defusing__in=queries.sessions_of(by, of)).select_related("defusing", "person")
    placed = seen.filter(person__isnull=False).order_by("defusing__number")
    left = list(seen.filter(person__isnull=True).order_by("defusing__number"))
    last = max(1, -(-made.placed // SHOWN))
    number = min(max(number, 1), last)
    explained, helps = _why_left(by, made, left[:EXPLAINED], at)
    return Page(
        of, back, len(waiting), made, _facts(made), [_row(one, at) for one in placed[(number - 1) * SHOWN :][:SHOWN]],
        explained, len(left) - len(explained), helps, number, last,
    )  # fmt: skip


def _row(one: PlanPlace, at: dt.datetime) -> Row:
    assert one.person is not None
    assert one.starts_at is not None
    address = reverse("matching:find", args=[one.defusing_id])
    return Row(address, one.defusing.number, one.person.full_name, when_words(one.starts_at, at))


def _facts(made: Plan) -> list[tuple[str, str]]:
    placed = _("%(placed)s of %(groups)s") % {"placed": made.placed, "groups": made.groups}
    by = made.made_by.full_name if made.made_by else _("a job")
    when = _("%(when)s by %(name)s") % {"when": date_time(made.made_at), "name": by}
    facts = [(_("Groups placed"), placed), (_("How good it is"), _quality(made)), (_("Made"), when)]
    if made.confirmed_at is not None:
        facts.append((_("Confirmed"), date_time(made.confirmed_at)))
    return facts


def _quality(made: Plan) -> str:
    """The proven gap in words: among the candidates looked at, the best plan can be no better than so much."""
    if not made.gap:
        return _("No plan of these candidates is better.")
    share = {"share": f"{made.gap / 10_000:.2f}"}
    return _("The best plan of these candidates is at most %(share)s per cent better.") % share


def _why_left(by: Actor, made: Plan, left: Sequence[PlanPlace], at: dt.datetime) -> tuple[list[Left], str]:
    """Of some of the groups left over why, with the plan in everybody's diary; and what would help most of them."""
    if not left:
        return [], ""
    incident, programme = made.incident, made.incident.programme
    sessions = {one.defusing: one.defusing.starts_at for one in left}
    read, late = (scene.read(incident, sessions, by, at, late=late) for late in (False, True))
    planned = made.places.filter(person__isnull=False).values_list("defusing_id", "person_id", "starts_at")
    # Once it is confirmed its sessions are in the diaries by themselves.
    ahead = [Placed(key, who, start) for key, who, start in planned if who and start and not made.confirmed_at]
    length = dt.timedelta(minutes=programme.session_minutes)
    people = plan.with_plan(read.people, ahead, length)
    found, helped = plan.why_left(read.groups, people, read.times, read.limits)
    lines = [
        Left(
            reverse("matching:find", args=[one.defusing_id]), one.defusing.number,
            words.removed(found[one.defusing_id], programme),
        )
        for one in left
    ]  # fmt: skip
    later = plan.with_plan(late.people, ahead, length)
    afterwards, _ignored = plan.why_left(late.groups, later, late.times, late.limits)
    return lines, _helps(helped, sum(bool(one.candidates) for one in afterwards.values()), programme)


def _helps(helped: Mapping[Rule, int], later: int, programme: Programme) -> str:
    """The one thing that would help most of the groups left over."""
    rule = max(helped, key=lambda one: helped[one])
    if later and later >= helped[rule]:
        return _("For %(count)s of these groups somebody could lead after the window.") % {"count": later}
    return words.would_help_groups(rule, helped[rule], programme) if helped[rule] else ""
