"""What the coordinator's board costs, and that it stays flat as years of exposures lie behind it."""

from collections.abc import Iterator

from harness import Row, rows_of

ROWS = (
    ("coordinator's board, 500 open incidents: statements", "statements", "statements", "<= 12"),
    ("coordinator's board, 1,000,000 past exposures: longest statement", "longest", "ms", "<= 50"),
    ("coordinator's board, 10,000 past exposures", "few", "ms", ""),
    ("coordinator's board, 1,000,000 past exposures", "many", "ms", ""),
    ("coordinator's board, 1,000,000 against 10,000 past exposures", "growth", "times", "<= 1.5"),
)


def measure() -> Iterator[Row]:
    """Take the figures on PostgreSQL, in a process and on a database of their own."""
    yield from rows_of("board.py", ROWS, on_postgres=True)
