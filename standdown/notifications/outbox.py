"""`tell()`: a message written in the same transaction as the deed that it tells of."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, fields
from typing import ClassVar

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from standdown.notifications.models import OutboxMessage
from standdown.people.models import Person


class NobodyToNotify(Exception):
    """The person has no address; the screen that acts must say so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What we tell somebody. Each message is one subclass with its facts as fields, one text and one HTML template.

    `about` is the key of the record that it tells of; `version` goes up when the same thing has to be told anew.
    Templates lie in `<part>/jinja2/<template>.txt` and `.html`; the subject is the text's first line, after "Subject:".
    """

    template: ClassVar[str]
    about: uuid.UUID
    version: int = 0

    def calendar(self) -> tuple[str, str] | None:
        """The iCalendar file that goes with it and its METHOD; None when there is none."""
        return None


def tell(person: Person, message: Message, *, at: dt.datetime) -> OutboxMessage:
    """Write the message for that person, in their language. Telling the same thing again changes nothing.

    Must be called inside `act()`. Raises NobodyToNotify when there is no address.
    """
    if not person.work_email:
        raise NobodyToNotify(str(person.pk))
    facts = {field.name: getattr(message, field.name) for field in fields(message)}
    with translation.override(person.language):
        context = {**facts, "person": person, "origin": settings.ORIGIN}
        text = render_to_string(f"{message.template}.txt", context)
        html = render_to_string(f"{message.template}.html", context)
    first, _, body = text.partition("\n")
    file, method = message.calendar() or ("", "")
    sent = OutboxMessage(
        purpose=type(message).__name__,
        about=str(message.about),
        recipient=person,
        version=message.version,
        force_id=person.home_force_id,
        address=person.work_email,
        subject=first.removeprefix("Subject:").strip(),
        text=body.lstrip("\n"),
        html=html,
        calendar=file,
        calendar_method=method,
        created_at=at,
        due_at=at,
    )
    # One statement: where the same thing was told already, the constraint "told_once" lets nothing be added.
    OutboxMessage.objects.bulk_create([sent], ignore_conflicts=True)
    return sent
