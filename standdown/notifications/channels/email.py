"""E-mail: through Django's mail backend (a folder of files until an SMTP server is set)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from standdown.notifications.models import OutboxMessage

# What would end a header line for somebody's mail program; none may stand in a subject or an address.
LINE_ENDS = frozenset("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029\x00")


class Rejected(Exception):
    """The channel will never take this message; trying again does not help."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The channel took the message; `reference` is what its log calls it."""

    reference: str


class Channel(Protocol):
    """A way out."""

    def send(self, message: OutboxMessage) -> Receipt:
        """Hand the message over. Raises Rejected for good, anything else for a fault that may pass."""


class EmailChannel:
    """One mail to one recipient, text and HTML, with the same Message-ID at every try."""

    def send(self, message: OutboxMessage) -> Receipt:
        """Hand the message to the mail backend. Raises Rejected where a header would be broken."""
        if LINE_ENDS & set(message.subject + message.address):
            raise Rejected("a subject or an address holds a line end")
        message_id = f"<{message.pk}@{settings.MAIL_DOMAIN}>"
        mail = EmailMultiAlternatives(
            subject=message.subject,
            body=message.text,
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[message.address],
            headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
            connection=get_connection(),
        )
        mail.attach_alternative(message.html, "text/html")
        if message.calendar:
            mail.attach_alternative(message.calendar, f"text/calendar; method={message.calendar_method}")
        mail.send()
        return Receipt(reference=message_id)
