"""Why a backup or a restore did not happen, in sentences that an operator can act on."""

from __future__ import annotations


class BackupError(Exception):
    """Something is wrong; nothing was written that anybody could take for a good backup or a good database."""


class CannotBeginError(BackupError):
    """It was not tried: a key, a file, a program or the database is missing."""


class DamagedError(BackupError):
    """The file is not as it was written, or the key is another one. None of it may be trusted."""
