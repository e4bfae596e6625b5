from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from standdown.config import uploads
from standdown.people.accounts.forms import ImportForm

LARGE = b"a" * (2 * 1024 * 1024)  # more than is held in memory


@pytest.fixture(autouse=True)
def limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", len(LARGE))


def sent(content: bytes, requests: RequestFactory) -> int:
    with requests.post("/", {"file": SimpleUploadedFile("a.csv", content)}).FILES["file"] as file:
        return file.size or 0


def test_a_file_within_the_limit_arrives_whole(rf: RequestFactory) -> None:
    assert sent(b"a,b", rf) == len(b"a,b")
    assert sent(LARGE, rf) == len(LARGE)


def test_of_a_larger_one_no_more_than_the_limit_is_kept(rf: RequestFactory) -> None:
    assert 0 < sent(LARGE * 3, rf) <= len(LARGE)


def test_the_limit_is_above_what_a_page_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert ImportForm.base_fields["file"].megabytes * 1024 * 1024 < uploads.MOST_BYTES
