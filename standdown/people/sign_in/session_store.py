"""Where sessions are kept: as the framework keeps them; the question that every request asks is put together once."""

from __future__ import annotations

import datetime as dt

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from standdown.foundation import clock
from standdown.foundation.kept_query import KeptQuery

_KEPT: KeptQuery[Session] = KeptQuery(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now), key=str, now=dt.datetime
)


class SessionStore(db.SessionStore):
    """The framework's, read with a kept question."""

    def _get_session_from_db(self) -> Session | None:
        found = _KEPT.rows(key=self.session_key, now=clock.now()) if self.session_key else []
        if not found:
            self._session_key = None
            return None
        return found[0]
