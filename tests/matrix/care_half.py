"""Who gets what of the slices of care: every table `rows_care_<slice>.py`, each written beside its slice."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from tests.matrix.who import Row

_FILES = sorted(Path(__file__).parent.glob("rows_care_*.py"))
ROWS: dict[str, Row] = {
    name: row for file in _FILES for name, row in import_module(f"tests.matrix.{file.stem}").ROWS.items()
}
