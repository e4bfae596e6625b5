"""Reads for the screens of those who plan dates, and of the leads who see their own force's."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.design.charts import Piece
from standdown.design.times import day_and_month, long_date, month_and_year, when_words
from standdown.foundation import access
from standdown.foundation.access import Actor, Can, Reach
from standdown.people.models import Force
from standdown.training.sessions import diary, lines, policy, sentences
from standdown.training.sessions.lines import SessionLine
from standdown.training.sessions.models import (
    Session,
    SessionChange,
    SessionForce,
    SessionQuerySet,
    SessionTrainer,
    Status,
    reach_of,
    run_by,
)
from standdown.training.sessions.policy import Deed

MOST_LISTED = 200
TONES = {Status.DRAFT: "plain", Status.PUBLISHED: "calm", Status.CANCELLED: "late", Status.HELD: "done"}
PERMISSION = {
    Deed.EDIT: Can.PLAN_SESSION, Deed.PUBLISH: Can.PUBLISH_SESSION, Deed.MOVE: Can.CHANGE_SESSION,
    Deed.CANCEL: Can.CHANGE_SESSION, Deed.HOLD: Can.CHANGE_SESSION, Deed.ALLOT: Can.CHANGE_SESSION,
    Deed.CHANGE_TRAINERS: Can.PLAN_SESSION,
}  # fmt: skip


def visible(by: Actor) -> SessionQuerySet:
    """The dates that this actor may see."""
    return Session.objects.visible_to(by).select_related("course__current", "version")


def _named_for(by: Actor) -> Q:
    """Which forces of a date they are shown: their own, those whose dates are public, and all of a date they run."""
    reach = reach_of(by)
    if reach.everywhere:
        return Q()
    return Q(for_forces__force__dates_public=True) | Q(for_forces__force_id__in=reach.forces) | run_by(by)


# -- the list -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wish:
    """Which dates to list: `when` is coming or past; nothing chosen lists all of them."""

    when: str = "coming"
    force: str = ""
    status: str = ""
    delivery: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """The dates of one month as rows of a list."""

    title: str
    rows: list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class Listing:
    """Dates by month, and whether there are more than are shown."""

    months: list[Month]
    more: bool


def listing(by: Actor, at: dt.datetime, wish: Wish) -> Listing:
    """The dates that this actor may see and wishes to. Six statements, whatever their number."""
    reach = reach_of(by)
    past = wish.when == "past"
    found = Session.objects.visible_to(by).filter(**{"ends_at__lte" if past else "ends_at__gt": at})
    if wish.force:
        found = found.filter(pk__in=SessionForce.objects.filter(force__slug=wish.force).values("session"))
    if wish.status:
        found = found.filter(status=wish.status)
    if wish.delivery:
        found = found.filter(delivery=wish.delivery)
    order = ("-starts_at", "id") if past else ("starts_at", "id")
    keys = list(found.order_by(*order).values_list("pk", flat=True)[: MOST_LISTED + 1])
    shown = lines.read(Session.objects.filter(pk__in=keys[:MOST_LISTED]), _named_for(by))
    if past:
        shown.reverse()
    notes = _notes(keys[:MOST_LISTED], reach, at)
    months = [
        Month(title, [_row(line, notes[line.id]) for line in group])
        for title, group in groupby(shown, lambda line: month_and_year(line.starts_at))
    ]
    return Listing(months, more=len(keys) > MOST_LISTED)


def _row(line: SessionLine, note: str) -> dict[str, object]:
    moved = line.is_moved and line.status == Status.PUBLISHED
    return {
        "start": line.starts_at, "end": line.ends_at, "forces": line.full_names, "how": line.how,
        "href": reverse("sessions:one", args=[line.id]), "minutes": line.lasts_minutes, "note": note,
        "status": _("Moved") if moved else line.status_words, "tone": "due" if moved else TONES[Status(line.status)],
    }  # fmt: skip


def _notes(keys: list[uuid.UUID], reach: Reach, at: dt.datetime) -> dict[uuid.UUID, str]:
    """One line of facts for each date: places, names wanted by, and for planners what is still missing."""
    own = Q() if reach.everywhere else Q(force_id__in=reach.forces)
    kept = dict(
        SessionForce.objects.filter(own, session_id__in=keys)
        .order_by()
        .values_list("session_id")
        .annotate(kept=Sum("allotment"))
    )
    found = Session.objects.filter(pk__in=keys).select_related("version")
    named = dict(found.order_by().values_list("pk").annotate(named=Count("trainers")))
    return {one.pk: " · ".join(_facts(one, kept.get(one.pk), named[one.pk], at, reach)) for one in found}


def _facts(session: Session, kept: int | None, named: int, at: dt.datetime, reach: Reach) -> Iterable[str]:
    if session.status in {Status.CANCELLED, Status.HELD}:
        return
    places = ngettext("%(count)s place", "%(count)s places", session.capacity) % {"count": session.capacity}
    if kept and reach.everywhere:
        yield _("%(places)s, %(kept)s kept") % {"places": places, "kept": kept}
    elif kept:
        yield ngettext("%(count)s place kept for you", "%(count)s places kept for you", kept) % {"count": kept}
    else:
        yield places
    if session.nominations_close_at > at:
        yield _("names by %(day)s") % {"day": day_and_month(session.nominations_close_at)}
    missing = policy.trainers_wanted(session.capacity, session.version.second_trainer_above) - named
    if reach.everywhere and missing > 0:
        yield ngettext("%(count)s trainer to be named", "%(count)s trainers to be named", missing) % {"count": missing}


def whose(by: Actor) -> str:
    """Whose dates this actor's list holds: "all", a "force"'s, or those "run" by a national trainer."""
    reach = reach_of(by)
    return "all" if reach.everywhere else "force" if reach.forces else "run"


def forces_to_filter(by: Actor) -> list[tuple[str, str]]:
    """The forces that this actor's list may be narrowed to; a lead of one force needs no such choice."""
    reach = reach_of(by)
    found = Force.objects.all() if reach.everywhere else Force.objects.filter(pk__in=reach.forces)
    return list(found.order_by("name").values_list("slug", "name"))


# -- one date -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kept:
    """The capacity of a date, drawn and told: what is kept for each force, and what is open to all of them."""

    sentence: str
    pieces: list[Piece]
    rows: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SessionPage:
    """All that the page of one date shows."""

    session: Session
    line: SessionLine
    tone: str
    facts: list[tuple[str, str]]
    kept: Kept
    cautions: list[str]
    history: list[dict[str, object]]
    trainers: list[SessionTrainer]
    plans: bool  # this actor plans such dates
    may: set[str]


def page(session: Session, by: Actor, at: dt.datetime) -> SessionPage:
    """One date for this actor: a planner sees what is to be looked at and who trains, a lead their own force's part."""
    reach = reach_of(by)
    (line,) = lines.read(Session.objects.filter(pk=session.pk), _named_for(by))
    plan = diary.plan_of(session)
    plans = access.allows(by, Can.PLAN_SESSION, session)
    named = SessionTrainer.objects.filter(session=session).select_related("person").order_by("person__family_name")
    trainers = list(named) if plans else []
    open_ = session.status in {Status.DRAFT, Status.PUBLISHED} and session.ends_at > at
    cautions = policy.cautions(plan, diary.limits_of(session.version), len(trainers)) if plans and open_ else []
    return SessionPage(
        session=session,
        line=line,
        tone=TONES[Status(session.status)],
        facts=_of(session, line, at),
        kept=_kept(session, plan, reach),
        cautions=[sentences.caution_words(one) for one in cautions],
        history=_history(session, plans=plans),
        trainers=trainers,
        plans=plans,
        may={deed.value for deed in Deed if allowed(deed, session, by, at)},
    )


def allowed(deed: Deed, session: Session, by: Actor, at: dt.datetime) -> bool:
    """True when this actor may do that to the date as it stands."""
    no = policy.why_not(deed, status=session.status, starts_at=session.starts_at, ends_at=session.ends_at, at=at)
    return no is None and permitted(deed, session, by)


def permitted(deed: Deed, session: Session, by: Actor) -> bool:
    """True when this actor may do that to such a date, whatever its state."""
    return access.allows(by, PERMISSION[deed], session)


def _of(session: Session, line: SessionLine, at: dt.datetime) -> list[tuple[str, str]]:
    span = sentences.span_words(line.starts_at, line.ends_at)
    times = _("%(day)s, %(span)s") % {"day": long_date(line.starts_at), "span": span}
    until = session.nominations_close_at
    closes = when_words(until, at) if until > at else sentences.day_and_time(until)
    facts = [
        (_("Course"), _("%(title)s, version %(number)s") % {"title": line.title, "number": session.version.number}),
        (_("When"), times),
        (_("How"), line.how),
        (_("Language of the day"), line.language_words),
        (_("For"), line.full_names),
        (_("Names wanted by"), closes),
        (_("Owned by"), line.owner or _("The national body")),
        (_("Reference"), session.reference),
    ]
    if line.previous_starts_at is not None:
        facts.insert(2, (_("Was to be on"), sentences.day_and_time(line.previous_starts_at)))
    if line.reason:
        facts.insert(2, (_("Cancelled because"), line.reason_words))
    return facts


def _kept(session: Session, plan: policy.Plan, reach: Reach) -> Kept:
    pieces, rows, at = [], [], 0
    for force in plan.forces:
        own = reach.covers(uuid.UUID(force.key))
        if own:
            rows.append((force.name, str(force.allotment) if force.allotment else _("None kept")))
        if force.allotment and own:
            pieces.append(Piece("taken", at * 100 / session.capacity, force.allotment * 100 / session.capacity))
            at += force.allotment
    left = session.capacity - plan.allotted
    capacity = ngettext("%(count)s place", "%(count)s places", session.capacity) % {"count": session.capacity}
    if reach.everywhere:
        if not plan.allotted:
            return Kept(_("%(places)s for whoever is put forward first") % {"places": capacity}, pieces, rows)
        words = _("%(places)s: %(kept)s kept for forces, %(left)s for whoever is put forward first")
        return Kept(words % {"places": capacity, "kept": plan.allotted, "left": left}, pieces, rows)
    return Kept(_("%(places)s in all") % {"places": capacity}, pieces, rows)


def _history(session: Session, *, plans: bool) -> list[dict[str, object]]:
    changes = SessionChange.objects.filter(session=session).select_related("by").order_by("-at", "-id")
    entries: list[dict[str, object]] = []
    for one in changes:
        detail = str(SessionChange.Reason(one.reason).label) if one.reason else ""
        if one.previous_starts_at is not None:
            was = {"was": sentences.day_and_time(one.previous_starts_at), "reason": detail}
            detail = _("It was to be on %(was)s. %(reason)s.") % was
        who = one.by.full_name if one.by and plans else _("National coordinator") if one.by else "Standdown"
        entries.append({"title": one.get_kind_display(), "at": one.at, "by": who, "detail": detail})
    return entries
