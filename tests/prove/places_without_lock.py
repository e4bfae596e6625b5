"""Standdown served as it must not be: nobody holds a date's lock, and between counting and taking a place is a pause.

For the controls of the race. `python -m tests.prove.places_without_lock PORT` serves until it is stopped.
"""

from __future__ import annotations

import sys
import time
import uuid
from typing import Any

from granian import Granian
from granian.constants import Interfaces

from standdown.config.wsgi import application
from standdown.foundation.kept_query import KeptQuery
from standdown.training.nominations import places

__all__ = ["application"]
PAUSE = 0.05  # seconds
_count = places._count


def _slowly(found: Any) -> None:
    _count(found)
    time.sleep(PAUSE)


places._DATE = KeptQuery(lambda session: places._dates().filter(pk=session), session=uuid.UUID)
places._count = _slowly

if __name__ == "__main__":
    Granian(
        "tests.prove.places_without_lock:application", port=int(sys.argv[1]), interface=Interfaces.WSGI,
        blocking_threads=5, log_enabled=False,
    ).serve()  # fmt: skip
