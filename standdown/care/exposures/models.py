from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from standdown.care.incidents.models import Incident
from standdown.care.programme.models import Category, ExposureRole
from standdown.care.programme.names import NextStepName
from standdown.care.wishes.models import Exclusion
from standdown.foundation.access import Actor, Can
from standdown.foundation.privacy import PERSONAL, PUBLIC, SPECIAL, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Force, Person

NUMBER = RegexValidator(r"^[A-Za-z]{0,4}[0-9]{1,8}[A-Za-z]{0,2}$", "")  # a collar or staff number


class Stage(models.TextChoices):
    """Where one person stands in one incident. Kept on the exposure, so that a board is one question."""

    TO_DEMOBILISE = "to-demobilise", _("To be demobilised before off duty")
    TO_DECIDE = "to-decide", _("Next step to be decided")
    TO_DEFUSE = "to-defuse", _("Defusing to be arranged")
    BOOKED = "booked", _("Defusing booked")
    FOLLOWED = "followed", _("Followed up")
    CLOSED = "closed", _("Closed")


class ExposureQuerySet(models.QuerySet["Exposure"]):
    def visible_to(self, actor: Actor) -> ExposureQuerySet:
        """One's own; those of forces whose care this actor runs, but for people who excluded them."""
        if actor.person_id is None:
            return self.none()
        reach = actor.reach(Can.RUN_CARE)
        theirs = Q(person_id=actor.person_id) | Q(force_id__in=reach.forces)
        found = self if reach.everywhere else self.filter(theirs)
        return found.exclude(person_id__in=Exclusion.objects.shutting_out(actor.person_id))

    def live(self) -> ExposureQuerySet:
        """Those on the list: not taken off it."""
        return self.filter(removed_at__isnull=True)

    def open(self) -> ExposureQuerySet:
        """Those for whom something may still be owed."""
        return self.live().exclude(stage=Stage.CLOSED)


class Exposure(Record):
    """That a person was exposed in an incident: in what role, how close, until when on duty; and where they stand.

    The person is of the incident's own force: another force's people are handed over, never shared (R113).
    """

    class AddedAs(models.TextChoices):
        SUPERVISOR = "supervisor", _("by the supervisor")
        SELF = "self", _("by the person")
        COLLEAGUE = "colleague", _("by a colleague")
        CONTROL_ROOM = "control-room", _("by control room")
        COORDINATOR = "coordinator", _("by the coordinator")
        FEED = "feed", _("from a file of the force's systems")
        HANDED_OVER = "handed-over", _("handed over by another force")

    class Dispute(models.TextChoices):
        NOT_THERE = "not-there", _("I was not there")
        ROLE = "role", _("My role was another")
        TIME = "time", _("My time was another")

    class CloseCode(models.TextChoices):
        AGREED = "agreed", _("Closed as agreed with the person")
        NO_REPLY = "no-reply", _("Offered, no reply")
        PREFERS_NOT = "prefers-not", _("The person prefers no contact")
        ELSEWHERE = "elsewhere", _("Support goes on elsewhere")
        NOT_EXPOSED = "not-exposed", _("Was not exposed after all")
        LEFT = "left", _("Left policing")

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="exposures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exposures")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    role = models.ForeignKey(ExposureRole, on_delete=models.PROTECT, related_name="+")
    closeness = models.PositiveSmallIntegerField()  # of the role when it was recorded, 1 closest
    duty_end_at = models.DateTimeField(null=True)  # off duty; null: not on duty, or not known yet
    supervisor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # who demobilises
    core = models.BooleanField(default=False)  # of the core group most affected (R80)
    stage = models.CharField(max_length=14, choices=Stage.choices, default=Stage.TO_DEMOBILISE)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    added_as = models.CharField(max_length=12, choices=AddedAs.choices)
    confirmed_at = models.DateTimeField(null=True)  # with the list, or when added to a confirmed list
    # The next step: proposed by whoever demobilised, confirmed by a coordinator or by time (24 h).
    proposed_step = models.CharField(max_length=20, choices=NextStepName.choices, blank=True)
    proposed_at = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_step = models.CharField(max_length=20, choices=NextStepName.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # null: by time
    disputed = models.CharField(max_length=10, choices=Dispute.choices, blank=True)
    disputed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    close_code = models.CharField(max_length=12, choices=CloseCode.choices, blank=True)
    objected_at = models.DateTimeField(null=True)  # the person objects to closing
    changed_at = models.DateTimeField()

    objects = ExposureQuerySet.as_manager()

    if TYPE_CHECKING:
        incident_id: uuid.UUID
        person_id: uuid.UUID
        force_id: uuid.UUID
        role_id: uuid.UUID
        supervisor_id: uuid.UUID | None

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(
            (
                "incident", "person", "force", "role", "closeness", "duty_end_at", "core", "stage", "added_at",
                "added_as", "confirmed_at", "proposed_step", "proposed_at", "decided_step", "decided_at", "disputed",
                "disputed_at", "removed_at", "closed_at", "close_code", "objected_at", "changed_at",
            ),
            SPECIAL,
        ),
        **dict.fromkeys(("supervisor", "added_by", "proposed_by", "decided_by", "removed_by"), PERSONAL),
    }  # fmt: skip

    class Meta:
        ordering = ["added_at", "id"]
        indexes = [
            models.Index(fields=["incident", "stage"], name="exposure_of_incident"),
            models.Index(fields=["person", "added_at"], name="exposure_of_person"),
            models.Index(fields=["supervisor", "stage", "duty_end_at"], name="exposure_of_supervisor"),
            models.Index(fields=["force", "stage"], name="exposure_of_force"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "person"], condition=Q(removed_at__isnull=True), name="person_once_in_incident"
            ),
            models.CheckConstraint(
                condition=Q(closeness__gte=1, closeness__lte=4), name="exposure_closeness_of_one_to_four"
            ),
            models.CheckConstraint(
                condition=Q(stage="closed", closed_at__isnull=False) & ~Q(close_code="")
                | ~Q(stage="closed") & Q(closed_at__isnull=True, close_code=""),
                name="exposure_closed_with_a_code",
            ),
            models.CheckConstraint(
                condition=Q(decided_step="", decided_at__isnull=True)
                | ~Q(decided_step="") & Q(decided_at__isnull=False),
                name="decided_with_a_moment",
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id


class HandedOver(Record):
    """Another force's colleague, handed to that force's coordinator, who accepts them as a record of their own (R106).

    The host sees only that one colleague is handled by their home force.
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("Waits for the home force")
        ACCEPTED = "accepted", _("Handled by the home force")
        NOT_OURS = "not-ours", _("Not known to that force")

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="handed_over")
    from_force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    to_force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="handed_to")
    number = models.CharField(max_length=14, validators=[NUMBER])  # collar or staff number in the home force
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    closeness = models.PositiveSmallIntegerField()
    ended_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OFFERED)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    # The record that the home force made of it. The host never follows this.
    became = models.ForeignKey(Exposure, on_delete=models.PROTECT, null=True, related_name="+")

    if TYPE_CHECKING:
        incident_id: uuid.UUID
        to_force_id: uuid.UUID
        from_force_id: uuid.UUID

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(
            (
                "incident", "from_force", "to_force", "number", "category", "closeness", "ended_at", "state",
                "offered_at", "answered_at", "became",
            ),
            SPECIAL,
        ),
        **dict.fromkeys(("offered_by", "answered_by"), PERSONAL),
    }  # fmt: skip

    class Meta:
        ordering = ["offered_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "to_force", "number"], condition=~Q(state="not-ours"), name="handed_over_once"
            ),
            models.CheckConstraint(condition=~Q(from_force=F("to_force")), name="handed_to_another_force"),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.to_force_id
