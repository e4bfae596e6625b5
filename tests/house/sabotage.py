"""Runs the import contracts over a copy of the tree, once for each deliberate mistake, in one process.

Called as `python sabotage.py PYPROJECT`, in the folder that holds the copy; mistakes are read from standard input as
JSON, {name: {path: text to add}}, and the broken contracts of each are written to standard output, {name: [contract]}.
A process of its own, because the linter asks Python where the package lies, and here that is not the real one.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path.cwd()


def broken_contracts(pyproject: str) -> list[str]:
    """The names of the contracts that do not hold in the copy as it is now."""
    from importlinter import configuration
    from importlinter.application import use_cases

    configuration.configure()
    options = use_cases.read_user_options(config_filename=pyproject)
    use_cases._register_contract_types(options)
    report = use_cases.create_report(options, cache_dir=str(HERE / "cache"))
    unreadable = [f"unreadable: {name}" for name in report.invalid_contract_options]
    return unreadable + [contract.name for contract, check in report.get_contracts_and_checks() if not check.kept]


@contextlib.contextmanager
def added(files: dict[str, str]) -> Iterator[None]:
    """Add these texts to the ends of these files, and put everything back afterwards."""
    before = {HERE / path: (HERE / path).read_text() if (HERE / path).exists() else None for path in files}
    for path, text in files.items():
        (HERE / path).parent.mkdir(parents=True, exist_ok=True)
        (HERE / path).write_text((before[HERE / path] or "") + "\n" + text)
    try:
        yield
    finally:
        for file, text_before in before.items():
            if text_before is None:
                file.unlink()
                if file.name == "__init__.py":
                    file.parent.rmdir()
            else:
                file.write_text(text_before)


def main() -> None:
    """Try every mistake in turn."""
    sys.path.insert(0, str(HERE))
    found = {}
    for name, files in json.load(sys.stdin).items():
        with added(files), contextlib.redirect_stdout(io.StringIO()):
            found[name] = broken_contracts(sys.argv[1])
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
