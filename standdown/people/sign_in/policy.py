"""The rules of signing in, in plain Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from standdown.people.roles.policy import Role

# Where somebody lands after signing in: the first of these roles that they hold says it.
_FIRST_PAGES: tuple[tuple[Role, str], ...] = (
    (Role.NATIONAL_COORDINATOR, "overview:national"),
    (Role.WELLBEING_LEAD, "nominations:board"),
    (Role.WELLBEING_DEPUTY, "nominations:board"),
    (Role.ESTIP_LEAD, "boards:board"),
    (Role.ESTIP_COORDINATOR, "boards:board"),
    (Role.TRAINER, "attendance:next"),
    (Role.SYSTEM_ADMINISTRATOR, "accounts:list"),
    (Role.PRIVACY_OFFICER, "audit:entries"),
    (Role.OCCUPATIONAL_HEALTH, "referrals:list"),
    (Role.POST_INCIDENT_MANAGER, "exposures:restrict"),
    (Role.SUPERVISOR, "demobilising:duty-end"),
    (Role.DEFUSER, "defusing:mine"),
    (Role.PEER_SUPPORTER, "defusing:mine"),
    (Role.CONTROL_ROOM, "exposures:raise-control-room"),
)
# How long a sign-in outlives the last page that was asked for (T17); the session itself ends after twelve hours.
IDLE = dt.timedelta(minutes=30)
IDLE_ON_CARE = dt.timedelta(minutes=10)
SEEN_EACH = dt.timedelta(minutes=1)  # so often it is written down that somebody is there
_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrom", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("CrOS", "ChromeOS"), ("Mac OS X", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def first_page(roles: Collection[str]) -> str:
    """The name of the page that somebody with these roles sees first; their own training when no role has one."""
    return next((page for role, page in _FIRST_PAGES if role in roles), "mine:page")


def standing(role: str) -> int:
    """The place of a role in a list for visitors: those with a page of their own first, nobody's role last."""
    order = [*(first for first, _page in _FIRST_PAGES), *Role]
    return order.index(Role(role)) if role else len(order)


def is_over(idle: dt.timedelta, *, of_care: bool) -> bool:
    """True when somebody was away for so long that they have to sign in again; sooner for a page of care."""
    return idle > (IDLE_ON_CARE if of_care else IDLE)


def is_to_be_noted(idle: dt.timedelta) -> bool:
    """True when it is to be written down that somebody is there: not at each of their pages, to save the writing."""
    return idle >= SEEN_EACH


@dataclass(frozen=True, slots=True)
class WaysIn:
    """What an account can sign in with."""

    passkeys: int = 0
    password: bool = False
    app: bool = False  # an authenticator app that shows one-time codes

    @property
    def enough(self) -> bool:
        """True when somebody can get in with it: a passkey alone, or a password together with an app."""
        return self.passkeys > 0 or (self.password and self.app)

    @property
    def has_second_factor(self) -> bool:
        """True when a password alone does not open the account."""
        return self.passkeys > 0 or self.app


def may_remove_passkey(ways: WaysIn) -> bool:
    """True unless the person would lock themselves out."""
    return WaysIn(ways.passkeys - 1, ways.password, ways.app).enough


def may_remove_app(ways: WaysIn) -> bool:
    """True unless the person would lock themselves out, or be left with a password alone."""
    return ways.passkeys > 0


def device(user_agent: str) -> tuple[str, str]:
    """Browser and system, as far as the browser says; empty texts where it does not. Both are proper names."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return browser, system
