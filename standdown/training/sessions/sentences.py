"""The rules of a date in words: what is wrong and what to do next, what to look at, why something cannot be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from standdown.design.times import clock_span, clock_time, date_time, duration_words, long_date
from standdown.foundation import clock
from standdown.foundation.refusal import Refusal
from standdown.training.sessions.policy import (
    CLOSES_AT,
    CLOSES_BEFORE,
    Caution,
    CautionCode,
    Code,
    Deed,
    No,
    Plan,
    Problem,
)

_PROBLEMS: dict[Code, Promise] = {
    Code.END_BEFORE_START: _("The date must end after it begins. Check both times."),
    Code.TOO_LONG: _("The date may run past midnight, but then no longer than %(hours)s hours. Plan two dates."),
    Code.SKIPPED_TIME: _(
        "On %(day)s the clocks go forward, and %(time)s does not exist that night. Choose a time before or after."
    ),
    Code.DOUBLED_TIME: _(
        "On %(day)s the clocks go back, and %(time)s comes twice that night. Choose a time before or after."
    ),
    Code.CLOSES_AFTER_START: _("Names must be in before the date begins. Choose an earlier day for names."),
    Code.PLACE_MISSING: _("People have to know where to go. Enter the place."),
    Code.PLATFORM_MISSING: _("People have to know how to join. Enter what it is held on, such as Microsoft Teams."),
    Code.NO_CAPACITY: _("A date needs at least one place."),
    Code.OVER_THE_MOST: _(
        "The course takes at most %(most)s people held like this, and this would be %(capacity)s. "
        "Plan a second date, or ask for the course's figures to be changed."
    ),
    Code.NO_FORCE: _("Name at least one force that the date is for."),
    Code.FORCE_TWICE: _("%(force)s is named twice. Name it once, with all of its places."),
    Code.FORCE_NOT_STANDING: _("%(force)s does not exist on that day. Name the force that stands in its place."),
    Code.EMPTY_ALLOTMENT: _("Keep at least one place for %(force)s, or leave its number empty to keep none."),
    Code.OVER_CAPACITY: _(
        "%(kept)s places are kept for forces, but the date has only %(capacity)s. Keep fewer, or add places."
    ),
}
_CAUTIONS: dict[CautionCode, Promise] = {
    CautionCode.FEW_PLACES: _("The course is meant for at least %(least)s people; this date has %(capacity)s places."),
    CautionCode.NOTHING_LEFT: _("Every place is kept for other forces, so none is left for %(force)s."),
    CautionCode.OTHER_LENGTH: _("The course lasts %(course)s; this date lasts %(minutes)s."),
    CautionCode.TRAINERS_WANTED: _("Trainers needed for this many places: %(wanted)s. Named so far: %(trainers)s."),
}
_STATES: dict[Deed, Promise] = {
    Deed.EDIT: _("This date is no longer in preparation. Move it or cancel it instead."),
    Deed.PUBLISH: _("This date is no longer in preparation, so it cannot be published again."),
    Deed.MOVE: _("Only a published date that is still to come can be moved. Look at the date as it stands now."),
    Deed.CANCEL: _("Only a published date can be cancelled. Look at the date as it stands now."),
    Deed.HOLD: _("Only a published date can be recorded as held. Look at the date as it stands now."),
    Deed.ALLOT: _("Only a published date has places to allot. Change a date in preparation instead."),
    Deed.CHANGE_TRAINERS: _("This date is over or cancelled, so its trainers stay as they were."),
}
_ALREADY: dict[str, Promise] = {
    "published": _("It was already published on %(at)s. Look at the date as it stands now."),
    "cancelled": _("It was already cancelled on %(at)s. Look at the date as it stands now."),
    "held": _("It was already recorded as held on %(at)s. Look at the date as it stands now."),
}


class PlanRefused(Refusal):
    """A plan breaks rules; `problems` names each of them for a form."""

    code = "plan"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(of(problem) for problem in problems), code=f"plan-{problems[0].code}")
        self.problems = tuple(problems)


class NotNow(Refusal):
    """That cannot be done to the date as it stands; perhaps somebody else was first."""

    code = "not-now"


class ChangedMeanwhile(Refusal):
    """Somebody changed the date after this screen was shown."""

    code = "changed-meanwhile"

    def __init__(self, changed_at: dt.datetime) -> None:
        words = gettext("Somebody else changed this date on %(at)s, after you opened it. Look at it again first.")
        super().__init__(words % {"at": date_time(changed_at)})


class TrainerRefused(Refusal):
    """Somebody cannot be named as trainer of the date."""

    code = "trainer"


def of(problem: Problem) -> str:
    """What is wrong, and what to do."""
    return str(_PROBLEMS[problem.code]) % dict(problem.facts)


def caution_words(caution: Caution) -> str:
    """What to look at."""
    facts = dict(caution.facts)
    if caution.code is CautionCode.OTHER_LENGTH:
        facts = {name: duration_words(int(minutes)) for name, minutes in facts.items()}
    return str(_CAUTIONS[caution.code]) % facts


def refused(no: No, deed: Deed, status: str, changed_at: dt.datetime) -> NotNow:
    """The refusal for a deed that cannot be done to a date in that state, last changed then."""
    if no is No.HAS_BEGUN:
        return NotNow(gettext("The date has begun, or is past. Plan a new one instead."), code=no.value)
    if no is No.STAYS:
        return NotNow(gettext("These are the time and the place that it has. Change one of them."), code=no.value)
    if no is No.NOT_OVER:
        return NotNow(gettext("The date is not over yet. Record it as held once it has ended."), code=no.value)
    already = status in _ALREADY and (status != "published" or deed in {Deed.PUBLISH, Deed.EDIT})
    words = _ALREADY[status] if already else _STATES[deed]
    return NotNow(str(words) % {"at": date_time(changed_at)}, code=f"already-{status}" if already else no.value)


def moment(day: dt.date, time: dt.time, about: str) -> dt.datetime:
    """The moment that London's clocks show so. Raises PlanRefused for a time that night skips or has twice (R11)."""
    facts = {"day": long_date(day), "time": clock_time(time)}
    try:
        return clock.from_wall(day, time)
    except clock.NoSuchTime:
        raise PlanRefused([Problem(Code.SKIPPED_TIME, about, facts)]) from None
    except clock.TwiceThatNight:
        raise PlanRefused([Problem(Code.DOUBLED_TIME, about, facts)]) from None


def usual_close(starts_at: dt.datetime) -> dt.datetime:
    """By when names are wanted unless somebody says otherwise: a week before, at 17:00."""
    return clock.from_wall(clock.london_day(starts_at - CLOSES_BEFORE), CLOSES_AT)


def shifted(plan: Plan, day: dt.date) -> Plan:
    """The same plan on another day: the same times on London's clock, and names wanted as many days before.

    Raises PlanRefused where the clocks of that day do not show such a time, or show it twice.
    """
    days = day - clock.london_day(plan.starts_at)

    def there(at: dt.datetime, about: str) -> dt.datetime:
        wall = clock.london(at)
        return moment(wall.date() + days, wall.time(), about)

    return replace(
        plan,
        starts_at=there(plan.starts_at, "start"),
        ends_at=there(plan.ends_at, "end"),
        nominations_close_at=there(plan.nominations_close_at, "closes"),
    )


def day_and_time(at: dt.datetime) -> str:
    """A moment in full: "Tuesday 12 January 2027, 17:00"."""
    return gettext("%(day)s, %(time)s") % {"day": long_date(at), "time": clock_time(at)}


def span_words(starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """From when to when, and how long: "09:00 to 16:00 (7 hours)"."""
    facts = {"span": clock_span(starts_at, ends_at), "length": duration_words(ends_at - starts_at)}
    return gettext("%(span)s (%(length)s)") % facts
