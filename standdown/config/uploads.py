"""What comes in with a form is kept on disk up to the largest file that a page takes, and not a byte more."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 33 * 1024 * 1024  # of all files of one form; pages take 32 MB, and say so where somebody sends more


class Bounded(FileUploadHandler):
    """The first handler in the row: beyond the limit it lets bytes pass by, so that the field sees it as too large."""

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002 - the library's
        """Hand a piece on, or drop it."""
        self.received += len(raw_data)
        return raw_data if self.received <= MOST_BYTES else None

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002 - the library's
        """Leave the file to the handlers that follow."""
