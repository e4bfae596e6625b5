from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from standdown.audit.act import act
from standdown.foundation import db
from standdown.foundation.access import Actor, Can
from standdown.foundation.refusal import Refusal
from standdown.notifications.models import OutboxMessage, State

_WENT_OUT = (State.SENDING, State.SENT, State.UNCERTAIN)  # or perhaps


class NotStuck(Refusal):
    """The message is on its way or there already."""

    code = "not-stuck"

    def __init__(self) -> None:
        super().__init__(_("This message is waiting, being sent, or sent. Look at it again to see which."))


class NewerWentOut(Refusal):
    """The person has since been told something newer about the same thing."""

    code = "newer-went-out"

    def __init__(self) -> None:
        super().__init__(
            _("A newer message about the same thing has gone to this person. Sending the old one now would mislead.")
        )


class NoLongerNeeded(Refusal):
    """What the message tells is over."""

    code = "no-longer-needed"

    def __init__(self) -> None:
        super().__init__(_("What this message tells is over, so it is not sent any more. Nothing need be done."))


def try_again(*, by: Actor, message: OutboxMessage, at: dt.datetime) -> None:
    """Send a message that was given up, or perhaps sent, once more.

    Raises NotStuck, NewerWentOut, NoLongerNeeded.

    One that perhaps arrived may arrive twice; it carries the same Message-ID, so that mail programs can show one.
    """
    with act(by, Can.RESEND_MESSAGE, on=message, at=at) as step:
        held = _held(message, State.DEAD, State.UNCERTAIN)
        newer = OutboxMessage.objects.filter(
            about=held.about, recipient=held.recipient_id, created_at__gt=held.created_at, state__in=_WENT_OUT
        )
        if newer.exists():
            raise NewerWentOut
        if held.not_after is not None and held.not_after <= at:
            raise NoLongerNeeded
        step.note(was=held.state)
        held.state, held.due_at, held.attempts, held.last_error = State.DUE, at, 0, ""
        held.save(update_fields=["state", "due_at", "attempts", "last_error"])


def mark_as_sent(*, by: Actor, message: OutboxMessage, at: dt.datetime) -> None:
    """Note that a message that was perhaps sent did arrive: somebody asked. Raises NotStuck."""
    with act(by, Can.RESEND_MESSAGE, on=message, at=at) as step:
        held = _held(message, State.UNCERTAIN)
        step.note(was=held.state, now=State.SENT.value)
        held.state, held.sent_at = State.SENT, at
        held.save(update_fields=["state", "sent_at"])


def _held(message: OutboxMessage, *states: State) -> OutboxMessage:
    held = db.lock(OutboxMessage.objects.filter(pk=message.pk)).get()
    if held.state not in states:
        raise NotStuck
    return held
