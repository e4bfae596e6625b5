"""How the house's own tests read the tree: its files, and what they say when parsed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "standdown"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file, by its path from the root of the tree."""

    path: str
    text: str

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.text)

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    def functions(self) -> Iterator[Function]:
        """Every function and method, nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def calls(self) -> Iterator[ast.Call]:
        """Every call."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def imports(self) -> Iterator[str]:
        """The full name of everything that is imported, however it is written."""
        package = self.path.removesuffix(".py").split("/")[:-1]
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                above = package[: len(package) - node.level + 1] if node.level else []
                base = ".".join([*above, *(node.module.split(".") if node.module else [])])
                yield from (f"{base}.{alias.name}" for alias in node.names)


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


def python(*patterns: str, tests: bool = False, migrations: bool = False) -> list[Source]:
    """The Python files of the product that match one of these patterns (all of them, without a pattern)."""
    files = {file for pattern in patterns or ("**/*.py",) for file in PRODUCT.glob(pattern)}
    wanted = []
    for file in sorted(files):
        path = file.relative_to(ROOT).as_posix()
        if ("/tests/" in path and not tests) or ("/migrations/" in path and not migrations):
            continue
        wanted.append(Source(path, file.read_text(encoding="utf-8")))
    return wanted


def unshipped() -> list[Source]:
    """The Python files that are not shipped: tests of slices, tests of the whole, scripts."""
    files = [*PRODUCT.glob("**/tests/*.py"), *ROOT.glob("tests/**/*.py"), *ROOT.glob("scripts/**/*.py")]
    return [Source(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")) for file in sorted(files)]


def called(node: ast.Call) -> str:
    """The last word of what is called: `save` for `record.save()`, `act` for `act()`."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def of_part(model_module: str) -> str:
    """The part of the house that a module of ours lies in: `training` for standdown.training.sessions.models."""
    return model_module.split(".")[1]
