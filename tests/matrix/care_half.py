"""Who gets what of the slices of care, each table written beside the slice that it is about."""

from __future__ import annotations

from tests.matrix import (
    rows_care_boards,
    rows_care_demobilising,
    rows_care_duty,
    rows_care_exposures,
    rows_care_grouping,
    rows_care_matching,
)
from tests.matrix.who import Row

_TABLES: tuple[dict[str, Row], ...] = (
    rows_care_boards.ROWS,
    rows_care_demobilising.ROWS,
    rows_care_duty.ROWS,
    rows_care_exposures.ROWS,
    rows_care_grouping.ROWS,
    rows_care_matching.ROWS,
)  # rows_care_<slice>.ROWS of each slice, a line each
ROWS: dict[str, Row] = {name: row for table in _TABLES for name, row in table.items()}
