"""Training as it goes on in the demonstration: days that were held, names put forward, people who wait or wish.

Everything is done through the ordinary acts, each at the moment at which somebody would have done it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from standdown.config.demonstration import dates, plan
from standdown.foundation import clock
from standdown.foundation.access import Actor, ActorKind, Can, Reach, by_link
from standdown.people.models import Base, Force, Person, RoleGrant
from standdown.people.qualifications.actions import set_establishment, stand_down
from standdown.people.roles.policy import RULES, Role
from standdown.training.attendance import actions as attendance
from standdown.training.attendance.register import Wanted
from standdown.training.feedback import actions as feedback
from standdown.training.feedback.models import Confidence, Quote
from standdown.training.interest.actions import tell_lead
from standdown.training.interest.models import Shift
from standdown.training.models import Course, Nomination, Session
from standdown.training.mutual_aid import actions as mutual_aid
from standdown.training.mutual_aid.models import MutualAid
from standdown.training.nominations import actions, candidates
from standdown.training.sessions.actions import assign_trainer, plan_session, publish_session
from standdown.training.sessions.policy import Plan

HELD_DAYS_AGO = (690, 150, 30)  # the first of these qualifications ends within three months
WORDS = "I had dreaded these talks. Now I know how to begin one, and that I need not fix anything. (An example.)"
HOME_COLLABORATION = "Bedfordshire, Cambridgeshire and Hertfordshire"  # whose date is filled by hand above
BOTH = ("morning", "afternoon")
A_DAY = dt.timedelta(days=1)


def go_on(by: Actor, forces: dict[str, Force], at: dt.datetime) -> int:
    """Make all of it; how many names were put forward."""
    _establishments(by, [forces[slug] for slug in plan.ADOPTED], at)
    home = forces[plan.HOME]
    course = Course.objects.get(slug=dates.COURSE)
    people = _eligible(home)
    for number, days in enumerate(HELD_DAYS_AGO):
        day = dates.working_day(clock.london_day(at) - dt.timedelta(days=days))
        _held_day(by, course, home, day, people[number * 3 : number * 3 + 3])
    _today(by, course, home, people[17:19], at)
    _coming(forces, people[9:], at)
    _elsewhere(forces, at)
    _wishes(home, course, at)
    _exception(forces, at)
    stand_down(by=_as_person(people[4]), at=at, person_id=people[4].pk, since=clock.london_day(at), until=None)
    return Nomination.objects.count()


def _lead_of(force: Force) -> Actor:
    """The wellbeing lead of that force, as an actor at any time."""
    person = Person.objects.get(home_force=force, grants__role=Role.WELLBEING_LEAD.value)
    reach = Reach(forces=frozenset({force.pk}))
    return Actor(
        kind=ActorKind.PERSON,
        name=person.full_name,
        person_id=person.pk,
        force_id=force.pk,
        held={Role.WELLBEING_LEAD.value: reach},
        powers=dict.fromkeys(RULES[Role.WELLBEING_LEAD].cans, reach),
    )


def _as_person(person: Person) -> Actor:
    return by_link(person.pk, person.home_force_id, Can.KEEP_OWN_TRAINING)


def _eligible(force: Force) -> list[Person]:
    """Officers and staff of that force without a role of their own that would set them apart, in a steady order."""
    return list(Person.objects.filter(home_force=force, kind__in=["officer", "staff"]).order_by("id"))


def _establishments(by: Actor, forces: Sequence[Force], at: dt.datetime) -> None:
    for base in Base.objects.filter(force__in=forces).order_by("force__slug", "name"):
        set_establishment(by=by, at=at, place=base, wanted={team.pk: 2 for team in base.teams.all()})


def _held_day(by: Actor, course: Course, force: Force, day: dt.date, people: Sequence[Person]) -> None:
    """A day that was held: planned, filled, marked, closed; some gave feedback, one let us quote it."""
    session, names = _filled(by, course, force, dates.planned(day, [force], plan.Date(0, (force.slug,))), people)
    missing = names[-1]
    evening = session.ends_at + dt.timedelta(minutes=30)
    absent = [Wanted(missing.pk, half, "absent", 0) for half in BOTH]
    attendance.mark(by=by, at=session.starts_at + dt.timedelta(hours=1), session=session, marks=absent)
    attendance.mark_everybody(by=by, at=evening, session=session, halves=BOTH)
    attendance.close_register(by=by, at=evening, session=session)
    for offer in Nomination.objects.filter(follows=missing, state="offered"):
        actions.decline_place(by=_as_person(missing.person), at=evening + dt.timedelta(hours=1), nomination=offer)
    for number, one in enumerate(names[:-1]):
        said = feedback.give_feedback(
            by=_as_person(one.person), at=evening + A_DAY, nomination=one, before=Confidence.A_LITTLE,
            after=Confidence.VERY, comment=WORDS if number == 0 else "", consent=1 if number == 0 else None,
        )  # fmt: skip
        quote = Quote.objects.filter(feedback=said).first()
        if quote is not None:
            _publish_once(by, quote, evening + 2 * A_DAY)


def _filled(
    by: Actor, course: Course, force: Force, wanted: Plan, people: Sequence[Person]
) -> tuple[Session, list[Nomination]]:
    """A date planned and published forty days before, with a trainer, on which these people took a place."""
    before = wanted.starts_at - dt.timedelta(days=40)
    made = plan_session(by=by, at=before, course=course, plan=wanted)
    session = publish_session(by=by, at=before, session=made, seen=made.changed_at)
    day = clock.london_day(wanted.starts_at)
    trainer = RoleGrant.objects.holding_on(day).filter(role=Role.TRAINER.value).order_by("person_id").first()
    if trainer is not None:
        assign_trainer(by=by, at=before, session=session, trainer=trainer.person)
    lead = _lead_of(force)
    return session, [_named(lead, session, person, before + A_DAY, accept=True) for person in people]


def _today(by: Actor, course: Course, force: Force, people: Sequence[Person], at: dt.datetime) -> None:
    """A date that is over today, whose register the trainer has still to write: whoever looks round can close it.

    One of those on it signs in with one click, and so can go on to feedback and certificate.
    """
    starts_at, ends_at = dates.hours_of_today(at)
    wanted = dates.planned(clock.london_day(starts_at), [force], plan.Date(0, (force.slug,)))
    wanted = replace(
        wanted, starts_at=starts_at, ends_at=ends_at, nominations_close_at=starts_at - dt.timedelta(days=2)
    )
    signs_in = Person.objects.filter(home_force=force, account__demonstration=True)
    learner = signs_in.get(grants__role=Role.OCCUPATIONAL_HEALTH.value)
    _filled(by, course, force, wanted, [*people, learner])


def _publish_once(by: Actor, quote: Quote, at: dt.datetime) -> None:
    """Publish the first words that were given; the others wait for the coordinator who signs in."""
    if not Quote.objects.filter(state=Quote.State.PUBLISHED).exists():
        feedback.decide_quote(by=by, at=at, quote=quote, publish=True)


def _named(lead: Actor, session: Session, person: Person, at: dt.datetime, *, accept: bool) -> Nomination:
    who = candidates.known(lead, person.pk, "defuse", at)
    if who is None:
        raise RuntimeError("the demonstration put forward somebody of another force")
    made = actions.put_forward(
        by=lead, at=at, session=session.pk, who=who, released=True, stated=True, cost_agreed=True
    )
    if accept and made.state == "offered":
        actions.accept_place(
            by=_as_person(person), at=at, nomination=made,
            consent=Nomination.Consent.LINK, needs=["captions"] if person.pk.int % 5 == 0 else [], needs_shared=True,
        )  # fmt: skip
    made.refresh_from_db()
    return made


def _coming(forces: dict[str, Force], own: Sequence[Person], at: dt.datetime) -> None:
    """Names on the coming dates: some accepted, some offered, a date that is full with names waiting."""
    home = forces[plan.HOME]
    mine = Session.objects.filter(for_forces__force=home, status="published", starts_at__gt=at).order_by("starts_at")
    soon, shared = mine[0], mine[1]
    lead = _lead_of(home)
    for session, people, answered in ((soon, own[:4], own[:2]), (shared, own[4:8], own[4:7])):
        for person in people:
            _named(lead, session, person, at, accept=person in answered)
    for slug in ("cambridgeshire", "hertfordshire"):
        other = _lead_of(forces[slug])
        for person in _eligible(forces[slug])[:5]:
            _named(other, shared, person, at, accept=False)


def _elsewhere(forces: dict[str, Force], at: dt.datetime) -> None:
    """A few names on the first coming date of every other force that has a lead."""
    for slug in plan.ADOPTED:
        coming = Session.objects.filter(for_forces__force=forces[slug], status="published", starts_at__gt=at)
        first = coming.order_by("starts_at").first()
        if first is None or slug in {plan.VACANT_LEAD, *plan.COLLABORATIONS[HOME_COLLABORATION]}:
            continue
        lead, people = _lead_of(forces[slug]), _eligible(forces[slug])[1:5]
        for person in people:
            _named(lead, first, person, at, accept=person in people[:3])


def _wishes(home: Force, course: Course, at: dt.datetime) -> None:
    """People who told their lead that they would like to be trained."""
    named = Nomination.objects.values("person_id")
    others = Person.objects.filter(home_force=home, kind__in=["officer", "staff"]).exclude(pk__in=named)
    for person, shift in zip(others.order_by("-id")[:3], (Shift.NIGHTS, Shift.ROTATING, Shift.DAYS), strict=False):
        tell_lead(
            by=_as_person(person), at=at, person=person, course=course, shift=shift, peer_supporter=True,
        )  # fmt: skip


def _exception(forces: dict[str, Force], at: dt.datetime) -> None:
    """Kent asks for one place on a date of the Metropolitan Police: both sides have still to agree."""
    theirs = Session.objects.filter(for_forces__force=forces["metropolitan"], status="published", starts_at__gt=at)
    lead = _lead_of(forces["kent"])
    who = candidates.known(lead, _eligible(forces["kent"])[0].pk, "defuse", at)
    if who is not None:
        mutual_aid.ask(
            by=lead, at=at, session=theirs.order_by("starts_at")[2].pk, who=who, reason=MutualAid.Reason.COVER_GAP,
            released=True, stated=True,
        )  # fmt: skip
