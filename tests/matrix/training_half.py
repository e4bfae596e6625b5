"""Who gets what of the slices of training, each table written beside the slice that it is about."""

from __future__ import annotations

from tests.matrix import (
    rows_attendance,
    rows_bulk,
    rows_certificates,
    rows_exchanges,
    rows_feedback,
    rows_interest,
    rows_links,
    rows_messages,
    rows_mine,
    rows_mutual_aid,
    rows_nominations,
    rows_qualifications,
    rows_trainers,
)
from tests.matrix.who import Row

_TABLES = (
    rows_attendance, rows_bulk, rows_certificates, rows_exchanges, rows_feedback, rows_interest, rows_links,
    rows_messages, rows_mine, rows_mutual_aid, rows_nominations, rows_qualifications, rows_trainers,
)  # fmt: skip
ROWS: dict[str, Row] = {name: row for table in _TABLES for name, row in table.ROWS.items()}
