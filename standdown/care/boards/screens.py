"""The coordinator's pages in words: what a template needs, put together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.care.boards.policy import Colour, Stuck
from standdown.care.boards.queries import Board, Row
from standdown.design.times import when_words

TONES = {Colour.RED: "late", Colour.AMBER: "due", Colour.GREEN: "calm"}


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
    proposed, handed = reverse("exposures:proposed"), reverse("exposures:handed-over")
    counted = (
        (found.undecided, ngettext("person to decide on", "people to decide on", found.undecided), ""),
        (found.to_group, ngettext("person to place in a session", "people to place in sessions", found.to_group), ""),
        (
            found.without_defuser,
            ngettext("session without a defuser", "sessions without a defuser", found.without_defuser), "",
        ),
        (found.proposed, ngettext("possible incident to confirm", "possible incidents to confirm", found.proposed),
         proposed),
        (found.handed_over, ngettext("colleague handed to us", "colleagues handed to us", found.handed_over), handed),
    )  # fmt: skip
    return [(str(number), words, address) for number, words, address in counted if number]


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
            "%(count)s person has no session yet.", "%(count)s people have no session yet.", standing.to_place
        )
        % {"count": standing.to_place},
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
