"""Certificates: the holder's, and a coordinator's to revoke and issue anew; a lead sees qualifications instead."""

from __future__ import annotations

from tests.matrix.who import EVERYBODY, NOBODY, Row, only

_nationally = only(national_roles=("national-coordinator",))
_looks_after = Row(get=_nationally, post=_nationally)
# A token that nobody was given: the page is not there, for everybody alike.
_NOBODYS = Row(get=EVERYBODY, answers=frozenset({404}))

ROWS: dict[str, Row] = {
    "certificates:list": Row(get=_nationally),
    "certificates:one": Row(get=_nationally),
    "certificates:pdf": Row(get=_nationally),
    "certificates:by-link": _NOBODYS,
    "certificates:pdf-by-link": _NOBODYS,
    # The holder alone lets the public page show a name, and the holder here has no browser.
    "certificates:share": Row(get=NOBODY, post=NOBODY),
    "certificates:revoke": _looks_after,
    "certificates:reissue": _looks_after,
}
