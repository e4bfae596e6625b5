"""Numbers of people as they may be told outside their force: small ones not at all, others rounded. Plain Python."""

from __future__ import annotations

FEWEST = 10  # a smaller number is not told
STEP = 5  # what is told is rounded to the nearest of these


def rounded(number: int) -> int | None:
    """To the nearest five, so that nobody can be made out; None under ten."""
    return None if number < FEWEST else (number + STEP // 2) // STEP * STEP
