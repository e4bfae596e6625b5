"""The pages about sessions in words, and what stands on them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.care.defusing import diary, hooks, messages, policy, queries
from standdown.care.defusing.afterwards import CheckOut, UrgentHandover
from standdown.care.defusing.models import Ask, Attendee, Defusing, SessionState
from standdown.care.defusing.queries import Own
from standdown.care.exposures.models import Exposure
from standdown.care.looks.actions import look
from standdown.care.looks.models import Look
from standdown.care.programme.models import NextStepOption
from standdown.design.times import date_time, language, long_date, when_words
from standdown.foundation import access, clock
from standdown.foundation.access import Actor, Can
from standdown.notifications.force_words.policy import LIMITS
from standdown.notifications.force_words.queries import read_out
from standdown.people.models import Base


@dataclass(frozen=True, slots=True)
class Line:
    """One session on a defuser's board: when and where, how many, and the way in."""

    address: str
    what: str
    when: str
    where: str
    people: str


@dataclass(frozen=True, slots=True)
class BoardPage:
    """A defuser's board."""

    own: Own
    asks: list[tuple[Ask, Line]]
    ahead: list[Line]
    to_record: list[Line]
    check_outs: list[Line]
    load: str


def board(by: Actor, at: dt.datetime) -> BoardPage:
    """The board in words."""
    found = queries.own(by, at)
    return BoardPage(
        own=found,
        asks=[(ask, _asked(ask, at)) for ask in found.asks],
        ahead=[_line(one, at, "defusing:one") for one in found.ahead],
        to_record=[_line(one, at, "defusing:hold") for one in found.to_record],
        check_outs=[_line(one, at, "defusing:check-out") for one in found.check_outs],
        load=ngettext(
            "You led %(count)s session in the last four weeks.", "You led %(count)s sessions in the last four weeks.",
            found.led,
        )
        % {"count": found.led},
    )  # fmt: skip


def _asked(ask: Ask, at: dt.datetime) -> Line:
    session, people = ask.defusing, getattr(ask, "people", 0)
    when = when_words(ask.starts_at, at) if ask.starts_at else _("The time is still to be found.")
    counted = ngettext("%(count)s person", "%(count)s people", people) % {"count": people}
    said = session.remote or session.base_id is not None or ask.as_second
    where = messages.place_of(session) if said else _("You say where with your yes.")
    return Line(reverse("defusing:answer-ask", args=[ask.pk]), session.get_kind_display(), when, where, counted)


def _line(one: Defusing, at: dt.datetime, name: str) -> Line:
    when = when_words(one.starts_at, at) if one.starts_at else _("The time is still to be booked.")
    return Line(reverse(name, args=[one.pk]), one.get_kind_display(), when, messages.place_of(one), "")


def what_is_asked(ask: Ask, at: dt.datetime) -> str:
    """The question in one sentence: kind, time and until when; nobody's name."""
    until = date_time(ask.lapses_at)
    if ask.starts_at is None:
        words = _("%(kind)s; the time is still to be found. Please answer by %(until)s.")
        return words % {"kind": ask.defusing.get_kind_display(), "until": until}
    words = _("%(kind)s: %(when)s. Please answer by %(until)s. Passing needs no reason.")
    return words % {"kind": ask.defusing.get_kind_display(), "when": when_words(ask.starts_at, at), "until": until}


def what_is_offered(one: Defusing, at: dt.datetime) -> str:
    """Which session an invitation is to, as it stands on one's own page: when, where, who leads it."""
    facts = [when_words(one.starts_at, at) if one.starts_at else "", messages.place_of(one)]
    led = _("led by %(name)s") % {"name": one.defuser.full_name} if one.defuser else ""
    return " · ".join(fact for fact in (*facts, led) if fact)


@dataclass(frozen=True, slots=True)
class SessionPage:
    """One session with its people, and what can be done with it now."""

    session: Defusing
    when: str
    where: str
    present: list[Attendee]
    left: list[Attendee]
    runs: bool
    leads: bool
    can_hold: bool
    blocked: str
    window: str
    limits: str
    limits_version: int


def session(by: Actor, one: Defusing, at: dt.datetime) -> SessionPage:
    """The page of one session. The looks are on record before anybody's name is shown."""
    everybody = queries.attendees(one)
    present = [row for row in everybody if row.left_at is None]
    runs = queries.runs(by, one)
    look(
        by=by, at=at, can=Can.RUN_CARE if runs else Can.LEAD_DEFUSING, on=one,
        at_whom=[row.exposure for row in (everybody if runs else present)],
        why=Look.Why.COORDINATING if runs else Look.Why.LEADING, role="estip-coordinator" if runs else "defuser",
    )  # fmt: skip
    booked = one.state == SessionState.BOOKED
    limits, version = limits_text(one)
    leads = by.person_id in {one.defuser_id, one.second_id}
    return SessionPage(
        session=one,
        when=when_words(one.starts_at, at) if one.starts_at else _("The time is still to be booked."),
        where=messages.place_of(one),
        present=present,
        left=[row for row in everybody if row.left_at is not None] if runs else [],
        runs=runs,
        leads=leads,
        can_hold=leads and policy.may_hold(booked=booked, starts_at=one.starts_at, at=at),
        blocked=blocked(one),
        window=window_words(one),
        limits=limits,
        limits_version=version,
    )


def blocked(one: Defusing) -> str:
    """Why this group cannot be held now; empty where nothing stops it."""
    if one.kind != Defusing.Kind.GROUP:
        return ""
    return next((reason for guard in hooks.GUARDS if (reason := guard(one))), "")


def limits_text(one: Defusing) -> tuple[str, int]:
    """What is read out at the start, and which version it is: the force's own words, else ours (version 0) (R85)."""
    own, version = read_out(one.force_id, LIMITS, language())
    ours = _(
        "Taking part is voluntary, and nobody has to speak. Nothing that is said is written down or recorded. What is "
        "said stays here, with these exceptions: a serious risk to somebody's life or safety, harm to a child or an "
        "adult at risk, a crime or serious misconduct, and what a court orders. This talk is not privileged in law. It "
        "is not about evidence: please do not speak of what you saw or decided."
    )
    return (own, version) if own else (ours, 0)


def window_words(one: Defusing) -> str:
    """From when until when the window is green, counted from the end of the incident (S0)."""
    programme, t0 = one.incident.programme, one.incident.ended_at
    ends = [t0 + dt.timedelta(hours=hours) for hours in (
        programme.defuse_green_from_hours, programme.defuse_green_until_hours,
    )]  # fmt: skip
    words = _("The window is from %(start)s to %(end)s: about three days after, days and not hours.")
    return words % {"start": date_time(ends[0]), "end": date_time(ends[1])}


def bases(one: Defusing) -> list[Base]:
    """Where it can be held."""
    return list(Base.objects.filter(force=one.force_id, closed_on=None).order_by("name"))


def asked_where(ask: Ask) -> dict[str, Any]:
    """What the form of an answer needs to ask for the place, and why outside the window, where it is.

    Whoever is to help, or has no time yet, is not asked.
    """
    one = ask.defusing
    if ask.as_second or ask.starts_at is None:
        return {"bases": None, "said": False, "outside": False}
    said = one.remote or one.base_id is not None
    best = "remote" if one.remote else str(one.base_id or queries.best_base(one) or "")
    outside = diary.window(one, ask.starts_at) is not policy.Window.GREEN
    # Such a time is proposed where nobody could lead it inside the window, unless another reason stands already.
    before = {"where": best, "moved": one.moved or Defusing.Moved.NO_DEFUSER.value}
    return {"bases": bases(one), "said": said, "outside": outside, "initial": before}


def place(facts: dict[str, Any], places: Sequence[Base] | None) -> dict[str, Any]:
    """The place that a form says, as the action takes it."""
    where = facts.get("where", "")
    base = next((one for one in places or () if str(one.pk) == where), None)
    return {"base": base, "remote": where == "remote"}


def booking_as_it_is(one: Defusing) -> dict[str, Any]:
    """What the form shows first."""
    if one.starts_at is None:
        return {}
    local = clock.london(one.starts_at)
    return {"day": local.date(), "time": local.time(), "where": str(one.base_id or "remote"), "moved": one.moved}


def booking(facts: dict[str, Any], places: Sequence[Base]) -> dict[str, Any]:
    """What the form says, as the action takes it. Raises NoSuchTime or TwiceThatNight in a night of the clocks."""
    return {
        "starts_at": clock.from_wall(facts["day"], facts["time"]), "moved": facts["moved"], **place(facts, places),
    }  # fmt: skip


def options(one: Defusing) -> list[NextStepOption]:
    """The next steps that this programme offers after a session."""
    return list(NextStepOption.objects.filter(programme=one.incident.programme_id, after_defuse=True))


def as_answer(facts: dict[str, Any]) -> Attendee.Answer:
    """The answer as the action takes it."""
    return Attendee.Answer(facts["answer"])


def as_wants(facts: dict[str, Any]) -> CheckOut.Wants:
    """What a defuser would like after a session, as the action takes it."""
    return CheckOut.Wants(facts["wants"])


def attendee(by: Actor, key: uuid.UUID) -> Attendee | None:
    """Somebody of a session that this actor leads or runs."""
    sessions = Defusing.objects.visible_to(by).order_by().values("pk")
    return Attendee.objects.filter(pk=key, defusing__in=sessions).select_related("defusing").first()


def to_hand_over(by: Actor, key: uuid.UUID, at: dt.datetime) -> tuple[Exposure, Can, Defusing | None] | None:
    """Somebody whom this actor may hand over at once, and what makes it theirs to do.

    The talk, the care, or a session that they lead and the person sits in, which is named with it.
    """
    rows = Exposure.objects.live().select_related("incident__programme", "incident__force", "person")
    one = rows.filter(pk=key).first()
    if one is None:
        return None
    for can in (Can.DEMOBILISE, Can.RUN_CARE):
        if access.allows(by, can, one):
            return one, can, None
    led = queries.led_with(by, one, at)
    return (one, Can.LEAD_DEFUSING, led) if led else None


def urgent(by: Actor, one: UrgentHandover, at: dt.datetime) -> UrgentHandover:
    """The page of a handover; whoever takes over sees the name, and the person sees the look."""
    if one.handed_to_id == by.person_id:
        look(
            by=by, at=at, can=Can.MAKE_CONTACT, on=one, at_whom=[one.exposure], why=Look.Why.CONTACT,
            role=next(iter(sorted(by.roles)), "colleague"),
        )  # fmt: skip
    return one


def day_of(one: Defusing) -> str:
    """The day in full."""
    return long_date(one.starts_at) if one.starts_at else ""
