"""Another force's colleague is handed to that force, which makes a record of its own (R106, R113)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from standdown.audit.act import act
from standdown.care.clocks import steps
from standdown.care.clocks.models import Step
from standdown.care.clocks.steps import Owed
from standdown.care.exposures import lists, numbers
from standdown.care.exposures.lists import AddedAs, Group
from standdown.care.exposures.models import Exposure, HandedOver
from standdown.care.incidents import diary
from standdown.care.incidents.diary import Kind
from standdown.care.incidents.holding import held
from standdown.care.incidents.models import Incident, State
from standdown.care.programme import queries as programmes
from standdown.care.programme.models import Category, ExposureRole, Programme
from standdown.care.programme.policy import StepKind
from standdown.foundation import clock, db, ids
from standdown.foundation.access import Actor, Can
from standdown.foundation.refusal import Refusal
from standdown.people.models import Force

States = HandedOver.State


def hand_over(
    *, by: Actor, at: dt.datetime, incident: Incident, to: Force, colleagues: Sequence[str], role: ExposureRole
) -> int:
    """Hand colleagues of another force, by number, to that force's coordinator; how many were not handed over before.

    Nothing of them is looked up: only their force can say whether it knows the number. Raises NotAllowed, Refusal.
    """
    with act(by, Can.RUN_CARE, on=incident, at=at) as step:
        found = held(incident)
        if to.pk == found.force_id:
            raise Refusal(_("This is your own force. Add your own people to the list instead."), code="own-force")
        assert by.person_id is not None, "a person hands over, never a job"
        rows = HandedOver.objects.filter(incident=found, to_force=to).exclude(state=States.NOT_OURS)
        there = {number.casefold() for number in rows.values_list("number", flat=True)}
        made = [
            HandedOver(
                incident=found, from_force_id=found.force_id, to_force=to, number=number, category=found.category,
                closeness=role.closeness, ended_at=found.ended_at, offered_at=at, offered_by_id=by.person_id,
            )
            for number in dict.fromkeys(one.upper() for one in colleagues) if number.casefold() not in there
        ]  # fmt: skip
        HandedOver.objects.bulk_create(made)
        theirs = programmes.in_force(to.pk, clock.london_day(at))
        due = at + dt.timedelta(hours=theirs.list_hours)
        owed = [Owed(kind=StepKind.ACCEPT_HANDED_OVER, due_at=due, on=one.pk) for one in made]
        steps.open_steps(theirs, to.pk, owed, at)
        if made:
            diary.note(found, Kind.HANDED_OVER, by, at, len(made))
        step.note(handed_over=len(made))
        return len(made)


def accept(*, by: Actor, at: dt.datetime, handed: HandedOver) -> Exposure:
    """Make a record of one's own of a colleague who was handed over; their clocks begin.

    Colleagues of one incident there come onto one list here. Raises NotAllowed; Refusal when the number is not known,
    or when it was answered.
    """
    with act(by, Can.RUN_CARE, on=handed, at=at) as step:
        found = _offered(handed)
        paste = numbers.read(found.number, found.to_force)
        if not paste.found:
            raise Refusal(
                _("Nobody in your force has this number now. Say that it is not known, so that they check it."),
                code="unknown-number",
            )
        person = paste.found[0].person
        incident = _own_incident(found, by, at)
        role = _role(incident.programme, found.closeness)
        lists.put_on(incident, [Group([person], role)], AddedAs.HANDED_OVER, by, at)
        exposure = Exposure.objects.live().get(incident=incident, person=person)
        found.became = exposure
        _answered(found, States.ACCEPTED, by, at)
        step.note(exposure=str(exposure.pk))
        return exposure


def not_ours(*, by: Actor, at: dt.datetime, handed: HandedOver) -> None:
    """Say that the number is not known in one's force; the force that handed it over checks it. Raises as `accept`."""
    with act(by, Can.RUN_CARE, on=handed, at=at):
        _answered(_offered(handed), States.NOT_OURS, by, at)


def _offered(handed: HandedOver) -> HandedOver:
    rows = HandedOver.objects.filter(pk=handed.pk).select_related("to_force", "category")
    found = db.lock(rows).get()
    if found.state != States.OFFERED:
        raise Refusal(_("Somebody in your force has answered this already."), code="answered")
    return found


def _answered(found: HandedOver, state: HandedOver.State, by: Actor, at: dt.datetime) -> None:
    found.state, found.answered_at, found.answered_by_id = state.value, at, by.person_id
    found.save(update_fields=["state", "answered_at", "answered_by", "became"])
    owed = Step.objects.filter(on=found.pk, kind=StepKind.ACCEPT_HANDED_OVER.value)
    steps.close_steps(owed, Step.Outcome.DONE, by.person_id, at)


def _own_incident(handed: HandedOver, by: Actor, at: dt.datetime) -> Incident:
    """The home force's incident for what happened there: the one made for a colleague before, else a new one."""
    before = HandedOver.objects.filter(
        incident=handed.incident_id, to_force=handed.to_force_id, became__incident__state=State.OPEN
    )
    sibling = before.select_related("became__incident__programme").first()
    if sibling is not None and sibling.became is not None:
        return sibling.became.incident
    programme = programmes.in_force(handed.to_force_id, clock.london_day(at))
    made = Incident.objects.create(
        force=handed.to_force, reference=ids.reference("INC"), programme=programme,
        category=_category(programme, handed.category), ended_at=handed.ended_at, raised_at=at,
        raised_by_id=by.person_id, raised_as=Incident.RaisedAs.HANDED_OVER, changed_at=at,
    )  # fmt: skip
    diary.note(made, Kind.RAISED, by, at)
    lists.ask_for_list(made, at)
    return made


def _category(programme: Programme, theirs: Category) -> Category:
    """The programme's own category of that code; the last, which is the broadest, where it has none."""
    rows = Category.objects.filter(programme=programme)
    return rows.filter(code=theirs.code).first() or rows.order_by("-position")[0]


def _role(programme: Programme, closeness: int) -> ExposureRole:
    """The programme's first role that is as close, else the closest that it has."""
    rows = ExposureRole.objects.filter(programme=programme)
    return rows.filter(closeness=closeness).order_by("position").first() or rows.order_by("closeness", "position")[0]
