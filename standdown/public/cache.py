"""Public pages kept in memory, ready to send, until a write or the clock makes them untrue.

A page is kept under its path and language together with the number of the public data that it was made from
(`db.public_version`, which triggers of the database raise), so a write anywhere makes it stale in the same moment.
What a view says will change by itself (a date that passes, midnight in London) ends its keeping too.
Nothing that belongs to one visitor is ever kept: a request with a session or a message is answered afresh and marked
private. Only kept pages are compressed, because a page with a secret in it must not be.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from threading import Lock
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags, parse_http_date_safe
from django.utils.translation import get_language

from standdown.foundation import clock, db

P = ParamSpec("P")
Key = tuple[str, str, bool]

MOST_BYTES = 32 * 1024 * 1024
_PER_PAGE = 1024  # bytes of bookkeeping, so that many tiny pages count too
_GZIP = 16 + zlib.MAX_WBITS
_LEVEL = 1  # the best level makes a page a fifth smaller and takes four times as long


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a public view makes: the bytes, and the moment at which they would have to be made anew."""

    body: str
    until: dt.datetime
    content_type: str = "text/html; charset=utf-8"
    filename: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A sheet ready to send. `modified` is whole seconds, in Unix time, and never earlier than the making."""

    version: int
    until: dt.datetime
    content_type: str
    filename: str
    etag: str
    modified: int
    body: bytes
    gzipped: bytes

    @property
    def size(self) -> int:
        """Bytes of memory, about."""
        return len(self.body) + len(self.gzipped) + _PER_PAGE


class Shelf:
    """The kept pages of this process: the least recently used make room when there are too many bytes."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = Lock()
        self.size = 0

    def get(self, key: Key, version: int, at: dt.datetime) -> Kept | None:
        """The page, if it was made from data of that version and is still true at that moment."""
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.version != version or at >= page.until:
                return None
            self._pages.move_to_end(key)
            return page

    def keep(self, key: Key, page: Kept) -> Kept:
        """Keep the page, in the place of an older one, and return it as it is to be sent."""
        with self._lock:
            old = self._pages.pop(key, None)
            if old is not None:
                self.size -= old.size
                if old.etag == page.etag:
                    page = replace(page, modified=old.modified)
            if page.size <= self._most_bytes // 8:
                self._pages[key] = page
                self.size += page.size
                while self.size > self._most_bytes:
                    self.size -= self._pages.popitem(last=False)[1].size
            return page

    def clear(self) -> None:
        """Forget every page."""
        with self._lock:
            self._pages.clear()
            self.size = 0

    def __len__(self) -> int:
        return len(self._pages)


shelf = Shelf()


def kept(
    view: Callable[Concatenate[HttpRequest, dt.datetime, P], Sheet],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Turn a function that makes a sheet for a moment into a view that is answered from the shelf where it can be.

    The view is handed the moment, so that what the page says and how long it is kept agree. It must not read
    anything of the request but its path, and `neutral_titles`.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        at = clock.now()
        if _is_personal(request):
            return _private(view(request, at, *args, **kwargs))
        key = (request.path, get_language() or "", neutral_titles(request))
        version = db.public_version()  # before the data is read, so that what is kept is never older than its number
        page = shelf.get(key, version, at)
        if page is None:
            page = shelf.keep(key, _ready(view(request, at, *args, **kwargs), version, at))
        return _answer(request, page, at)

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", wrapper)


def neutral_titles(request: HttpRequest) -> bool:
    """True when a calendar is asked for whose titles say nothing of what they are about (`?title=neutral`)."""
    return request.GET.get("title") == "neutral"


def _is_personal(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES


def _private(sheet: Sheet) -> HttpResponse:
    response = HttpResponse(sheet.body, content_type=sheet.content_type)
    response.headers["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ("Cookie",))
    _name_file(response, sheet.filename)
    return response


def _ready(sheet: Sheet, version: int, at: dt.datetime) -> Kept:
    body = sheet.body.encode()
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    gzipped = compressor.compress(body) + compressor.flush()
    return Kept(
        version=version,
        until=sheet.until,
        content_type=sheet.content_type,
        filename=sheet.filename,
        # Weak, because the plain bytes share it. Made from the compressed ones, which are fewer.
        etag=f'W/"{hashlib.blake2b(gzipped, digest_size=15).hexdigest()}"',
        modified=int(at.timestamp()) + 1,
        body=body,
        gzipped=gzipped,
    )


def _answer(request: HttpRequest, page: Kept, at: dt.datetime) -> HttpResponse:
    if _is_known(request, page):
        response = HttpResponse(status=304)
        del response.headers["Content-Type"]
    else:
        gzip = _takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        content = page.gzipped if gzip else page.body
        response = HttpResponse(b"" if request.method == "HEAD" else content, content_type=page.content_type)
        response.headers["Content-Length"] = str(len(content))
        if gzip:
            response.headers["Content-Encoding"] = "gzip"
        _name_file(response, page.filename)
    headers = response.headers
    headers["ETag"] = page.etag
    headers["Cache-Control"] = "no-cache"
    headers["Vary"] = "Accept-Encoding, Cookie"
    if page.modified <= at.timestamp():  # within its first second a page could still change and keep the same date
        headers["Last-Modified"] = http_date(page.modified)
    return response


def _is_known(request: HttpRequest, page: Kept) -> bool:
    known = request.META.get("HTTP_IF_NONE_MATCH")
    if known is not None:
        return known.strip() == "*" or page.etag in [_weak(etag) for etag in parse_etags(known)]
    since = parse_http_date_safe(request.META.get("HTTP_IF_MODIFIED_SINCE", ""))
    return since is not None and since >= page.modified


def _weak(etag: str) -> str:
    return etag if etag.startswith("W/") else f"W/{etag}"


def _takes_gzip(accepted: str) -> bool:
    for offer in accepted.lower().split(","):
        coding, _, weight = offer.partition(";")
        if coding.strip() in {"gzip", "*"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _name_file(response: HttpResponse, filename: str) -> None:
    if filename:
        response.headers["Content-Disposition"] = f'inline; filename="{filename}"'
