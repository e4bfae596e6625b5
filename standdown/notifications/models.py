from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
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
    # What it tells is over: the person withdrew, or the moment that it was for has passed.
    DROPPED = "dropped", _("No longer needed")


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
    # What it tells is between two people. Whoever keeps the outbox sees that a message went, and not which.
    confidential = models.BooleanField(default=False)
    calendar = models.TextField(blank=True)  # an iCalendar file that goes with it
    calendar_method = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    not_after = models.DateTimeField(null=True)  # of no use to anybody from then on
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
                "not_after", "attempts", "leased_until", "lease", "sent_at", "last_error", "confidential",
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
    def title(self) -> str:
        """What whoever keeps the outbox may read as its subject."""
        return gettext("A message") if self.confidential else self.subject

    @property
    def shows_recipient(self) -> bool:
        """Whom a confidential message is for is shown only where somebody has to see to it."""
        return not self.confidential or self.state in {State.DEAD, State.UNCERTAIN}

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


class Preference(Record):
    """When a person wishes to be written to; nobody has to say anything, and without a row the defaults hold."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="message_preference")
    quiet_from = models.TimeField(null=True)  # London's clock; both null: no quiet hours
    quiet_until = models.TimeField(null=True)
    digest = models.BooleanField(default=True)  # one summary each working morning, where the person leads a force
    chosen_at = models.DateTimeField()

    if TYPE_CHECKING:
        person_id: uuid.UUID

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(("person", "quiet_from", "quiet_until", "digest", "chosen_at"), PERSONAL),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_have_two_ends",
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.person.home_force_id


class ForceWords(Record):
    """A paragraph of a force's own in the messages of one kind to its people; placeholders are filled in (R36)."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="own_words")
    kind = models.CharField(max_length=20)  # a key of force_words.policy.KINDS
    language = models.CharField(max_length=2, choices=Person.Language.choices)
    words = models.CharField(max_length=600)
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(("id", "force", "kind", "language", "words", "version", "written_at"), PUBLIC),
        "written_by": PERSONAL,
    }

    class Meta:
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(fields=["force", "kind", "language"], name="force_words_once"),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id


class ForceWordsVersion(Record):
    """A paragraph of a force's own as it once stood, so that what was read out on a day can be shown later.

    Rows are added, never changed; versions go on where words were taken away and written anew.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=2, choices=Person.Language.choices)
    version = models.PositiveIntegerField()
    words = models.CharField(max_length=600)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(("id", "force", "kind", "language", "version", "words", "written_at"), PUBLIC),
        "written_by": PERSONAL,
    }

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["force", "kind", "language", "version"], name="force_words_version_once"),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id
