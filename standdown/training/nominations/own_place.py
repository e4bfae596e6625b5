"""What a person sees of their own place, and a line manager of a release they are asked for; by link or signed in."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from standdown.foundation import clock
from standdown.foundation.access import Actor
from standdown.people.accounts.models import serving_on
from standdown.people.models import LineManagement, Person, Posting
from standdown.training.interest.models import Interest, Need
from standdown.training.interest.queries import needs_words
from standdown.training.nominations import places, policy
from standdown.training.nominations.messages import Contact, contact
from standdown.training.nominations.models import EndReason, Nomination, NominationQuerySet, State
from standdown.training.nominations.policy import Deed
from standdown.training.sessions import lines
from standdown.training.sessions.lines import SessionLine
from standdown.training.sessions.models import Delivery, Status

_DATE = ("session__version", "session__course", "session__owner_force", "person", "force")
Release = Nomination.Release


def of(by: Actor) -> NominationQuerySet:
    """The person's own nominations, with their dates."""
    return Nomination.objects.visible_to(by).filter(Q(person_id=by.person_id)).select_related(*_DATE)


def one(by: Actor, key: uuid.UUID) -> Nomination | None:
    """One of the person's own nominations."""
    return of(by).filter(pk=key).first()


def asked_of(by: Actor) -> NominationQuerySet:
    """The nominations of those whose line manager this person is now."""
    managed = LineManagement.objects.filter(person=OuterRef("person"), manager_id=by.person_id, until__isnull=True)
    return Nomination.objects.filter(Exists(managed)).select_related(*_DATE)


def to_release(by: Actor, at: dt.datetime) -> list[Nomination]:
    """Those of one's people for whom somebody asks whether they are free on the day, the nearest deadline first."""
    waiting = asked_of(by).filter(state=State.NOMINATED, session__starts_at__gt=at)
    return list(waiting.filter(release__in=[Release.ASKED, Release.NOT_RELEASED]).order_by("answer_by", "pk"))


def serves(person_id: uuid.UUID, force_id: uuid.UUID | None, at: dt.datetime) -> bool:
    """True while the person serves in that force; with None, in any."""
    found = Posting.objects.filter(serving_on(clock.london_day(at)), person_id=person_id)
    return (found if force_id is None else found.filter(force_id=force_id)).exists()


def person(key: uuid.UUID) -> Person | None:
    """The person to whom a link was sent."""
    return Person.objects.filter(pk=key).first()


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """One nomination as the person sees it at a moment."""

    nomination: Nomination
    line: SessionLine
    at: dt.datetime

    @property
    def state(self) -> str:
        """Where it stands, as a code."""
        return self.nomination.state

    @property
    def force(self) -> str:
        """The force whose wellbeing lead put the name forward."""
        return self.nomination.force.name

    @property
    def can_answer(self) -> bool:
        """True while the offer is open."""
        until = self.nomination.answer_by
        return self._may(Deed.ANSWER) and until is not None and self.at < until

    @property
    def can_change(self) -> bool:
        """True while the place, or the wait for one, can be given back and its needs changed."""
        return self._may(Deed.WITHDRAW)

    @property
    def can_be_released(self) -> bool:
        """True while somebody still has to say whether the person is free on the day."""
        unsure = self.nomination.release in {Release.ASKED, Release.NOT_RELEASED}
        return unsure and self._may(Deed.RELEASE)

    @property
    def ended(self) -> str:
        """Why the name is no longer on the date, in words; empty while it is."""
        return ended_words(self.nomination) if self.state in policy.ENDED else ""

    def _may(self, deed: Deed) -> bool:
        return policy.may(deed, self.state, self.line.starts_at, self.at)

    @property
    def confirmed(self) -> bool:
        """True for a place that was accepted, on a date that goes ahead and is not over."""
        return self.state == State.ACCEPTED and self.line.status == Status.PUBLISHED and self.at < self.line.ends_at

    @property
    def joining_link(self) -> str:
        """How to join, where it may be seen now and was entered; empty otherwise (policy.shows_joining_link)."""
        near = policy.shows_joining_link(self.line.starts_at, self.line.ends_at, self.at)
        return self.nomination.session.joining_link if self.confirmed and near else ""

    @property
    def link_wanted(self) -> bool:
        """True for a confirmed place on a date that people join by a link."""
        return self.confirmed and self.line.delivery != Delivery.IN_PERSON

    @property
    def link_from(self) -> dt.datetime:
        """From when on the joining link is shown."""
        return self.line.starts_at - policy.LINK_SHOWN

    @property
    def needs(self) -> list[str]:
        """What would make the day easier, in words."""
        return needs_words(self.nomination.needs)

    @property
    def number_in_line(self) -> int:
        """Which number on the waiting list the person is. Two statements; 0 for who does not wait."""
        board = places.laid_out(self.nomination.session, self.at)
        keys = [wait.key for wait in policy.in_turn(board.waiting)]
        return keys.index(str(self.nomination.pk)) + 1 if str(self.nomination.pk) in keys else 0

    @property
    def half(self) -> str:
        """Which half of the day the person comes for, in words; empty for the whole of it."""
        return self.nomination.get_only_half_display() if self.nomination.only_half else ""

    @property
    def contact(self) -> Contact | None:
        """Who looks after training in the force, as the messages name them; None where the post is vacant."""
        return contact(self.nomination.force_id, self.at)

    @property
    def needs_before(self) -> tuple[list[str], bool]:
        """What the person ticked last for this course, to begin a form with, and whether it may be seen."""
        if self.nomination.needs:
            return self.nomination.needs, self.nomination.needs_shared
        told = Interest.objects.filter(
            person_id=self.nomination.person_id, course_id=self.nomination.session.course_id
        ).order_by("-told_at", "-pk")
        last = told.first()
        return (last.needs, last.needs_shared) if last else ([], False)


def seen(nomination: Nomination, at: dt.datetime) -> OwnPlace:
    """The nomination as its person sees it now."""
    return OwnPlace(nomination, lines.of_session(nomination.session), at)


def needs_to_choose(delivery: str, chosen: Iterable[str]) -> list[tuple[str, str]]:
    """What may be ticked for a date that is held like that; what was ticked before stays."""
    pointless = {Delivery.ONLINE: Need.STEP_FREE, Delivery.IN_PERSON: Need.CAMERA_OFF}.get(Delivery(delivery))
    kept = set(chosen)
    return [(need.value, str(need.label)) for need in Need if need != pointless or need.value in kept]


def ended_words(nomination: Nomination) -> str:
    """Why a name is no longer on its date, said to the person, without blame."""
    if nomination.session.status == Status.CANCELLED:
        return _("This date was cancelled. Your wellbeing lead knows, and can put your name forward for another one.")
    if nomination.state == State.DECLINED:
        return _("You declined this place. Nobody was given a reason, and you can be put forward for another date.")
    words = {
        EndReason.OWN_WISH: _("You gave this place back. You can be put forward for another date."),
        EndReason.NO_ANSWER: _("The time for an answer passed, so the place went to somebody else."),
        EndReason.SUBSTITUTED: _("Somebody else from your force comes instead of you."),
        EndReason.TRANSFERRED: _("Your name was moved to another date. A newer message tells you which."),
        EndReason.NOT_RELEASED: _("You could not be released for this day."),
    }
    plain = _("Your name is no longer on this date.")
    return words.get(EndReason(nomination.end_reason), plain) if nomination.end_reason else plain
