"""Everybody who may come to the door, and the words in which the table of expectations speaks of them."""

from __future__ import annotations

from dataclasses import dataclass

# Roles that somebody holds in a force, and those that somebody holds for the whole country, written out here and not
# taken from the code: a role that is missing or too many on either side shows.
IN_A_FORCE = (
    "supervisor", "peer-supporter", "defuser", "estip-lead", "estip-coordinator", "wellbeing-lead",
    "wellbeing-deputy", "occupational-health", "trainer", "system-administrator", "privacy-officer", "control-room",
    "post-incident-manager",
)  # fmt: skip
NATIONALLY = ("national-coordinator", "trainer", "system-administrator", "privacy-officer")
# Accounts and roles that no longer count, or do not count yet. Each of them once held, or will hold, great powers.
SHUT_OUT = ("invited", "suspended", "left")
WITHOUT_POWERS = ("lapsed", "ended early", "not begun", "proposed only")

HERE, THERE = "here", "in another force"


def here(role: str) -> str:
    """The label of somebody with that role in the force that the record belongs to."""
    return f"{role} {HERE}"


def there(role: str) -> str:
    """The label of somebody with that role in another force."""
    return f"{role} {THERE}"


def national(role: str) -> str:
    """The label of somebody with that role for the whole country."""
    return f"{role}, national"


ANONYMOUS = "anyone, signed out"
PLAIN_PEOPLE = (here("person"), there("person"))
SIGNED_IN = frozenset(
    [
        *PLAIN_PEOPLE,
        *(here(role) for role in IN_A_FORCE),
        *(there(role) for role in IN_A_FORCE),
        *(national(role) for role in NATIONALLY),
        *WITHOUT_POWERS,
    ]
)
SIGNED_OUT = frozenset([ANONYMOUS, *SHUT_OUT])  # an account that is shut out is nobody, whatever its cookie says
EVERYBODY = SIGNED_IN | SIGNED_OUT
NOBODY: frozenset[str] = frozenset()


def only(*roles: str, national_roles: tuple[str, ...] = ()) -> frozenset[str]:
    """Those with one of these roles in the record's own force, and those with one of these for the whole country."""
    return frozenset([*(here(role) for role in roles), *(national(role) for role in national_roles)])


def any_force(*roles: str, national_roles: tuple[str, ...] = ()) -> frozenset[str]:
    """As `only`, but in whichever force: for a page that shows everybody what is their own force's."""
    return only(*roles, national_roles=national_roles) | {there(role) for role in roles}


PAGES = frozenset({200})
REDIRECTS = frozenset({301, 302, 303, 307})


@dataclass(frozen=True)
class Row:
    """What is expected of one address: who gets its page, and whose POST it takes."""

    get: frozenset[str] = NOBODY
    post: frozenset[str] = NOBODY
    answers: frozenset[int] = PAGES  # what a GET by those who may comes to
    may_look: bool = False  # as `looks`, for those to whom it shows somebody
    looks: bool = False  # it shows what is held about somebody in care: a look is written before the page (T09)
    back_to_sign_in: bool = False  # a step of signing in: out of turn it leads back to the first
