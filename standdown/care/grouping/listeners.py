"""What planned sessions have to say to what happens to people and incidents. Inside the act that happens."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max

from standdown.care.defusing import messages
from standdown.care.defusing.models import Attendee, Defusing, SessionState
from standdown.care.exposures.models import Exposure
from standdown.care.grouping.scene import NOT_ASKED_YET
from standdown.care.incidents.models import Incident
from standdown.foundation.access import Actor


def no_longer_of_it(exposure: Exposure, _by: Actor, at: dt.datetime) -> None:
    """Somebody was taken off the list, or their part is closed: they are no longer of the session ahead."""
    seats = Attendee.objects.filter(exposure=exposure, left_at=None, there="")
    for one in seats.select_related("defusing__incident__programme", "defusing__base", "exposure__person"):
        if one.invited_at is not None and one.defusing.starts_at is not None:
            messages.tell_attendees(one.defusing, [one], messages.AppointmentOff, at)
        one.left_at = at
        one.save(update_fields=["left_at"])
        _over_if_empty(one.defusing, at)


def decided_otherwise(exposure: Exposure, by: Actor, at: dt.datetime) -> None:
    """The next step is another than a defusing now: nobody waits for them in a session."""
    if not exposure.core:
        no_longer_of_it(exposure, by, at)


def merged(part: Incident, whole: Incident, _by: Actor, at: dt.datetime) -> None:
    """An incident is part of another now: what was only planned is planned anew there, with everybody of both.

    Sessions with a time, a defuser or an end move over as they are, and keep their people.
    """
    sessions = list(Defusing.objects.filter(incident=part).exclude(state=SessionState.STOOD_DOWN).order_by("number"))
    last = Defusing.objects.filter(incident=whole).aggregate(last=Max("number"))["last"] or 0
    for session in sessions:
        if session.state in NOT_ASKED_YET and session.starts_at is None:
            Attendee.objects.filter(defusing=session, left_at=None).update(left_at=at)
            _over(session, at)
            continue
        last += 1
        session.incident, session.number, session.changed_at = whole, last, at
        session.save(update_fields=["incident", "number", "changed_at"])


def _over_if_empty(session: Defusing, at: dt.datetime) -> None:
    unasked = session.state in NOT_ASKED_YET and session.starts_at is None
    if unasked and not Attendee.objects.filter(defusing=session, left_at=None).exists():
        _over(session, at)


def _over(session: Defusing, at: dt.datetime) -> None:
    session.state, session.changed_at = SessionState.STOOD_DOWN, at
    session.save(update_fields=["state", "changed_at"])
