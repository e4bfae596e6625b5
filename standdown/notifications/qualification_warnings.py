"""Warnings 90 and 30 days before a qualification ends, and when it has ended: to the person and the leads (R50)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from django.db.models import Exists, Max, OuterRef, Q
from django.urls import reverse
from django.utils import translation

from standdown.audit.act import act
from standdown.foundation import access
from standdown.foundation.access import Can
from standdown.foundation.clock import london_day
from standdown.foundation.one_by_one import tried
from standdown.notifications.models import OutboxMessage
from standdown.notifications.outbox import tell
from standdown.notifications.qualification_messages import Ending, QualificationEnding, QualificationsEnding
from standdown.people.models import Force, Person, Posting, Qualification, RoleGrant, Skill, StandDown
from standdown.people.qualifications import policy, practice, words
from standdown.people.qualifications.policy import Practice
from standdown.people.roles.policy import Role

_BY = access.system("warn of qualifications that end")
_LEADS = (Role.WELLBEING_LEAD.value, Role.WELLBEING_DEPUTY.value)
_LISTED = 50  # lines of a list in a mail; the register has the rest
_REMEMBERED = policy.WARNED_AHEAD + 2 * policy.STILL_TOLD  # longer than a qualification is looked at


def each_day(at: dt.datetime) -> None:
    """Tell everybody whose qualification is about to end, and each force's leads in one list.

    However often it is called, each is told once of each of the three days. Each message is an act of its own: what
    fails for one keeps no other waiting.
    """
    day = london_day(at)
    rows = _near_their_end(day)
    _warn_people(rows, at, day)
    lists = OutboxMessage.objects.filter(purpose=QualificationsEnding.__name__).order_by().values_list("about")
    latest = dict(lists.annotate(day=Max("version")))
    by_force: dict[uuid.UUID, list[Qualification]] = {}
    for row in rows:
        if row.force_id is not None and row.force_id == row.person.home_force_id:
            by_force.setdefault(row.force_id, []).append(row)
    for force_id, its in by_force.items():
        last = latest.get(str(force_id))
        after = dt.date.fromordinal(last) if last else day - dt.timedelta(days=1)
        tried(_warn_leads, its, max(after, day - policy.STILL_TOLD), at)


def _near_their_end(day: dt.date) -> list[Qualification]:
    """What ends within ninety days, or ended in the last thirty, of people who serve or are of the national body."""
    serving = Exists(Posting.objects.filter(person=OuterRef("person"), until__isnull=True))
    rows = Qualification.objects.standing().filter(
        Q(person__home_force__isnull=True) | serving,
        valid_until__gte=day - policy.STILL_TOLD,
        valid_until__lte=day + policy.WARNED_AHEAD,
    )
    rows = rows.select_related("person", "force")
    return list(rows.order_by("valid_until", "person__family_name", "person__given_name", "id"))


def _warn_people(rows: Sequence[Qualification], at: dt.datetime, day: dt.date) -> None:
    gone = StandDown.objects.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)
    away = set(gone.values_list("person_id", flat=True))
    told = set(
        OutboxMessage.objects.filter(
            purpose=QualificationEnding.__name__, created_at__gte=at - _REMEMBERED
        ).values_list("about", "version")
    )
    due: dict[tuple[uuid.UUID, dt.date, int], list[Qualification]] = {}
    for row in rows:
        days = policy.warning(row.valid_until, london_day(row.granted_at), day, away=row.person_id in away)
        if days is not None and row.person.work_email:
            due.setdefault((row.person_id, row.valid_until, days), []).append(row)
    practised = practice.practice_of({person for person, _until, _days in due})
    for (person, _until, days), its in due.items():
        if not any((str(row.pk), days) in told for row in its):
            tried(_warn_person, its, days, practised[person], at)


def _warn_person(rows: Sequence[Qualification], days: int, practised: Iterable[Practice], at: dt.datetime) -> None:
    """One message about all that ends on that day: skills that are kept alike stand together."""
    day, first = london_day(at), rows[0]
    with translation.override(first.person.language):
        kept: dict[str, list[str]] = {}
        for row in rows:
            kept.setdefault(words.keeping(row, practised, day), []).append(str(Skill(row.skill).label))
        message = QualificationEnding(
            about=first.pk, version=days, kept=tuple((", ".join(skills), keeps) for keeps, skills in kept.items()),
            until=first.valid_until, ended=first.valid_until <= day,
        )  # fmt: skip
    with act(_BY, Can.KEEP_OWN_TRAINING, on=first, at=at) as step:
        tell(first.person, message, at=at)
        step.note(days=days, qualifications=len(rows))


def _warn_leads(rows: Sequence[Qualification], after: dt.date, at: dt.datetime) -> None:
    """One list of what fell due since the last list, to the wellbeing lead and the deputies of the day."""
    day, force = london_day(at), rows[0].force
    near = [row for row in rows if policy.crossed(row.valid_until, after, day) is not None]
    if not near or force is None:
        return
    grants = RoleGrant.objects.filter(force=force, role__in=_LEADS).holding_on(day)
    leads = [one for one in Person.objects.filter(pk__in=grants.values("person")) if one.work_email]
    if not leads:
        return
    with act(_BY, Can.SEE_QUALIFICATIONS, on=force, at=at) as step:
        for lead in leads:
            tell(lead, _list(near, force, day, lead.language), at=at)
        step.note(qualifications=len(near), leads=len(leads))


def _list(near: Sequence[Qualification], force: Force, day: dt.date, language: str) -> QualificationsEnding:
    with translation.override(language):
        lines = [(row, Ending(row.person.full_name, str(Skill(row.skill).label), row.valid_until)) for row in near]
    shown = lines[:_LISTED]
    return QualificationsEnding(
        about=force.pk, version=day.toordinal(),
        ended=[line for row, line in shown if row.valid_until <= day],
        ending=[line for row, line in shown if row.valid_until > day],
        more=len(lines) - len(shown), address=reverse("qualifications:list") + "?state=lapsing",
    )  # fmt: skip
