"""Restoring: prove the whole file, then fill an empty database, compare, bring it up to date, walk its chains."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from standdown.audit import queries as audit
from standdown.config.backup import archive, copies, staging
from standdown.config.backup.failures import BackupError, CannotBeginError
from standdown.config.backup.make import secret_mark
from standdown.config.backup.manifest import Manifest

ASIDE = "secret.key.replaced"


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and what is to be done still."""

    manifest: Manifest
    broken: list[str]  # chains of the record that are not whole, as they were not when they were backed up
    notes: list[str]  # sentences


def look_into(file: Path, *, key: bytes) -> Manifest:
    """Prove every byte of a backup and that this program could take it. Nothing is written."""
    manifest = archive.unpack(_there(file), key)
    _must_fit(manifest)
    return manifest


def restore(file: Path, *, key: bytes) -> Restored:
    """Fill an empty database from a backup. BackupError: nothing was written, or it is empty again."""
    _there(file)
    copies.must_be_empty()
    with staging.folder() as folder:
        manifest = archive.unpack(file, key, folder)
        _must_fit(manifest)
        copies.put_back(folder / archive.DATABASE, manifest.facts)
        notes = _put_back_secret(folder / archive.SECRET, manifest)
    call_command("migrate", verbosity=0, interactive=False)
    Session.objects.all().delete()  # who signed out since must not be signed in again
    broken = [one.chain for one in audit.verify_all() if one.broken]
    return Restored(manifest, broken, notes)


def _there(file: Path) -> Path:
    if not file.is_file():
        raise CannotBeginError(f"There is no file {file}.")
    return file


def _must_fit(manifest: Manifest) -> None:
    if manifest.engine != copies.engine():
        raise BackupError(f"This is the backup of a {manifest.engine} database, and the setting names another kind.")
    known = {(app, name) for app, name in MigrationLoader(None).disk_migrations}
    if not {(app, name) for app, name in manifest.facts.migrations} <= known:
        raise BackupError(f"The backup is of Standdown {manifest.version}, which is newer. Install that version first.")


def _put_back_secret(copy: Path, manifest: Manifest) -> list[str]:
    """The secret key goes back into the home folder. One that lies there signed nothing yet: it is put aside."""
    home = Path(settings.HOME)
    if copy.exists():
        home.mkdir(parents=True, exist_ok=True)
        there = home / archive.SECRET
        if there.exists() and there.read_bytes() != copy.read_bytes():
            there.rename(home / ASIDE)
        there.write_bytes(copy.read_bytes())
        there.chmod(0o600)
        copies.to_disk(home)
        return []
    if secret_mark(settings.SECRET_KEY) == manifest.secret_mark:
        return []
    return ["STANDDOWN_SECRET_KEY is not the one of before: links in messages that were sent will not open."]
