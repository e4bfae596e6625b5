"""One's own training on one page: what happens next, what was told, dates, certificates, qualifications."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from standdown.foundation import clock
from standdown.foundation.access import Actor
from standdown.people.models import Person, RegisterMove
from standdown.people.qualifications import queries as qualifications
from standdown.people.qualifications.models import Skill
from standdown.training.certificates import queries as certificates
from standdown.training.certificates.models import Certificate
from standdown.training.feedback import queries as feedback
from standdown.training.feedback.models import FollowUp, Quote
from standdown.training.interest import queries as interest
from standdown.training.interest.models import Interest
from standdown.training.interest.queries import WhoHears
from standdown.training.mine import policy
from standdown.training.mine.policy import Facts, Standing
from standdown.training.nominations import own_place
from standdown.training.nominations.models import CalendarFeed, Nomination, State
from standdown.training.nominations.own_place import OwnPlace
from standdown.training.sessions.models import Status

_TONES: dict[str, str] = {
    State.OFFERED: "due", State.ACCEPTED: "calm", State.WAITING: "plain", State.NOMINATED: "plain",
    State.ATTENDED: "done", State.PART_ATTENDED: "calm",
}  # fmt: skip
_WORDS = {
    State.ACCEPTED: _("You have a place"),
    State.OFFERED: _("A place is offered to you"),
    State.EXPIRED: _("Not answered in time"),
    State.ATTENDED: _("You were there"),
    State.PART_ATTENDED: _("You were there for a part"),
    State.DID_NOT_ATTEND: _("You were not there"),
}
_OVER = (State.ATTENDED, State.PART_ATTENDED, State.DID_NOT_ATTEND)
MOST_PAST = 20


@dataclass(frozen=True, slots=True)
class Mine:
    """All that the page shows. Each list is the person's own."""

    next: policy.Next
    about: OwnPlace | None  # the date that it is about
    follow_ups: list[FollowUp]
    feedback: list[Nomination]
    interests: list[Interest]
    hears: WhoHears
    coming: list[dict[str, object]]
    past: list[dict[str, object]]
    certificates: list[Certificate]
    qualifications: list[qualifications.Own]
    move: RegisterMove | None
    quotes: list[Quote]
    releases: list[Nomination]
    feed: CalendarFeed | None
    day: dt.date

    @property
    def able_until(self) -> dt.date | None:
        """Until when the person may defuse as things stand, as their certificate says it; None when they may not."""
        days = [one.valid_until for one in self.qualifications if one.skill == Skill.DEFUSE.label]
        return max((day for day in days if day > self.day), default=None)

    @property
    def may_ask(self) -> bool:
        """True for whoever has neither the qualification nor a date that leads to it."""
        on_the_way = {policy.Next.RECORDING, policy.Next.AWAITED, policy.Next.FEEDBACK}
        return not self.coming and self.able_until is None and self.next not in on_the_way


def page(by: Actor, at: dt.datetime) -> Mine:
    """The person's page at that moment. About fifteen statements, whatever there is."""
    day = clock.london_day(at)
    dates = list(own_place.of(by).order_by("session__starts_at", "pk"))
    owned = certificates.own_certificates(by)
    skills = qualifications.own(by, day)
    to_give, asked = feedback.to_give(by, at), feedback.own_follow_ups(by, at)
    told = interest.own_open(by)
    certified = {one.nomination_id for one in owned}
    facts = Facts(
        dates=[_standing(one, certified) for one in dates],
        feedback=str(to_give[0].pk) if to_give else None,
        follow_up=str(asked[0].pk) if asked else None,
        interest=told[0].state if told else "",
        qualified=any(one.valid_until > day for one in skills),
    )
    what, key = policy.what_next(facts, at)
    about = next((own_place.seen(one, at) for one in dates if str(one.pk) == key), None)
    return Mine(
        next=what, about=about, follow_ups=asked, feedback=to_give, interests=told,
        hears=interest.who_hears(by.force_id, day), coming=_rows(dates, at, past=False),
        past=_rows(dates, at, past=True)[:MOST_PAST], certificates=owned, qualifications=skills,
        move=qualifications.own_move(by), quotes=feedback.own_quotes(by), releases=own_place.to_release(by, at),
        feed=own_feed(by), day=day,
    )  # fmt: skip


def _standing(one: Nomination, certified: set[uuid.UUID]) -> Standing:
    return Standing(
        key=str(one.pk),
        state=one.state,
        starts_at=one.session.starts_at,
        ends_at=one.session.ends_at,
        answer_by=one.answer_by,
        certified=one.pk in certified,
        goes_ahead=one.session.status in {Status.PUBLISHED, Status.HELD},
    )


def _rows(dates: Sequence[Nomination], at: dt.datetime, *, past: bool) -> list[dict[str, object]]:
    """The dates to come, or those over or ended with the last first, as rows of a list."""
    chosen = [one for one in dates if _is_past(one, at) is past]
    return [_row(one, at) for one in (reversed(chosen) if past else chosen)]


def _is_past(one: Nomination, at: dt.datetime) -> bool:
    return one.session.ends_at <= at or one.ended_at is not None or one.state in _OVER


def _row(one: Nomination, at: dt.datetime) -> dict[str, object]:
    line = own_place.seen(one, one.changed_at).line
    over = one.state == State.ACCEPTED and one.session.ends_at <= at
    words = _("It is being recorded who was there") if over else _WORDS.get(State(one.state), one.get_state_display())
    return {
        "start": line.starts_at, "end": line.ends_at, "forces": line.title, "how": line.how,
        "href": reverse("mine:place", args=[one.pk]), "minutes": line.lasts_minutes,
        "status": str(_("Cancelled") if line.is_cancelled else words),
        "tone": "plain" if over else _TONES.get(one.state, "plain"),
    }  # fmt: skip


# -- one of them ------------------------------------------------------------------------------------------------------


def place(by: Actor, key: uuid.UUID, at: dt.datetime) -> OwnPlace | None:
    """One of one's own dates; None when it is somebody else's or not there."""
    found = own_place.one(by, key)
    return own_place.seen(found, at) if found else None


def asked_to_release(by: Actor, key: uuid.UUID, at: dt.datetime) -> OwnPlace | None:
    """The date for which one of one's people is to be released; None when they are not one's people."""
    found = own_place.asked_of(by).filter(pk=key).first()
    return own_place.seen(found, at) if found else None


def person(by: Actor) -> Person | None:
    """The person who acts."""
    return interest.of_person(by)


def own_feed(by: Actor) -> CalendarFeed | None:
    """The address from which one's calendar reads, where there is one that works."""
    return CalendarFeed.objects.filter(Q(person_id=by.person_id), revoked_at__isnull=True).first()
