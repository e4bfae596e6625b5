"""Measure what we promise: `python scripts/bench [NAME ...]` prints a table and writes build/bench.json.

A missed promise is printed and changes nothing else: figures depend on the machine; tests hold the counts.
"""

import datetime as dt
import importlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RESULT = ROOT / "build" / "bench.json"
VERDICTS = {True: "met", False: "missed", None: ""}

sys.path[:0] = [str(ROOT), str(HERE.parent)]

import harness  # noqa: E402 -- found only through the path that is set above


def main() -> None:
    """Run the benches that were named, or all."""
    os.chdir(ROOT)
    wanted = sys.argv[1:] or sorted(file.stem.removeprefix("bench_") for file in HERE.glob("bench_*.py"))
    machine = harness.machine()
    print(", ".join(f"{name} {value}" for name, value in machine.items()))
    print(f"\n{'figure':<62} {'measured':>12} {'unit':<14} {'promised':<10}")
    rows = []
    for row in _measure(wanted):
        rows.append(row)
        print(
            f"{row.name:<62} {row.figure:>12,.4g} {row.unit:<14} {row.target:<10} {VERDICTS[row.met]}",
            flush=True,
        )
    RESULT.parent.mkdir(exist_ok=True)
    taken = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    result = {"taken": taken, "machine": machine, "rows": [row.as_json() for row in rows]}
    RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    missed = sum(row.met is False for row in rows)
    print(f"\n{len(rows)} figures, {missed} missed; written to {RESULT.relative_to(ROOT)}")


def _measure(names: list[str]) -> Iterator[harness.Row]:
    for name in names:
        yield from importlib.import_module(f"bench_{name}").measure()


if __name__ == "__main__":
    main()
