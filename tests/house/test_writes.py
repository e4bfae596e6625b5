"""Nothing is written but in an act, and an act looks the same everywhere."""

from __future__ import annotations

import ast
import re

from standdown.foundation import access
from standdown.foundation.access import ANYONE, Can
from standdown.people.roles.policy import EVERYONE, RULES
from tests.house import exceptions
from tests.house.reading import Function, Source, called, python

WRITING = {
    "save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete", "abulk_create",
    "acreate", "asave", "adelete", "aupdate", "raw_save", "save_base", "store_new", "change_plain",
}  # fmt: skip
QUERYSETS = {"objects", "filter", "exclude", "all", "lock", "order_by", "_base_manager", "_default_manager"}


def writes(source: Source) -> list[str]:
    """The calls in a file that would write to a table, as `line: what`."""
    return [
        f"{source.path}:{call.lineno}: {called(call)}"
        for call in source.calls()
        if isinstance(call.func, ast.Attribute)
        and (called(call) in WRITING or (called(call) == "update" and _of_a_queryset(call.func.value)))
    ]


def _of_a_queryset(node: ast.expr) -> bool:
    words = {child.attr for child in ast.walk(node) if isinstance(child, ast.Attribute)}
    words |= {child.id for child in ast.walk(node) if isinstance(child, ast.Name)}
    return bool(words & QUERYSETS)


def keyword_facts(function: Function) -> set[str]:
    """The names of what a function takes by keyword only."""
    return {argument.arg for argument in function.args.kwonlyargs}


def takes_by_place(function: Function) -> bool:
    """True when anything can be handed to the function without its name."""
    arguments = function.args
    return bool(arguments.args or arguments.posonlyargs or arguments.vararg)


def acts(function: Function, source: Source) -> bool:
    """True when a function calls `act()`, itself or through a private function of its own file."""
    private = {one.name: one for one in source.tree.body if isinstance(one, Function) and one.name.startswith("_")}
    names = _called_in(function)
    return "act" in names or any("act" in _called_in(private[name]) for name in names & private.keys())


def _called_in(function: Function) -> set[str]:
    return {called(node) for node in ast.walk(function) if isinstance(node, ast.Call)}


def actions() -> list[tuple[Source, Function]]:
    """Every public function of every file of actions."""
    return [
        (source, node)
        for source in python("**/actions.py", "**/actions_*.py")
        for node in source.tree.body
        if isinstance(node, Function) and not node.name.startswith("_")
    ]


def test_only_actions_write() -> None:
    allowed = exceptions.WRITES_ELSEWHERE
    found = [
        line
        for source in python()
        if not source.name.startswith("actions") and source.path not in allowed
        for line in writes(source)
    ]
    assert found == []


def test_every_file_that_may_write_elsewhere_does() -> None:
    writing = {source.path for source in python() if writes(source)}
    assert exceptions.WRITES_ELSEWHERE.keys() - writing == set()


def writing_functions(source: Source) -> set[str]:
    """The names of a file's functions that write themselves."""
    return {function.name for function in source.functions() if writes(Source(source.path, ast.unparse(function)))}


def test_the_inside_of_an_act_is_called_by_actions_alone() -> None:
    inside = {source.path: source for source in python() if source.path in exceptions.INSIDE_AN_ACT}
    assert inside.keys() == exceptions.INSIDE_AN_ACT
    deeds = {
        (source.name.removesuffix(".py"), name) for source in inside.values() for name in writing_functions(source)
    }
    found = [
        f"{source.path}:{call.lineno}: {ast.unparse(call.func)}"
        for source in python()
        if not source.name.startswith("actions") and source.path not in inside
        for call in source.calls()
        if isinstance(call.func, ast.Attribute) and (ast.unparse(call.func.value), call.func.attr) in deeds
    ]
    assert found == []


def test_a_write_is_noticed() -> None:
    text = (
        "person.save()\nForce.objects.filter(pk=1).update(name='x')\nbases.delete()\n"
        "facts.update(a=1)\nForce.objects.bulk_create([])\ndigest.update(b'')\n"
    )
    noticed = [line.rpartition(":")[2].strip() for line in writes(Source("made_up.py", text))]
    assert sorted(noticed) == ["bulk_create", "delete", "save", "update"]


def test_only_those_named_open_the_database() -> None:
    opening = {
        source.path for source in python(migrations=True) if any(called(call) == "open_for" for call in source.calls())
    }
    assert opening == exceptions.OPENS_THE_DATABASE.keys()


def test_nothing_else_lets_itself_through_the_watch() -> None:
    named = re.compile(r"\b_open_for\b")
    assert [source.path for source in python() if named.search(source.text)] == ["standdown/foundation/db.py"]


def test_an_action_takes_its_facts_by_name_with_who_and_when() -> None:
    found = [
        f"{source.path}: {function.name}"
        for source, function in actions()
        if function.name not in exceptions.NOT_AN_ACTION
        and (takes_by_place(function) or not {"by", "at"} <= keyword_facts(function))
    ]
    assert found == []


def test_an_action_acts() -> None:
    found = [
        f"{source.path}: {function.name}"
        for source, function in actions()
        if function.name not in exceptions.NOT_AN_ACTION and not acts(function, source)
    ]
    assert found == []


def test_an_action_that_does_not_act_is_noticed() -> None:
    source = Source(
        "made_up.py",
        "def one(*, by, at):\n    with act(by): pass\ndef two(*, by, at):\n    _two()\ndef _two():\n    act()\n"
        "def three(*, by, at):\n    pass\ndef four(by, at):\n    act()\n",
    )
    named = {node.name: node for node in source.tree.body if isinstance(node, Function)}
    assert [name for name, function in named.items() if acts(function, source)] == ["one", "two", "_two", "four"]
    assert [name for name, function in named.items() if takes_by_place(function)] == ["four"]


def test_every_permission_has_a_rule() -> None:
    assert access.unruled() == set()


def test_every_permission_has_a_sentence_for_humans() -> None:
    assert access.SENTENCES.keys() == set(Can)


def test_somebody_holds_every_permission() -> None:
    held = set(EVERYONE) | set(ANYONE.powers) | {can for rules in RULES.values() for can in rules.cans}
    assert set(Can) - held == set()


def test_every_permission_is_asked_for_somewhere() -> None:
    lists = {"standdown/foundation/can.py", "standdown/foundation/access.py", "standdown/people/roles/policy.py"}
    asking = [source for source in python() if source.path not in lists and source.name != "permissions.py"]
    text = "\n".join(source.text for source in asking)
    assert [can.name for can in Can if not re.search(rf"\bCan\.{can.name}\b", text)] == []
