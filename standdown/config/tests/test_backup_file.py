"""The file of a backup: it opens whole with its key, and in no other case."""

from __future__ import annotations

import io
import secrets
from pathlib import Path

import pytest

from standdown.config.backup import archive, sealed
from standdown.config.backup import key as keys
from standdown.config.backup.failures import CannotBeginError, DamagedError
from standdown.config.backup.manifest import FORMAT, Facts, Manifest

KEY, OTHER = bytes(range(32)), bytes(32)
SMALL = 64  # bytes of content in a chunk, so that a short file has many


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sealed, "CHUNK", SMALL)
    return SMALL + sealed.TAG


def seal(content: bytes, key: bytes = KEY) -> bytes:
    out = io.BytesIO()
    with sealed.Sealed(out, key) as cover:
        cover.write(content)
    return out.getvalue()


def unseal(text: bytes, key: bytes = KEY) -> bytes:
    opened = sealed.Opened(io.BytesIO(text), key)
    return b"".join(iter(lambda: opened.read(50) or b"", b""))


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A backup of two files that do not pack well."""
    files = {archive.DATABASE: tmp_path / "d", archive.SECRET: tmp_path / "s"}
    for number, path in enumerate(files.values()):
        path.write_bytes(secrets.token_bytes(300 + number))
    facts = Facts({"audit_chain": 1}, [["a", 2, "b"]], [["audit", "0001"]])
    manifest = Manifest(FORMAT, "0", "sqlite", "2026-11-28T00:00:00+00:00", facts, "mark", archive.described(files))
    out = tmp_path / "whole.backup"
    with out.open("wb") as written:
        archive.pack(written, KEY, manifest, files)
    return out


@pytest.mark.parametrize("size", [0, 1, SMALL - 1, SMALL, SMALL + 1, 2 * SMALL, 10 * SMALL + 7])
def test_what_was_sealed_opens(small: int, size: int) -> None:
    content = secrets.token_bytes(size)
    assert unseal(seal(content)) == content


def test_the_same_content_never_looks_the_same() -> None:
    assert seal(b"content")[sealed.HEADER :] != seal(b"content")[sealed.HEADER :]


def test_every_flipped_bit_is_noticed(small: int) -> None:
    text = seal(secrets.token_bytes(3 * SMALL + 5))
    for place in range(len(text)):
        for bit in (1, 128):
            with pytest.raises(DamagedError):
                unseal(text[:place] + bytes([text[place] ^ bit]) + text[place + 1 :])


def test_every_cut_and_everything_added_is_noticed(small: int) -> None:
    text = seal(secrets.token_bytes(3 * SMALL))
    for length in range(len(text)):
        with pytest.raises(DamagedError):
            unseal(text[:length])
    for more in (b"\0", text[-small:], text):
        with pytest.raises(DamagedError):
            unseal(text + more)


def test_chunks_in_another_order_twice_or_out_of_another_file_are_noticed(small: int) -> None:
    content = secrets.token_bytes(4 * SMALL)
    one, other = seal(content), seal(content)
    head, body = one[: sealed.HEADER], one[sealed.HEADER :]
    first, second, third, last = (body[place : place + small] for place in range(0, 4 * small, small))
    assert unseal(head + first + second + third + last) == content
    foreign = other[sealed.HEADER :][:small]
    for wrong in (
        [second, first, third, last], [first, third, second, last], [first, first, second, last], [first, third, last],
        [first, second, last, third], [foreign, second, third, last], [first, second, last],
    ):  # fmt: skip
        with pytest.raises(DamagedError):
            unseal(head + b"".join(wrong))
    with pytest.raises(DamagedError):
        unseal(other[: sealed.HEADER] + body)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(DamagedError, match="another one"):
        unseal(seal(b"content"), OTHER)
    text = seal(b"content")
    start = len(sealed.MAGIC)
    forged = text[:start] + keys.mark(OTHER) + text[start + keys.MARK_SIZE :]  # says that it is for that key
    with pytest.raises(DamagedError, match="damaged"):
        unseal(forged, OTHER)


def test_what_is_no_backup_is_said_to_be_none() -> None:
    for text in (b"", b"SQLite format 3\0" * 10):
        with pytest.raises(DamagedError, match="no backup"):
            unseal(text)


def test_a_backup_comes_out_as_it_went_in(whole: Path, tmp_path: Path) -> None:
    into = tmp_path / "into"
    into.mkdir()
    manifest = archive.unpack(whole, KEY, into)
    assert archive.described({name: into / name for name in archive.KNOWN}) == manifest.files
    assert {file.name for file in into.iterdir()} == archive.KNOWN
    assert archive.unpack(whole, KEY) == manifest


def test_a_byte_that_is_not_as_it_was_spoils_a_backup_wherever_it_lies(whole: Path) -> None:
    text = whole.read_bytes()
    for place in range(0, len(text), 7):
        whole.write_bytes(text[:place] + bytes([text[place] ^ 4]) + text[place + 1 :])
        with pytest.raises(DamagedError):
            archive.unpack(whole, KEY)


@pytest.mark.parametrize("content", [b"", b"no archive at all", b"\x1f\x8b" + bytes(40)])
def test_what_was_sealed_but_never_packed_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "file"
    file.write_bytes(seal(content))
    with pytest.raises(DamagedError):
        archive.unpack(file, KEY)


def test_a_backup_must_hold_what_it_says_it_holds(whole: Path, tmp_path: Path) -> None:
    manifest = archive.unpack(whole, KEY)
    database, other = tmp_path / "d", tmp_path / "s"
    for files in ({}, {archive.DATABASE: other}, {"../out": database}, {archive.DATABASE: database}):
        file = tmp_path / "file"
        with file.open("wb") as out:
            archive.pack(out, KEY, manifest, files)
        with pytest.raises(DamagedError):
            archive.unpack(file, KEY)


def test_a_key_is_made_once_for_its_owner_and_read_again(tmp_path: Path) -> None:
    file, home = tmp_path / "key", tmp_path / "home"
    mark = keys.new(file, home=home)
    assert (keys.mark(keys.read(file)).hex(), file.stat().st_mode & 0o777) == (mark, 0o600)
    assert not keys.is_open_to_others(file)
    before = file.read_bytes()
    with pytest.raises(CannotBeginError, match="there already"):
        keys.new(file, home=home)
    assert file.read_bytes() == before
    with pytest.raises(CannotBeginError, match="home folder"):
        keys.new(home / "key", home=home)
    with pytest.raises(CannotBeginError, match="cannot be written"):
        keys.new(tmp_path / "nowhere" / "key", home=home)


NO_KEYS = ["", "word", f"{keys.WORD} short", f"{keys.WORD} {'A' * 40}", f"other {'A' * 43}=", "é"]


@pytest.mark.parametrize("text", NO_KEYS)
def test_what_is_no_key_is_not_used(tmp_path: Path, text: str) -> None:
    file = tmp_path / "key"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CannotBeginError, match="no backup key"):
        keys.read(file)


def test_without_a_key_nothing_begins(tmp_path: Path) -> None:
    with pytest.raises(CannotBeginError, match="backup-key new"):
        keys.read(None)
    with pytest.raises(CannotBeginError, match="cannot be read"):
        keys.read(tmp_path / "nowhere")
