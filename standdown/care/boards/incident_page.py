"""The page of one incident in words: its clocks, what comes next, everybody on its list, its sessions, its history."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.care.boards import queries
from standdown.care.clocks.models import Step
from standdown.care.defusing import diary, messages
from standdown.care.defusing.models import Defusing
from standdown.care.exposures.models import Exposure, Stage
from standdown.care.incidents import guards
from standdown.care.incidents import queries as incidents
from standdown.care.incidents.models import Incident, IncidentEvent
from standdown.care.looks.actions import look
from standdown.care.looks.models import Look
from standdown.care.programme.names import StepKindName
from standdown.care.programme.policy import StepKind
from standdown.care.referrals.models import EstimBooking
from standdown.design import charts
from standdown.design.times import when_words
from standdown.foundation import clock
from standdown.foundation.access import Actor, Can

STRIP = ("confirm-list", "demobilise", "decide", "book", "hold", "contact-month")
NAMES = 25  # on one page
Link = tuple[str, str]  # words, address


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person on the list."""

    exposure: Exposure
    stands: str
    tone: str
    links: list[Link]
    agreed: str = ""  # the next step agreed at the end of their session
    meeting: EstimBooking | None = None  # a structured meeting that is still ahead, or still to be recorded


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session."""

    session: Defusing
    when: str
    where: str
    people: str
    led: str
    links: list[Link]


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call that is owed to somebody who led a session: whom, by when, and what they said that they would like."""

    name: str
    when: str
    wants: str
    address: str  # where it is recorded that the call was made


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """One incident with the people on its list; `stand` is how many stand where, when they fill several pages."""

    incident: Incident
    strip: charts.WindowStrip
    guarded: str
    next: list[Link]
    people: list[PersonLine]
    stand: list[tuple[int, str]]
    number: int
    last: int
    sessions: list[SessionLine]
    calls: list[CallLine]
    handed_over: list[str]
    late: list[str]
    history: Sequence[IncidentEvent]
    more: list[Link]


def page(by: Actor, one: Incident, at: dt.datetime, number: int = 1) -> IncidentPage:
    """The page of one incident, with twenty-five names at a time.

    The looks at those who are shown are on record before anything of it is (T09).
    """
    everybody = queries.people(by, one)
    last = max(1, -(-len(everybody) // NAMES))
    number = min(max(number, 1), last)
    people = everybody[(number - 1) * NAMES :][:NAMES]
    look(by=by, at=at, can=Can.RUN_CARE, on=one, at_whom=people, why=Look.Why.COORDINATING, role=_role(by, one))
    steps, sessions = queries.steps(one), queries.sessions(one)
    calls, meetings = _calls(one, steps, sessions, at), queries.meetings(one)
    guarded, agreed = incidents.guarded(one), queries.agreed(one)
    late = {step.exposure_id for step in steps if step.closed_at is None and step.due_at <= at}
    return IncidentPage(
        incident=one,
        strip=_strip(one, steps, at),
        guarded=_guarded(guarded),
        next=[*_next(one, everybody, sessions, queries.placed(by, one)), *_to_call(calls)],
        people=[
            _person(person, agreed.get(person.pk, ""), meetings.get(person.pk), at, late=person.pk in late)
            for person in people
        ],
        stand=_stand(everybody) if last > 1 else [],
        number=number,
        last=last,
        sessions=[_session(session, at) for session in sessions],
        calls=calls,
        handed_over=_handed_over(queries.handed_over(one)),
        late=_late(steps, at),
        history=incidents.history(one),
        more=_more(one),
    )


def _role(by: Actor, one: Incident) -> str:
    return "estip-coordinator" if by.holds("estip-coordinator", one.force_id) else "estip-lead"


def _guarded(found: incidents.Guarded) -> str:
    return str(guards.WORDS[found.blocked]) if found.blocked else ""


def _next(
    one: Incident, people: Sequence[Exposure], sessions: Sequence[Defusing], placed: Collection[uuid.UUID]
) -> list[Link]:
    """What a coordinator does next, in this order; only what there is to do."""
    undecided = sum(person.stage == Stage.TO_DECIDE for person in people)
    to_place = sum(person.stage == Stage.TO_DEFUSE and person.pk not in placed for person in people)
    leaderless = [session for session in sessions if session.state in {"planned", "proposed"}]
    found: list[Link] = []
    if one.list_confirmed_at is None:
        found.append((_("Confirm who was exposed"), reverse("exposures:confirm-list", args=[one.pk])))
    if any(person.stage == Stage.TO_DEMOBILISE for person in people):
        found.append((_("Record talks before off duty"), reverse("demobilising:team", args=[one.pk])))
    if undecided:
        words = ngettext("Decide on %(count)s person", "Decide on %(count)s people", undecided)
        found.append((words % {"count": undecided}, reverse("exposures:decide", args=[one.pk])))
    if to_place:
        words = ngettext("Place %(count)s person in a session", "Place %(count)s people in sessions", to_place)
        found.append((words % {"count": to_place}, reverse("grouping:plan", args=[one.pk])))
    if leaderless:
        words = ngettext(
            "Find a defuser for %(count)s session", "Find defusers for %(count)s sessions", len(leaderless)
        )
        found.append((words % {"count": len(leaderless)}, reverse("matching:find", args=[leaderless[0].pk])))
    return found


def _calls(one: Incident, steps: Sequence[Step], sessions: Sequence[Defusing], at: dt.datetime) -> list[CallLine]:
    """The calls to those who led that are still owed, with what they said at their check-out."""
    owed = [step for step in steps if step.kind == StepKind.BUDDY_CALL and step.closed_at is None and step.owner]
    if not owed:
        return []
    wants = {
        diary.key_afterwards(session, StepKind.BUDDY_CALL, said.person_id): str(said.get_wants_display())
        for said in queries.check_outs(one)
        for session in sessions
        if said.defusing_id == session.pk
    }
    return [
        CallLine(
            name=step.owner.full_name if step.owner else "", when=when_words(step.due_at, at),
            wants=wants.get(step.on, "") if step.on else "", address=reverse("defusing:called", args=[step.pk]),
        )
        for step in owed
    ]  # fmt: skip


def _to_call(calls: Sequence[CallLine]) -> list[Link]:
    words = ngettext(
        "Call %(count)s colleague who led a session", "Call %(count)s colleagues who led a session", len(calls)
    )
    return [(words % {"count": len(calls)}, "#calls")] if calls else []


def _stand(everybody: Sequence[Exposure]) -> list[tuple[int, str]]:
    counted = Counter(one.stage for one in everybody)
    return [(counted[stage], str(stage.label)) for stage in Stage if counted[stage]]


def _person(one: Exposure, agreed: str, meeting: EstimBooking | None, at: dt.datetime, *, late: bool) -> PersonLine:
    tone = "late" if late else "done" if one.stage == Stage.CLOSED else "calm" if one.stage == Stage.FOLLOWED else "due"
    links = []
    if one.disputed:
        links.append((_("Settle what is wrong"), reverse("exposures:settle", args=[one.pk])))
    if one.stage == Stage.TO_DEMOBILISE:
        links.append((_("Give the talk to somebody else"), reverse("demobilising:give", args=[one.pk])))
    if one.stage != Stage.CLOSED:
        links.append((_("Refer to occupational health"), reverse("referrals:refer", args=[one.pk])))
        if meeting is None:
            links.append((_("Book a structured meeting"), reverse("referrals:book-meeting", args=[one.pk])))
        links.append((_("Hand over now"), reverse("defusing:hand-over", args=[one.pk])))
        if not one.disputed:
            links.append((_("Put role or end of duty right"), reverse("exposures:settle", args=[one.pk])))
        links.append((_("Close"), reverse("follow_up:close", args=[one.pk])))
        links.append((_("Take off the list"), reverse("exposures:take-off", args=[one.pk])))
    if meeting is not None and meeting.on <= clock.london_day(at):  # also where their part was closed meanwhile
        links.append((_("Were they at the meeting?"), reverse("referrals:meeting-over", args=[meeting.pk])))
    return PersonLine(one, str(one.get_stage_display()), tone, links, agreed, meeting)


def _session(one: Defusing, at: dt.datetime) -> SessionLine:
    number = getattr(one, "people", 0)
    links = [(_("Open"), reverse("defusing:one", args=[one.pk]))]
    if one.state in {"planned", "proposed"}:
        links.append((_("Find a defuser"), reverse("matching:find", args=[one.pk])))
        links.append((_("Look for a time"), reverse("grouping:times", args=[one.pk])))
    return SessionLine(
        session=one,
        when=when_words(one.starts_at, at) if one.starts_at else _("No time yet"),
        where=messages.place_of(one) if one.remote or one.base_id else _("no room yet"),
        people=ngettext("%(count)s person", "%(count)s people", number) % {"count": number},
        led=one.defuser.full_name if one.defuser else _("nobody leads it yet"),
        links=links,
    )


def _handed_over(found: dict[str, int]) -> list[str]:
    accepted, offered, unknown = (found.get(state, 0) for state in ("accepted", "offered", "not-ours"))
    sentences = []
    if accepted:
        words = ngettext(
            "%(count)s colleague, handled by their home force", "%(count)s colleagues, handled by their home force",
            accepted,
        )  # fmt: skip
        sentences.append(words % {"count": accepted})
    if offered:
        words = ngettext(
            "%(count)s colleague waits for their home force", "%(count)s colleagues wait for their home force", offered
        )
        sentences.append(words % {"count": offered})
    if unknown:
        words = ngettext(
            "%(count)s colleague is not known to that force: check the number",
            "%(count)s colleagues are not known to that force: check the numbers", unknown,
        )  # fmt: skip
        sentences.append(words % {"count": unknown})
    return sentences


def _late(steps: Sequence[Step], at: dt.datetime) -> list[str]:
    """What was late, or is: it stays visible for ever."""
    counted: dict[str, int] = {}
    for step in steps:
        if (step.closed_at or at) > step.due_at:
            counted[step.kind] = counted.get(step.kind, 0) + 1
    return [f"{StepKindName(kind).label}: {number}" for kind, number in counted.items()]


def _more(one: Incident) -> list[Link]:
    args = [one.pk]
    planned = [(_("Plan all groups at once"), reverse("matching:plan", args=args))] if one.major else []
    return [
        *planned,
        (_("Add people by number or name"), reverse("exposures:add", args=args)),
        (_("Add a team"), reverse("exposures:add-team", args=args)),
        (_("Hand over a colleague of another force"), reverse("exposures:hand-over", args=args)),
        (_("Initial accounts"), reverse("exposures:accounts", args=args)),
        (_("Take it on, or hand it on"), reverse("boards:hand-on", args=args)),
        (_("Put details right"), reverse("exposures:edit", args=args)),
        (_("Merge with another incident"), reverse("exposures:merge", args=args)),
        (_("Plan the sessions"), reverse("grouping:plan", args=args)),
        (_("Cards to print"), reverse("demobilising:paper", args=args)),
        (_("Run as a major incident"), reverse("exposures:major", args=args)),
    ]


def _strip(one: Incident, steps: Sequence[Step], at: dt.datetime) -> charts.WindowStrip:
    """One mark for each kind of step: late where one of them is, done when the last of them is."""
    marks = []
    for kind in STRIP:
        of_kind = [step for step in steps if step.kind == kind]
        if of_kind:
            marks.append(_mark(kind, of_kind, at))
    off_duty = max((step.due_at for step in steps if step.kind == "demobilise"), default=one.ended_at)
    return charts.window_strip(title=one.reference, began=one.ended_at, off_duty=off_duty, now=at, steps=marks)


def _mark(kind: str, steps: Sequence[Step], at: dt.datetime) -> charts.Step:
    left = [step for step in steps if step.closed_at is None]
    due = min(step.due_at for step in left or steps)
    done = None if left else max(step.closed_at for step in steps if step.closed_at)
    late = any(step.due_at <= at for step in left)
    return charts.Step(str(StepKindName(kind).label), due, "late" if late else "due" if left else "done", done)
