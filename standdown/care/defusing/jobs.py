"""What time does to sessions, each minute: questions lapse, a defuser who is no longer able is taken off, times end."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from standdown.care.defusing import actions, diary, policy
from standdown.care.defusing.models import Ask, Defusing, SessionState
from standdown.foundation import access, clock
from standdown.foundation.one_by_one import tried

JOB = access.system("sessions sweep")


def each_minute(at: dt.datetime) -> None:
    """Let lapse what nobody answered or booked; look for another where a defuser may not lead any more; end times."""
    waiting = Q(answer="") | Q(answer=Ask.Answer.YES, defusing__state=SessionState.ACCEPTED)
    for ask in Ask.objects.filter(waiting, lapses_at__lte=at).select_related("defusing__incident"):
        tried(actions.let_ask_lapse, by=JOB, at=at, ask=ask)
    ahead = Defusing.objects.select_related("incident").filter(starts_at__gt=at)
    for session in ahead.filter(state=SessionState.BOOKED):
        if session.starts_at is not None and not diary.able(session.defuser_id, clock.london_day(session.starts_at)):
            tried(actions.take_defuser_off, by=JOB, at=at, defusing=session)
    adrift = [SessionState.PLANNED, SessionState.ASKED, SessionState.ACCEPTED]
    soon = Defusing.objects.filter(starts_at__lte=at + policy.HOLDING_BACK, state__in=adrift)
    for session in soon.select_related("incident"):
        tried(actions.tell_that_time_is_off, by=JOB, at=at, defusing=session)
