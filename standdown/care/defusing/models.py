from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from standdown.care.exposures.models import Exposure
from standdown.care.incidents.models import Incident
from standdown.care.programme.names import NextStepName
from standdown.care.wishes.models import Exclusion
from standdown.foundation.access import Actor, Can
from standdown.foundation.privacy import PERSONAL, PUBLIC, SPECIAL, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Base, Force, Person

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class SessionState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed, to be confirmed")
    PLANNED = "planned", _("Planned, without a defuser or time")
    ASKED = "asked", _("A defuser is asked")
    ACCEPTED = "accepted", _("A defuser says yes, time to be booked")
    BOOKED = "booked", _("Booked")
    HELD = "held", _("Held")
    STOOD_DOWN = "stood-down", _("Not held")


LIVE_SESSIONS = ("proposed", "planned", "asked", "accepted", "booked")


class DefusingQuerySet(models.QuerySet["Defusing"]):
    def visible_to(self, actor: Actor) -> DefusingQuerySet:
        """Those of forces whose care this actor runs; those that they lead, or were asked to lead and did not pass.

        A session with somebody in it who excluded this actor is not there.
        """
        reach = actor.reach(Can.RUN_CARE)
        if actor.person_id is None:
            return self.none()
        theirs = (
            Q(force_id__in=reach.forces)
            | Q(defuser_id=actor.person_id)
            | Q(second_id=actor.person_id)
            | Q(asks__person_id=actor.person_id, asks__answer="")
        )
        shut = Exposure.objects.filter(person_id__in=Exclusion.objects.shutting_out(actor.person_id))
        found = self if reach.everywhere else self.filter(theirs)
        return found.exclude(attendees__exposure__in=shut, attendees__left_at__isnull=True).distinct()

    def live(self) -> DefusingQuerySet:
        """Those that may still be held."""
        return self.filter(state__in=LIVE_SESSIONS)


class Defusing(Record):
    """One session: a small group, or one person. When, where, who leads it, and that it was held. Nothing said in it.

    `why_apart` is the reason for which this group was split from others (a code of care.grouping).
    """

    class Kind(models.TextChoices):
        GROUP = "group", _("In a group")
        ONE = "one", _("One to one")

    class WhyApart(models.TextChoices):
        NONE = "", _("Together by closeness")
        CLOSENESS = "closeness", _("Kept apart by closeness of exposure")
        SIZE = "size", _("Split because it would be too large")
        COMMAND = "command", _("A commander and their own team are kept apart")
        CONFLICT = "conflict", _("Two people are kept apart")
        ASKED = "asked", _("One to one, as the person asked")
        ODD_ONE = "odd-one", _("One to one, because nobody shares this exposure")
        GUARD = "guard", _("One to one, because a restriction stops groups")

    class Moved(models.TextChoices):
        REST_DAYS = "rest-days", _("Rest days or leave")
        RESTRICTION = "restriction", _("Conferring was restricted")
        ACCOUNTS = "accounts", _("Initial accounts were outstanding")
        NO_DEFUSER = "no-defuser", _("No defuser was free")
        PERSON = "person", _("At the wish of those invited")
        OPERATIONS = "operations", _("Operational demand")
        DROPPED_OUT = "dropped-out", _("The defuser could not come")

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="defusings")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()  # in its incident
    kind = models.CharField(max_length=6, choices=Kind.choices)
    closeness = models.PositiveSmallIntegerField()
    why_apart = models.CharField(max_length=10, choices=WhyApart.choices, blank=True, default="")
    state = models.CharField(max_length=10, choices=SessionState.choices, default=SessionState.PROPOSED)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    base = models.ForeignKey(Base, on_delete=models.PROTECT, null=True, related_name="+")
    remote = models.BooleanField(default=False)
    moved = models.CharField(max_length=12, choices=Moved.choices, blank=True)  # why outside the window, where it is
    defuser = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # co-defuser or observer
    booked_at = models.DateTimeField(null=True)
    booked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    calendar_sequence = models.PositiveIntegerField(default=0)
    limits_read_at = models.DateTimeField(null=True)  # the limits of confidentiality were read out
    limits_version = models.PositiveIntegerField(null=True)  # which text it was
    held_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    objects = DefusingQuerySet.as_manager()

    if TYPE_CHECKING:
        incident_id: uuid.UUID
        force_id: uuid.UUID
        defuser_id: uuid.UUID | None
        second_id: uuid.UUID | None
        attendees: RelatedManager[Attendee]
        asks: RelatedManager[Ask]

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(
            (
                "incident", "force", "number", "kind", "closeness", "why_apart", "state", "starts_at", "ends_at",
                "base", "remote", "moved", "booked_at", "calendar_sequence", "limits_read_at", "limits_version",
                "held_at", "made_at", "changed_at",
            ),
            SPECIAL,
        ),
        **dict.fromkeys(("defuser", "second", "booked_by", "held_by", "made_by"), PERSONAL),
    }  # fmt: skip

    class Meta:
        ordering = ["incident", "number"]
        indexes = [
            models.Index(fields=["force", "state", "starts_at"], name="defusing_of_force"),
            models.Index(fields=["defuser", "starts_at"], name="defusing_of_defuser"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="defusing_number_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["booked", "held"])
                | Q(starts_at__isnull=False, ends_at__isnull=False, defuser__isnull=False),
                name="booked_with_time_and_defuser",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(starts_at__lt=F("ends_at")), name="defusing_starts_then_ends"
            ),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=F("defuser")), name="two_different_defusers"
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id


class Attendee(Record):
    """One exposed person's place in one session: asked, answered, there or not, and the agreed next step."""

    class Answer(models.TextChoices):
        NONE = "", _("No answer")  # silence is a normal outcome and no mark
        ACCEPTED = "accepted", _("Will come")
        NOT_NOW = "not-now", _("Not now")
        DECLINED = "declined", _("Declined")
        ONE_TO_ONE = "one-to-one", _("Would rather talk one to one")
        SOMEBODY_ELSE = "somebody-else", _("Would rather talk to somebody else")

    class There(models.TextChoices):
        NOT_SAID = "", _("Not recorded")
        PRESENT = "present", _("Was there")
        LATE = "late", _("Came late")
        LEFT_EARLY = "left-early", _("Left early")
        ABSENT = "absent", _("Was not there")

    defusing = models.ForeignKey(Defusing, on_delete=models.PROTECT, related_name="attendees")
    exposure = models.ForeignKey(Exposure, on_delete=models.PROTECT, related_name="attendances")
    invited_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=14, choices=Answer.choices, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    invitation = models.PositiveSmallIntegerField(default=0)  # the generation of the link in the message
    there = models.CharField(max_length=10, choices=There.choices, blank=True, default="")
    checked_on_at = models.DateTimeField(null=True)  # who left early was checked on afterwards (R87)
    next_step = models.CharField(max_length=20, choices=NextStepName.choices, blank=True)
    left_at = models.DateTimeField(null=True)  # no longer of this session: moved to another, or said no

    if TYPE_CHECKING:
        defusing_id: uuid.UUID
        exposure_id: uuid.UUID

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(
            (
                "defusing", "exposure", "invited_at", "answer", "answered_at", "invitation", "there", "checked_on_at",
                "next_step", "left_at",
            ),
            SPECIAL,
        ),
    }  # fmt: skip

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["defusing", "exposure"], name="once_in_a_session"),
            models.UniqueConstraint(
                fields=["exposure"], condition=Q(left_at__isnull=True, there=""), name="one_session_ahead"
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.defusing.force_id


class Ask(Record):
    """A defuser asked to lead a session, and why they were proposed; passing needs no reason."""

    class Answer(models.TextChoices):
        NONE = "", _("No answer yet")
        YES = "yes", _("Will lead it")
        PASSED = "passed", _("Passed")
        LAPSED = "lapsed", _("No time was booked, so it went to others")
        TAKEN_BACK = "taken-back", _("No longer asked")

    defusing = models.ForeignKey(Defusing, on_delete=models.PROTECT, related_name="asks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    as_second = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField(null=True)  # the time proposed with it
    lapses_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True, default="")
    answered_at = models.DateTimeField(null=True)

    if TYPE_CHECKING:
        defusing_id: uuid.UUID
        person_id: uuid.UUID
        reasons: RelatedManager[AskReason]

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(
            ("defusing", "as_second", "asked_at", "starts_at", "lapses_at", "answer", "answered_at"), SPECIAL
        ),
        **dict.fromkeys(("person", "asked_by"), PERSONAL),
    }

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [models.Index(fields=["person", "answer"], name="asks_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["defusing", "person"], condition=Q(answer__in=["", "yes"]), name="asked_once_at_a_time"
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.defusing.force_id


class AskReason(Record):
    """Why this person was proposed, as the coordinator saw it: a code of care.matching with its figure."""

    class Code(models.TextChoices):
        CANDIDATES = "candidates", _("Qualified people looked at")
        LEFT = "left", _("Left after every rule")
        RANK = "rank", _("Place in the order")
        IN_WINDOW = "in-window", _("Inside 60 to 84 hours")
        LOAD = "load", _("Sessions led lately")
        OTHER_TEAM = "other-team", _("Of another team")
        WISH_MET = "wish-met", _("Wishes met")
        WISH_UNMET = "wish-unmet", _("Wishes not met")
        TRAVEL = "travel", _("At another base")
        CHOSEN_BY_HAND = "by-hand", _("Chosen by the coordinator")
        PLANNED_TOGETHER = "planned", _("Planned together with other groups")

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="reasons")
    code = models.CharField(max_length=12, choices=Code.choices)
    figure = models.IntegerField(default=0)

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC, "ask": SPECIAL, "code": SPECIAL, "figure": SPECIAL,
    }  # fmt: skip

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["ask", "code"], name="reason_once")]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.ask.defusing.force_id
