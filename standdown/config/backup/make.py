"""Making a backup: copy, describe, seal, bring to the disk, read again, and only then give it its name."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from standdown import __version__
from standdown.config.backup import archive, copies, staging
from standdown.config.backup import key as keys
from standdown.config.backup.failures import BackupError, CannotBeginError
from standdown.config.backup.manifest import FORMAT, Manifest

LAST = "last-backup.json"


def backup(to: Path, *, key: bytes, at: dt.datetime) -> Manifest:
    """Write one encrypted file, read it again, and return what it says of itself.

    Raises BackupError; then nothing lies at `to`. What lies there already is never touched.
    """
    if to.exists() or to.is_symlink():
        raise CannotBeginError(f"{to} is there already, and a backup never overwrites anything. Name another file.")
    if not to.parent.is_dir():
        raise CannotBeginError(f"The folder {to.parent} does not exist.")
    with staging.folder() as folder:
        files = {archive.DATABASE: folder / archive.DATABASE}
        facts = copies.take(files[archive.DATABASE])
        if (settings.HOME / archive.SECRET).exists():
            files[archive.SECRET] = settings.HOME / archive.SECRET
        manifest = Manifest(
            format=FORMAT, version=__version__, engine=copies.engine(), moment=at.astimezone(dt.UTC).isoformat(),
            facts=facts, secret_mark=secret_mark(settings.SECRET_KEY), files=archive.described(files),
        )  # fmt: skip
        _write(to, key, manifest, files)
    with suppress(OSError):  # a note for monitoring; the backup itself is made
        (settings.HOME / LAST).write_text(json.dumps({"moment": manifest.moment, "file": str(to)}), encoding="utf-8")
    return manifest


def secret_mark(secret: str) -> str:
    """What tells one secret key from another."""
    return keys.mark(hashlib.sha256(secret.encode()).digest()).hex()


def last_made() -> dt.datetime | None:
    """When this installation was last backed up with this program, if it knows."""
    try:
        return dt.datetime.fromisoformat(json.loads((settings.HOME / LAST).read_text(encoding="utf-8"))["moment"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(to: Path, key: bytes, manifest: Manifest, files: dict[str, Path]) -> None:
    half = to.with_name(f".{to.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            archive.pack(out, key, manifest, files)
            out.flush()
            os.fsync(out.fileno())
        if archive.unpack(half, key) != manifest:
            raise BackupError("What was written does not read back as it was. Nothing was kept.")
        _name(half, to)
        copies.to_disk(to.parent)
    except OSError as error:
        raise BackupError(f"{to} cannot be written ({error.strerror}). Nothing was kept.") from error
    finally:
        half.unlink(missing_ok=True)


def _name(half: Path, to: Path) -> None:
    """Give the finished file its name; a second name first, because that is refused where one is there already."""
    try:
        os.link(half, to)
    except FileExistsError:
        raise BackupError(f"{to} has come to be meanwhile. It was not touched, and nothing was kept.") from None
    except OSError:  # a disk that knows no second names
        half.rename(to)
