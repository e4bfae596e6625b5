"""Care as it goes on in the demonstration: incidents of tonight, of yesterday, of two days ago and of last month.

Everything is done through the ordinary acts, each at the moment at which somebody would have done it. Each account of
the demonstration's force finds something to do: see `_tonight` and those after it.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass

from standdown.care.defusing import actions as sessions
from standdown.care.demobilising import actions as talks
from standdown.care.demobilising.actions import Captured
from standdown.care.duty.actions import set_pattern
from standdown.care.duty.policy import Shift
from standdown.care.exposures import actions
from standdown.care.exposures import policy as lists
from standdown.care.exposures.actions import Happened
from standdown.care.exposures.actions_by_time import accept_proposal
from standdown.care.exposures.lists import Group
from standdown.care.exposures.queries import of_list
from standdown.care.follow_up import actions as contacts
from standdown.care.grouping import actions as groups
from standdown.care.grouping import scene
from standdown.care.incidents.actions import record_accounts, restrict
from standdown.care.matching import actions as matching
from standdown.care.matching import queries as candidates
from standdown.care.models import Ask, Attendee, Contact, Defusing, Exposure, Incident, Programme
from standdown.care.programme import queries as programmes
from standdown.care.programme.policy import NextStep
from standdown.care.wishes import actions as wishes
from standdown.config.demonstration import plan
from standdown.foundation import access, clock, ids
from standdown.foundation.access import Actor
from standdown.people.accounts.models import Posting
from standdown.people.models import Account, Base, Force, Person, Team
from standdown.people.qualifications.actions import import_qualifications
from standdown.people.roles.policy import Role
from standdown.people.roles.queries import actor_for

JOB = access.system("demonstration")
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
# Two earlies, two lates, two days off; and two days, two nights, four days off.
EARLIES = tuple(Shift(day, dt.time(7 if day < 2 else 14), 480) for day in range(4))  # noqa: PLR2004 - two of each
NIGHTS = tuple(Shift(day, dt.time(7 if day < 2 else 19), 720) for day in range(4))  # noqa: PLR2004 - two of each
OFFICE = tuple(Shift(day, dt.time(8), 540) for day in range(5))
RaisedAs = Incident.RaisedAs


@dataclass(frozen=True, slots=True)
class Stage:
    """Who acts, and whom it is about."""

    at: dt.datetime
    force: Force
    programme: Programme
    by: dict[Role, Actor]
    teams: dict[str, list[Person]]  # of the sergeant's people, by the team's name; the first of all signs in

    def happened(self, code: str, ended_at: dt.datetime, base: str) -> Happened:
        """What is said of an incident."""
        return Happened(
            programme=self.programme, category=self.programme.categories.get(code=code), ended_at=ended_at,
            base=Base.objects.get(force=self.force, name=base),
        )  # fmt: skip

    def group(self, role: str, people: Sequence[Person], duty_end_at: dt.datetime | None = None) -> Group:
        """People who were there in one role."""
        return Group([one.pk for one in people], self.programme.roles.get(code=role), duty_end_at)


def go_on(forces: dict[str, Force], at: dt.datetime) -> int:
    """Make all of it; how many people were exposed."""
    home = forces[plan.HOME]
    today = clock.london_day(at)
    accounts = Account.objects.filter(demonstration=True, person__home_force=home).select_related("person")
    by = {
        Role(account.person.grants.values_list("role", flat=True)[0]): actor_for(account, today)
        for account in accounts.filter(person__grants__isnull=False)
    }
    sergeant = by[Role.SUPERVISOR].person_id
    teams: dict[str, list[Person]] = {}
    rows = Posting.objects.filter(until=None, person__managed_by__manager=sergeant).select_related("person", "team")
    for posting in rows.order_by("person_id"):
        assert posting.team is not None
        teams.setdefault(posting.team.name, []).append(posting.person)
    stage = Stage(at, home, programmes.in_force(home.pk, today), by, teams)
    _duties(home, today)
    _able(stage)
    _tonight(stage)
    _last_night(stage)
    _last_month(stage)
    _book(stage, _two_days_ago(stage))
    _ask(stage, _restricted(stage)[0])
    return Exposure.objects.count()


def _duties(home: Force, today: dt.date) -> None:
    """One response team was on earlies two days ago, the other has nights; everybody else has weekends."""
    monday = today - dt.timedelta(days=today.weekday() + 364)
    cycles = {
        "Response A": (today - dt.timedelta(days=2 + 6 * 60), 6, EARLIES),
        "Response B": (today - dt.timedelta(days=3 + 8 * 45), 8, NIGHTS),
    }
    for team in Team.objects.filter(force=home).order_by("name"):
        anchor, days, shifts = cycles.get(team.name, (monday, 7, OFFICE))
        set_pattern(
            by=JOB, at=clock.from_wall(anchor, dt.time(9)), team=team, since=anchor, anchor=anchor, days=days,
            shifts=shifts,
        )  # fmt: skip


def _able(stage: Stage) -> None:
    """Whoever has an account as a defuser was trained, before Standdown, and says how wishes of others can be met."""
    defuser = stage.by[Role.DEFUSER]
    number = Posting.objects.get(person=defuser.person_id, until=None).number
    day = clock.london_day(stage.at - 200 * DAY).isoformat()
    row = f"number,skill,trained on,evidence\n{number},Demobilising and defusing,{day},An example\n"
    import_qualifications(
        by=JOB, at=stage.at - 90 * DAY, force=stage.force, source=io.BytesIO(row.encode()), dry_run=False,
        progress=lambda _done, _all: None,
    )  # fmt: skip
    assert defuser.person_id is not None
    wishes.describe_oneself(
        by=defuser, at=stage.at - 90 * DAY, person=Person.objects.get(pk=defuser.person_id), rank=2, sex="woman",
        welsh=False, supervision_due=clock.london_day(stage.at + 30 * DAY),
    )  # fmt: skip


def _raise(
    stage: Stage, happened: Happened, groups: Sequence[Group], role: Role, after: dt.timedelta = HOUR
) -> Incident:
    return actions.raise_incident(
        by=stage.by[role], at=happened.ended_at + after, key=ids.new(), happened=happened, groups=groups,
        raised_as=RaisedAs(role.value),
    )  # fmt: skip


def _confirm(stage: Stage, incident: Incident, at: dt.datetime) -> None:
    counted = of_list(incident)
    answers = {group: "added" if counted.of(group) else "none" for group in lists.Group}
    actions.confirm_list(by=stage.by[Role.ESTIP_COORDINATOR], at=at, incident=incident, answers=answers)


def _talk(stage: Stage, exposure: Exposure, at: dt.datetime, outcome: str, proposal: NextStep) -> None:
    captured = Captured(key=ids.new(), outcome=outcome, needs=frozenset({"food", "home_told"}), proposal=proposal)
    talks.record(by=stage.by[Role.SUPERVISOR], at=at, exposure=exposure, captured=captured)


def _on(incident: Incident) -> list[Exposure]:
    return list(Exposure.objects.live().filter(incident=incident).order_by("person_id"))


def _tonight(stage: Stage) -> None:
    """Two hours ago: the supervisor's list before duty ends; one talk was held, and nobody confirmed the list yet."""
    happened = stage.happened("road-collision", stage.at - 2 * HOUR, "North")
    there = [
        stage.group("first-on-scene", stage.teams["Response B"][:3], stage.at + 3 * HOUR),
        stage.group("cordon", stage.teams["Response B"][3:6], stage.at + 3 * HOUR),
    ]
    incident = _raise(stage, happened, there, Role.SUPERVISOR)
    _talk(stage, _on(incident)[0], stage.at - HOUR / 2, "held", NextStep.DEFUSE_GROUP)


def _last_night(stage: Stage) -> None:
    """A call that control room raised; both were talked to, one would rather not, and their next steps are open."""
    happened = stage.happened("distressing-call", stage.at - 14 * HOUR, "Control room")
    there = [stage.group("control-room", stage.teams["Call handling"][:2], stage.at - 10 * HOUR)]
    incident = _raise(stage, happened, there, Role.CONTROL_ROOM)
    for exposure, outcome in zip(_on(incident), ("held", "declined"), strict=True):
        _talk(stage, exposure, stage.at - 11 * HOUR, outcome, NextStep.NOTHING_NOW)


def _restricted(stage: Stage) -> list[Defusing]:
    """A death in custody: conferring is restricted, so people are talked to one to one. The sessions, planned."""
    t0 = stage.at - 30 * HOUR
    there = [stage.group("custody", stage.teams["Response A"][5:8], t0 + 4 * HOUR)]
    incident = _raise(stage, stage.happened("custody", t0, "South"), there, Role.SUPERVISOR)
    for exposure in _on(incident):
        _talk(stage, exposure, t0 + 3 * HOUR, "held", NextStep.DEFUSE_GROUP)
    _confirm(stage, incident, t0 + 5 * HOUR)
    restrict(by=stage.by[Role.POST_INCIDENT_MANAGER], at=t0 + 6 * HOUR, incident=incident)
    record_accounts(
        by=stage.by[Role.ESTIP_COORDINATOR], at=t0 + 7 * HOUR, incident=incident, accounts=Incident.Accounts.OUTSTANDING
    )
    for exposure in _on(incident):
        accept_proposal(by=JOB, at=t0 + 28 * HOUR, exposure=exposure)
    return _planned(stage, incident, stage.at - HOUR)


def _two_days_ago(stage: Stage) -> list[Defusing]:
    """Inside the window for defusing: accounts are complete, and groups are planned. The sessions."""
    t0 = stage.at - 50 * HOUR
    there = [
        stage.group("hands-on", stage.teams["Response A"][:5], t0 + 4 * HOUR),
        stage.group("cordon", stage.teams["Neighbourhood"][:4], t0 + 4 * HOUR),
    ]
    happened = stage.happened("resuscitation", t0, "North")
    incident = _raise(stage, happened, there, Role.SUPERVISOR)
    wisher = stage.teams["Response A"][4]
    own = access.by_link(wisher.pk, stage.force.pk, access.Can.KEEP_OWN_CARE)
    wishes.wish(by=own, at=t0 + 2 * HOUR, person=wisher, one_to_one=True, channel="phone")
    for exposure in _on(incident):
        _talk(stage, exposure, t0 + 3 * HOUR, "held", NextStep.DEFUSE_GROUP)
    coordinator = stage.by[Role.ESTIP_COORDINATOR]
    _confirm(stage, incident, t0 + 10 * HOUR)
    record_accounts(by=coordinator, at=t0 + 11 * HOUR, incident=incident, accounts=Incident.Accounts.COMPLETE)
    for exposure in _on(incident):
        accept_proposal(by=JOB, at=t0 + 28 * HOUR, exposure=exposure)
    return _planned(stage, incident, t0 + 30 * HOUR)


def _planned(stage: Stage, incident: Incident, at: dt.datetime) -> list[Defusing]:
    coordinator = stage.by[Role.ESTIP_COORDINATOR]
    proposed = scene.read(coordinator, incident).plan
    return groups.confirm(by=coordinator, at=at, incident=incident, fingerprint=proposed.fingerprint)


def _book(stage: Stage, planned: Sequence[Defusing]) -> None:
    """The defuser who has an account says yes to the first of these that their duty leaves time for."""
    coordinator, defuser, asked_at = stage.by[Role.ESTIP_COORDINATOR], stage.by[Role.DEFUSER], stage.at - 6 * HOUR
    for session in planned:
        looked = candidates.look(session, coordinator, asked_at)
        for one in looked.possible if looked else []:
            if one.who.key == defuser.person_id:
                start = one.slot.starts_at
                ask = matching.ask(by=coordinator, at=asked_at, session=session, person=one.who.key, starts_at=start)
                _answers(stage, sessions.say_yes(by=defuser, at=stage.at - 5 * HOUR, ask=ask))
                return


def _ask(stage: Stage, session: Defusing) -> None:
    """The same defuser is asked, by the coordinator's own choice, for another one that waits for their answer."""
    day, defuser = clock.london_day(stage.at) + dt.timedelta(days=2), stage.by[Role.DEFUSER].person_id
    assert defuser is not None
    ask = Ask(
        defusing=session, person_id=defuser, starts_at=clock.from_wall(day, dt.time(10)),
        asked_at=stage.at - HOUR, asked_by_id=stage.by[Role.ESTIP_COORDINATOR].person_id,
        lapses_at=stage.at + 11 * HOUR,
    )  # fmt: skip
    sessions.ask_to_lead(by=stage.by[Role.ESTIP_COORDINATOR], at=stage.at - HOUR, ask=ask)


def _answers(stage: Stage, booked: Defusing) -> None:
    """One will come and one would rather not; the others have not said, among them whoever signs in."""
    others = (
        Attendee.objects.filter(defusing=booked).exclude(exposure__person=stage.teams["Response A"][0]).order_by("id")
    )
    said = (Attendee.Answer.ACCEPTED, Attendee.Answer.DECLINED)
    for attendee, answer in zip(others.select_related("exposure"), said, strict=False):
        own = access.by_link(attendee.exposure.person_id, stage.force.pk, access.Can.KEEP_OWN_CARE)
        sessions.answer(by=own, at=stage.at - 4 * HOUR, attendee=attendee, answer=answer)


def _last_month(stage: Stage) -> None:
    """Twenty-six days ago: everybody was asked how they are at two weeks; the contact within the month is near."""
    t0 = stage.at - 26 * DAY
    there = [stage.group("scene", stage.teams["Neighbourhood"][4:7] + stage.teams["Call handling"][2:4], t0 + 4 * HOUR)]
    incident = _raise(stage, stage.happened("suicide", t0, "South"), there, Role.SUPERVISOR)
    for exposure in _on(incident):
        _talk(stage, exposure, t0 + 3 * HOUR, "held", NextStep.NOTHING_NOW)
    _confirm(stage, incident, t0 + 10 * HOUR)
    for exposure in _on(incident):
        accept_proposal(by=JOB, at=t0 + 28 * HOUR, exposure=exposure)
    peer = Person.objects.get(pk=str(stage.by[Role.DEFUSER].person_id))
    for number, exposure in enumerate(_on(incident)):
        two_weeks, month = (
            Contact.objects.select_related("exposure").get(exposure=exposure, kind=kind)
            for kind in (Contact.Kind.TWO_WEEKS, Contact.Kind.MONTH)
        )  # fmt: skip
        own = access.by_link(exposure.person_id, stage.force.pk, access.Can.KEEP_OWN_CARE)
        if number == 0:
            contacts.rather_not(by=own, at=t0 + 13 * DAY, contact=two_weeks, ever=False)
        else:
            contacts.answer(by=own, at=t0 + 13 * DAY, contact=two_weeks, wants_more=Contact.WantsMore.NOT_NOW)
        if number < 2:  # noqa: PLR2004 - two contacts for whoever signs in as a defuser
            contacts.give(by=stage.by[Role.ESTIP_COORDINATOR], at=t0 + 20 * DAY, contact=month, to=peer)
