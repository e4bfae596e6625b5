"""The coordinator's pages in words: what a template needs, put together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.care.boards import queries
from standdown.care.boards.policy import Colour, Stuck
from standdown.care.boards.queries import Board, Row
from standdown.care.clocks.models import Step
from standdown.care.exposures.models import Exposure
from standdown.care.incidents.models import Incident
from standdown.care.looks.actions import look
from standdown.care.looks.models import Look
from standdown.care.programme.names import StepKindName
from standdown.design import charts
from standdown.design.times import when_words
from standdown.foundation.access import Actor, Can

TONES = {Colour.RED: "late", Colour.AMBER: "due", Colour.GREEN: "calm"}
STRIP = ("confirm-list", "demobilise", "decide", "book", "hold", "contact-month")


@dataclass(frozen=True, slots=True)
class Line:
    """One incident on the board."""

    address: str
    reference: str
    what: str
    where: str
    began: str
    tone: str
    clock: str
    people: str
    stuck: list[str]
    coordinator: str


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The board, with what waits beside it."""

    lines: list[Line]
    notes: list[tuple[str, str, str]]  # number, words, address


def board(found: Board, at: dt.datetime) -> BoardPage:
    """The board in words."""
    return BoardPage([_line(row, at) for row in found.rows], _notes(found))


def _notes(found: Board) -> list[tuple[str, str, str]]:
    counted = (
        (found.undecided, ngettext("person to decide on", "people to decide on", found.undecided)),
        (found.to_group, ngettext("person to place in a session", "people to place in sessions", found.to_group)),
        (
            found.without_defuser,
            ngettext("session without a defuser", "sessions without a defuser", found.without_defuser),
        ),
        (found.proposed, ngettext("possible incident to confirm", "possible incidents to confirm", found.proposed)),
        (found.handed_over, ngettext("colleague handed to us", "colleagues handed to us", found.handed_over)),
    )  # fmt: skip
    return [(str(number), words, "") for number, words in counted if number]


def _line(row: Row, at: dt.datetime) -> Line:
    one = row.incident
    return Line(
        address=reverse("boards:incident", args=[one.pk]),
        reference=one.reference,
        what=one.category.words,
        where=one.base.name if one.base else one.force.short_name,
        began=when_words(one.ended_at, at),
        tone=TONES[row.colour],
        clock=_clock(row, at),
        people=ngettext("%(count)s person", "%(count)s people", row.people) % {"count": row.people},
        stuck=[_stuck(reason, row) for reason in row.stuck],
        coordinator=one.coordinator.full_name if one.coordinator else "",
    )


def _clock(row: Row, at: dt.datetime) -> str:
    standing = row.standing
    if standing.late:
        return ngettext("%(count)s step late", "%(count)s steps late", standing.late) % {"count": standing.late}
    if standing.next_due is None:
        return _("Nothing is due")
    return _("next by %(when)s") % {"when": when_words(standing.next_due, at)}


def _stuck(reason: Stuck, row: Row) -> str:
    standing = row.standing
    sentences = {
        Stuck.RESTRICTED: _("Conferring is restricted: sessions one to one only."),
        Stuck.ACCOUNTS: _("Initial accounts are outstanding: sessions one to one only."),
        Stuck.NOT_CONFIRMED: _("The list of who was exposed is not confirmed."),
        Stuck.UNDECIDED: ngettext(
            "%(count)s person is undecided.", "%(count)s people are undecided.", standing.undecided
        )
        % {"count": standing.undecided},
        Stuck.NOT_GROUPED: ngettext(
            "%(count)s person has no session yet.", "%(count)s people have no session yet.", standing.to_defuse
        )
        % {"count": standing.to_defuse},
        Stuck.NO_DEFUSER: ngettext(
            "%(count)s session has no defuser.", "%(count)s sessions have no defuser.", standing.without_defuser
        )
        % {"count": standing.without_defuser},
        Stuck.DISPUTED: ngettext(
            "%(count)s person says that something is wrong.", "%(count)s people say that something is wrong.",
            standing.disputed,
        )
        % {"count": standing.disputed},
    }  # fmt: skip
    return sentences[reason]


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """One incident with everybody on its list."""

    incident: Incident
    strip: charts.WindowStrip
    people: Sequence[Exposure]
    steps: Sequence[Step]


def incident(by: Actor, one: Incident, at: dt.datetime) -> IncidentPage:
    """The page of one incident. The looks are on record before anything of it is shown."""
    found = queries.people(by, one)
    look(
        by=by, at=at, can=Can.RUN_CARE, on=one, at_whom=found, why=Look.Why.COORDINATING,
        role=_role(by, one),
    )  # fmt: skip
    every = queries.steps(one)
    return IncidentPage(one, _strip(one, every, at), found, every)


def _role(by: Actor, one: Incident) -> str:
    return "estip-coordinator" if by.holds("estip-coordinator", one.force_id) else "estip-lead"


def _strip(one: Incident, steps: Sequence[Step], at: dt.datetime) -> charts.WindowStrip:
    """One mark for each kind of step: late where one of them is, done when the last of them is."""
    marks = []
    for kind in STRIP:
        of_kind = [step for step in steps if step.kind == kind]
        if of_kind:
            left = [step for step in of_kind if step.closed_at is None]
            due = min(step.due_at for step in left or of_kind)
            done = None if left else max(step.closed_at for step in of_kind if step.closed_at)
            late = any(step.due_at <= at for step in left)
            marks.append(
                charts.Step(str(StepKindName(kind).label), due, "late" if late else "due" if left else "done", done)
            )
    off_duty = max((step.due_at for step in steps if step.kind == "demobilise"), default=one.ended_at)
    return charts.window_strip(title=one.reference, began=one.ended_at, off_duty=off_duty, now=at, steps=marks)
