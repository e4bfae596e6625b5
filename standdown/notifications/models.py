from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from standdown.foundation.access import Actor, Can
from standdown.foundation.privacy import PERSONAL, PUBLIC, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Force, Person


class State(models.TextChoices):
    DUE = "due", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    # The sender stopped between handing it over and noting that it did.
    UNCERTAIN = "uncertain", _("Perhaps sent")
    DEAD = "dead", _("Given up")


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    def visible_to(self, actor: Actor) -> OutboxQuerySet:
        """The messages to people of the forces whose outbox this actor keeps."""
        reach = actor.reach(Can.READ_OUTBOX)
        return self if reach.everywhere else self.filter(force_id__in=reach.forces)


class OutboxMessage(Record):
    """A message to one person, written in the transaction of the deed that it tells of."""

    purpose = models.CharField(max_length=60)  # which message: the name of its class
    # The key of the record that it tells of; messages to one person about one record keep their order.
    about = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=0)
    recipient = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="messages")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=12, default="email")
    address = models.EmailField()
    subject = models.CharField(max_length=150)
    text = models.TextField()
    html = models.TextField()
    calendar = models.TextField(blank=True)  # an iCalendar file that goes with it
    calendar_method = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    lease = models.UUIDField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=60, blank=True)  # the kind of error, never its words

    objects = OutboxQuerySet.as_manager()

    if TYPE_CHECKING:
        force_id: uuid.UUID | None

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(
            (
                "id", "purpose", "version", "channel", "calendar_method", "state", "created_at", "due_at",
                "attempts", "leased_until", "lease", "sent_at", "last_error",
            ),
            PUBLIC,
        ),
        **dict.fromkeys(
            ("about", "recipient", "force", "address", "subject", "text", "html", "calendar"), PERSONAL
        ),
    }  # fmt: skip

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "about", "recipient", "version"], name="told_once"),
            models.CheckConstraint(
                condition=~Q(state="sending") | (Q(lease__isnull=False) & Q(leased_until__isnull=False)),
                name="sending_has_a_lease",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="message_due"),
            models.Index(fields=["about", "recipient", "created_at"], name="message_order"),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id


class WorkerHeartbeat(Record):
    """When a worker last looked for messages; `/health/ready` asks it."""

    name = models.CharField(max_length=60, unique=True)
    seen_at = models.DateTimeField()

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(("id", "name", "seen_at"), PUBLIC)

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return None
