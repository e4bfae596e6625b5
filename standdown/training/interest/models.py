from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from standdown.foundation.access import Actor, Can
from standdown.foundation.privacy import PERSONAL, PUBLIC, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Base, Force, Person
from standdown.training.courses.models import Course


class Need(models.TextChoices):
    """What would make the day accessible (R34). Codes only: nobody has to say why."""

    CAPTIONS = "captions", _("Live captions")
    SIGN_LANGUAGE = "sign-language", _("A sign language interpreter")
    LARGE_PRINT = "large-print", _("Large print or a screen reader version")
    WELSH = "welsh", _("To speak Welsh")
    BREAKS = "breaks", _("More or longer breaks")
    QUIET_ROOM = "quiet-room", _("A quiet room")
    STEP_FREE = "step-free", _("A way without steps")
    CAMERA_OFF = "camera-off", _("To keep the camera off")
    TALK_FIRST = "talk-first", _("A word with the trainer before the day")


class Shift(models.TextChoices):
    """When somebody mostly works."""

    DAYS = "days", _("Days")
    EARLIES = "earlies", _("Earlies")
    LATES = "lates", _("Lates")
    NIGHTS = "nights", _("Nights")
    ROTATING = "rotating", _("Rotating shifts")


class InterestQuerySet(models.QuerySet["Interest"]):
    def visible_to(self, actor: Actor) -> InterestQuerySet:
        """One's own, and those told to the leads of the forces for which this actor decides."""
        reach = actor.reach(Can.DECIDE_INTEREST)
        return self.filter(Q(person_id=actor.person_id) | Q(force_id__in=reach.forces))

    def open(self) -> InterestQuerySet:
        """Those that nobody has answered for good."""
        return self.filter(state__in=[Interest.State.OPEN, Interest.State.HELD])


class Interest(Record):
    """A person would like to be trained, and told the wellbeing lead of their own force (R23, R24)."""

    class State(models.TextChoices):
        OPEN = "open", _("With the wellbeing lead")
        HELD = "held", _("Kept for a later date")
        PUT_FORWARD = "put-forward", _("Put forward")
        NOT_NOW = "not-now", _("Not now")
        WITHDRAWN = "withdrawn", _("Taken back")

    class Training(models.TextChoices):
        NONE = "none", _("None")
        PEER_SUPPORT = "peer-support", _("Peer support training")
        OTHER_MODEL = "other-model", _("Training in another model of trauma support")
        THIS_COURSE = "this-course", _("This course, some years ago")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="interests")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="interests")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="interests")
    line_manager = models.BooleanField(default=False)
    peer_supporter = models.BooleanField(default=False)
    base = models.ForeignKey(Base, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    shift = models.CharField(max_length=10, choices=Shift.choices)
    trained = models.CharField(max_length=12, choices=Training.choices, default=Training.NONE)
    needs = models.JSONField(default=list)  # codes of Need; go with the person to their place
    needs_shared = models.BooleanField(default=False)  # the person agrees that the trainer sees them
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    told_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = InterestQuerySet.as_manager()

    if TYPE_CHECKING:
        person_id: uuid.UUID
        force_id: uuid.UUID
        course_id: uuid.UUID

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(
            (
                "person", "force", "course", "line_manager", "peer_supporter", "base", "shift", "trained", "needs",
                "needs_shared", "state", "told_at", "decided_at", "decided_by",
            ),
            PERSONAL,
        ),
    }  # fmt: skip

    class Meta:
        ordering = ["told_at", "id"]
        indexes = [models.Index(fields=["force", "state", "told_at"], name="interest_by_force")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course"], condition=Q(state__in=["open", "held"]), name="one_open_interest"
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id
