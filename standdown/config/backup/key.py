"""The key of backups: 32 random bytes in a file of its own, which only its owner may read."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import secrets
from pathlib import Path

from standdown.config.backup.failures import CannotBeginError

WORD = "standdown-backup-key-1"
SIZE = 32  # bytes: AES-256
MARK_SIZE = 8  # bytes
OTHERS = 0o077  # permission bits of group and others


def new(file: Path, *, home: Path) -> str:
    """Write a new key, never over something, never below the folder that backups are made of. Returns its mark."""
    if file.resolve().is_relative_to(home.resolve()):
        raise CannotBeginError(f"{file} lies in the home folder, which is lost with the database. Keep it elsewhere.")
    key = secrets.token_bytes(SIZE)
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
            out.write(f"{WORD} {base64.urlsafe_b64encode(key).decode()}\n")
            out.flush()
            os.fsync(out.fileno())
    except FileExistsError:
        raise CannotBeginError(f"{file} is there already, and a key is never overwritten. Name another file.") from None
    except OSError as error:
        raise CannotBeginError(f"{file} cannot be written ({error.strerror}).") from error
    return mark(key).hex()


def read(file: Path | None) -> bytes:
    """The key in a file. CannotBeginError where none is named, it cannot be read, or it is no key of ours."""
    if file is None:
        raise CannotBeginError(
            "No key is named. Make one with `standdown backup-key new FILE`, then set STANDDOWN_BACKUP_KEY_FILE."
        )
    try:
        word, _, text = file.read_text(encoding="ascii").strip().partition(" ")
        key = base64.b64decode(text, altchars=b"-_", validate=True)
    except OSError as error:
        raise CannotBeginError(f"The key file {file} cannot be read ({error.strerror}).") from error
    except (UnicodeDecodeError, binascii.Error):
        word, key = "", b""
    if word != WORD or len(key) != SIZE:
        raise CannotBeginError(f"{file} holds no backup key. `standdown backup-key new FILE` makes one.")
    return key


def mark(key: bytes) -> bytes:
    """What tells one key from another and says nothing of it: the beginning of a hash."""
    return hashlib.sha256(f"{WORD} mark".encode() + key).digest()[:MARK_SIZE]


def is_open_to_others(file: Path) -> bool:
    """True when others than the owner may read or write the file."""
    return bool(file.stat().st_mode & OTHERS)
