"""Matching, from the database to the stored proposal: one group, and all groups of an incident at once."""

from collections.abc import Iterator

from harness import Row, rows_of

PLANS = (
    ("forty", "40 groups, 400 defusers, 24 times", "< 1", ""),
    ("hundreds", "400 groups (3,000 people), 600 x 48", "< 5", "<= 0.5"),
    ("thousands", "2,000 groups (15,000 people), 2,500 x 72", "< 45", "<= 1"),
)
ROWS = (
    ("one group, 400 defusers, 24 times: asked", "one", "ms", "< 50"),
    ("one group: of the processor", "one processor", "ms", ""),
    ("one group: statements", "one statements", "statements", "<= 30"),
    *(
        row
        for key, words, seconds, gap in PLANS
        for row in (
            (f"{words}: planned", key, "s", seconds),
            (f"{words}: of the processor", f"{key} processor", "s", ""),
            (f"{words}: in the solver", f"{key} solver", "s", ""),
            (f"{words}: proven gap", f"{key} gap", "%", gap),
            (f"{words}: groups left over", f"{key} left", "groups", ""),
            (f"{words}: statements", f"{key} statements", "statements", ""),
        )
    ),
)


def measure() -> Iterator[Row]:
    """Take the figures in a process with a fresh database."""
    yield from rows_of("matching.py", ROWS)
