from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from standdown.foundation.access import Actor, Can
from standdown.foundation.privacy import PERSONAL, PUBLIC, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Person

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class ProgrammeVersion(Record):
    """A dated version of the programme that courses teach: the names and windows of its phases (R145)."""

    name = models.CharField(max_length=120)
    number = models.PositiveSmallIntegerField()
    effective_from = models.DateField()
    defuse_target_hours = models.PositiveSmallIntegerField(default=72)
    defuse_window_from_hours = models.PositiveSmallIntegerField(default=48)
    defuse_window_to_hours = models.PositiveSmallIntegerField(default=96)

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        (
            "id", "name", "number", "effective_from", "defuse_target_hours", "defuse_window_from_hours",
            "defuse_window_to_hours",
        ),
        PUBLIC,
    )  # fmt: skip

    class Meta:
        ordering = ["name", "number"]
        constraints = [
            models.UniqueConstraint(fields=["name", "number"], name="programme_version_once"),
            models.CheckConstraint(
                condition=Q(defuse_window_from_hours__lte=F("defuse_target_hours"))
                & Q(defuse_target_hours__lte=F("defuse_window_to_hours")),
                name="defuse_target_in_window",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return None


class CourseQuerySet(models.QuerySet["Course"]):
    def visible_to(self, actor: Actor) -> CourseQuerySet:
        """Published courses for anyone; unpublished ones for those who write them."""
        return self if actor.has(Can.EDIT_COURSE) else self.filter(current__isnull=False)


class Course(Record):
    """A course that is offered, under an address that never changes. Its words are those of the current version."""

    class Kind(models.TextChoices):
        PRACTICE = "practice", _("For those who demobilise and defuse")
        TRAIN_THE_TRAINER = "train-the-trainer", _("For those who will train others")

    slug = models.SlugField(max_length=60, unique=True)
    current = models.ForeignKey("CourseVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.PRACTICE)  # what it qualifies for (R47)

    objects = CourseQuerySet.as_manager()

    if TYPE_CHECKING:
        versions: RelatedManager[CourseVersion]
        current_id: uuid.UUID | None

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(("id", "slug", "current", "kind"), PUBLIC)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return None


class CourseVersion(Record):
    """The words and figures of a course as published at one time; a certificate will name it (R8)."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="versions")
    programme = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    title_cy = models.CharField(max_length=120, blank=True)
    summary = models.CharField(max_length=300)
    summary_cy = models.CharField(max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(30), MaxValueValidator(2400)])
    least_delegates = models.PositiveSmallIntegerField(default=6)
    most_online = models.PositiveSmallIntegerField(default=16)
    most_in_person = models.PositiveSmallIntegerField(default=12)
    second_trainer_above = models.PositiveSmallIntegerField(default=10)
    # What counts as completed, and how long it holds (R39, R49): percent of the day, minutes of grace, months.
    completion_percent = models.PositiveSmallIntegerField(
        default=100, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    grace_minutes = models.PositiveSmallIntegerField(default=15)
    valid_months = models.PositiveSmallIntegerField(default=24)
    retrain_months = models.PositiveSmallIntegerField(default=36)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    if TYPE_CHECKING:
        blocks: RelatedManager[ContentBlock]

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(
            (
                "id", "course", "programme", "number", "title", "title_cy", "summary", "summary_cy", "minutes",
                "least_delegates", "most_online", "most_in_person", "second_trainer_above", "completion_percent",
                "grace_minutes", "valid_months", "retrain_months", "published_at",
            ),
            PUBLIC,
        ),
        "published_by": PERSONAL,
    }  # fmt: skip

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="course_version_once"),
            models.CheckConstraint(
                condition=Q(completion_percent__gte=1, completion_percent__lte=100), name="completion_is_a_percentage"
            ),
            models.CheckConstraint(
                condition=Q(valid_months__gte=1, valid_months__lte=F("retrain_months")), name="valid_before_retraining"
            ),
            models.UniqueConstraint(
                fields=["course"], condition=Q(published_at__isnull=True), name="one_draft_a_course"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return None


class ContentBlock(Record):
    """One reusable block of a course's page: plain paragraphs parted by an empty line, or one list point (R13)."""

    class Kind(models.TextChoices):
        WHAT = "what", _("What it is")
        DEMOBILISING = "demobilising", _("Demobilising explained")
        DEFUSING = "defusing", _("Defusing explained")
        COST_HOME_OFFICE = "cost-home-office", _("What it costs a Home Office force")
        COST_OTHER = "cost-other", _("What it costs another force")
        WHO_FOR = "who-for", _("Who it is for")
        HOW_RUN = "how-run", _("How it is run")
        MISSED = "missed", _("What if I miss it")
        FOR_ME = "for-me", _("Is it for me")
        SYLLABUS = "syllabus", _("Syllabus")
        HOW_TO_ACCESS = "how-to-access", _("How to be put forward")
        WORDS = "words", _("Delegates' words")

    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="blocks")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    place = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(max_length=2000)
    text_cy = models.TextField(max_length=2000, blank=True)

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ("id", "version", "kind", "place", "text", "text_cy"), PUBLIC
    )

    class Meta:
        ordering = ["kind", "place"]
        constraints = [models.UniqueConstraint(fields=["version", "kind", "place"], name="block_once_in_place")]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return None
