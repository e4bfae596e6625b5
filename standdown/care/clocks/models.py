from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from standdown.care.programme.models import Programme
from standdown.care.programme.names import StepKindName, ToldName
from standdown.foundation.privacy import PERSONAL, PUBLIC, SPECIAL, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Force, Person

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class StepQuerySet(models.QuerySet["Step"]):
    def open(self) -> StepQuerySet:
        """Those that somebody still owes."""
        return self.filter(closed_at__isnull=True)


class Step(Record):
    """Something that is owed to people, by when, and what came of it. Late stays visible for ever.

    `next_at` is the stored moment of the next telling (null: nobody is left to tell). `on` is the key of what it is
    about: a session, a referral, a contact; else the exposure, else the incident. The chain is that of `programme`.
    """

    class Outcome(models.TextChoices):
        DONE = "done", _("Done")
        NOT_NEEDED = "not-needed", _("Not needed any more")
        OFFERED = "offered", _("Offered, and left to the person")
        NO_REPLY = "no-reply", _("Offered, no reply")
        TAKEN_OVER = "taken-over", _("Goes on elsewhere")

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=22, choices=StepKindName.choices)
    incident: models.ForeignKey[Any, Any] = models.ForeignKey(
        "care.Incident", on_delete=models.PROTECT, null=True, related_name="steps"
    )
    exposure: models.ForeignKey[Any, Any] = models.ForeignKey(
        "care.Exposure", on_delete=models.PROTECT, null=True, related_name="steps"
    )
    on = models.UUIDField()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    moved = models.PositiveSmallIntegerField(
        default=0
    )  # how often it got another time; the chain begins anew each time
    level = models.PositiveSmallIntegerField(default=0)  # how many of the chain were told
    next_at = models.DateTimeField(null=True)
    late_noticed_at = models.DateTimeField(null=True)  # by whichever looked first: the worker or the sweep
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)

    objects = StepQuerySet.as_manager()

    if TYPE_CHECKING:
        force_id: uuid.UUID
        incident_id: uuid.UUID | None
        exposure_id: uuid.UUID | None
        owner_id: uuid.UUID | None
        tellings: RelatedManager[Telling]

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(("id", "force", "programme", "kind", "opened_at", "due_at", "moved", "level"), PUBLIC),
        **dict.fromkeys(("next_at", "late_noticed_at", "closed_at"), PUBLIC),
        **dict.fromkeys(("incident", "exposure", "on", "outcome"), SPECIAL),
        **dict.fromkeys(("owner", "closed_by"), PERSONAL),
    }

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(closed_at__isnull=True), name="step_next"),
            models.Index(fields=["due_at"], condition=Q(closed_at__isnull=True), name="step_due"),
            models.Index(
                fields=["due_at"],
                condition=Q(closed_at__isnull=True, late_noticed_at__isnull=True),
                name="step_late_and_unnoticed",
            ),
            models.Index(fields=["force", "kind", "due_at"], condition=Q(closed_at__isnull=True), name="step_of_force"),
            models.Index(fields=["incident", "kind"], name="step_of_incident"),
            models.Index(fields=["exposure", "kind"], name="step_of_exposure"),
            models.Index(fields=["on", "kind"], name="step_on"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "on"], condition=Q(closed_at__isnull=True), name="step_once_open"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="") | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="step_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")), name="step_ends_after_it_opens"
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id


class Telling(Record):
    """Who was told of a step, at which level of its chain. Rows are added, never changed; once for each level.

    A step that got another time (`moved`) goes through its chain anew.
    """

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="tellings")
    moved = models.PositiveSmallIntegerField(default=0)
    level = models.PositiveSmallIntegerField()
    told = models.CharField(max_length=20, choices=ToldName.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # null: nobody held it
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC, "step": SPECIAL, "moved": PUBLIC, "level": PUBLIC, "told": PUBLIC, "person": PERSONAL,
        "at": PUBLIC,
    }  # fmt: skip

    class Meta:
        ordering = ["at", "level"]
        constraints = [
            models.UniqueConstraint(fields=["step", "moved", "level", "person"], name="told_once_a_level"),
            models.UniqueConstraint(
                fields=["step", "moved", "level"], condition=Q(person__isnull=True), name="nobody_told_once_a_level"
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.step.force_id


class SecondLook(Record):
    """When somebody other than the worker last looked for steps that were left behind, and what came of it.

    One row, written over: a sign of life, as the worker gives one. `found` is what was wrong, `mended` what is not any
    more.
    """

    looked_at = models.DateTimeField()
    found = models.PositiveIntegerField(default=0)
    mended = models.PositiveIntegerField(default=0)

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(("id", "looked_at", "found", "mended"), PUBLIC)

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return None
