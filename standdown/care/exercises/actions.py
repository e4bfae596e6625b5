"""An exercise: begun with made-up people, its clock moved on, and taken away whole."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import DateTimeField, F, Model
from django.utils.translation import gettext_lazy as _

from standdown.audit.act import act
from standdown.care.clocks.models import Telling
from standdown.care.drills.models import Drill, DrillPerson
from standdown.care.exercises import policy, rows
from standdown.care.exposures import lists
from standdown.care.exposures.lists import AddedAs, Group
from standdown.care.follow_up.models import Contact
from standdown.care.incidents import diary
from standdown.care.incidents.models import Incident, IncidentEvent
from standdown.care.looks.models import Look
from standdown.care.programme import queries as programmes
from standdown.care.programme.models import Category
from standdown.foundation import clock, db, ids
from standdown.foundation.access import Actor, Can
from standdown.foundation.refusal import Refusal
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Force, Person, Posting, Qualification
from standdown.people.qualifications.models import Skill

ONLY_ADDED = (IncidentEvent, Look, Telling)  # the database lets nobody change them
_SINCE = dt.timedelta(hours=1)
_DUTY = dt.timedelta(hours=4)
_AT_ONCE = 500


class NotAnExercise(Refusal):
    """The exercise cannot be begun or gone on with."""


def begin_drill(*, by: Actor, at: dt.datetime, force: Force, people: int) -> Drill:
    """Begin an exercise: so many made-up people on the list of an incident that ended an hour ago (R147).

    They have no address, so nothing is sent to them. Raises NotAllowed; NotAnExercise for a number out of bounds, or
    while another exercise runs in the force.
    """
    with act(by, Can.RUN_DRILL, on=force, at=at) as step:
        if not policy.sensible(people):
            raise NotAnExercise(_("An exercise has 2 to 500 people."), code="people")
        if Drill.objects.filter(force=force, ended_at=None).exists():
            raise NotAnExercise(_("An exercise runs in this force already. End it first."), code="one-at-a-time")
        made = Drill.objects.create(force=force, people=people, begun_at=at, begun_by_id=by.person_id)
        exposed = _people(made, people, _("Exercise"), at)
        able = _people(made, policy.defusers_for(people), _("Exercise defuser"), at)
        _qualify(able, force, at)
        _incident(made, exposed, by, at)
        step.about(made)
        step.note(people=people)
    return made


def _people(drill: Drill, number: int, called: object, at: dt.datetime) -> list[Person]:
    """Made-up people who serve in the force, with names that nobody takes for anybody's."""
    names = [(str(called), str(one)) for one in range(1, number + 1)]
    people = [
        Person(given_name=given, family_name=family, kind=Person.Kind.OFFICER, home_force=drill.force)
        for given, family in names
    ]
    since = clock.london_day(at) - dt.timedelta(days=365)
    Person.objects.bulk_create(people, batch_size=_AT_ONCE)
    Posting.objects.bulk_create(
        [Posting(person=one, force=drill.force, number=f"EX{one.pk.hex[-8:]}".upper(), since=since) for one in people],
        batch_size=_AT_ONCE,
    )
    DrillPerson.objects.bulk_create([DrillPerson(drill=drill, person=one) for one in people], batch_size=_AT_ONCE)
    return people


def _qualify(people: list[Person], force: Force, at: dt.datetime) -> None:
    since = clock.london_day(at) - dt.timedelta(days=30)
    until = since + dt.timedelta(days=730)
    Qualification.objects.bulk_create([
        Qualification(
            person=one, force=force, skill=Skill.DEFUSE.value, valid_from=since, valid_until=until, latest_until=until,
            source=Qualification.Source.IMPORTED, granted_at=at,
        )
        for one in people
    ])  # fmt: skip


def _incident(drill: Drill, people: list[Person], by: Actor, at: dt.datetime) -> None:
    programme = programmes.in_force(drill.force_id, clock.london_day(at))
    category = Category.objects.filter(programme=programme).order_by("position").last()
    roles = list(programme.roles.order_by("position"))
    assert category is not None, "every programme has categories"
    made = Incident.objects.create(
        force=drill.force, reference=ids.reference("INC"), programme=programme, category=category,
        ended_at=at - _SINCE, drill=drill, major=len(people) >= policy.MAJOR_FROM, raised_at=at,
        raised_by_id=by.person_id, raised_as=Incident.RaisedAs.COORDINATOR, changed_at=at,
    )  # fmt: skip
    diary.note(made, IncidentEvent.Kind.RAISED, by, at)
    lists.ask_for_list(made, at)
    groups = [
        Group([one.pk for one in people[number :: len(roles)]], role, at + _DUTY) for number, role in enumerate(roles)
    ]
    lists.put_on(made, [one for one in groups if one.people], AddedAs.COORDINATOR, by, at)


def move_clock(*, by: Actor, at: dt.datetime, drill: Drill, hours: int) -> int:
    """Move the clock of an exercise on by some hours: everything of it lies so much further back. How many rows.

    Raises NotAllowed; NotAnExercise once it is over or for hours that are not offered.
    """
    with act(by, Can.RUN_DRILL, on=drill, at=at) as step:
        _running(drill)
        if hours not in policy.MOVES:
            raise NotAnExercise(_("Choose one of the times that are offered."), code="hours")
        keys = _incidents(drill)
        number = sum(
            _moved_back(model, ways, keys, dt.timedelta(hours=hours))
            for model, ways in rows.of_incidents().items()
            if model not in ONLY_ADDED
        )
        _dates_back(keys, policy.days_of(hours))
        step.note(hours=hours, rows=number)
    return number


def _moved_back(model: type[Model], ways: list[str], keys: list[uuid.UUID], delta: dt.timedelta) -> int:
    moments = [one.name for one in model._meta.concrete_fields if isinstance(one, DateTimeField)]
    if not moments:
        return 0
    found = model._default_manager.filter(pk__in=rows.rows(model, ways, keys).values("pk"))
    number: int = found.update(**{name: F(name) - delta for name in moments})
    return number


def _dates_back(keys: list[uuid.UUID], days: int) -> None:
    """The days on which contacts are due, the earliest first, so that none is moved twice."""
    owed = Contact.objects.filter(exposure__incident__in=keys)
    for day in sorted(set(owed.order_by().values_list("due_on", flat=True))) if days else ():
        Contact.objects.filter(pk__in=list(owed.filter(due_on=day).values_list("pk", flat=True))).update(
            due_on=day - dt.timedelta(days=days)
        )


def end_drill(*, by: Actor, at: dt.datetime, drill: Drill) -> int:
    """End an exercise and take away everything of it: incidents, people, steps, looks, messages. How many rows.

    What remains is that it was run, when and with how many. Raises NotAllowed, NotAnExercise. A real record that
    points at a made-up person stops it whole (the database says so).
    """
    with act(by, Can.RUN_DRILL, on=drill, at=at) as step:
        held = _running(drill)
        people = list(DrillPerson.objects.filter(drill=held).values_list("person_id", flat=True))
        number, looks = _messages_away(held, _incidents(held)), 0
        for kept, keys in ((rows.of_incidents(), _incidents(held)), (rows.about_people(), people)):
            for model, ways in kept.items():
                found = rows.rows(model, ways, keys)
                gone = found._raw_delete(found.db) or 0  # None where there is no key to ask for
                number += gone
                looks += gone * (model is Look)
        held.ended_at = at
        held.save(update_fields=["ended_at"])
        step.note(rows=number, looks_taken_away=looks)
    return number


def _messages_away(drill: Drill, keys: list[uuid.UUID]) -> int:
    """What colleagues were told about records of the exercise goes with them."""
    about = [str(drill.pk)]
    for model, ways in rows.of_incidents().items():
        about += [str(key) for key in rows.rows(model, ways, keys).values_list("pk", flat=True)]
    number = 0
    for first in range(0, len(about), _AT_ONCE):
        found = OutboxMessage.objects.filter(force=drill.force, about__in=about[first : first + _AT_ONCE])
        number += found._raw_delete(found.db)
    return number


def _incidents(drill: Drill) -> list[uuid.UUID]:
    return list(Incident.objects.filter(drill=drill).values_list("pk", flat=True))


def _running(drill: Drill) -> Drill:
    held = db.lock(Drill.objects.filter(pk=drill.pk).select_related("force")).get()
    if held.ended_at is not None:
        raise NotAnExercise(_("This exercise is over, and everything of it was taken away."), code="over")
    return held
