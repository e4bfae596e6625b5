"""What the worker's minute costs: statements a step, and a thousand steps that are due at once."""

from collections.abc import Iterator

from harness import Row, rows_of

ROWS = (
    ("1,000 steps of one force due in one minute: statements a step", "a step", "statements", "<= 0.2"),
    ("1,000 steps of one force due in one minute", "minute", "s", "< 10"),
    ("one step due in a minute: statements", "one", "statements", "<= 30"),
    ("a minute in which nothing is due: statements", "nothing", "statements", "<= 4"),
    ("second look over 10,000 open steps: statements", "look", "statements", "<= 20"),
    ("second look over 10,000 open steps", "look seconds", "s", "< 1"),
)


def measure() -> Iterator[Row]:
    """Take the figures in a process with a fresh database."""
    return rows_of("clocks.py", ROWS)
