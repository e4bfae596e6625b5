"""A folder that only this user may read, for a copy that is not encrypted yet; gone when the work is done."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

from standdown.config.backup import copies
from standdown.config.backup.failures import CannotBeginError

NAMED = ".standdown-backup-"


def where() -> Path:
    """The folder beside the database, whose disk holds such data anyway; on PostgreSQL the home folder."""
    file = copies.database_file()
    return file.parent if file is not None else Path(settings.HOME)


@contextmanager
def folder() -> Iterator[Path]:
    """Within the block there is such a folder. A home folder that was made for it and holds nothing goes as well."""
    above = where()
    try:
        made = not above.exists()
        above.mkdir(parents=True, exist_ok=True)
        found = Path(tempfile.mkdtemp(prefix=NAMED, dir=above))
    except OSError as error:
        raise CannotBeginError(f"The folder {above} cannot be written to ({error.strerror}).") from error
    try:
        yield found
    finally:
        shutil.rmtree(found)
        if made:
            with suppress(OSError):
                above.rmdir()
