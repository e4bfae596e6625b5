"""What may become of a referral to occupational health. Plain Python."""

from __future__ import annotations

# From which state to which; whatever is not here cannot be. Nothing clinical ever comes back (R94).
NEXT: dict[str, frozenset[str]] = {
    "sent": frozenset({"received", "offered", "closed"}),
    "received": frozenset({"offered", "closed"}),
    "offered": frozenset({"closed"}),
}
LIVE = frozenset(NEXT)


def may_become(state: str, wanted: str) -> bool:
    """True when occupational health may say that now."""
    return wanted in NEXT.get(state, frozenset())
