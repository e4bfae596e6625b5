"""Links that need no password: signed, for one purpose, one person and one record, until a moment."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import struct
import uuid
from dataclasses import dataclass

from django.core import signing

_BODY = struct.Struct(">16s16sIq")  # record, person, generation, until (seconds)
_MOST = 200  # characters; ours are shorter


class NoSuchLink(Exception):
    """The link was not made by us for this purpose, or was changed on the way."""


class LinkOver(Exception):
    """The link is ours, and its time is over."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a link is bound to. A higher `generation` of the same record makes older links void: the reader compares."""

    record: uuid.UUID
    person: uuid.UUID
    until: dt.datetime
    generation: int = 0


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(salt=f"standdown.link.{purpose}", sep=".")


def sign(purpose: str, link: Link) -> str:
    """The token for an address."""
    body = _BODY.pack(link.record.bytes, link.person.bytes, link.generation, int(link.until.timestamp()))
    return _signer(purpose).sign(base64.urlsafe_b64encode(body).rstrip(b"=").decode())


def read(purpose: str, token: str, at: dt.datetime) -> Link:
    """What the token is bound to. Raises NoSuchLink, or LinkOver once its moment has passed."""
    if len(token) > _MOST:
        raise NoSuchLink
    try:
        text = _signer(purpose).unsign(token)
        record, person, generation, until = _BODY.unpack(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (signing.BadSignature, binascii.Error, struct.error, ValueError) as error:
        raise NoSuchLink from error
    link = Link(uuid.UUID(bytes=record), uuid.UUID(bytes=person), dt.datetime.fromtimestamp(until, dt.UTC), generation)
    if link.until <= at:
        raise LinkOver
    return link
