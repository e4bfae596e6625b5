from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from standdown.foundation.access import Actor, ActorKind, Can, Reach
from standdown.foundation.privacy import PERSONAL, PUBLIC, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Force, Person
from standdown.people.roles.models import RoleName
from standdown.training.courses.models import Course, CourseVersion

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class Status(models.TextChoices):
    DRAFT = "draft", _("In preparation")
    PUBLISHED = "published", _("Published")
    CANCELLED = "cancelled", _("Cancelled")
    HELD = "held", _("Held")


class Delivery(models.TextChoices):
    ONLINE = "online", _("Online")
    IN_PERSON = "in-person", _("In person")
    BLENDED = "blended", _("Part online, part in person")


class Language(models.TextChoices):
    ENGLISH = "en", _("English")
    WELSH = "cy", _("Welsh")
    BOTH = "both", _("English and Welsh")


def reach_of(actor: Actor) -> Reach:
    """Where this actor sees dates: every date is for those who plan nationally, not for every national trainer."""
    reach = actor.reach(Can.SEE_SESSIONS)
    if actor.kind is ActorKind.SYSTEM or actor.holds(RoleName.NATIONAL_COORDINATOR, None):
        return reach
    return Reach(forces=reach.forces)


def run_by(actor: Actor) -> Q:
    """The dates that this actor is named on as trainer, while they are one."""
    run = SessionTrainer.objects.filter(person=actor.person_id if actor.has(Can.SEE_SESSIONS) else None)
    return Q(pk__in=run.values("session"))


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, actor: Actor) -> SessionQuerySet:
        """The sessions of the forces whose dates this actor may see: named for them, or owned; and those they run.

        A force's lead sees a national draft only once it is published (R9).
        """
        reach = reach_of(actor)
        if reach.everywhere:
            return self
        named = Q(pk__in=SessionForce.objects.filter(force_id__in=reach.forces).values("session"))
        theirs = Q(owner_force_id__in=reach.forces) | (named & ~Q(status=Status.DRAFT))
        return self.filter(theirs | run_by(actor))

    def public(self) -> SessionQuerySet:
        """What anyone may see: everything that was ever published. A cancelled date stays, and says so."""
        return self.exclude(status=Status.DRAFT)

    def starting_between(self, first: dt.datetime, until: dt.datetime) -> SessionQuerySet:
        """Sessions that begin in [first, until)."""
        return self.filter(starts_at__gte=first, starts_at__lt=until)


class Session(Record):
    """One date of a course, for named forces (R3). Its key is also the life-long UID of its calendar entries."""

    reference = models.CharField(max_length=12, unique=True)  # speakable, such as TS-7KQ2MD
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="sessions")
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="sessions")
    owner_force = models.ForeignKey(  # null: the national body
        Force, on_delete=models.PROTECT, null=True, blank=True, related_name="owned_sessions"
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    delivery = models.CharField(max_length=10, choices=Delivery.choices)
    platform = models.CharField(max_length=40, blank=True)  # "Microsoft Teams" where it is online
    place = models.CharField(max_length=120, blank=True)  # where it is in person: the public name of a building
    capacity = models.PositiveSmallIntegerField()
    nominations_close_at = models.DateTimeField()
    language = models.CharField(max_length=4, choices=Language.choices, default=Language.ENGLISH)
    # Until then a force's allotted places wait for it; then anyone's may have them (R29). Null: until names close.
    allotments_until = models.DateTimeField(null=True, blank=True)
    joining_link = models.URLField(max_length=500, blank=True)  # only for confirmed delegates, near the time
    calendar_sequence = models.PositiveIntegerField(default=0)  # goes up only with a change that a calendar must know
    changed_at = models.DateTimeField()

    objects = SessionQuerySet.as_manager()

    if TYPE_CHECKING:
        for_forces: RelatedManager[SessionForce]
        trainers: RelatedManager[SessionTrainer]
        changes: RelatedManager[SessionChange]
        owner_force_id: uuid.UUID | None

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(
            (
                "id", "reference", "course", "version", "owner_force", "status", "starts_at", "ends_at", "delivery",
                "platform", "place", "capacity", "nominations_close_at", "allotments_until", "language",
                "calendar_sequence", "changed_at",
            ),
            PUBLIC,
        ),
        "joining_link": PERSONAL,
    }  # fmt: skip

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["course", "starts_at"], name="session_by_course_and_start"),
            models.Index(fields=["status", "starts_at"], name="session_by_status_and_start"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="session_starts_before_it_ends"),
            models.CheckConstraint(
                condition=Q(nominations_close_at__lte=F("starts_at")), name="nominations_close_before_start"
            ),
            models.CheckConstraint(
                condition=Q(allotments_until__isnull=True) | Q(allotments_until__lte=F("starts_at")),
                name="allotments_end_before_start",
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1) & Q(capacity__lte=500), name="session_capacity"),
            models.CheckConstraint(condition=~Q(delivery="in-person") | ~Q(place=""), name="in_person_has_a_place"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.owner_force_id


class SessionForce(Record):
    """A force that a session is for, and how many of its places are kept for it (none: first nominated)."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="for_forces")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="sessions")
    allotment = models.PositiveSmallIntegerField(null=True, blank=True)

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(("id", "session", "force", "allotment"), PUBLIC)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "force"], name="force_once_in_session")]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id


class SessionTrainer(Record):
    """Who runs the session, or learns to on it. Never shown in public."""

    class Part(models.TextChoices):
        TRAINS = "trains", _("Trains")
        CO_DELIVERS = "co-delivers", _("Co-delivers, as a candidate")
        OBSERVED = "observed", _("Delivers and is observed")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="trainers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="trains")
    part = models.CharField(max_length=12, choices=Part.choices, default=Part.TRAINS)

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC, "session": PUBLIC, "person": PERSONAL, "part": PERSONAL,
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="trainer_once_in_session")]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.session.owner_force_id


class SessionChange(Record):
    """What happened to a session, when, and by whom. Rows are added, never changed."""

    class Kind(models.TextChoices):
        DRAFTED = "drafted", _("Drafted")
        EDITED = "edited", _("Changed in preparation")
        PUBLISHED = "published", _("Published")
        ALLOTTED = "allotted", _("Places allotted anew")
        MOVED = "moved", _("Moved")
        CANCELLED = "cancelled", _("Cancelled")
        HELD = "held", _("Held")

    class Reason(models.TextChoices):
        TRAINER = "trainer", _("No trainer is available")
        NUMBERS = "numbers", _("Too few people were put forward")
        OPERATIONS = "operations", _("Operational demand in the force")
        VENUE = "venue", _("The place or the platform cannot be used")
        FORCE_ASKED = "force-asked", _("The force asked for it")
        MISTAKE = "mistake", _("It was published by mistake")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    previous_starts_at = models.DateTimeField(null=True)  # after a move: when it would have begun
    previous_ends_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        "session": PUBLIC,
        "kind": PUBLIC,
        "reason": PUBLIC,
        "previous_starts_at": PUBLIC,
        "previous_ends_at": PUBLIC,
        "at": PUBLIC,
        "by": PERSONAL,
    }

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["session", "kind"], name="change_by_session")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="moved") | Q(previous_starts_at__isnull=False), name="move_keeps_the_old_time"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["moved", "cancelled"]) | ~Q(reason=""), name="move_and_cancel_have_a_reason"
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.session.owner_force_id
