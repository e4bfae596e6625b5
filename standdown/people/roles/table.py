"""Who may do what, from the code: the page and the checked-in table are both printed from here."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from standdown.foundation.access import SENTENCES, Can
from standdown.people.roles.models import ROLE_SENTENCES, RoleName
from standdown.people.roles.policy import APART, EVERYONE, LONGEST, RULES, Place, Role

_PLACES = {
    Place.FORCE: gettext_lazy("in a force"),
    Place.NATIONAL: gettext_lazy("nationally"),
    Place.EITHER: gettext_lazy("in a force or nationally"),
}


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role in words: what it is, where it is held, what it may do, who proposes it and who approves it."""

    name: str
    sentence: str
    place: str
    may: list[str]
    proposed_by: list[str]
    approved_by: list[str]
    stands_apart: bool


def roles() -> list[RoleRow]:
    """Every role, in the order of the rules."""
    return [_row(role) for role in RULES]


def everyone() -> list[str]:
    """What any person may do without a role."""
    return [str(SENTENCES[can]) for can in Can if can in EVERYONE]


def apart_roles() -> list[str]:
    """The roles that nobody holds together with any other."""
    return [str(RoleName(role).label) for role in RULES if role in APART]


def longest_days() -> int:
    """How many days a role runs at most."""
    return LONGEST.days


def _row(role: Role) -> RoleRow:
    rules = RULES[role]
    return RoleRow(
        name=str(RoleName(role).label),
        sentence=str(ROLE_SENTENCES[role]),
        place=str(_PLACES[rules.place]),
        may=[str(SENTENCES[can]) for can in Can if can in rules.cans],
        proposed_by=_names(rules.proposed_by),
        approved_by=_names(rules.approved_by),
        stands_apart=role in APART,
    )


def _names(roles_: frozenset[Role]) -> list[str]:
    return [str(RoleName(role).label) for role in RULES if role in roles_]


def as_markdown() -> str:
    """The table as `docs/who-may-do-what.md` holds it, in English."""
    with override("en"):
        lines = [
            "# Who may do what",
            "",
            "Printed from `standdown/people/roles/policy.py` by `scripts/who_may_do_what.py`; do not edit it by hand.",
            "A permission holds where the role is held: in one force, or everywhere. Each slice's `permissions.py`",
            "narrows it further by record.",
            "",
            _("Everybody may: %(what)s.") % {"what": _joined(everyone())},
            _("A role runs for %(days)s days at most.") % {"days": longest_days()},
            _("Nobody proposes or approves a role for themselves, and nobody approves what they proposed."),
            _("Held with no other role: %(roles)s.") % {"roles": ", ".join(apart_roles())},
        ]  # fmt: skip
        for row in roles():
            lines += ["", f"## {row.name}", "", row.sentence, ""]
            lines += [f"- Held {row.place}", f"- Proposed by: {', '.join(row.proposed_by)}"]
            lines += [f"- Approved by: {', '.join(row.approved_by)}", "", "| Permission |", "|---|"]
            lines += [f"| {sentence} |" for sentence in row.may] or ["| None yet |"]
    return "\n".join(lines) + "\n"


def _joined(sentences: list[str]) -> str:
    return "; ".join(sentence[0].lower() + sentence[1:] for sentence in sentences)
