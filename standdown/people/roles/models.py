from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standdown.foundation.access import Actor, ActorKind, Can
from standdown.foundation.privacy import PERSONAL, PUBLIC, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.accounts.models import Person
from standdown.people.forces.models import Force
from standdown.people.roles.policy import SEEN_NATIONALLY, Role


class RoleName(models.TextChoices):
    SUPERVISOR = "supervisor", _("Supervisor")
    PEER_SUPPORTER = "peer-supporter", _("Peer supporter")
    DEFUSER = "defuser", _("Defuser")
    ESTIP_LEAD = "estip-lead", _("ESTIP lead")
    ESTIP_COORDINATOR = "estip-coordinator", _("ESTIP coordinator")
    WELLBEING_LEAD = "wellbeing-lead", _("Wellbeing lead")
    WELLBEING_DEPUTY = "wellbeing-deputy", _("Deputy wellbeing lead")
    OCCUPATIONAL_HEALTH = "occupational-health", _("Occupational health")
    NATIONAL_COORDINATOR = "national-coordinator", _("National coordinator")
    TRAINER = "trainer", _("Trainer")
    SYSTEM_ADMINISTRATOR = "system-administrator", _("System administrator")
    PRIVACY_OFFICER = "privacy-officer", _("Privacy officer")
    CONTROL_ROOM = "control-room", _("Control room")
    POST_INCIDENT_MANAGER = "post-incident-manager", _("Post-incident manager")


# One sentence each, for the people whom the role is about.
ROLE_SENTENCES: dict[str, Promise] = {
    RoleName.SUPERVISOR: _("Talks with their own people for five minutes before they go off duty."),
    RoleName.PEER_SUPPORTER: _("A trained colleague who listens and points to help."),
    RoleName.DEFUSER: _("Trained to lead a small group, about three days after."),
    RoleName.ESTIP_LEAD: _("Answers for the programme in a force and approves who may defuse."),
    RoleName.ESTIP_COORDINATOR: _("Runs the programme day by day for the ESTIP lead."),
    RoleName.WELLBEING_LEAD: _("Decides whose name is put forward for training, and answers for a force's places."),
    RoleName.WELLBEING_DEPUTY: _("Stands in for the wellbeing lead, and is named as doing so."),
    RoleName.OCCUPATIONAL_HEALTH: _("Takes referrals; what they learn stays with them."),
    RoleName.NATIONAL_COORDINATOR: _("Records adoption, plans dates for forces and publishes them."),
    RoleName.TRAINER: _("Runs the training day and records who was there."),
    RoleName.SYSTEM_ADMINISTRATOR: _(
        "Keeps the machine and the directory running, and sees nothing of anybody's care."
    ),
    RoleName.PRIVACY_OFFICER: _("Checks who looked at what, and approves the roles that matter most."),
    RoleName.CONTROL_ROOM: _("Tells Standdown that something happened, and sees nothing of what follows."),
    RoleName.POST_INCIDENT_MANAGER: _("Sets and lifts a bar on conferring after an incident, and reads nothing."),
}


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def visible_to(self, actor: Actor) -> RoleGrantQuerySet:
        """One's own grants, and those of the forces whose roles this actor may see.

        A national coordinator sees the posts that they appoint or look out for, and no supporters of any force.
        """
        reach = actor.reach(Can.SEE_ROLES) | actor.reach(Can.APPROVE_ROLE)
        if reach.everywhere and (actor.kind is ActorKind.SYSTEM or Role.PRIVACY_OFFICER in actor.roles):
            return self
        seen = Q(person_id=actor.person_id) | Q(force_id__in=reach.forces)
        if reach.everywhere:
            seen |= Q(role__in=SEEN_NATIONALLY)
        return self.filter(seen)

    def open(self) -> RoleGrantQuerySet:
        """The grants and proposals that nobody has ended."""
        return self.filter(ended_on__isnull=True)

    def waiting(self) -> RoleGrantQuerySet:
        """The proposals that nobody has decided."""
        return self.filter(approved_at__isnull=True, ended_on__isnull=True)

    def holding_on(self, day: dt.date) -> RoleGrantQuerySet:
        """The grants in force on that day: approved, begun, not ended."""
        return self.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=day),
            approved_at__isnull=False,
            starts_on__lte=day,
            ends_on__gt=day,
        )

    def held_by(self, person: uuid.UUID, today: dt.date) -> models.QuerySet[RoleGrant, tuple[str, uuid.UUID | None]]:
        """The roles of that person on that day, and where each is held."""
        return self.filter(person=person).holding_on(today).values_list("role", "force_id")


class RoleGrant(Record):
    """A role for a person, in a force or nationally: proposed by one, approved by another, with a start and an end."""

    class Reason(models.TextChoices):
        APPOINTED = "appointed", _("Newly appointed")
        RENEWED = "renewed", _("Appointment renewed")
        COVER = "cover", _("Cover for somebody who is away")
        FIRST = "first", _("First appointment when Standdown was set up")

    class EndReason(models.TextChoices):
        MOVED = "moved", _("Moved to another post")
        LEFT = "left", _("Left the force")
        STOOD_DOWN = "stood-down", _("Asked to stand down")
        NOT_APPROVED = "not-approved", _("Not approved")
        MISTAKE = "mistake", _("Recorded by mistake")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=24, choices=RoleName.choices)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    starts_on = models.DateField()
    ends_on = models.DateField()  # the first day on which it no longer holds
    reason = models.CharField(max_length=12, choices=Reason.choices)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True)  # when it was ended before its time
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    end_reason = models.CharField(max_length=12, choices=EndReason.choices, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    if TYPE_CHECKING:
        force_id: uuid.UUID | None
        proposed_by_id: uuid.UUID | None

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(
            (
                "person", "role", "force", "starts_on", "ends_on", "reason", "proposed_at", "proposed_by",
                "approved_at", "approved_by", "ended_on", "ended_by", "end_reason",
            ),
            PERSONAL,
        ),
    }  # fmt: skip

    class Meta:
        ordering = ["-starts_on", "id"]
        indexes = [
            models.Index(fields=["person", "ends_on"], name="grant_by_person"),
            models.Index(fields=["force", "role"], name="grant_by_force"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(starts_on__lt=F("ends_on")), name="grant_starts_before_it_ends"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")), name="approved_by_another"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("person")), name="nobody_approves_themselves"
            ),
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=True) | ~Q(proposed_by=F("person")), name="nobody_proposes_themselves"
            ),
            models.UniqueConstraint(
                fields=["person", "role", "force"],
                condition=Q(approved_at__isnull=True, ended_on__isnull=True),
                name="one_open_proposal",
            ),
        ]

    @property
    def last_day(self) -> dt.date:
        """The last day on which it holds, if nobody ends it before."""
        return self.ends_on - dt.timedelta(days=1)

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id
