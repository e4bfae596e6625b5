"""What stands where: which file may know what, how long it may be, and what it is called."""

from __future__ import annotations

import ast
import re
import tomllib

import pytest

from tests.house import exceptions
from tests.house.reading import ROOT, Function, Source, called, python, unshipped

FUNCTION, VIEW, JOURNEY, FILE, FILE_OF_TESTS = 40, 25, 60, 300, 400  # lines; a journey is one story
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "service", "services", "misc"}
HERE = "tests/house/test_layout.py"
EDGES = ("standdown/config/", "standdown/api/")


def length(function: Function) -> int:
    """The lines of a function from `def` to its last."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def too_long(sources: list[Source], limit: int) -> set[str]:
    """The functions longer than that, as `path: name`."""
    return {
        f"{source.path}: {function.name}"
        for source in sources
        for function in source.functions()
        if length(function) > limit
    }


def is_edge(path: str) -> bool:
    """True for the files that stand at the edge: screens, middleware, the API, what only config knows."""
    name = path.rpartition("/")[2]
    return name.startswith("views") or name == "middleware.py" or path.startswith(EDGES)


def asks_the_time(source: Source) -> list[str]:
    """The calls that read a clock, whichever."""
    return [
        f"{source.path}:{call.lineno}: {ast.unparse(call.func)}"
        for call in source.calls()
        if isinstance(call.func, ast.Attribute)
        and (
            (called(call) == "now" and re.search(r"\b(clock|timezone|datetime|dt)\b", ast.unparse(call.func.value)))
            or called(call) in {"utcnow", "today", "localdate", "localtime", "time_ns"}
            or ast.unparse(call.func) == "time.time"
        )
    ]


def imports_late(source: Source) -> bool:
    """True when a file imports something inside a function."""
    inside = (inner for function in source.functions() for inner in ast.walk(function))
    return any(isinstance(inner, ast.Import | ast.ImportFrom) for inner in inside)


def test_only_the_edges_ask_the_clock() -> None:
    allowed = exceptions.ASKS_THE_CLOCK
    found = [
        line
        for source in python()
        if not is_edge(source.path) and source.path not in allowed
        for line in asks_the_time(source)
    ]
    assert found == []


def test_the_edges_ask_our_clock() -> None:
    found = [
        line
        for source in python()
        if source.path not in exceptions.ASKS_THE_CLOCK
        for line in asks_the_time(source)
        if not line.endswith("clock.now")
    ]
    assert found == []


def test_a_file_that_no_longer_asks_the_clock_is_not_excused() -> None:
    asking = {source.path for source in python() if asks_the_time(source)}
    assert exceptions.ASKS_THE_CLOCK.keys() - asking == set()


@pytest.mark.parametrize("words", ["vendor", "select_for_update"])
def test_only_one_file_knows_which_database_runs(words: str) -> None:
    pattern = re.compile(rf"\b{words}\b")
    knowing = [source.path for source in python(migrations=True) if pattern.search(source.text)]
    assert knowing == ["standdown/foundation/db.py"]


def test_nothing_is_taken_from_one_database_alone() -> None:
    banned = re.compile(r"^(django\.contrib\.postgres|psycopg|sqlite3)\b")
    found = {source.path for source in python(migrations=True) for name in source.imports() if banned.match(name)}
    assert found == {"standdown/foundation/db.py"} | exceptions.READS_ONE_DATABASE_S_FILE.keys()


def test_policies_are_plain_python() -> None:
    foreign = re.compile(r"^(django|allauth|jinja2|typer|icalendar)\b")
    found = [
        f"{source.path}: {name}"
        for source in python("**/policy.py", "foundation/can.py")
        for name in source.imports()
        if foreign.match(name)
    ]
    assert found == []


def test_policies_do_no_input_and_no_output() -> None:
    outside = {"open", "print", "input", "getenv", "urlopen", "connect", "execute"}
    found = [
        f"{source.path}:{call.lineno}"
        for source in python("**/policy.py")
        for call in source.calls()
        if called(call) in outside
    ]
    assert found == []


def test_no_screen_opens_records_itself() -> None:
    found = [
        f"{source.path}: {name}"
        for source in python("**/views*.py", "**/feeds.py")
        for name in source.imports()
        if re.match(r"^standdown\..*\.models(\.|$)|^django\.db\b", name)
    ]
    assert found == []


def test_imports_stand_at_the_top() -> None:
    found = {source.path for source in python() if source.name != "apps.py" and imports_late(source)}
    assert found == exceptions.IMPORTED_LATE.keys()


def test_functions_are_short() -> None:
    journeys = [source for source in unshipped() if source.path.startswith("tests/journeys/")]
    others = [source for source in [*python(), *unshipped()] if source not in journeys]
    assert too_long(others, FUNCTION) | too_long(journeys, JOURNEY) == exceptions.LONG_FUNCTIONS.keys()


def test_views_are_shorter() -> None:
    assert too_long(python("**/views*.py"), VIEW) == exceptions.LONG_VIEWS.keys()


def test_files_are_short() -> None:
    of_tests = {source.path for source in unshipped() if source.lines > FILE_OF_TESTS}
    shipped = {source.path for source in python() if source.lines > FILE}
    assert shipped | of_tests == exceptions.LONG_FILES.keys()


def test_every_exception_says_why() -> None:
    tables = [value for name, value in vars(exceptions).items() if name.isupper() and isinstance(value, dict)]
    reasons = [reason for table in tables for reason in table.values()]
    assert [reason for reason in reasons if len(reason) < len("is the clock")] == []


def test_what_people_can_do_and_ask_is_explained() -> None:
    found = [
        f"{source.path}: {node.name}"
        for source in python("**/policy.py", "**/actions*.py", "**/queries*.py", "foundation/*.py")
        for node in source.tree.body
        if isinstance(node, Function) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert found == []


def test_names_say_what_a_thing_is_for() -> None:
    paths = [source.path for source in [*python(tests=True), *unshipped()]]
    general = {path for path in paths for part in path.split("/") if too_general(part)}
    assert general == set()


def too_general(name: str) -> bool:
    """True for the name of a file or folder that could hold anything."""
    words = set(name.removesuffix(".py").split("_"))
    return bool(words & BANNED_NAMES) and name not in exceptions.NAMED_SO


def test_every_part_says_what_it_is_for_and_what_it_must_never_know() -> None:
    parts = [source for source in python("*/__init__.py") if source.path.count("/") == 2]
    assert [part.path for part in parts if not (ast.get_docstring(part.tree) or "").strip()] == []
    knows_all = "standdown/config/__init__.py"
    never = re.compile(r"must\s+never\s+know", re.IGNORECASE)
    assert [part.path for part in parts if part.path != knows_all and not never.search(part.text)] == []


def test_no_file_is_empty_but_those_that_python_asks_for() -> None:
    assert [source.path for source in python() if not source.text.strip() and source.name != "__init__.py"] == []


def test_no_test_waits_but_for_another_program() -> None:
    waiting = re.compile(r"\bsleep\(|wait_for_timeout\(")
    tests = [source for source in unshipped() if "tests/" in source.path and source.path != HERE]
    assert {source.path for source in tests if waiting.search(source.text)} == exceptions.WAITS.keys()


def test_no_test_stops_the_clock_or_pretends() -> None:
    pretending = re.compile(r"^(unittest\.mock|mock|freezegun|time_machine)\b")
    found = [f"{s.path}: {name}" for s in unshipped() for name in s.imports() if pretending.match(name)]
    assert found == []


def test_there_is_no_way_round_by_an_admin_site() -> None:
    assert [source.path for source in python() if "contrib.admin" in source.text or "admin.site" in source.text] == []


def test_what_the_linter_lets_pass_has_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lint = text[text.index("[tool.ruff.lint]") : text.index("[tool.ruff.lint.pydocstyle]")]
    rules = [line.strip() for line in lint.splitlines() if re.match(r'\s*"', line)]
    assert len(rules) > 1
    assert [line for line in rules if not re.search(r"#\s*\S.{6,}", line)] == []


def test_what_one_line_is_excused_from_has_a_reason() -> None:
    excuse = re.compile(r"#\s*(noqa|type:\s*ignore)\b(.*)")
    # A code in brackets or after a colon, and then words; the types that Django sets at run time need none.
    found = [
        f"{source.path}:{number}: {match.group(0)}"
        for source in python()
        for number, line in enumerate(source.text.splitlines(), 1)
        if (match := excuse.search(line)) and not re.search(r"[A-Z]{1,4}\d{2,4}|\[[\w, -]+\]", match.group(2))
    ]
    assert found == []


def test_what_the_types_ignore_is_listed() -> None:
    overrides = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]["overrides"]
    assert [one["module"] for one in overrides if any(name.startswith("standdown") for name in one["module"])] == []


def test_the_rules_notice() -> None:
    source = Source(
        "standdown/made_up/actions.py",
        "import datetime as dt\ndef a():\n    import json\n    return dt.datetime.now(), dt.date.today()\n",
    )
    assert len(asks_the_time(source)) == 2
    assert imports_late(source)
    assert too_long([source], 2) == {"standdown/made_up/actions.py: a"}
