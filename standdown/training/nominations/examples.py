"""Messages as they would go out, for a lead who writes the force's own paragraph in them."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from standdown.foundation import ids
from standdown.notifications.outbox import Message
from standdown.people.models import Force
from standdown.training.nominations.messages import PlaceConfirmed, PlaceOffered, contact
from standdown.training.nominations.reminder_messages import ReminderWeek
from standdown.training.sessions import lines
from standdown.training.sessions.models import Session, SessionForce, Status

KINDS = ("joining", "reminder", "offer")
NOBODYS = "example"  # in place of the signed part of a link: it leads nowhere


def of(kind: str, force: Force, at: dt.datetime) -> Message | None:
    """The message of that kind about the force's next date, or where it has none about the next that is public."""
    if kind not in KINDS:
        return None
    theirs = SessionForce.objects.filter(session=OuterRef("pk"), force=force)
    shown = SessionForce.objects.filter(Q(force=force) | Q(force__dates_public=True), session=OuterRef("pk"))
    found = (
        Session.objects.filter(Exists(shown), status=Status.PUBLISHED, starts_at__gt=at)
        .select_related("version", "course", "owner_force")
        .annotate(theirs=Exists(theirs))
        .order_by("-theirs", "starts_at", "pk")
        .first()
    )
    if found is None:
        return None
    date, link = lines.of_session(found), reverse("nominations:place", args=[NOBODYS])
    match kind:
        case "offer":
            answer = reverse("nominations:answer", args=[NOBODYS])
            return PlaceOffered(about=ids.new(), date=date, link=answer, answer_by=found.nominations_close_at)
        case "reminder":
            return ReminderWeek(about=ids.new(), date=date, link=link, which="week")
        case _:
            return PlaceConfirmed(about=ids.new(), date=date, link=link, contact=contact(force.pk, at))
