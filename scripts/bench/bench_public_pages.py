"""What the public pages cost: statements, bytes, and requests against a bare view behind the same middleware."""

from collections.abc import Iterator

from harness import Row, rows_of

ROWS = (
    ("month page, 60 dates: statements", "month statements", "statements", "<= 6"),
    ("month page, 60 dates: page and styles, compressed", "bytes", "bytes", "< 30000"),
    ("bare view behind the same middleware", "bare per second", "a second", ""),
    ("month page made afresh, against the bare view", "fresh", "ratio", ">= 0.10"),
    ("month page made from nothing remembered, against the bare view", "from nothing", "ratio", ""),
    ("month page kept, against the bare view", "kept", "ratio", ">= 0.35"),
    ("month page kept: statements", "kept statements", "statements", "<= 1"),
    ("month page known to the browser (304), against the bare view", "known", "ratio", ">= 0.50"),
    ("month page, 20,000 dates in all against 60: times as long", "flat", "ratio", "<= 1.3"),
    ("date's own page: statements", "session statements", "statements", "<= 6"),
    ("feed: dates in it", "feed events", "dates", "== 200"),
    ("feed of 200 dates known (304): statements", "feed statements", "statements", "<= 1"),
    ("feed of 200 dates known (304), against the bare view", "feed known", "ratio", ""),
)


def measure() -> Iterator[Row]:
    """Take the figures in a process with a fresh database."""
    return rows_of("public_pages.py", ROWS)
