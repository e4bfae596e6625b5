from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from standdown.foundation import ids
from standdown.foundation.access import Actor, Can
from standdown.foundation.privacy import PERSONAL, PUBLIC, PrivacyClass
from standdown.foundation.records import Record
from standdown.people.models import Force, Person
from standdown.training.nominations.policy import ENDED, LIVE, PLACED
from standdown.training.sessions.models import Session

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class State(models.TextChoices):
    """Where a nomination stands (R27)."""

    NOMINATED = "nominated", _("Waiting for an agreement")
    OFFERED = "offered", _("Place offered")
    ACCEPTED = "accepted", _("Has a place")
    WAITING = "waiting", _("On the waiting list")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Nobody answered in time")
    REFUSED = "refused", _("Not agreed")
    ATTENDED = "attended", _("Attended")
    PART_ATTENDED = "part-attended", _("Attended in part")
    DID_NOT_ATTEND = "did-not-attend", _("Did not attend")


class EndReason(models.TextChoices):
    """Why a name was taken back: codes, and none that asks about health (R32)."""

    OPERATIONS = "operations", _("Operational demand")
    ROSTER = "roster", _("Roster, leave or court")
    CHANGED_POST = "changed-post", _("Moved to another post")
    OWN_WISH = "own-wish", _("The person wished it")
    SUBSTITUTED = "substituted", _("Somebody else comes instead")
    TRANSFERRED = "transferred", _("Moved to another date")
    LEFT_FORCE = "left-force", _("Left the force")
    FORCE_LEFT = "force-left", _("The force no longer takes part")
    CANCELLED = "cancelled", _("The date was cancelled")
    NO_ANSWER = "no-answer", _("No answer in time")
    NOT_RELEASED = "not-released", _("The line manager could not release them")
    NO_PLACE = "no-place", _("No place came free before the date")
    NOT_AGREED = "not-agreed", _("One side did not agree")
    NOT_NEEDED = "not-needed", _("Attended after all, so that no other date is needed")


class NominationQuerySet(models.QuerySet["Nomination"]):
    def visible_to(self, actor: Actor) -> NominationQuerySet:
        """One's own; those of the forces that this actor answers for; all for a national coordinator.

        Whoever owns a date sees the names on it, too: a force's own date has its lead for an owner.
        """
        reach = actor.reach(Can.SEE_NOMINATIONS)
        if reach.everywhere:
            return self
        theirs = Q(person_id=actor.person_id) | Q(force_id__in=reach.forces)
        return self.filter(theirs | Q(session__owner_force_id__in=reach.forces))

    def live(self) -> NominationQuerySet:
        """Those that may still come to a place, or have one."""
        return self.filter(state__in=LIVE)

    def placed(self) -> NominationQuerySet:
        """Those that hold a numbered place."""
        return self.filter(place_no__isnull=False)

    def waiting(self) -> NominationQuerySet:
        """Those on the waiting list, in the order in which a force's turn comes."""
        return self.filter(state=State.WAITING).order_by("queue_no")


class Nomination(Record):
    """One person put forward for one date: by whom, in what capacity, on what grounds, and what came of it.

    A place is the number `place_no`, once in a session. `queue_no` is the immutable order of the waiting list: whose
    force's turn it is; `own_order` is the lead's order among the force's own waiting names.
    """

    class ActingAs(models.TextChoices):
        LEAD = "lead", _("as wellbeing lead")
        DEPUTY = "deputy", _("as deputy for the wellbeing lead")
        STANDDOWN = "standdown", _("offered again because a date was missed")

    class Eligibility(models.TextChoices):
        LINE_MANAGER = "line-manager", _("Line manager, from the directory")
        PEER_SUPPORTER = "peer-supporter", _("Peer supporter, from the register of roles")
        BOTH = "both", _("Line manager and peer supporter")
        STATED = "stated", _("Stated by the wellbeing lead")

    class Release(models.TextChoices):
        ASKED = "asked", _("The line manager was asked")
        CONFIRMED = "confirmed", _("The line manager released them")
        BY_LEAD = "by-lead", _("The wellbeing lead confirmed the release")
        NOT_RELEASED = "not-released", _("The line manager could not release them")

    class Terms(models.TextChoices):
        FREE = "free", _("No charge: Home Office force")
        BY_AGREEMENT = "by-agreement", _("By agreement")

    class Consent(models.TextChoices):
        LINK = "link", _("Answered by the link in the message")
        SIGNED_IN = "signed-in", _("Answered signed in")
        TOLD_LEAD = "told-lead", _("Told the wellbeing lead")

    class Half(models.TextChoices):
        MORNING = "morning", _("Morning")
        AFTERNOON = "afternoon", _("Afternoon")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="nominations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="nominations")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="nominations")  # of the person, then
    state = models.CharField(max_length=14, choices=State.choices)
    place_no = models.PositiveSmallIntegerField(null=True)
    over_capacity = models.BooleanField(default=False)
    mutual_aid = models.BooleanField(default=False)
    queue_no = models.PositiveIntegerField(null=True)
    own_order = models.PositiveSmallIntegerField(null=True)
    # The London day of the session, once for a person among live nominations; null where a move made two meet.
    clash_day = models.DateField(null=True)
    put_forward_at = models.DateTimeField()
    put_forward_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    acting_as = models.CharField(max_length=10, choices=ActingAs.choices)
    acting_for = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    eligibility = models.CharField(max_length=14, choices=Eligibility.choices)
    release = models.CharField(max_length=12, choices=Release.choices)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    terms = models.CharField(max_length=12, choices=Terms.choices)
    offer_no = models.PositiveSmallIntegerField(default=0)  # the generation of the link in the message
    offered_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)
    lapses = models.PositiveSmallIntegerField(default=0)
    accepted_at = models.DateTimeField(null=True)
    consent = models.CharField(max_length=10, choices=Consent.choices, blank=True)
    needs = models.JSONField(default=list)  # codes of interest.Need
    needs_shared = models.BooleanField(default=False)
    only_half = models.CharField(max_length=10, choices=Half.choices, blank=True)  # catches up the part that is missing
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=14, choices=EndReason.choices, blank=True)
    late = models.BooleanField(default=False)  # taken back after the cut-off: counted apart from not coming (R32)
    calendar_sequence = models.PositiveIntegerField(default=0)
    request_key = models.UUIDField(unique=True, default=ids.new)  # the same request sent twice is one nomination
    changed_at = models.DateTimeField()

    ahead: int | None = None  # how many stand before it on the list; known to the act that put it there, not stored

    objects = NominationQuerySet.as_manager()

    if TYPE_CHECKING:
        person_id: uuid.UUID
        session_id: uuid.UUID
        force_id: uuid.UUID
        put_forward_by_id: uuid.UUID | None
        follows_id: uuid.UUID | None
        events: RelatedManager[NominationEvent]

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        "session": PUBLIC,
        **dict.fromkeys(
            (
                "person", "force", "state", "place_no", "over_capacity", "mutual_aid", "queue_no", "own_order",
                "clash_day", "put_forward_at", "put_forward_by", "acting_as", "acting_for", "eligibility", "release",
                "released_at", "released_by", "terms", "offer_no", "offered_at", "answer_by", "lapses", "accepted_at",
                "consent", "needs", "needs_shared", "only_half", "follows", "ended_at", "end_reason", "late",
                "calendar_sequence", "request_key", "changed_at",
            ),
            PERSONAL,
        ),
    }  # fmt: skip

    class Meta:
        ordering = ["put_forward_at", "id"]
        indexes = [
            models.Index(fields=["session", "state"], name="nomination_by_session"),
            models.Index(fields=["force", "state", "changed_at"], name="nomination_by_force"),
            models.Index(fields=["state", "answer_by"], name="nomination_by_deadline"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["session", "place_no"], name="place_once_in_session"),
            models.UniqueConstraint(fields=["session", "queue_no"], name="queue_number_once_in_session"),
            models.UniqueConstraint(
                fields=["session", "person"], condition=~Q(state__in=ENDED), name="person_once_in_session"
            ),
            models.UniqueConstraint(
                fields=["person", "clash_day"], condition=Q(state__in=LIVE), name="one_date_a_day_for_a_person"
            ),
            models.CheckConstraint(
                condition=Q(state__in=PLACED, place_no__isnull=False) | ~Q(state__in=PLACED) & Q(place_no__isnull=True),
                name="a_place_has_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(queue_no__isnull=False), name="a_wait_has_an_order"
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(answer_by__isnull=False), name="an_offer_has_a_deadline"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["withdrawn", "expired", "refused"]) | ~Q(end_reason=""),
                name="an_end_has_a_reason",
            ),
            models.CheckConstraint(condition=Q(place_no__isnull=True) | Q(place_no__gte=1), name="places_begin_at_one"),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.force_id


class NominationEvent(Record):
    """What happened to a nomination, when, by whom. Rows are added, never changed."""

    class Kind(models.TextChoices):
        PUT_FORWARD = "put-forward", _("Put forward")
        RELEASED = "released", _("Released for the day")
        NOT_RELEASED = "not-released", _("Not released for the day")
        AGREED = "agreed", _("Mutual aid agreed by one side")
        OFFERED = "offered", _("Place offered")
        QUEUED = "queued", _("Put on the waiting list")
        LAPSED = "lapsed", _("Offer not answered in time")
        ACCEPTED = "accepted", _("Place accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Expired without an answer")
        REFUSED = "refused", _("Not agreed")
        SUBSTITUTED = "substituted", _("Comes in somebody's stead")
        TRANSFERRED = "transferred", _("Moved from another date")
        OVER_CAPACITY = "over-capacity", _("Given a place beyond the capacity")
        REORDERED = "reordered", _("Order among the force's own names changed")
        MOVED = "moved", _("The date moved")
        NEEDS = "needs", _("Needs changed")
        ATTENDANCE = "attendance", _("Attendance recorded")

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    reason = models.CharField(max_length=14, blank=True)  # a code of EndReason, or of the order's reason
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # null: a job of the system

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(("nomination", "kind", "reason", "at", "by"), PERSONAL),
    }

    class Meta:
        ordering = ["at", "id"]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.nomination.force_id


class CalendarFeed(Record):
    """A personal address from which a calendar program reads one's own dates; kept as a digest, taken back at will."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="calendar_feeds")
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the token: the address itself is not stored
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    if TYPE_CHECKING:
        person_id: uuid.UUID

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        **dict.fromkeys(("person", "digest", "made_at", "revoked_at"), PERSONAL),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(revoked_at__isnull=True), name="one_feed_a_person"),
        ]

    @property
    def belongs_to_force(self) -> uuid.UUID | None:
        return self.person.home_force_id
