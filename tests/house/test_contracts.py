"""The import contracts bite: each deliberate mistake breaks exactly the contract that is there to stop it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.reading import ROOT

FLOORS = "Floors: a part imports only from floors below it"
SLICE = "Inside a slice: screens over rules over records"
VIEWS = "Views read through queries and write through actions"
POLICY = "Policy is plain Python"
CARE = "Care stays in care; reporting sees figures only"
PUBLISHED = "What is shown was published"
CLOSED_ROOM = "Occupational health is a closed room"
CIRCLES = "No circles between slices"

# A slice of each part, made for the trial, so that the mistakes do not depend on what the real slices hold today.
SLICE_FILES = ("urls", "views", "forms", "actions", "queries", "messages", "permissions", "models", "policy")
TRIAL = {
    f"standdown/{part}/{name}/{file}.py": '"""For the trial."""\n'
    for part, name in (
        ("training", "trial"),
        ("care", "trial"),
        ("care", "second_trial"),
        ("people", "trial"),
        ("occupational_health", "trial"),
    )
    for file in ("__init__", *SLICE_FILES)
} | {
    "standdown/care/figures.py": "",
    "standdown/reporting/__init__.py": "",
    "standdown/reporting/tables.py": "",
    "standdown/api/__init__.py": "",
    "standdown/api/training.py": "",
}

# What was done wrong: the contract that must stop it, and in which file which line.
SABOTAGE: dict[str, tuple[str, dict[str, str]]] = {
    "foundation knows the audit": (FLOORS, {"foundation/clock.py": "from standdown.audit import models"}),
    "design knows people": (FLOORS, {"design/charts.py": "from standdown.people.forces import models"}),
    "audit knows people": (FLOORS, {"audit/chain.py": "import standdown.people.models"}),
    "people know messages": (FLOORS, {"people/trial/actions.py": "from standdown.notifications import models"}),
    "people know training": (FLOORS, {"people/trial/models.py": "from standdown.training.trial import models"}),
    "care knows training": (FLOORS, {"care/trial/queries.py": "from standdown.training.trial import queries"}),
    "public pages know the API": (FLOORS, {"public/feeding.py": "from standdown.api import training"}),
    "the API knows public pages": (FLOORS, {"api/training.py": "from standdown import public"}),
    "training knows the settings": (FLOORS, {"training/trial/models.py": "import standdown.config.settings"}),
    "a slow import hides in a function": (
        FLOORS,
        {"foundation/ids.py": "def late() -> None:\n    import standdown.people.models"},
    ),
    "an import only for types": (
        FLOORS,
        {"audit/queries.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import standdown.people.models"},
    ),
    "a part without a floor": (FLOORS, {"payroll/__init__.py": ""}),
    "records know permissions": (SLICE, {"training/trial/models.py": "import standdown.training.trial.permissions"}),
    "permissions ask queries": (SLICE, {"people/trial/permissions.py": "from standdown.people.trial import queries"}),
    "queries know messages": (SLICE, {"care/trial/queries.py": "from standdown.care.trial import messages"}),
    "messages know queries": (SLICE, {"care/trial/messages.py": "from standdown.care.trial import queries"}),
    "queries act": (SLICE, {"training/trial/queries.py": "from standdown.training.trial import actions"}),
    "actions know forms": (SLICE, {"training/trial/actions.py": "from standdown.training.trial import forms"}),
    "forms know views": (SLICE, {"occupational_health/trial/forms.py": "from .views import anything"}),
    "views know addresses": (SLICE, {"people/trial/views.py": "from . import urls"}),
    "a view opens its own records": (VIEWS, {"training/trial/views.py": "from standdown.training.trial import models"}),
    "a view opens another part's records": (VIEWS, {"training/trial/views.py": "import standdown.people.models"}),
    "a public view opens records": (
        VIEWS,
        {"public/__init__.py": "", "public/views.py": "import standdown.training.trial.models"},
    ),
    "a rule asks Django for the time": (POLICY, {"training/trial/policy.py": "from django.utils import timezone"}),
    "a rule asks the database": (POLICY, {"care/trial/policy.py": "import django.db.models"}),
    "a rule gets Django at second hand": (POLICY, {"people/trial/policy.py": "from standdown.foundation import clock"}),
    "a report reads care records": (CARE, {"reporting/tables.py": "from standdown.care.trial import models"}),
    "a public page asks care": (CARE, {"public/feeding.py": "from standdown.care.trial import queries"}),
    "the API asks care's figures": (CARE, {"api/training.py": "from standdown.care import figures"}),
    "a page of figures counts for itself": (PUBLISHED, {"reporting/views.py": "from standdown.care import figures"}),
    "a query of figures counts": (PUBLISHED, {"reporting/queries.py": "from standdown.care import figures"}),
    "a report asks occupational health": (
        CLOSED_ROOM,
        {"reporting/tables.py": "from standdown.occupational_health.trial import models"},
    ),
    "a public page asks occupational health": (
        CLOSED_ROOM,
        {"public/feeding.py": "from standdown.occupational_health import trial"},
    ),
    "a circle in training": (
        CIRCLES,
        {
            "training/trial/models.py": "from standdown.training.courses import models",
            "training/courses/models.py": "from standdown.training.trial import policy",
        },
    ),
    "a circle in people": (CIRCLES, {"people/forces/models.py": "from standdown.people.accounts import models"}),
    "a circle in care": (
        CIRCLES,
        {
            "care/trial/actions.py": "from standdown.care.second_trial import queries",
            "care/second_trial/actions.py": "from standdown.care.trial import queries",
        },
    ),
}  # fmt: skip

ALLOWED: dict[str, dict[str, str]] = {
    "nothing": {},
    "a report asks care's figures": {"reporting/tables.py": "from standdown.care import figures"},
    "addresses lead into occupational health": {
        "config/urls.py": "from standdown.occupational_health.trial import urls"
    },
    "occupational health asks care": {
        "occupational_health/trial/queries.py": "from standdown.care.trial import queries"
    },
    "a screen over rules over records": {
        "training/trial/views.py": "from standdown.training.trial import actions, forms, queries",
        "training/trial/actions.py": "from standdown.training.trial import messages, models, permissions, policy",
    },
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """By name of the mistake, the contracts that it breaks."""
    copy = tmp_path_factory.mktemp("house")
    shutil.copytree(
        ROOT / "standdown",
        copy / "standdown",
        ignore=shutil.ignore_patterns("__pycache__", "static", "jinja2", "locale", "styles", "assets", "tests"),
    )
    for path, text in TRIAL.items():
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_text(text)
    mistakes = {name: files for name, (_contract, files) in SABOTAGE.items()} | ALLOWED
    told = {name: {f"standdown/{path}": text for path, text in files.items()} for name, files in mistakes.items()}
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "house" / "sabotage.py", ROOT / "pyproject.toml"],
        cwd=copy,
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("mistake", SABOTAGE)
def test_a_mistake_breaks_exactly_its_contract(mistake: str, broken: dict[str, list[str]]) -> None:
    assert broken[mistake] == [SABOTAGE[mistake][0]]


@pytest.mark.parametrize("deed", ALLOWED)
def test_what_is_allowed_breaks_none(deed: str, broken: dict[str, list[str]]) -> None:
    assert broken[deed] == []


def test_every_contract_is_tried_twice_and_tells_the_reader_what_to_do() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    tried = [contract for contract, _files in SABOTAGE.values()]
    assert sorted(set(tried)) == sorted(contract["name"] for contract in contracts)
    assert [contract["name"] for contract in contracts if tried.count(contract["name"]) < 2] == []
    assert [contract["name"] for contract in contracts if not contract.get("broken_contract_guidance")] == []


def test_the_only_imports_left_out_are_those_of_tests_and_of_figures() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    left_out = {line for contract in contracts for line in contract.get("ignore_imports", ())}
    assert left_out == {
        "standdown.**.tests.** -> standdown.**",
        "standdown.reporting.** -> standdown.care.figures",
    }


def test_the_walls_stand_before_the_rooms() -> None:
    for part in ("care", "occupational_health"):
        assert (Path(ROOT) / "standdown" / part / "__init__.py").read_text().startswith('"""')
