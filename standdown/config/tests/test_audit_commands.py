from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from standdown.audit.act import act
from standdown.audit.models import Chain
from standdown.config.cli.audit import app
from standdown.foundation import access, db
from standdown.foundation.access import Can
from standdown.people.models import Base
from tests import cast
from tests.cast import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_act(settings: Any, tmp_path: Path) -> None:
    settings.ANCHORS = tmp_path / "elsewhere"
    settings.ANCHORS.mkdir()
    force = cast.force()
    with act(access.system("test"), Can.KEEP_BASES, on=force, at=AT):
        Base.objects.create(force=force, name="A")


def code(*words: str | Path) -> int:
    return CliRunner().invoke(app, [str(word) for word in words]).exit_code


def test_without_an_anchor_nobody_says_that_it_is_whole(settings: Any) -> None:
    assert (code("verify"), code("verify", "--without-anchors"), code("anchor"), code("verify")) == (2, 0, 0, 0)
    with db.open_for("tampering"):
        Chain.objects.update(head="0" * 64)
    assert (code("verify"), code("verify", "--without-anchors")) == (1, 1)
    settings.ANCHORS /= "nowhere"
    assert code("anchor") == 1


def test_what_it_says_is_for_people_or_for_a_program() -> None:
    code("anchor")
    said = CliRunner().invoke(app, ["verify"]).output
    assert said == "1 chains with 1 entries, compared with 2 anchors: 0 broken.\n"
    (verdict,) = json.loads(CliRunner().invoke(app, ["verify", "--format", "json"]).output)["chains"]
    assert (verdict["length"], verdict["broken_at"]) == (1, None)


def test_a_record_and_its_verifier_are_taken_elsewhere(settings: Any, tmp_path: Path) -> None:
    code("anchor")
    record, verifier = tmp_path / "record.jsonl", tmp_path / "verify.py"
    assert (code("export", record), code("verifier", verifier), code("export", record)) == (0, 0, 1)
    assert record.stat().st_mode & 0o077 == 0
    command = [sys.executable, "-I", verifier, record, "--anchors", settings.ANCHORS]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
