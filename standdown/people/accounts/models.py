from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from standdown.foundation.access import Actor, Can
from standdown.foundation.privacy import PERSONAL, PUBLIC, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.forces.models import Force, Team

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, actor: Actor) -> PersonQuerySet:
        """Oneself, and the people whose home force has a directory that this actor keeps or may list."""
        reach = actor.reach(Can.LIST_PEOPLE) | actor.reach(Can.KEEP_PEOPLE)
        if reach.everywhere:
            return self
        return self.filter(Q(pk=actor.person_id) | Q(home_force_id__in=reach.forces))

    def serving(self) -> PersonQuerySet:
        """The people who have a posting that has not ended."""
        return self.filter(postings__until__isnull=True, postings__isnull=False)


class Person(Record):
    """Somebody who works in policing. Serves in one force at a time; the postings say where and since when."""

    class Kind(models.TextChoices):
        OFFICER = "officer", _("Police officer")
        STAFF = "staff", _("Member of staff")
        SPECIAL = "special", _("Special constable")
        VOLUNTEER = "volunteer", _("Volunteer")

    class Language(models.TextChoices):
        ENGLISH = "en", _("English")
        WELSH = "cy", _("Welsh")

    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    work_email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    # The force of the current posting (of the last one, for who has left), kept here so that every
    # question of access is one column; null for people of the national body.
    home_force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, related_name="people")

    objects = PersonQuerySet.as_manager()

    if TYPE_CHECKING:
        home_force_id: uuid.UUID | None
        postings: RelatedManager[Posting]
        account: Account

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PERSONAL,
        "given_name": PERSONAL,
        "family_name": PERSONAL,
        "kind": PERSONAL,
        "work_email": PERSONAL,
        "language": PERSONAL,
        "home_force": PERSONAL,
    }

    class Meta:
        ordering = ["family_name", "given_name", "id"]
        indexes = [models.Index(fields=["home_force", "family_name", "given_name"], name="person_by_force_and_name")]
        constraints = [
            models.UniqueConstraint(
                Lower("work_email"), "home_force", condition=~Q(work_email=""), name="work_email_once_in_force"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.home_force_id


class Posting(Record):
    """Where a person serves: force, team and work number, from a day, until a day.

    A change of any of these ends one row and begins the next.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="postings")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="postings")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="postings")
    number = models.CharField(max_length=20)  # collar or staff number, as the force writes it
    since = models.DateField()
    until = models.DateField(null=True)  # the first day on which it no longer holds

    if TYPE_CHECKING:
        team_id: uuid.UUID | None

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        "person": PERSONAL,
        "force": PERSONAL,
        "team": PERSONAL,
        "number": PERSONAL,
        "since": PERSONAL,
        "until": PERSONAL,
    }

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(until__isnull=True), name="one_posting_at_a_time"),
            models.UniqueConstraint(
                fields=["force", "number"], condition=Q(until__isnull=True), name="number_once_in_force"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__lt=F("until")), name="posting_since_before_until"
            ),
        ]
        indexes = [models.Index(fields=["team", "until"], name="posting_by_team")]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id


class LineManagement(Record):
    """Who a person's line manager is, from a day, until a day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="managed_by")
    manager = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="manages")
    since = models.DateField()
    until = models.DateField(null=True)

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        "person": PERSONAL,
        "manager": PERSONAL,
        "since": PERSONAL,
        "until": PERSONAL,
    }

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until__isnull=True), name="one_line_manager_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(person=F("manager")), name="nobody_manages_themselves"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__lt=F("until")), name="managed_since_before_until"
            ),
        ]
        indexes = [models.Index(fields=["manager", "until"], name="managed_by_manager")]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.person.home_force_id


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by their address, whatever its capitals, each with its person."""

    def get_queryset(self) -> models.QuerySet[Account]:
        """With the person: whoever asks for an account asks for them next, at every request."""
        return super().get_queryset().select_related("person")

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account with that address. Raises Account.DoesNotExist."""
        return self.get(email__iexact=username or "")


class Account(Record, AbstractBaseUser):
    """How a person signs in. What they may do comes from their roles, not from here."""

    class State(models.TextChoices):
        INVITED = "invited", _("Invited")
        ACTIVE = "active", _("Active")
        SUSPENDED = "suspended", _("Suspended")
        LEFT = "left", _("Left")

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    email = models.EmailField(unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.INVITED)
    demonstration = models.BooleanField(default=False)  # signs in with one click, in demonstration mode only
    created_at = models.DateTimeField()

    objects = AccountManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PERSONAL,
        "password": PERSONAL,
        "last_login": PERSONAL,
        "person": PERSONAL,
        "email": PERSONAL,
        "state": PERSONAL,
        "demonstration": PUBLIC,
        "created_at": PERSONAL,
    }

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="account_email_once")]

    def __str__(self) -> str:
        return self.email

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # the library's is an attribute; ours follows from the state
        """Only an active account signs in; who is invited takes the invitation up first. Asked at each request."""
        return self.state == self.State.ACTIVE

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.person.home_force_id


def serving_on(day: dt.date) -> Q:
    """The condition that a dated row (posting, line management, role) holds on that day."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))
