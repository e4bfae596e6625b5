"""The cover of a backup: AES-256-GCM in chunks, each bound to the header, to its place, and the last to being the last.

After the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its Nonce-Reuse
Misuse-Resistance, 2015). Each file has a key of its own, derived from the operator's key and a random salt, so that a
nonce, which is the number of the chunk, never meets the same key twice. Whatever comes out of `Opened` was written by
somebody with the key, in this order; that nothing is missing is known only once it has been read to its end.
"""

from __future__ import annotations

import io
import secrets
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from standdown.config.backup import key as keys
from standdown.config.backup.failures import DamagedError

MAGIC = b"STANDDOWN-BACKUP-1\n"
SALT = 32  # bytes
HEADER = len(MAGIC) + keys.MARK_SIZE + SALT
CHUNK = 1024 * 1024  # bytes of content
TAG = 16  # bytes
NOT_WHOLE = "The file is damaged: it was changed, cut or put together anew. Nothing of it was used."


def _cipher(key: bytes, header: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=keys.SIZE, salt=header[-SALT:], info=MAGIC).derive(key))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")


class Sealed(io.RawIOBase):
    """A file to write to. Only `close()` sets the end mark; what was left off before is refused by `Opened`."""

    def __init__(self, out: BinaryIO, key: bytes) -> None:
        self._out, self._held, self._number = out, bytearray(), 0
        self._header = MAGIC + keys.mark(key) + secrets.token_bytes(SALT)
        self._with = _cipher(key, self._header)
        out.write(self._header)

    def writable(self) -> bool:
        """It is for writing only."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # any buffer of bytes, as tarfile and gzip hand it
        """Take bytes; a chunk goes out once more than one is held, so that the last is known when it comes."""
        self._held += data
        while len(self._held) > CHUNK:
            self._put(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]
        return len(data)

    def close(self) -> None:
        """Write the last chunk, marked as such. The file below stays open."""
        if not self.closed:
            self._put(bytes(self._held), last=True)
        super().close()

    def _put(self, content: bytes, *, last: bool) -> None:
        self._out.write(self._with.encrypt(_nonce(self._number, last=last), content, self._header))
        self._number += 1


class Opened(io.RawIOBase):
    """A file to read from. DamagedError as soon as anything is not as it was written, or the key is another."""

    def __init__(self, source: BinaryIO, key: bytes) -> None:
        self._source, self._held, self._number = source, b"", 0
        self._header = source.read(HEADER)
        if len(self._header) < HEADER or not self._header.startswith(MAGIC):
            raise DamagedError("This is no backup of Standdown, or its beginning is damaged.")
        if self._header[len(MAGIC) : -SALT] != keys.mark(key):
            raise DamagedError("This key does not open this backup: it was made with another one, or is damaged.")
        self._with = _cipher(key, self._header)
        self._next = source.read(CHUNK + TAG)

    def readable(self) -> bool:
        """It is for reading only."""
        return True

    def readinto(self, into: bytearray) -> int:  # type: ignore[override]  # any buffer that can be written to
        """Fill the buffer with what is proven; 0 only at the proven end."""
        if not self._held and (self._next or self._number == 0):
            self._held = self._take()
        size = min(len(into), len(self._held))
        into[:size], self._held = self._held[:size], self._held[size:]
        return size

    def _take(self) -> bytes:
        chunk, self._next = self._next, self._source.read(CHUNK + TAG)
        try:
            content = self._with.decrypt(_nonce(self._number, last=not self._next), chunk, self._header)
        except (InvalidTag, ValueError) as error:
            raise DamagedError(NOT_WHOLE) from error
        self._number += 1
        return content
