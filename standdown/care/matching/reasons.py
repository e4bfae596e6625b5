"""Why this person: figures by code, as they are stored with the ask, and the sentences that they make."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.care.defusing.models import AskReason
from standdown.care.matching.policy import Candidate, Found
from standdown.care.programme.models import Programme

Code = AskReason.Code
Figures = Mapping[str, int]


def figures(found: Found, one: Candidate, *, by_hand: bool = False) -> dict[str, int]:
    """What speaks for and against somebody at a time, as numbers by code."""
    place = 1 + sum(other.sort_key < one.sort_key for other in found.candidates if other.who is not one.who)
    looked = {Code.CANDIDATES: found.looked_at, Code.LEFT: len(found.candidates), Code.RANK: place}
    return _by_code(looked | _of(one) | ({Code.CHOSEN_BY_HAND: 1} if by_hand else {}))


def planned(looked_at: int, one: Candidate) -> dict[str, int]:
    """The same for somebody out of a plan of all groups, where there is no place in an order."""
    return _by_code({Code.CANDIDATES: looked_at} | _of(one) | {Code.PLANNED_TOGETHER: 1})


def _of(one: Candidate) -> dict[AskReason.Code, int]:
    return {
        Code.IN_WINDOW: int(not one.order.outside), Code.LOAD: one.order.load,
        Code.OTHER_TEAM: int(not one.order.same_team), Code.WISH_MET: one.met, Code.WISH_UNMET: one.order.unmet,
        Code.TRAVEL: int(one.order.travel),
    }  # fmt: skip


def _by_code(told: Mapping[AskReason.Code, int]) -> dict[str, int]:
    return {code.value: figure for code, figure in told.items()}


def sentences(told: Figures, programme: Programme) -> list[str]:
    """The same in words, in the order in which the programme weighs them."""
    found = [*_place(told), _window(told), _load(told, programme), _team(told), *_wishes(told), _travel(told)]
    if told.get(Code.CHOSEN_BY_HAND):
        found.append(_("Chosen by the coordinator, out of all who could lead it."))
    if told.get(Code.PLANNED_TOGETHER):
        found.append(_("Planned together with the other groups of this incident."))
    return found


def _place(told: Figures) -> list[str]:
    if Code.RANK not in told:
        return []
    return [
        _("Number %(place)s of %(left)s who could lead it, out of %(all)s.")
        % {"place": told[Code.RANK], "left": told[Code.LEFT], "all": told[Code.CANDIDATES]}
    ]


def _window(told: Figures) -> str:
    if told[Code.IN_WINDOW]:
        return _("The time is within 12 hours of the target.")
    return _("The time is more than 12 hours from the target.")


def _load(told: Figures, programme: Programme) -> str:
    """What counts towards the limit: sessions led, and those booked or asked for."""
    count, days = told[Code.LOAD], programme.load_days
    if not count:
        return _("Leads no other session within %(days)s days.") % {"days": days}
    sentence = ngettext(
        "Led, leads or is asked to lead %(count)s other session within %(days)s days, of %(most)s at most.",
        "Led, leads or is asked to lead %(count)s other sessions within %(days)s days, of %(most)s at most.",
        count,
    )
    return sentence % {"count": count, "days": days, "most": programme.load_most}


def _team(told: Figures) -> str:
    if told[Code.OTHER_TEAM]:
        return _("Works in another team than everybody in the group.")
    return _("Works in the same team as somebody in the group.")


def _wishes(told: Figures) -> list[str]:
    met, unmet = told[Code.WISH_MET], told[Code.WISH_UNMET]
    if not met + unmet:
        return []
    return [_("Meets %(met)s of %(all)s wishes of the group.") % {"met": met, "all": met + unmet}]


def _travel(told: Figures) -> str:
    if told[Code.TRAVEL]:
        return _("Would come from another base.")
    return _("Need not travel to another base.")
