"""What `act()` costs, and how long a force's directory takes to come in."""

from collections.abc import Iterator

from harness import Row, rows_of

ROWS = (
    ("statements that act() adds to a write", "statements", "statements", "<= 3"),
    ("people import: 40,000 rows, dry run and write", "import", "s", "< 60"),
    ("people import: the same file again, which changes nothing", "again", "s", "< 60"),
)


def measure() -> Iterator[Row]:
    """Take the figures in a process with a fresh database."""
    return rows_of("writes.py", ROWS)
