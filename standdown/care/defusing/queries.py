"""What a defuser's board and the page of a session show."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, Q

from standdown.care.clocks.models import Step
from standdown.care.defusing.afterwards import UrgentHandover
from standdown.care.defusing.models import Ask, Attendee, Defusing, SessionState
from standdown.care.exposures.models import Exposure
from standdown.care.programme.policy import StepKind
from standdown.care.wishes.models import DefuserProfile, Exclusion
from standdown.foundation import clock
from standdown.foundation.access import Actor, Can
from standdown.people.models import Force, Person, Posting, RoleGrant
from standdown.people.qualifications.models import Qualification, Skill, StandDown
from standdown.people.roles.models import RoleName

LOOKED_BACK = dt.timedelta(days=28)
SEEN_AFTER = dt.timedelta(days=7)  # a session's people are read by its defuser until a week after (promises 3.1 `g`)
TAKES_OVER = (RoleName.ESTIP_COORDINATOR, RoleName.ESTIP_LEAD, RoleName.OCCUPATIONAL_HEALTH)


@dataclass(frozen=True, slots=True)
class Own:
    """A defuser's board: what is asked, what comes, what is owed to oneself."""

    asks: list[Ask]
    ahead: list[Defusing]
    to_record: list[Defusing]
    check_outs: list[Defusing]
    led: int
    qualified_until: dt.date | None
    away: StandDown | None
    supervision_due: dt.date | None


def own(by: Actor, at: dt.datetime) -> Own:
    """What this actor is asked to lead, leads, and owes after it. Seven statements."""
    theirs = Q(defuser_id=by.person_id) | Q(second_id=by.person_id)
    shown = Defusing.objects.visible_to(by).select_related("incident__category", "incident__programme", "base")
    booked = list(shown.filter(theirs, state=SessionState.BOOKED).order_by("starts_at"))
    accepted = list(shown.filter(theirs, state=SessionState.ACCEPTED).order_by("pk"))
    day = clock.london_day(at)
    standing = Qualification.objects.current_on(day).filter(Q(person_id=by.person_id), skill=Skill.DEFUSE).first()
    away = StandDown.objects.filter(Q(person_id=by.person_id)).filter(Q(until=None) | Q(until__gt=day)).first()
    profile = DefuserProfile.objects.filter(Q(person_id=by.person_id)).first()
    return Own(
        asks=_asks(by, at),
        ahead=[one for one in booked if one.ends_at and one.ends_at > at] + accepted,
        to_record=[one for one in booked if one.starts_at and one.starts_at <= at],
        check_outs=_check_outs(by, at),
        led=Defusing.objects.filter(theirs, state=SessionState.HELD, held_at__gt=at - LOOKED_BACK).count(),
        qualified_until=standing.valid_until if standing else None,
        away=away,
        supervision_due=profile.supervision_due if profile else None,
    )


def _asks(by: Actor, at: dt.datetime) -> list[Ask]:
    rows = Ask.objects.filter(Q(person_id=by.person_id), answer="", lapses_at__gt=at)
    visible = rows.filter(defusing__in=Defusing.objects.visible_to(by).order_by().values("pk"))
    shown = visible.select_related("defusing__incident__category", "defusing__incident__programme", "defusing__base")
    return list(shown.annotate(people=Count("defusing__attendees", filter=Q(defusing__attendees__left_at=None))))


def _check_outs(by: Actor, at: dt.datetime) -> list[Defusing]:
    theirs = Q(defuser_id=by.person_id) | Q(second_id=by.person_id)
    held = Defusing.objects.filter(theirs, state=SessionState.HELD, held_at__gt=at - LOOKED_BACK)
    return list(held.exclude(Q(check_outs__person_id=by.person_id)).select_related("incident__category"))


def session(by: Actor, key: uuid.UUID, at: dt.datetime) -> Defusing | None:
    """A session that this actor leads, or runs the care of. None reads like not there.

    Whoever is only asked sees it on their board, without a name; a defuser sees it until a week after.
    """
    rows = Defusing.objects.visible_to(by).select_related(
        "incident__category", "incident__programme", "incident__force", "base", "defuser", "second"
    )
    found = rows.filter(pk=key).first()
    if found is None or runs(by, found):
        return found
    leads = by.person_id in {found.defuser_id, found.second_id}
    over = found.held_at is not None and found.held_at + SEEN_AFTER < at
    return found if leads and not over else None


def led_with(by: Actor, one: Exposure, at: dt.datetime) -> Defusing | None:
    """A session with that person in it which this actor leads, and still sees. One statement."""
    theirs = Q(defuser_id=by.person_id) | Q(second_id=by.person_id)
    sits = Attendee.objects.filter(exposure=one, left_at=None).order_by().values("defusing")
    stands = Q(state=SessionState.BOOKED) | Q(state=SessionState.HELD, held_at__gte=at - SEEN_AFTER)
    return Defusing.objects.visible_to(by).filter(theirs, stands, pk__in=sits).order_by("-starts_at").first()


def runs(by: Actor, one: Defusing) -> bool:
    """True when this actor runs the care of that force."""
    return by.reach(Can.RUN_CARE).covers(one.force_id)


def ask(by: Actor, key: uuid.UUID) -> Ask | None:
    """A question to oneself."""
    rows = Ask.objects.filter(Q(person_id=by.person_id), pk=key)
    visible = rows.filter(defusing__in=Defusing.objects.visible_to(by).order_by().values("pk"))
    return visible.select_related(
        "defusing__incident__category", "defusing__incident__programme", "defusing__base"
    ).first()


def best_base(one: Defusing) -> uuid.UUID | None:
    """Where a session would best be: at the incident's base, else where most of its people serve. One statement."""
    if one.incident.base_id is not None:
        return one.incident.base_id
    theirs = Posting.objects.filter(
        person__exposures__attendances__defusing=one, person__exposures__attendances__left_at=None, until=None,
        team__base__closed_on=None, team__base__isnull=False,
    )  # fmt: skip
    counted = theirs.order_by().values_list("team__base").annotate(number=Count("pk"))
    found = sorted(counted, key=lambda row: (-row[1], row[0]))
    return found[0][0] if found else None


def attendees(one: Defusing) -> list[Attendee]:
    """Everybody of the session, those who left it too. One statement."""
    rows = Attendee.objects.filter(defusing=one).select_related("exposure__person", "exposure__role")
    return list(rows.order_by("exposure__person__family_name", "exposure__person__given_name", "pk"))


def own_attendances(by: Actor, at: dt.datetime) -> list[Attendee]:
    """The sessions ahead to which one is invited, or was before one said otherwise. One statement."""
    mine = Attendee.objects.filter(Q(exposure__person_id=by.person_id), defusing__starts_at__gt=at)
    told = mine.exclude(invited_at=None, left_at=None)
    shown = told.select_related("defusing__incident__programme", "defusing__defuser", "defusing__base", "exposure")
    return list(shown.order_by("defusing__starts_at"))


def own_attendance(by: Actor, key: uuid.UUID) -> Attendee | None:
    """One's own place in a session."""
    rows = Attendee.objects.filter(Q(exposure__person_id=by.person_id), pk=key)
    of_it = ("defusing__incident__programme", "defusing__defuser", "defusing__base", "exposure")
    return rows.select_related(*of_it).first()


def handover(by: Actor, key: uuid.UUID) -> UrgentHandover | None:
    """Somebody handed to this actor, or handed over by them; nobody who has excluded them since."""
    if by.person_id is None:
        return None
    rows = UrgentHandover.objects.filter(Q(handed_to_id=by.person_id) | Q(handed_by_id=by.person_id), pk=key)
    rows = rows.exclude(exposure__person__in=Exclusion.objects.shutting_out(by.person_id))
    return rows.select_related("exposure__person", "exposure__incident__category", "handed_by", "handed_to").first()


def colleagues_for(force: Force, day: dt.date, but: uuid.UUID) -> list[Person]:
    """To whom somebody may be handed over at once: coordinators, the ESTIP lead, occupational health."""
    grants = RoleGrant.objects.holding_on(day).filter(force=force, role__in=TAKES_OVER)
    people = Person.objects.filter(pk__in=grants.values("person_id")).exclude(pk=but)
    shut = Exclusion.objects.standing().filter(person=but).order_by().values("excluded")
    return list(people.exclude(pk__in=shut).order_by("family_name", "given_name", "pk"))


def buddy_calls(by: Actor) -> list[Step]:
    """The calls to defusers that are owed, for whoever runs the care."""
    forces = by.reach(Can.RUN_CARE).forces
    owed = Step.objects.open().filter(force__in=forces, kind=StepKind.BUDDY_CALL.value)
    return list(owed.select_related("owner", "incident"))
