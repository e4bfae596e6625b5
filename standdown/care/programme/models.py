from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from standdown.care.programme.names import FamilyName, NextStepName, StepKindName, ToldName
from standdown.foundation.access import Actor, Can
from standdown.foundation.privacy import PERSONAL, PUBLIC, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Force, Person

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

# Words of a programme are its own: letters, digits and simple marks, no sentence about anybody.
WORDS = RegexValidator(r"^[\w\u2019'()/,&. -]{1,60}$", _("Use letters, digits, spaces and simple marks, at most 60."))
CODE = RegexValidator(r"^[a-z][a-z0-9-]{1,39}$", _("Use small letters, digits and hyphens."))


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, actor: Actor) -> ProgrammeQuerySet:
        """The versions that ship with the product, and those of the forces whose care this actor runs."""
        reach = actor.reach(Can.SEE_PROGRAMME)
        return self if reach.everywhere else self.filter(Q(force__isnull=True) | Q(force_id__in=reach.forces))

    def published(self) -> ProgrammeQuerySet:
        """Those that can be in force."""
        return self.filter(published_at__isnull=False)


class Programme(Record):
    """One dated version of how a force looks after its people (R145). Once published it never changes.

    An incident points at the version that it started with: that is what freezes its clocks. Hours and days count from
    T0, the end of the person's exposure.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, related_name="care_programmes")  # null: ships
    family = models.CharField(max_length=12, choices=FamilyName.choices)
    number = models.PositiveSmallIntegerField()
    effective_from = models.DateField(null=True)  # null: nothing is scheduled yet
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="copies")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    has_demobilise = models.BooleanField(default=True)
    defuse_target_hours = models.PositiveSmallIntegerField(default=72)
    defuse_green_from_hours = models.PositiveSmallIntegerField(default=48)
    defuse_green_until_hours = models.PositiveSmallIntegerField(default=96)
    defuse_amber_until_hours = models.PositiveSmallIntegerField(default=168)
    session_minutes = models.PositiveSmallIntegerField(default=60)
    group_least = models.PositiveSmallIntegerField(default=2)
    group_typical_from = models.PositiveSmallIntegerField(default=6)
    group_typical_to = models.PositiveSmallIntegerField(default=8)
    group_most = models.PositiveSmallIntegerField(default=10)
    second_defuser_above = models.PositiveSmallIntegerField(default=6)
    list_hours = models.PositiveSmallIntegerField(default=12)  # to confirm who was exposed
    accept_proposal_after_hours = models.PositiveSmallIntegerField(default=24)
    book_hours = models.PositiveSmallIntegerField(default=36)
    contact_two_weeks_days = models.PositiveSmallIntegerField(default=14)
    contact_month_days = models.PositiveSmallIntegerField(default=31)
    contact_three_months_days = models.PositiveSmallIntegerField(default=91)
    contact_tries = models.PositiveSmallIntegerField(default=3)
    reopen_days = models.PositiveSmallIntegerField(default=365)
    referral_working_hours = models.PositiveSmallIntegerField(default=16)  # two working days
    cumulative_count = models.PositiveSmallIntegerField(default=3)
    cumulative_days = models.PositiveSmallIntegerField(default=30)
    load_most = models.PositiveSmallIntegerField(default=4)  # sessions that a defuser leads in load_days
    load_days = models.PositiveSmallIntegerField(default=28)
    rest_hours = models.PositiveSmallIntegerField(default=24)  # between two sessions of one defuser
    ask_lapses_hours = models.PositiveSmallIntegerField(default=12)  # "I'll take it" without a booked time
    own_manager_may_defuse = models.BooleanField(default=True)

    objects = ProgrammeQuerySet.as_manager()

    if TYPE_CHECKING:
        force_id: uuid.UUID | None
        categories: RelatedManager[Category]
        roles: RelatedManager[ExposureRole]
        phases: RelatedManager[Phase]
        next_steps: RelatedManager[NextStepOption]
        escalations: RelatedManager[Escalation]
        copies: RelatedManager[Programme]

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(
            (
                "id", "force", "family", "number", "effective_from", "copied_from", "made_at", "published_at",
                "has_demobilise", "defuse_target_hours", "defuse_green_from_hours", "defuse_green_until_hours",
                "defuse_amber_until_hours", "session_minutes", "group_least", "group_typical_from", "group_typical_to",
                "group_most", "second_defuser_above", "list_hours", "accept_proposal_after_hours", "book_hours",
                "contact_two_weeks_days", "contact_month_days", "contact_three_months_days", "contact_tries",
                "reopen_days", "referral_working_hours", "cumulative_count", "cumulative_days", "load_most",
                "load_days", "rest_hours", "ask_lapses_hours", "own_manager_may_defuse",
            ),
            PUBLIC,
        ),
        "made_by": PERSONAL,
        "published_by": PERSONAL,
    }  # fmt: skip

    class Meta:
        ordering = ["family", "number"]
        constraints = [
            models.UniqueConstraint(fields=["force", "family", "number"], name="programme_number_once"),
            models.UniqueConstraint(
                fields=["family", "number"], condition=Q(force__isnull=True), name="shipped_programme_number_once"
            ),
            models.CheckConstraint(
                condition=Q(defuse_green_from_hours__lt=F("defuse_green_until_hours"))
                & Q(defuse_green_until_hours__lte=F("defuse_amber_until_hours"))
                & Q(defuse_target_hours__gte=F("defuse_green_from_hours"))
                & Q(defuse_target_hours__lte=F("defuse_green_until_hours")),
                name="programme_window_in_order",
            ),
            models.CheckConstraint(
                condition=Q(group_least__gte=2)
                & Q(group_least__lte=F("group_typical_from"))
                & Q(group_typical_from__lte=F("group_typical_to"))
                & Q(group_typical_to__lte=F("group_most")),
                name="programme_sizes_in_order",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(effective_from__isnull=False),
                name="programme_published_with_a_day",
            ),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id


class Category(Record):
    """A kind of incident in a programme's own plain words (R57); never graphic, never a grade."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="categories")
    code = models.CharField(max_length=40, validators=[CODE])
    words = models.CharField(max_length=60, validators=[WORDS])
    welsh = models.CharField(max_length=60, validators=[WORDS], blank=True)
    position = models.PositiveSmallIntegerField()
    assault = models.BooleanField(default=False)  # the assault steps of the force are shown as a link (R63)

    if TYPE_CHECKING:
        programme_id: uuid.UUID

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ("id", "programme", "code", "words", "welsh", "position", "assault"), PUBLIC
    )

    class Meta:
        ordering = ["position", "code"]
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="category_once")]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.programme.force_id


class ExposureRole(Record):
    """In what capacity somebody was exposed, and how close (1 closest to 4 furthest) (R58)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="roles")
    code = models.CharField(max_length=40, validators=[CODE])
    words = models.CharField(max_length=60, validators=[WORDS])
    welsh = models.CharField(max_length=60, validators=[WORDS], blank=True)
    closeness = models.PositiveSmallIntegerField()
    control_room = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ("id", "programme", "code", "words", "welsh", "closeness", "control_room", "position"), PUBLIC
    )

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="exposure_role_once"),
            models.CheckConstraint(condition=Q(closeness__gte=1, closeness__lte=4), name="closeness_of_one_to_four"),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.programme.force_id


class Phase(Record):
    """What this programme calls a step, in both languages, and what the word must not be mistaken for."""

    class Term(models.TextChoices):
        DEMOBILISE = "demobilise", _("Demobilise")
        DEFUSE = "defuse", _("Defuse")
        CORE_GROUP = "core-group", _("Core group")
        DEFUSER = "defuser", _("Defuser")
        FOLLOW_UP = "follow-up", _("Follow-up")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="phases")
    term = models.CharField(max_length=12, choices=Term.choices)
    words = models.CharField(max_length=60, validators=[WORDS])
    welsh = models.CharField(max_length=60, validators=[WORDS], blank=True)

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(("id", "programme", "term", "words", "welsh"), PUBLIC)

    class Meta:
        ordering = ["term"]
        constraints = [models.UniqueConstraint(fields=["programme", "term"], name="phase_once")]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.programme.force_id


class NextStepOption(Record):
    """A next step that this programme offers, after which of the two talks."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="next_steps")
    step = models.CharField(max_length=20, choices=NextStepName.choices)
    after_demobilise = models.BooleanField(default=False)
    after_defuse = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ("id", "programme", "step", "after_demobilise", "after_defuse", "position"), PUBLIC
    )

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["programme", "step"], name="next_step_once")]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.programme.force_id


class Escalation(Record):
    """Who is told next when a step is late: so many minutes after it was due, in order (peers-care 3.1)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="escalations")
    kind = models.CharField(max_length=22, choices=StepKindName.choices)
    position = models.PositiveSmallIntegerField()
    minutes = models.IntegerField()  # after the step was due; negative: before, as a reminder
    told = models.CharField(max_length=20, choices=ToldName.choices)

    privacy: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ("id", "programme", "kind", "position", "minutes", "told"), PUBLIC
    )

    class Meta:
        ordering = ["kind", "position"]
        constraints = [models.UniqueConstraint(fields=["programme", "kind", "position"], name="escalation_once")]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.programme.force_id
