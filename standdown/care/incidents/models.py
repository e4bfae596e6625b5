from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from standdown.care.drills.models import Drill
from standdown.care.programme.models import Category, Programme
from standdown.foundation import ids
from standdown.foundation.access import Actor, Can
from standdown.foundation.privacy import PERSONAL, PUBLIC, SPECIAL, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Base, Force, Person

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

# The force's own number of the event, as control rooms write them; pattern-checked so that no words fit in it.
OWN_REFERENCE = RegexValidator(r"^[A-Z]{0,6}[-/ ]?[0-9][0-9A-Z/-]{0,18}$", _("Letters and digits, as in 1234-28NOV26."))


class State(models.TextChoices):
    PROPOSED = "proposed", _("Waits for somebody to confirm it")  # from a feed: nobody is contacted until then
    OPEN = "open", _("Open")
    MERGED = "merged", _("Part of another incident")
    CLOSED = "closed", _("Closed")
    REJECTED = "rejected", _("Not an incident for this")


class Answer(models.TextChoices):
    """Was this group thought of? The list is not confirmed without an answer (R59)."""

    ADDED = "added", _("Yes, and they are on the list")
    NONE = "none", _("Nobody of them was exposed")


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, actor: Actor) -> IncidentQuerySet:
        """Those of the forces whose care this actor runs, and of the forces where they set restrictions.

        Supervisors, defusers and the person come by their own exposures and sessions, not through here.
        """
        reach = actor.reach(Can.RUN_CARE)
        return self if reach.everywhere else self.filter(force_id__in=reach.forces)

    def running(self) -> IncidentQuerySet:
        """Those on which something may still be owed."""
        return self.filter(state=State.OPEN)


class Incident(Record):
    """Something that people went through at work: its kind, its end (T0), its place; never what happened in it.

    `ended_at` is T0 of the event; each exposure has its own duty end. `programme` is the version that it started
    with, whose clocks it keeps for ever.
    """

    class Kind(models.TextChoices):
        EVENT = "event", _("One event")
        PERIOD = "period", _("A period of work, such as viewing images or taking calls")
        CUMULATIVE = "cumulative", _("Several incidents in a short time")

    class RaisedAs(models.TextChoices):
        SUPERVISOR = "supervisor", _("as supervisor")
        SELF = "self", _("for oneself")
        COLLEAGUE = "colleague", _("as a colleague who is concerned")
        CONTROL_ROOM = "control-room", _("as control room")
        COORDINATOR = "coordinator", _("as coordinator")
        FEED = "feed", _("from a file of the force's systems")
        HANDED_OVER = "handed-over", _("handed over by another force")

    class Accounts(models.TextChoices):
        NOT_ASKED = "", _("Not asked yet")
        COMPLETE = "complete", _("Initial accounts are complete")
        OUTSTANDING = "outstanding", _("Initial accounts are outstanding")
        NOT_APPLICABLE = "not-applicable", _("No accounts are needed")

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="incidents")
    reference = models.CharField(max_length=12, unique=True, validators=[RegexValidator(r"^INC-[0-9A-Z]{6}$")])
    own_reference = models.CharField(max_length=24, blank=True, validators=[OWN_REFERENCE])
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.EVENT)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="incidents")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    base = models.ForeignKey(Base, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(null=True)  # of a period of work
    ended_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    major = models.BooleanField(default=False)
    drill = models.ForeignKey(Drill, on_delete=models.PROTECT, null=True, related_name="incidents")
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    raised_as = models.CharField(max_length=12, choices=RaisedAs.choices)
    coordinator = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    control_room = models.CharField(max_length=6, choices=Answer.choices, blank=True)
    staff_and_specials = models.CharField(max_length=6, choices=Answer.choices, blank=True)
    other_forces = models.CharField(max_length=6, choices=Answer.choices, blank=True)
    list_confirmed_at = models.DateTimeField(null=True)
    list_confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    accounts = models.CharField(max_length=14, choices=Accounts.choices, blank=True, default="")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    closed_at = models.DateTimeField(null=True)
    request_key = models.UUIDField(unique=True, default=ids.new)  # the same request sent twice is one incident
    changed_at = models.DateTimeField()

    objects = IncidentQuerySet.as_manager()

    if TYPE_CHECKING:
        force_id: uuid.UUID
        programme_id: uuid.UUID
        category_id: uuid.UUID
        raised_by_id: uuid.UUID | None
        merged_into_id: uuid.UUID | None
        drill_id: uuid.UUID | None
        restrictions: RelatedManager[Restriction]
        events: RelatedManager[IncidentEvent]

    @property
    def is_exercise(self) -> bool:
        """True for what is made up: whatever is told of it says so."""
        return self.drill_id is not None

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(
            (
                "id", "force", "reference", "own_reference", "kind", "programme", "category", "base", "started_at",
                "ended_at", "state", "major", "drill", "raised_at", "raised_as", "control_room", "staff_and_specials",
                "other_forces", "list_confirmed_at", "accounts", "merged_into", "closed_at", "request_key",
                "changed_at",
            ),
            SPECIAL,
        ),
        **dict.fromkeys(("raised_by", "coordinator", "list_confirmed_by"), PERSONAL),
    }  # fmt: skip

    class Meta:
        ordering = ["-ended_at", "id"]
        indexes = [
            models.Index(fields=["force", "state", "ended_at"], name="incident_of_force"),
            models.Index(fields=["force", "own_reference"], name="incident_by_own_reference"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(started_at__isnull=True) | Q(started_at__lt=F("ended_at")), name="incident_starts_then_ends"
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | ~Q(state="merged") & Q(merged_into__isnull=True),
                name="incident_merged_into_one",
            ),
            models.CheckConstraint(
                condition=Q(list_confirmed_at__isnull=True)
                | ~Q(control_room="") & ~Q(staff_and_specials="") & ~Q(other_forces=""),
                name="list_confirmed_with_all_answers",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | ~Q(state="closed"), name="incident_closed_when"
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id


class Restriction(Record):
    """Conferring is restricted: a post-incident manager says so, and lifts it (R108).

    It stops sessions in a group, and never welfare one to one.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="restrictions")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        "incident": SPECIAL,
        **dict.fromkeys(("set_at", "lifted_at"), SPECIAL),
        **dict.fromkeys(("set_by", "lifted_by"), PERSONAL),
    }

    class Meta:
        ordering = ["set_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident"], condition=Q(lifted_at__isnull=True), name="one_restriction_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="restriction_lifted_by_somebody",
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.incident.force_id


class IncidentEvent(Record):
    """What was done to an incident, when, by whom. Rows are added, never changed."""

    class Kind(models.TextChoices):
        RAISED = "raised", _("Raised")
        CONFIRMED = "confirmed", _("Confirmed as an incident")
        REJECTED = "rejected", _("Not an incident for this")
        CHANGED = "changed", _("Details put right")
        NAMES_ADDED = "names-added", _("Names added")
        NAME_TAKEN_OFF = "name-taken-off", _("A name taken off")
        LIST_CONFIRMED = "list-confirmed", _("The list of who was exposed was confirmed")
        ACCOUNTS = "accounts", _("Asked about initial accounts")
        RESTRICTED = "restricted", _("Conferring restricted")
        RESTRICTION_LIFTED = "restriction-lifted", _("Restriction lifted")
        MERGED = "merged", _("Merged with another incident")
        MAJOR = "major", _("Run as a major incident")
        HANDED_OVER = "handed-over", _("A colleague of another force handed over")
        COORDINATOR = "coordinator", _("Taken on by a coordinator")
        GROUPS = "groups", _("Groups planned")
        BOOKED = "booked", _("A session booked")
        HELD = "held", _("A session held")
        CLOSED = "closed", _("Closed")
        REOPENED = "reopened", _("Opened again")

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=18, choices=Kind.choices)
    number = models.PositiveIntegerField(default=0)  # how many it was about, where that means something
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # null: a job of the system

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(("incident", "kind", "number", "at"), SPECIAL),
        "by": PERSONAL,
    }

    class Meta:
        ordering = ["at", "id"]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.incident.force_id
