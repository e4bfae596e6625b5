"""What time does to sessions, each minute: questions lapse, a defuser who is no longer able is taken off, times end."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from django.db.models import Q

from standdown.care.defusing import actions, diary, policy
from standdown.care.defusing.models import Ask, Defusing, SessionState
from standdown.foundation import access, clock, db
from standdown.foundation.refusal import Refusal

log = logging.getLogger(__name__)
JOB = access.system("sessions sweep")


def each_minute(at: dt.datetime) -> None:
    """Let lapse what nobody answered or booked; look for another where a defuser may not lead any more; end times."""
    waiting = Q(answer="") | Q(answer=Ask.Answer.YES, defusing__state=SessionState.ACCEPTED)
    for ask in Ask.objects.filter(waiting, lapses_at__lte=at).select_related("defusing__incident"):
        _tried(actions.let_ask_lapse, at=at, ask=ask)
    ahead = Defusing.objects.select_related("incident").filter(starts_at__gt=at)
    for session in ahead.filter(state=SessionState.BOOKED):
        if session.starts_at is not None and not diary.able(session.defuser_id, clock.london_day(session.starts_at)):
            _tried(actions.take_defuser_off, at=at, defusing=session)
    adrift = [SessionState.PLANNED, SessionState.ASKED, SessionState.ACCEPTED]
    soon = Defusing.objects.filter(starts_at__lte=at + policy.HOLDING_BACK, state__in=adrift)
    for session in soon.select_related("incident"):
        _tried(actions.tell_that_time_is_off, at=at, defusing=session)


def _tried(deed: Callable[..., object], **facts: Any) -> None:
    """Do one of them. That somebody was quicker is no failure; whatever else happens, the next one is tried."""
    try:
        deed(by=JOB, **facts)
    except Refusal:
        pass
    except Exception as error:  # noqa: BLE001 - one record must not keep the others waiting
        log.error("a session could not be seen to: %s", type(error).__name__)  # noqa: TRY400 - may name a person
        db.start_afresh()
