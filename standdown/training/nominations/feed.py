"""One's own dates as a calendar file: one of them to keep, or all of them at a secret address to subscribe to.

Nobody is invited by it (METHOD:PUBLISH), titles say nothing of what a day is about, and no link that lets its holder
act stands in it: calendars are shared, forwarded and looked into.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable

import icalendar
from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from standdown.foundation.clock import london
from standdown.foundation.london_calendar import as_text, in_london_time
from standdown.training.nominations import own_place
from standdown.training.nominations.models import CalendarFeed, EndReason, Nomination, State
from standdown.training.sessions import lines
from standdown.training.sessions.models import Status

CONTENT_TYPE = "text/calendar; charset=utf-8; method=PUBLISH"
TOKEN_BYTES = 32
KEPT = dt.timedelta(days=90)  # how long a date that is over stays in the feed
_ASK_AGAIN = dt.timedelta(hours=6)
_CERTAIN = (State.ACCEPTED, State.ATTENDED, State.PART_ATTENDED, State.DID_NOT_ATTEND)


def new_token() -> str:
    """The secret end of a feed's address: 32 random bytes, shown once and never stored."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """What is stored of a token: its SHA-256, from which it cannot be made again."""
    return hashlib.sha256(token.encode()).hexdigest()


def of_token(token: str, at: dt.datetime) -> CalendarFeed | None:
    """The feed at that address; None for one that is not there, was taken back, or whose owner has left."""
    feeds = CalendarFeed.objects.filter(digest=digest(token), revoked_at__isnull=True).select_related("person")
    feed = feeds.first()
    if feed is None or not own_place.serves(feed.person_id, None, at):
        return None
    return feed


def entries(feed: CalendarFeed, at: dt.datetime) -> list[Nomination]:
    """The dates of the feed's owner: those offered, accepted or attended, and those that were cancelled on them."""
    cancelled = Q(state=State.WITHDRAWN, end_reason=EndReason.CANCELLED, accepted_at__isnull=False)
    found = Nomination.objects.filter(Q(state__in=[State.OFFERED, *_CERTAIN]) | cancelled, person_id=feed.person_id)
    dates = ("session__version", "session__course", "session__owner_force")
    return list(found.filter(session__ends_at__gt=at - KEPT).select_related(*dates).order_by("session__starts_at"))


def calendar_of(nominations: Iterable[Nomination]) -> str:
    """The calendar file (RFC 5545) with these dates; the same dates give the same file."""
    calendar = in_london_time("PUBLISH", "My training")
    calendar.add("x-wr-calname", _("My training"))
    calendar.add("refresh-interval", _ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(_ASK_AGAIN))
    for nomination in nominations:
        calendar.add_component(_event(nomination))
    return as_text(calendar)


def _event(nomination: Nomination) -> icalendar.Event:
    line = lines.of_session(nomination.session)
    page = settings.ORIGIN + reverse("mine:place", args=[nomination.pk])
    changed = max(line.changed_at, nomination.changed_at)
    cancelled = line.status == Status.CANCELLED or nomination.state == State.WITHDRAWN
    offered = nomination.state == State.OFFERED
    event = icalendar.Event()
    event.add("uid", f"{nomination.pk}@{settings.MAIL_DOMAIN}")  # the one that its invitation has
    event.add("sequence", line.sequence + nomination.calendar_sequence)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", london(line.starts_at))
    event.add("dtend", london(line.ends_at))
    event.add("summary", _("Training day, offered") if offered else _("Training day"))
    event.add("location", line.how)
    event.add("description", _("What you need for the day: %(page)s") % {"page": page})
    event.add("url", page)
    event.add("status", "CANCELLED" if cancelled else "TENTATIVE" if offered else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if cancelled or offered else "OPAQUE")
    return event
