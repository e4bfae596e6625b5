"""What the pages of a programme show: its windows as if something had ended now, its words, its chains in sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from standdown.care.programme import queries
from standdown.care.programme.forms import CategoryForm, RoleForm, said
from standdown.care.programme.labels import FIGURES, GROUPS, SWITCHES
from standdown.care.programme.models import Category, Escalation, ExposureRole, NextStepOption, Phase, Programme
from standdown.care.programme.names import NextStepName, StepKindName, ToldName
from standdown.care.programme.policy import Family, State, StepKind
from standdown.design import charts, times

STATES: dict[State, tuple[Promise, str]] = {
    State.DRAFT: (gettext_lazy("Draft"), "due"),
    State.SCHEDULED: (gettext_lazy("Scheduled"), "plain"),
    State.HOLDS: (gettext_lazy("Holds today"), "done"),
    State.OVER: (gettext_lazy("Was followed by another"), "plain"),
    State.SHIPS: (gettext_lazy("Comes with Standdown"), "plain"),
}
# The same word means other things elsewhere; each way of working says its own clock (R77).
COLLISIONS: dict[Family, tuple[Promise, ...]] = {
    Family.ESTIP_LIKE: (
        gettext_lazy("Defusing means a talk about three days after: days and not hours as in CISM."),
        gettext_lazy(
            "Demobilising means five to ten minutes with one's supervisor before going off duty. "
            "In CISM it means rest, food and information for large crowds."
        ),
    ),
    Family.TRIM_LIKE: (
        gettext_lazy("The talk three days after is led by a peer, and is offered again after a month."),
        gettext_lazy("No scores are kept here, in whichever way of working."),
    ),
    Family.CISM_LIKE: (
        gettext_lazy("Defusing means a talk within hours. In ESTIP the same word means about three days after."),
        gettext_lazy("A colleague on mutual aid who was trained otherwise may expect other words and other times."),
    ),
}
OFF_DUTY = dt.timedelta(hours=4)  # of the example


@dataclass(frozen=True, slots=True)
class Chain:
    """Who is told of one kind of step, in sentences."""

    kind: StepKind
    name: str
    sentences: list[str]


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One version as it is shown."""

    programme: Programme
    name: str
    state: str
    tone: str
    is_draft: bool
    scheduled: bool
    strip: charts.WindowStrip
    why: list[str]
    collisions: Sequence[Promise]
    groups: list[tuple[Promise, list[tuple[Promise, str]]]]
    phases: list[tuple[str, Phase]]
    categories: list[Category]
    roles: list[ExposureRole]
    after: list[tuple[str, list[str]]]
    chains: list[Chain]


def version(programme: Programme, state: State, at: dt.datetime) -> VersionPage:
    """The page of one version. Five statements."""
    words, tone = STATES[state]
    steps, terms = list(programme.next_steps.all()), dict(Phase.Term.choices)
    return VersionPage(
        programme=programme, name=name_of(programme), state=str(words), tone=tone,
        is_draft=state is State.DRAFT, scheduled=state is State.SCHEDULED,
        strip=_strip(programme, at), why=_why(programme), collisions=COLLISIONS[Family(programme.family)],
        groups=_groups(programme), phases=[(str(terms[one.term]), one) for one in programme.phases.all()],
        categories=list(programme.categories.all()), roles=list(programme.roles.all()),
        after=[
            (_("After demobilising"), _offered([one for one in steps if one.after_demobilise])),
            (_("After defusing"), _offered([one for one in steps if one.after_defuse])),
        ],
        chains=[chain(kind, links) for kind, links in queries.chains(programme).items()],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One version on the list."""

    programme: Programme
    name: str
    state: str
    tone: str
    since: dt.date | None


def line(listed: queries.Listed) -> Line:
    """One version on the list, where it stands and from which day it holds."""
    words, tone = STATES[listed.state]
    one = listed.programme
    return Line(one, name_of(one), str(words), tone, one.effective_from)


def name_of(programme: Programme) -> str:
    """What a version is called: its way of working and its number."""
    facts = {"family": programme.get_family_display(), "number": programme.number}
    return _("%(family)s, version %(number)s") % facts


def chain(kind: StepKind, links: Sequence[Escalation]) -> Chain:
    """Who is told of that kind of step, in sentences."""
    told = dict(ToldName.choices)
    sentences = [_("%(when)s: %(who)s") % {"when": link_words(link.minutes), "who": told[link.told]} for link in links]
    return Chain(kind, str(dict(StepKindName.choices)[kind.value]), sentences)


def link_words(minutes: int) -> str:
    """When a link is told: "1 hour before it is due", "When it is due", "3 days after it was due"."""
    number, unit = said(minutes)
    if not number:
        return _("When it is due")
    words = {
        "minutes-before": ngettext("%(n)s minute before it is due", "%(n)s minutes before it is due", number),
        "hours-before": ngettext("%(n)s hour before it is due", "%(n)s hours before it is due", number),
        "days-before": ngettext("%(n)s day before it is due", "%(n)s days before it is due", number),
        "minutes-after": ngettext("%(n)s minute after it was due", "%(n)s minutes after it was due", number),
        "hours-after": ngettext("%(n)s hour after it was due", "%(n)s hours after it was due", number),
        "days-after": ngettext("%(n)s day after it was due", "%(n)s days after it was due", number),
    }[unit]
    return words % {"n": number}


def made_by(form: CategoryForm | RoleForm) -> type[Category | ExposureRole]:
    """What that form asks about."""
    return ExposureRole if isinstance(form, RoleForm) else Category


def form_of(entry: Category | ExposureRole, data: Any) -> CategoryForm | RoleForm:
    """The form in which it is changed, filled in."""
    if isinstance(entry, ExposureRole):
        start = {name: getattr(entry, name) for name in ("words", "welsh", "closeness", "control_room")}
        return RoleForm(data, initial=start)
    return CategoryForm(data, initial={name: getattr(entry, name) for name in ("words", "welsh", "assault")})


def _offered(steps: Sequence[NextStepOption]) -> list[str]:
    names = dict(NextStepName.choices)
    return [str(names[one.step]) for one in steps]


def _groups(programme: Programme) -> list[tuple[Promise, list[tuple[Promise, str]]]]:
    def shown(name: str) -> tuple[Promise, str]:
        value = getattr(programme, name)
        return (SWITCHES[name], _("yes") if value else _("no")) if name in SWITCHES else (FIGURES[name], str(value))

    return [(title, [shown(name) for name in names]) for title, names in GROUPS]


def _strip(programme: Programme, at: dt.datetime) -> charts.WindowStrip:
    """The windows as they would fall for an event that ended at this moment, four hours before off duty."""

    def after(hours: int) -> dt.datetime:
        return at + dt.timedelta(hours=hours)

    steps = [
        charts.Step(_("Confirm who was exposed"), after(programme.list_hours), "coming"),
        charts.Step(_("Book a defusing"), after(programme.book_hours), "coming"),
        charts.Step(
            _("Hold the defusing"), after(programme.defuse_green_until_hours), "coming",
            opens=after(programme.defuse_green_from_hours),
        ),
    ]  # fmt: skip
    if programme.has_demobilise:
        steps.insert(0, charts.Step(_("Demobilise before off duty"), at + OFF_DUTY, "coming"))
    return charts.window_strip(title=_("If something ended now"), began=at, off_duty=at + OFF_DUTY, now=at, steps=steps)


def _why(programme: Programme) -> list[str]:
    figures = {
        "target": times.duration_words(programme.defuse_target_hours * 60),
        "from": times.duration_words(programme.defuse_green_from_hours * 60),
        "until": times.duration_words(programme.defuse_green_until_hours * 60),
        "amber": times.duration_words(programme.defuse_amber_until_hours * 60),
    }
    return [
        _("Hours count from T0: the moment at which it ended for the person. They are hours, also when clocks change."),
        _("A defusing is aimed at %(target)s after T0; its window is open from %(from)s until %(until)s.") % figures,
        _("After that it is late, and stays so. It is still offered, and worth holding until %(amber)s.") % figures,
        _("Days of the contacts are days of the calendar in London."),
        _("An incident keeps the version that it began with. Nothing that is changed here moves a clock that runs."),
    ]
