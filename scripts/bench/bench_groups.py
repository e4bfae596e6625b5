"""How long a coordinator waits for the groups of a major incident."""

from collections.abc import Iterator

from harness import Row, rows_of

ROWS = (
    ("groups for 3,000 people, the rules alone", "rules", "s", "< 1"),
    ("groups for 3,000 people, read and proposed", "proposed", "s", "< 3"),
    ("groups for 3,000 people, confirmed in one act", "confirmed", "s", "< 10"),
    ("statements to read and propose them", "statements", "statements", "<= 11"),
    ("duty of 3,000 people, read", "duty", "s", "< 2"),
)


def measure() -> Iterator[Row]:
    """Take the figures in a process with a fresh database."""
    return rows_of("groups.py", ROWS)
