"""The worker: takes due messages one by one, hands each to its channel, notes what came of it.

Safe with several workers and either database: a message is claimed under a lease. A worker that dies between
handing over and noting leaves the one honest gap; such a message is marked uncertain and waits for a person.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Mapping

from django.db import OperationalError
from django.db.models import Count, Exists, F, OuterRef, Q

from standdown.foundation import clock, db, ids
from standdown.notifications import hooks, policy
from standdown.notifications.channels.email import Channel, EmailChannel, Rejected
from standdown.notifications.models import OutboxMessage, State, WorkerHeartbeat

log = logging.getLogger("standdown.worker")
CHANNELS: dict[str, Channel] = {"email": EmailChannel()}


def claim(at: dt.datetime) -> OutboxMessage | None:
    """Take the next due message under a lease. Messages about one record to one person keep their order."""
    before = Q(created_at__lt=OuterRef("created_at")) | Q(created_at=OuterRef("created_at"), id__lt=OuterRef("id"))
    # What was given up, perhaps sent or taken back blocks nothing: a later CANCEL does no harm where nobody heard of
    # the event, and silence would.
    useful = Q(not_after__isnull=True) | Q(not_after__gt=at)
    earlier = OutboxMessage.objects.filter(
        before, useful | Q(state=State.SENDING), about=OuterRef("about"), recipient=OuterRef("recipient"),
        state__in=[State.DUE, State.SENDING],
    )  # fmt: skip
    due = OutboxMessage.objects.filter(~Exists(earlier), useful, state=State.DUE, due_at__lte=at)
    with db.one_transaction(), db.open_for("the message worker"):
        message = db.lock_unclaimed(due.order_by("due_at")).first()  # as the index has them: nothing is sorted
        if message is None:
            return None
        message.state, message.lease = State.SENDING, ids.new()
        message.leased_until, message.attempts = at + policy.LEASE, message.attempts + 1
        message.save(update_fields=["state", "lease", "leased_until", "attempts"])
        return message


def send_one(at: dt.datetime, channels: Mapping[str, Channel] | None = None) -> bool:
    """Claim and send one message; False when none is due."""
    message = claim(at)
    if message is None:
        return False
    try:
        (channels or CHANNELS)[message.channel].send(message)
    except Rejected as error:
        _note(message, state=State.DEAD, last_error=type(error).__name__)
    except Exception as error:  # noqa: BLE001 - whatever a channel's library raises may pass
        _put_back(message, at, type(error).__name__)
    else:
        _note(message, state=State.SENT, sent_at=at, last_error="")
    return True


def _put_back(message: OutboxMessage, at: dt.datetime, error: str) -> None:
    wait = policy.wait_after(message.attempts)
    if wait is None:
        _note(message, state=State.DEAD, last_error=error)
    else:
        _note(message, state=State.DUE, due_at=at + wait, last_error=error)


def _note(message: OutboxMessage, **outcome: object) -> None:
    """Note the outcome, but only under our own lease: a worker that was taken for dead must not overwrite.

    Whether a message went out is known here and nowhere else, so that a database that is away is asked again.
    """
    for left in reversed(range(policy.TRIES_TO_NOTE)):
        try:
            with db.one_transaction(), db.open_for("the message worker"):
                ours = OutboxMessage.objects.filter(pk=message.pk, lease=message.lease)
                ours.update(lease=None, leased_until=None, **outcome)
        except OperationalError:
            if not left:
                raise
            db.start_afresh()
        else:
            return


def mark_stale(at: dt.datetime) -> int:
    """Mark as uncertain what a dead worker left in its hands; the number of them."""
    with db.one_transaction(), db.open_for("the message worker"):
        return OutboxMessage.objects.filter(state=State.SENDING, leased_until__lt=at).update(
            state=State.UNCERTAIN, lease=None, leased_until=None
        )


def drop_past(at: dt.datetime) -> int:
    """Drop what is of no use any more, or would not be by its next try; the number of messages."""
    with db.one_transaction(), db.open_for("the message worker"):
        past = OutboxMessage.objects.filter(Q(not_after__lte=at) | Q(not_after__lte=F("due_at")), state=State.DUE)
        return past.update(state=State.DROPPED)


def beat(name: str, at: dt.datetime) -> None:
    """Say that this worker is alive."""
    with db.one_transaction(), db.open_for("the message worker"):
        WorkerHeartbeat.objects.update_or_create(name=name, defaults={"seen_at": at})


def forget_the_gone(at: dt.datetime) -> None:
    """Drop the names of workers that nobody has heard of for a day; each start has a name of its own."""
    with db.one_transaction(), db.open_for("the message worker"):
        WorkerHeartbeat.objects.filter(seen_at__lt=at - dt.timedelta(days=1)).delete()


def waiting() -> dict[str, int]:
    """How many messages stand in each state, but for those that are sent or not needed any more."""
    states = OutboxMessage.objects.exclude(state__in=[State.SENT, State.DROPPED]).order_by().values_list("state")
    return dict(states.annotate(number=Count("pk")))


def _call(jobs: Iterable[Callable[[dt.datetime], object]], at: dt.datetime) -> None:
    """Call every job, although one of them fails: that one is logged by its kind and called again next time."""
    for job in jobs:
        try:
            job(at)
        except Exception as error:  # noqa: BLE001 - one job must not keep the others waiting
            log.error("a job failed: %s", type(error).__name__)  # noqa: TRY400 - a traceback may name a person
            db.start_afresh()


def run(
    name: str,
    now: Callable[[], dt.datetime],
    wait: Callable[[float], bool],
    each_day: Callable[[dt.datetime], object] = lambda _at: None,
) -> None:
    """Work until `wait(seconds)` says stop (returns True): send what is due, mark what is stale, beat.

    `each_day` and `hooks.EACH_DAY` are called at the start and when a new day has begun in London, `hooks.EACH_MINUTE`
    in every new minute. A turn that fails (the database is away, a daily job breaks) is logged by its kind and tried
    again: a worker that ends in silence sends nothing.
    """
    left = False
    done_on: dt.date | None = None
    minute: dt.datetime | None = None
    while True:
        try:
            at = now()
            beat(name, at)
            if done_on != clock.london_day(at):
                forget_the_gone(at)
                each_day(at)
                _call(hooks.EACH_DAY, at)
                done_on = clock.london_day(at)
            if minute != at.replace(second=0, microsecond=0):
                _call(hooks.EACH_MINUTE, at)
                minute = at.replace(second=0, microsecond=0)
            mark_stale(at)
            drop_past(at)
            left = _send_for_a_turn(at, now)
        except Exception as error:  # noqa: BLE001 - whatever it was, the next turn may go well
            log.error("a turn failed: %s", type(error).__name__)  # noqa: TRY400 - a traceback may name a person
            db.start_afresh()
            left = False
        if wait(0.0 if left else 2.0):
            return


def _send_for_a_turn(at: dt.datetime, now: Callable[[], dt.datetime]) -> bool:
    """Send what is due, until a turn is over; True when something may be left."""
    while (moment := now()) - at < policy.TURN:
        if not send_one(moment):
            return False
    return True
