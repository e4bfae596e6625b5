"""What a backup says of itself: version, schema, counts, heads of chains, moment, and the hash of each of its files."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from standdown.config.backup.failures import DamagedError

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """What a database holds, in numbers and hashes: the same before and after, or it is not the same database."""

    counts: dict[str, int]  # table to rows
    chains: list[list[Any]]  # force's key, number of entries, hash of the last; ordered by key
    migrations: list[list[str]]  # app and name, ordered

    def differences(self, found: Facts) -> list[str]:
        """In sentences, where a database that was found is not this one."""
        tables = sorted(self.counts.keys() | found.counts.keys())
        rows = [(name, self.counts.get(name), found.counts.get(name)) for name in tables]
        wrong = [f"Table {name} holds {there} rows instead of {due}." for name, due, there in rows if due != there]
        if self.chains != found.chains:
            wrong.append("The chains of the record do not end where they ended.")
        if self.migrations != found.migrations:
            wrong.append("The database has another shape than the one that was backed up.")
        return wrong


@dataclass(frozen=True, slots=True)
class Manifest:
    """The first file in a backup."""

    format: int
    version: str  # of the program that wrote it
    engine: str  # sqlite or postgresql: a backup goes back into the kind that it came from
    moment: str  # ISO 8601, UTC
    facts: Facts
    secret_mark: str  # tells whether a machine signs links and sessions with the same secret
    files: dict[str, dict[str, Any]]  # name to size in bytes and sha256

    def as_bytes(self) -> bytes:
        """As it lies in the backup."""
        return json.dumps(asdict(self), sort_keys=True, indent=1).encode()

    @property
    def made_at(self) -> dt.datetime:
        """The moment at which the database was as it is in here."""
        return dt.datetime.fromisoformat(self.moment)


def from_bytes(text: bytes) -> Manifest:
    """Read what `as_bytes` wrote. DamagedError for anything else, and for a format that this version does not know."""
    try:
        found = json.loads(text)
        if found["format"] != FORMAT:
            raise DamagedError("This backup was made by another version of Standdown. Restore it with that version.")
        facts = Facts(**found.pop("facts"))
        return Manifest(facts=facts, **{one.name: found[one.name] for one in fields(Manifest) if one.name != "facts"})
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedError("The backup does not say what it holds.") from error
