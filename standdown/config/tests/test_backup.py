"""The drill: back up, restore into another machine's empty database, compare; and everything that must not work."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import DEFAULT_DB_ALIAS, connection, connections
from pytest_django.plugin import DjangoDbBlocker
from typer.testing import CliRunner

from standdown.audit.queries import verify_all
from standdown.config.backup import archive, copies, make, restore, sealed
from standdown.config.backup import key as keys
from standdown.config.backup.failures import BackupError, CannotBeginError, DamagedError
from standdown.config.backup.manifest import Manifest
from standdown.config.cli.commands import attach
from standdown.config.cli.program import app
from standdown.config.tests import content
from standdown.foundation import db
from tests import cast, empty_database

AT = dt.datetime(2026, 11, 28, 3, 0, tzinfo=dt.UTC)
# The copying program of PostgreSQL is another one, and SQLite copies no half-done transaction: all must be committed.
pytestmark = pytest.mark.usefixtures("embedded" if db.is_single_process() else "for_real")
HERE = ["home", "key", "old"] if db.is_single_process() else ["home", "key"]
PROGRAM = [sys.executable, "-c", "from standdown.config.cli import main; main()"]


@pytest.fixture(scope="module")
def run() -> CliRunner:
    if not any(command.name == "backup" for command in app.registered_commands):
        attach(app)
    return CliRunner()


@pytest.fixture
def embedded(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[None]:
    """A database in a file for this test alone: no backup is taken of one whose writes are not committed."""
    with django_db_blocker.unblock():
        usual, own = connections[DEFAULT_DB_ALIAS], connections.create_connection(DEFAULT_DB_ALIAS)
        (tmp_path / "old").mkdir()
        own.settings_dict = {**own.settings_dict, "NAME": str(tmp_path / "old" / "standdown.sqlite3")}
        empty_database.copy_to(tmp_path / "old" / "standdown.sqlite3")
        connections[DEFAULT_DB_ALIAS] = own
        try:
            yield
        finally:
            own.close()
            connections[DEFAULT_DB_ALIAS] = usual


@pytest.fixture
def stored(run: CliRunner) -> None:
    """An installation in use: two forces, two chains with acts, somebody signed in. All of it is committed."""
    force = cast.force("ashire")
    cast.person(force, "Sam", work_email="sam@a.example")
    cast.force("bshire")
    for words in (
        ["grant", "national-coordinator", "nadia@national.example", "--name", "Nadia North"],
        ["grant", "privacy-officer", "sam@a.example", "--force", "ashire"],
        ["invite", "nadia@national.example"],
    ):
        assert run.invoke(app, words).exit_code == 0
    Session.objects.create(session_key="k" * 32, session_data="", expire_date=AT)


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Path:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    (settings.HOME / archive.SECRET).write_text("the secret of the old machine")
    return Path(settings.HOME)


@pytest.fixture
def key_file(tmp_path: Path, settings: Any) -> Path:
    settings.BACKUP_KEY_FILE = tmp_path / "key"
    keys.new(settings.BACKUP_KEY_FILE, home=tmp_path / "elsewhere")
    return Path(settings.BACKUP_KEY_FILE)


@pytest.fixture
def key(key_file: Path) -> bytes:
    return keys.read(key_file)


@pytest.fixture
def made(stored: None, home: Path, key: bytes, tmp_path: Path) -> Path:
    file = tmp_path / "one.backup"
    make.backup(file, key=key, at=AT)
    return file


class Machine:
    """An empty machine: a home folder that is not there yet, and the address of a database."""

    def __init__(self, home: Path, key_file: Path, url: str = "") -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("STANDDOWN_")}
        ours = {"STANDDOWN_HOME": str(home), "STANDDOWN_BACKUP_KEY_FILE": str(key_file), "STANDDOWN_DATABASE_URL": url}
        self.home, self._surroundings = home, inherited | ours

    def call(self, *words: str, program: tuple[str, ...] = (*PROGRAM,)) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*program, *words], env=self._surroundings, capture_output=True, text=True, check=False, timeout=120
        )

    def content(self) -> dict[str, str]:
        done = self.call("-m", "standdown.config.tests.content", program=(sys.executable,))
        found: dict[str, str] = json.loads(done.stdout)
        return found


@pytest.fixture
def machine(tmp_path: Path, key_file: Path) -> Iterator[Machine]:
    """On the engine that runs: a file that is not there, or a new database on the same server."""
    if db.is_single_process():
        yield Machine(tmp_path / "new", key_file)
        return
    told, name = connection.settings_dict, f"drill_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    where = f"{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}"
    yield Machine(tmp_path / "new", key_file, f"postgresql://{where}/{name}")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def drill(made: Path, machine: Machine) -> None:
    """What the guide tells an operator to do, and a comparison of every row."""
    before = content.digests()
    chains = [one.as_dict() for one in verify_all()]
    assert len(chains) == 2
    for spoil in (flipped, cut, reordered):
        bad = spoil(made)
        done = machine.call("restore", str(bad))
        assert (done.returncode, machine.home.exists()) == (1, False), done.stderr
        assert "damaged" in done.stderr
    done = machine.call("restore", str(made), "--format", "json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["restored"], said["broken"], said["notes"]) == (True, [], [])
    assert [(one["chain"], one["length"]) for one in said["chains"]] == [(c["chain"], c["length"]) for c in chains]
    assert machine.content() == before
    assert json.loads(machine.call("audit", "verify", "--format", "json").stdout)["chains"] == chains
    assert (machine.home / archive.SECRET).read_text() == "the secret of the old machine"
    assert [file.name for file in machine.home.iterdir() if "backup" in file.name] == []
    again = machine.call("restore", str(made))
    assert (again.returncode, "not empty" in again.stderr) == (1, True)
    assert machine.content() == before


def flipped(made: Path) -> Path:
    text, out = made.read_bytes(), made.with_suffix(".flipped")
    place = len(text) // 2
    out.write_bytes(text[:place] + bytes([text[place] ^ 1]) + text[place + 1 :])
    return out


def cut(made: Path) -> Path:
    out = made.with_suffix(".cut")
    out.write_bytes(made.read_bytes()[:-1])
    return out


def reordered(made: Path) -> Path:
    text, out = made.read_bytes(), made.with_suffix(".reordered")
    head, body, half = text[: sealed.HEADER], text[sealed.HEADER :], (len(text) - sealed.HEADER) // 2
    out.write_bytes(head + body[half:] + body[:half])
    return out


@pytest.mark.slow  # several programs, one after the other
def test_the_drill_on_sqlite(made: Path, machine: Machine) -> None:
    if not db.is_single_process():
        pytest.skip("its other half")
    drill(made, machine)


@pytest.mark.postgres
def test_the_drill_on_postgresql(made: Path, machine: Machine) -> None:
    drill(made, machine)


def test_a_backup_says_what_it_holds(made: Path, key: bytes, home: Path) -> None:
    manifest = archive.unpack(made, key)
    assert manifest.facts.counts["people_force"] == 2
    assert [(chain, length) for chain, length, _head in manifest.facts.chains] == sorted(
        (one.chain, one.length) for one in verify_all()
    )
    assert (manifest.made_at, manifest.engine) == (AT, copies.engine())
    assert manifest.files.keys() == {archive.DATABASE, archive.SECRET}
    assert (make.last_made(), made.stat().st_mode & 0o777) == (AT, 0o600)
    assert sorted(file.name for file in made.parent.iterdir()) == [*HERE, "one.backup"]
    assert sorted(file.name for file in home.iterdir()) == [make.LAST, archive.SECRET]


def test_neither_the_key_nor_anybody_lies_readable_in_a_backup(made: Path, key: bytes) -> None:
    text = made.read_bytes()
    assert [word for word in (b"Nadia", b"the secret of", b"manifest", b"PGDMP", b"SQLite", key) if word in text] == []


def test_nothing_is_ever_written_over(made: Path, key: bytes) -> None:
    before = made.read_bytes()
    with pytest.raises(CannotBeginError, match="never overwrites"):
        make.backup(made, key=key, at=AT)
    with pytest.raises(CannotBeginError, match="does not exist"):
        make.backup(made.parent / "nowhere" / "file", key=key, at=AT)
    assert made.read_bytes() == before


def test_a_backup_that_does_not_read_back_is_not_kept(
    stored: None, home: Path, key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = archive.unpack
    monkeypatch.setattr(archive, "unpack", lambda file, with_: replace(usual(file, with_), version="other"))
    with pytest.raises(BackupError, match="does not read back"):
        make.backup(tmp_path / "one.backup", key=key, at=AT)
    assert sorted(file.name for file in tmp_path.iterdir()) == HERE
    assert make.last_made() is None


def test_a_file_that_came_to_be_meanwhile_is_not_touched(
    stored: None, home: Path, key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, file = archive.unpack, tmp_path / "one.backup"

    def slowly(half: Path, with_: bytes) -> Manifest:
        file.write_text("another backup")
        return usual(half, with_)

    monkeypatch.setattr(archive, "unpack", slowly)
    with pytest.raises(BackupError, match="meanwhile"):
        make.backup(file, key=key, at=AT)
    assert file.read_text() == "another backup"
    assert sorted(one.name for one in tmp_path.iterdir()) == [*HERE, "one.backup"]


def test_a_database_that_holds_something_is_refused(made: Path, key: bytes) -> None:
    before = content.digests()
    with pytest.raises(BackupError, match="not empty"):
        restore.restore(made, key=key)
    assert content.digests() == before
    assert restore.look_into(made, key=key).facts.counts["people_force"] == 2


@pytest.mark.parametrize("spoil", [flipped, cut, reordered, None])
def test_of_a_damaged_file_or_with_another_key_nothing_reaches_the_database(
    made: Path, key: bytes, home: Path, monkeypatch: pytest.MonkeyPatch, spoil: Any
) -> None:
    reached: list[Path] = []
    monkeypatch.setattr(copies, "must_be_empty", lambda: None)
    monkeypatch.setattr(copies, "put_back", lambda copy, _facts: reached.append(copy))
    before = sorted(file.name for file in home.iterdir())
    with pytest.raises(DamagedError):
        restore.restore(spoil(made) if spoil else made, key=key if spoil else bytes(32))
    assert (reached, sorted(file.name for file in home.iterdir())) == ([], before)


def test_what_this_program_cannot_take_is_refused(made: Path, key: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = archive.unpack(made, key)
    other = copies.POSTGRESQL if db.is_single_process() else copies.SQLITE
    newer = replace(manifest.facts, migrations=[*manifest.facts.migrations, ["people", "9999_of_tomorrow"]])
    for changed, words in (
        (replace(manifest, engine=other), "another kind"),
        (replace(manifest, facts=newer), "newer"),
    ):
        monkeypatch.setattr(archive, "unpack", lambda *_, changed=changed: changed)
        with pytest.raises(BackupError, match=words):
            restore.look_into(made, key=key)


def test_other_counts_heads_or_shapes_are_told_apart(made: Path, key: bytes) -> None:
    facts = archive.unpack(made, key).facts
    assert facts.differences(facts) == []
    fewer = replace(facts, counts={**facts.counts, "people_force": 1})
    moved = replace(facts, chains=[[facts.chains[0][0], 1, "0" * 64], *facts.chains[1:]])
    older = replace(facts, migrations=facts.migrations[:-1])
    assert facts.differences(fewer) == ["Table people_force holds 1 rows instead of 2."]
    assert [len(facts.differences(one)) for one in (moved, older)] == [1, 1]


def test_another_secret_is_put_aside_and_a_missing_one_is_said(
    made: Path, key: bytes, home: Path, settings: Any
) -> None:
    manifest, copy = archive.unpack(made, key), home.parent / "copy"
    copy.write_text("the secret of the old machine")
    (home / archive.SECRET).write_text("a secret that signed nothing")
    assert restore._put_back_secret(copy, manifest) == []
    assert (home / restore.ASIDE).read_text() == "a secret that signed nothing"
    assert (home / archive.SECRET).read_text() == "the secret of the old machine"
    assert restore._put_back_secret(copy, manifest) == []
    copy.unlink()
    assert restore._put_back_secret(copy, manifest) == []
    settings.SECRET_KEY = "another"
    (note,) = restore._put_back_secret(copy, manifest)
    assert "will not open" in note


def test_the_program_ends_with_0_1_or_2(run: CliRunner, made: Path, key_file: Path, tmp_path: Path) -> None:
    two, other = str(tmp_path / "two.backup"), str(tmp_path / "other")
    assert run.invoke(app, ["backup-key", "new", other]).exit_code == 0
    asked = [
        (0, ["backup", two]), (2, ["backup", two]), (2, ["backup", two + "2", "--key-file", two]),
        (0, ["restore", two, "--dry-run"]), (0, ["restore", two, "--dry-run", "--format", "json"]),
        (1, ["restore", two, "--dry-run", "--key-file", other]), (1, ["restore", two, "--format", "json"]),
        (2, ["restore", two + "3"]), (2, ["backup-key", "new", other]), (2, ["restore"]),
    ]  # fmt: skip
    assert [run.invoke(app, words).exit_code for _code, words in asked] == [code for code, _words in asked]
    said = json.loads(run.invoke(app, ["backup", two + "4", "--format", "json"]).stdout)
    assert (said["counts"]["people_force"], said["size"] > 0) == (2, True)


@pytest.mark.parametrize("word", ["integrity", "rows"])
def test_a_damaged_database_is_never_taken_for_a_backup(stored: None, tmp_path: Path, word: str) -> None:
    if not db.is_single_process():
        pytest.skip("PostgreSQL checks its own pages")
    file = tmp_path / "database"
    copies.take(file)
    if word == "integrity":
        text = file.read_bytes()
        file.write_bytes(text[:8192] + bytes(8192) + text[16384:])
    else:
        with copies._file(file) as copy:
            copy.execute("UPDATE people_forcename SET force_id = 'nowhere'")
            copy.commit()
    with pytest.raises(BackupError, match="damaged"):
        copies._proven(file)


def test_without_its_programs_postgresql_is_not_begun_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(CannotBeginError, match="client programs"):
        copies.program("pg_of_nowhere")
