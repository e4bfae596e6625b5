"""How a line of the log is written: kinds and codes, never a person, and nothing that would open a link."""

from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType

HIDDEN = "[hidden]"
_QUERY = re.compile(r"(/[^\s?]*)\?\S*")
# A piece of an address as long as what we sign; keys of records are as long, and open nothing by themselves.
_LONG = re.compile(r"(?<=/)(?![0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:[./\s]|$))[^/\s]{24,}")
_NAMED = ("token", "key", "uidb36", "uidb64")  # what addresses call such a piece, however short it is

Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def without_secrets(line: str) -> str:
    """The line without the queries of addresses, and without pieces of them that could be somebody's link."""
    return _LONG.sub(HIDDEN, _QUERY.sub(rf"\1?{HIDDEN}", line))


class Line(logging.Formatter):
    """A line of ours. Of an error it tells the kind and the places in the code: its words may name a person."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        """The line, clean."""
        line = super().formatMessage(record)
        found = getattr(getattr(record, "request", None), "resolver_match", None)
        words: dict[str, str] = found.kwargs if found else {}
        for name in _NAMED:
            secret = words.get(name)
            line = line.replace(secret, HIDDEN) if secret else line
        return without_secrets(line)

    def formatException(self, ei: Caught) -> str:  # noqa: N802 - the library's name
        """The places and the kinds of an error and of those that it came from, the first first."""
        told, error = [], ei[1]
        while error is not None:
            kind = type(error)
            told.append("".join(traceback.format_tb(error.__traceback__)) + f"{kind.__module__}.{kind.__qualname__}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(reversed(told))
