"""Anchors: the heads of all chains, written down where whoever keeps the database cannot change them.

One file a month, JSON lines, only ever added to. `audit/chain.py` compares them with the record.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

from django.conf import settings

from standdown.audit.chain import FIRST, Anchors, read_anchors
from standdown.audit.models import NATIONAL, Chain

EVERY = dt.timedelta(minutes=50)  # what was done is anchored an hour later at the latest, and a try may fail meanwhile
TOO_OLD = dt.timedelta(hours=2)  # from then on something is wrong with the folder, or with the worker
_TAIL = 4096  # bytes that hold the last lines of a file


def folder() -> Path:
    """Where anchors are kept."""
    return Path(settings.ANCHORS)


def beside_the_data() -> bool:
    """True when the anchors lie in the home folder, so that who can change the record can change them, too."""
    return folder().is_relative_to(settings.HOME)


def each_minute(at: dt.datetime) -> None:
    """Write every chain's head, where that was last done 50 minutes ago. Raises OSError where it cannot be done."""
    last = last_written()
    if last is None or not dt.timedelta(0) <= at - last < EVERY:
        write(at)


def write(at: dt.datetime) -> int:
    """Write every chain's head now, down to the disk; how many. Raises OSError."""
    heads = {NATIONAL: (0, FIRST)}
    heads.update({chain: (number, head) for chain, number, head in Chain.objects.values_list("pk", "sequence", "head")})
    lines = [
        json.dumps({"time": at.astimezone(dt.UTC).isoformat(), "chain": str(chain), "sequence": number, "hash": head})
        for chain, (number, head) in heads.items()
    ]
    if beside_the_data():  # another machine's disk that is not there is never made up for by a folder of its name
        folder().mkdir(parents=True, exist_ok=True)
    _add(folder() / f"heads-{at.astimezone(dt.UTC):%Y-%m}.jsonl", "".join(f"{line}\n" for line in lines).encode())
    return len(lines)


def begin_anew(at: dt.datetime) -> None:
    """For a database that was thrown away and built again: put the old one's anchors aside, and write the first."""
    if not beside_the_data():
        return
    if folder().exists():
        folder().rename(folder().with_name(f"{folder().name}-until-{at:%Y%m%dT%H%M%S%f}"))
    write(at)


def _add(file: Path, lines: bytes) -> None:
    """Add to the end of the file, on a line of its own even where an earlier try stopped half-way."""
    handle = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        length = os.fstat(handle).st_size
        begun = length and os.pread(handle, 1, length - 1) != b"\n"
        left = memoryview(b"\n" + lines if begun else lines)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def last_written() -> dt.datetime | None:
    """When anchors were last written; None where none can be found or read."""
    try:
        files = sorted(folder().glob("heads-*.jsonl"), reverse=True)
        for file in files[:2]:  # of a new month's file the first line may be torn
            with file.open("rb") as last:
                last.seek(max(0, last.seek(0, os.SEEK_END) - _TAIL))
                lines = last.read().decode(errors="replace").splitlines()
            for line in reversed(lines):
                try:
                    return dt.datetime.fromisoformat(json.loads(line)["time"])
                except (ValueError, KeyError, TypeError):
                    continue
    except OSError:
        return None
    return None


def too_old(at: dt.datetime) -> bool:
    """True when no anchor was written in the last two hours: what was done since could be undone unseen."""
    last = last_written()
    return last is None or at - last > TOO_OLD


def kept() -> Anchors:
    """All of them. Raises `chain.Unreadable` where a file cannot be read."""
    return read_anchors([folder()] if folder().is_dir() else [])
