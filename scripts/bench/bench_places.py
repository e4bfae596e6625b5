"""What a place costs: statements, requests against a bare view with sixteen browsers, files of names, freed places."""

from collections.abc import Iterator

from harness import Row, rows_of

ROWS = (
    ("putting somebody forward: statements", "statements", "statements", "<= 15"),
    ("50 freed places offered to who waits", "fill", "s", "< 0.5"),
    ("file of 2,000 names, dry run", "dry run", "s", "< 2"),
    ("file of 2,000 names for 40 dates, dry run: statements", "dry run statements", "statements", "<= 20"),
    ("a lead's board, force of 40,000 people: statements", "board", "statements", "<= 10"),
)
AT_ONCE = (
    ("bare view behind the same middleware, 16 at once", "bare", "a second", ""),
    ("putting forward for one date, 16 at once", "rate", "a second", ""),
    ("putting forward for one date, 16 at once, against the bare view", "ratio", "ratio", ">= 0.025"),
    ("putting forward for one date, 16 at once: median", "median", "ms", ""),
    ("putting forward for one date, 16 at once: p99 against median", "tail", "times", "< 5"),
    ("500 names for 50 places, 16 at once: places offered", "offered", "places", "== 50"),
    ("500 names for 50 places, 16 at once: waiting", "waiting", "people", "== 450"),
    ("500 names for 50 places, 16 at once: errors", "errors", "errors", "== 0"),
)


def measure() -> Iterator[Row]:
    """Take the figures in processes with fresh databases, those of many at once on PostgreSQL."""
    yield from rows_of("places.py", ROWS)
    yield from rows_of("places_at_once.py", AT_ONCE, on_postgres=True)
