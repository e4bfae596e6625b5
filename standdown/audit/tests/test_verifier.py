"""The verifier as its user has it: one file, copied away, run by Python alone."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from standdown.audit import anchors, chain, queries
from standdown.audit.act import act
from standdown.audit.models import Chain
from standdown.audit.tests import tampering
from standdown.foundation import access, db
from standdown.foundation.access import Can
from standdown.people.models import Base, Force
from tests import cast
from tests.cast import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def verifier(tmp_path: Path) -> Path:
    return Path(shutil.copy(chain.__file__, tmp_path / "verify.py"))


def run(verifier: Path, *given: str | Path) -> tuple[int, dict[str, Any]]:
    """The exit code, and what it said."""
    command = [sys.executable, "-I", verifier, *given]
    done = subprocess.run(command, capture_output=True, text=True, cwd=verifier.parent, check=False)
    assert done.stderr == "" or done.returncode == chain.NOT_CHECKED
    return done.returncode, json.loads(done.stdout or "{}")


def two_forces(settings: Any, tmp_path: Path) -> list[Force]:
    """Acts in two forces, and anchors of the heads."""
    settings.ANCHORS = tmp_path / "anchors"
    settings.ANCHORS.mkdir()
    forces = [cast.force("ashire"), cast.force("bshire")]
    for force in forces:
        for number in range(3):
            by = access.system("test") if number else cast.national_coordinator()
            with act(by, Can.KEEP_BASES, on=force, at=AT) as step:
                step.about(Base.objects.create(force=force, name=f"Base {number}"))
                step.note(zeta=1, alpha=None, true=True, text="é\u2028\U0001f600")
    anchors.write(AT)
    return forces


def test_an_export_is_proven_elsewhere(settings: Any, tmp_path: Path, verifier: Path) -> None:
    (force, _other) = two_forces(settings, tmp_path)
    rows = list(queries.exported())
    record = tmp_path / "record.jsonl"
    record.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    code, said = run(verifier, record, "--anchors", settings.ANCHORS)
    assert (code, said["whole"], said["entries"], said["anchors"], said["doubts"]) == (0, True, 6, 3, [])
    mine = [row for row in rows if row["chain_id"] == str(force.pk)]
    rest = [row for row in rows if row not in mine]
    head = {"chain_id": str(force.pk), "sequence": 2, "head": mine[1]["hash"]}
    record.write_text("".join(f"{json.dumps(row)}\n" for row in [*mine[:2], head, *rest]))
    code, said = run(verifier, record, "--anchors", settings.ANCHORS)
    assert (code, [(one["broken_at"], one["why"]) for one in said["chains"] if one["why"]]) == (1, [(3, chain.OLDER)])
    assert run(verifier, record, "--without-anchors")[0] == 0
    from_mail = f"{force.pk}:3:{mine[2]['hash']}"
    assert run(verifier, record, "--anchor", from_mail)[0] == 1
    assert run(verifier, record, "--anchors", settings.ANCHORS, "--as-of", "2026-11-23T09:00+00:00")[0] == 2


def test_the_embedded_database_is_proven_as_it_is(settings: Any, tmp_path: Path, verifier: Path) -> None:
    if not db.is_single_process():
        pytest.skip("PostgreSQL is proven by an export")
    two_forces(settings, tmp_path)
    record = tmp_path / "record.sqlite3"
    with sqlite3.connect(record) as copied:
        for table in ("audit_chain", "audit_entry"):
            with connection.cursor() as cursor:
                cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table])
                copied.execute(cursor.fetchone()[0])
                cursor.execute(f"SELECT * FROM {table}")
                rows = cursor.fetchall()
            copied.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    copied.close()
    code, said = run(verifier, record, "--anchors", settings.ANCHORS)
    assert (code, said["entries"], len(said["chains"])) == (0, 6, 2)
    with sqlite3.connect(record) as changed:
        changed.execute("UPDATE audit_entry SET detail = '{}' WHERE sequence = 2")
    changed.close()
    code, said = run(verifier, record, "--anchors", settings.ANCHORS)
    assert (code, {(one["broken_at"], one["why"]) for one in said["chains"]}) == (1, {(2, chain.CHANGED)})


@pytest.mark.parametrize("text", ["", "[]", "{}", "x", '{"chain_id": "a", "sequence": 1}'])
def test_what_is_no_record_is_not_called_whole(tmp_path: Path, text: str) -> None:
    record = tmp_path / "record"
    record.write_text(text)
    assert chain.main([str(record), "--without-anchors"]) == chain.NOT_CHECKED


def test_what_cannot_be_asked_is_not_called_whole(tmp_path: Path) -> None:
    empty = tmp_path / "empty.sqlite3"
    with sqlite3.connect(empty) as database:
        database.execute("CREATE TABLE something (a)")
    database.close()
    record = str(tampering.as_export(tampering.made(random.Random(1)), tmp_path / "record"))
    nowhere = str(tmp_path / "nowhere")
    asked = [
        [str(empty), "--without-anchors"],
        [nowhere, "--without-anchors"],
        [record, "--anchors", nowhere],
        [record, "--anchors", str(empty)],
        [record, "--anchor", "x"],
    ]
    assert [chain.main(given) for given in asked] == [chain.NOT_CHECKED] * len(asked)
    for given in ([record], [record, "--anchor", "x", "--without-anchors"]):
        with pytest.raises(SystemExit) as stopped:
            chain.main(given)
        assert stopped.value.code == chain.NOT_CHECKED


def test_anchors_that_disagree_are_met_by_no_chain() -> None:
    known = chain.Anchors()
    for head in ("a" * 64, "a" * 64, "b" * 64, "a" * 64):
        known.add("force", 1, head)
    assert known.of("force")[1] not in {"a" * 64, "b" * 64}


def test_who_acts_during_an_export_makes_it_longer_and_not_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    force = cast.force()

    def add(name: str) -> None:
        with act(access.system("test"), Can.KEEP_BASES, on=force, at=AT):
            Base.objects.create(force=force, name=name)

    add("A")
    found = []
    for row in queries.exported():
        found.append(row)
        if row.get("sequence") == 1 and "hash" in row:
            add("B")
    record = chain.Record(chain.Anchors())
    record.take(found)
    assert (record.rows, [broken for _chain, _length, broken in record.verdicts()]) == (2, [None])
    assert Chain.objects.get(pk=force.pk).sequence == 2
