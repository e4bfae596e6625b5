"""What lies in a backup: a manifest, the database, and the secret key, one after the other, packed and sealed."""

from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
import zlib
from pathlib import Path
from typing import IO, BinaryIO

from standdown.config.backup import manifest as manifests
from standdown.config.backup.failures import DamagedError
from standdown.config.backup.manifest import Manifest
from standdown.config.backup.sealed import NOT_WHOLE, Opened, Sealed

MANIFEST, DATABASE, SECRET = "manifest.json", "database", "secret.key"
KNOWN = {DATABASE, SECRET}
PIECE = 1024 * 1024  # bytes
LEVEL = 4  # of gzip: near the usual size in a third of the time
LONGEST_MANIFEST = 64 * 1024 * 1024  # bytes


def described(files: dict[str, Path]) -> dict[str, dict[str, int | str]]:
    """Size in bytes and SHA-256 of each file, as the manifest names them."""
    found: dict[str, dict[str, int | str]] = {}
    for name, path in files.items():
        with path.open("rb") as source:
            found[name] = {"size": path.stat().st_size, "sha256": hashlib.file_digest(source, "sha256").hexdigest()}
    return found


def pack(out: BinaryIO, key: bytes, manifest: Manifest, files: dict[str, Path]) -> None:
    """Write the whole of a backup. The caller brings it to the disk."""
    with (
        Sealed(out, key) as sealed,
        gzip.GzipFile(fileobj=sealed, mode="wb", compresslevel=LEVEL, filename="", mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|") as tar,
    ):
        text = manifest.as_bytes()
        tar.addfile(_entry(MANIFEST, len(text)), io.BytesIO(text))
        for name, path in files.items():
            with path.open("rb") as source:
                tar.addfile(_entry(name, path.stat().st_size), source)


def unpack(file: Path, key: bytes, into: Path | None = None) -> Manifest:
    """Read a backup to its end and prove every byte of it; its files lie in `into` afterwards, where one is given.

    DamagedError for anything that was not written like this with this key. What lies in `into` by then is for nobody.
    """
    with file.open("rb") as source:
        opened = Opened(source, key)
        try:
            buffered = io.BufferedReader(opened, PIECE)  # type: ignore[type-var]  # its readinto takes less than any buffer
            with gzip.GzipFile(fileobj=buffered, mode="rb") as packed:
                found = _unpack(packed, into)
                while packed.read(PIECE):
                    pass  # the end mark is proven by reaching it
        except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError) as error:
            raise DamagedError(NOT_WHOLE) from error
    return found


def _unpack(packed: gzip.GzipFile, into: Path | None) -> Manifest:
    manifest: Manifest | None = None
    seen: dict[str, dict[str, int | str]] = {}
    with tarfile.open(fileobj=packed, mode="r|") as tar:
        for entry in tar:
            content = tar.extractfile(entry) if entry.isreg() else None
            if content is None:
                raise DamagedError(NOT_WHOLE)
            if manifest is None and entry.name == MANIFEST and entry.size <= LONGEST_MANIFEST:
                manifest = manifests.from_bytes(content.read())
            elif manifest is not None and entry.name in KNOWN - seen.keys():
                seen[entry.name] = _copy(content, into / entry.name if into else None)
            else:
                raise DamagedError(NOT_WHOLE)
    if manifest is None or DATABASE not in seen or seen != manifest.files:
        raise DamagedError(NOT_WHOLE)
    return manifest


def _copy(source: IO[bytes], path: Path | None) -> dict[str, int | str]:
    digest, size = hashlib.sha256(), 0
    out = path.open("xb") if path else io.BytesIO()
    with out:
        while piece := source.read(PIECE):
            digest.update(piece)
            size += len(piece)
            if path:
                out.write(piece)
    return {"size": size, "sha256": digest.hexdigest()}


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry
