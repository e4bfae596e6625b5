"""What people do to the list of forces, and to what a force is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import BinaryIO

from django.db.models import Q

from standdown.audit.act import act
from standdown.foundation import db
from standdown.foundation.access import Actor, Can
from standdown.foundation.clock import london_day
from standdown.foundation.csv_files import Report
from standdown.people.forces import force_file, policy, queries, refusals
from standdown.people.forces.import_plan import FACTS, NAMES, Plan, planned
from standdown.people.forces.models import (
    Base,
    Collaboration,
    CollaborationMember,
    Force,
    ForceAlias,
    ForceName,
    Succession,
    Team,
)


def add_force(*, by: Actor, at: dt.datetime, force: Force) -> Force:
    """Add a force that is not in the list, named `force` and not saved yet. It may stand up on a day to come.

    Refuses a slug that cannot be an address, what is no ONS code, and words that mean a force already.
    """
    with act(by, Can.KEEP_FORCES, on=Force, at=at) as step:
        if not policy.is_slug(force.slug):
            raise refusals.NotAnAddress(force.slug)
        if force.ons_code and not policy.is_ons_code(force.ons_code):
            raise refusals.NotACode(force.ons_code)
        _refuse_taken(force, force.slug, force.name, force.short_name, force.welsh_name, force.ons_code, at=at)
        force.save(force_insert=True)
        ForceName.objects.create(force=force, since=force.stood_up, **{field: getattr(force, field) for field in NAMES})
        step.about(force)
        return force


def rename_force(
    *, by: Actor, at: dt.datetime, force: Force, name: str, short_name: str, welsh_name: str, since: dt.date
) -> ForceName:
    """Record what a force is called from a day on (R19). The day may lie in the past or still come.

    The force's own row holds the name of today. It changes at once when the new name holds today; a name to come is
    put there on its day by `let_names_take_effect`. A name of the past fills in history and changes nothing else.
    """
    with act(by, Can.KEEP_FORCES, on=force, at=at) as step:
        names = queries.called(list(force.names.all()))
        wanted = policy.Called(since, name, short_name, welsh_name)
        _refuse_unless_standing(force, since)
        if any(one.since == since for one in names):
            raise refusals.NamedThatDay(force.name, since)
        if policy.name_on(since, names).same_words(wanted):
            raise refusals.SameName(since)
        _refuse_taken(force, name, short_name, welsh_name, at=at)
        made = ForceName.objects.create(
            force=force, name=name, short_name=short_name, welsh_name=welsh_name, since=since
        )
        _follow_calendar(force, policy.name_on(london_day(at), [*names, wanted]))
        step.about(made)
        return made


def let_names_take_effect(*, by: Actor, at: dt.datetime) -> int:
    """Bring every force's row to the name that holds on the day of `at`; how many changed. The worker asks daily.

    Changing the row, rather than choosing a name at each reading, also tells the copies of public pages.
    """
    if not queries.overtaken(london_day(at)):
        return 0
    with act(by, Can.KEEP_FORCES, on=Force, at=at) as step:
        changed = queries.overtaken(london_day(at))
        for force in changed:
            _follow_calendar(force, queries.name_on(force, london_day(at)))
        step.note(changed=len(changed))
        return len(changed)


def add_alias(*, by: Actor, at: dt.datetime, force: Force, alias: str) -> ForceAlias:
    """Add another word for a force. Refuses one that means a force already, this or another."""
    with act(by, Can.KEEP_FORCES, on=force, at=at) as step:
        for owner in queries.ForceIndex(london_day(at)).owners(alias):
            raise refusals.WordTaken(alias, owner.name)
        made = ForceAlias.objects.create(force=force, alias=alias)
        step.about(made)
        return made


def remove_alias(*, by: Actor, at: dt.datetime, alias: ForceAlias) -> None:
    """Take a word for a force away; files that use it will name their rows as wrong."""
    with act(by, Can.KEEP_FORCES, on=alias, at=at):
        alias.delete()


def set_dates_public(*, by: Actor, at: dt.datetime, force: Force, public: bool) -> None:
    """Show a force's training dates on the public pages, or keep them to those who are signed in."""
    with act(by, Can.KEEP_FORCES, on=force, at=at) as step:
        force.dates_public = public
        force.save(update_fields=["dates_public"])
        step.note(public=public)


def merge_forces(
    *, by: Actor, at: dt.datetime, origins: Sequence[Force], into: Force, since: dt.date
) -> list[Succession]:
    """From `since` on, `into` stands where the origins stood, and they stand down (R19).

    `into` is a force that stood before, or one that was added to stand up by that day. People, roles and sessions of
    the origins stay theirs: whoever asks for today's force follows the succession. Adoption is not inherited.
    """
    with act(by, Can.KEEP_FORCES, on=into, at=at) as step:
        made = _succeed(origins, [into], Succession.Kind.MERGER, since)
        step.note(origins=",".join(sorted(one.slug for one in origins)), since=since.isoformat())
        return made


def split_force(
    *, by: Actor, at: dt.datetime, origin: Force, into: Sequence[Force], since: dt.date
) -> list[Succession]:
    """From `since` on, two or more forces stand where one stood, and it stands down (R19). Its history stays."""
    with act(by, Can.KEEP_FORCES, on=origin, at=at) as step:
        made = _succeed([origin], into, Succession.Kind.SPLIT, since, least=2)
        step.note(successors=",".join(sorted(one.slug for one in into)), since=since.isoformat())
        return made


def add_base(*, by: Actor, at: dt.datetime, force: Force, name: str) -> Base:
    """Add a base. Its name is new in the force, closed ones included, so that a name in old records means one place."""
    with act(by, Can.KEEP_BASES, on=force, at=at) as step:
        if Base.objects.filter(force=force, name__iexact=name).exists():
            raise refusals.PlaceTaken(name)
        base = Base.objects.create(force=force, name=name)
        step.about(base)
        return base


def close_base(*, by: Actor, at: dt.datetime, base: Base, closed_on: dt.date) -> None:
    """Close a base from a day on. Refuses while teams of it are open, or when it is closed already."""
    with act(by, Can.KEEP_BASES, on=base, at=at):
        base = db.lock(Base.objects.filter(pk=base.pk)).get()
        if base.closed_on is not None:
            raise refusals.ClosedAlready(base.name, base.closed_on)
        still = Q(closed_on__isnull=True) | Q(closed_on__gt=closed_on)
        teams = list(Team.objects.filter(still, base=base).values_list("name", flat=True))
        if teams:
            raise refusals.TeamsStillThere(base.name, teams)
        base.closed_on = closed_on
        base.save(update_fields=["closed_on"])


def add_team(*, by: Actor, at: dt.datetime, force: Force, name: str, base: Base | None = None) -> Team:
    """Add a team, in an open base of the same force or in none."""
    with act(by, Can.KEEP_BASES, on=force, at=at) as step:
        if base is not None and base.force_id != force.pk:
            raise refusals.BaseElsewhere
        if base is not None and base.closed_on is not None:
            raise refusals.ClosedAlready(base.name, base.closed_on)
        if Team.objects.filter(force=force, name__iexact=name).exists():
            raise refusals.PlaceTaken(name)
        team = Team.objects.create(force=force, base=base, name=name)
        step.about(team)
        return team


def close_team(*, by: Actor, at: dt.datetime, team: Team, closed_on: dt.date) -> None:
    """Close a team from a day on. Who served in it stays on record."""
    with act(by, Can.KEEP_BASES, on=team, at=at):
        team = db.lock(Team.objects.filter(pk=team.pk)).get()
        if team.closed_on is not None:
            raise refusals.ClosedAlready(team.name, team.closed_on)
        team.closed_on = closed_on
        team.save(update_fields=["closed_on"])


def start_collaboration(
    *, by: Actor, at: dt.datetime, name: str, forces: Sequence[Force], since: dt.date
) -> Collaboration:
    """Record that two or more forces share a lead and pool places from a day on; each keeps its own register (R20)."""
    with act(by, Can.KEEP_COLLABORATIONS, on=Collaboration, at=at) as step:
        if len({force.pk for force in forces}) <= 1:
            raise refusals.NotTogether
        if Collaboration.objects.filter(name__iexact=name).exists():
            raise refusals.CollaborationThere(name)
        for force in forces:
            _refuse_unless_standing(force, since)
        made = Collaboration.objects.create(name=name)
        members = {force.pk: CollaborationMember(collaboration=made, force=force, since=since) for force in forces}
        CollaborationMember.objects.bulk_create(members.values())
        step.about(made)
        return made


def join_collaboration(
    *, by: Actor, at: dt.datetime, collaboration: Collaboration, force: Force, since: dt.date
) -> CollaborationMember:
    """Let a force take part from a day on. A force that left may come back."""
    with act(by, Can.KEEP_COLLABORATIONS, on=collaboration, at=at) as step:
        _refuse_unless_standing(force, since)
        overlaps = Q(until__isnull=True) | Q(until__gt=since)
        if CollaborationMember.objects.filter(overlaps, collaboration=collaboration, force=force).exists():
            raise refusals.MemberAlready(force.name)
        member = CollaborationMember.objects.create(collaboration=collaboration, force=force, since=since)
        step.about(member)
        return member


def leave_collaboration(*, by: Actor, at: dt.datetime, member: CollaborationMember, until: dt.date) -> None:
    """End a force's part; `until` is the first day on which it no longer takes part."""
    with act(by, Can.KEEP_COLLABORATIONS, on=member, at=at):
        member = db.lock(CollaborationMember.objects.filter(pk=member.pk)).get()
        if member.until is not None or until <= member.since:
            raise refusals.NotAMember(member.force.name)
        member.until = until
        member.save(update_fields=["until"])


def import_forces(
    *, by: Actor, at: dt.datetime, source: BinaryIO, dry_run: bool, progress: Callable[[int, int], None]
) -> Report:
    """Bring in the list of forces: all of it, or nothing when any row is wrong or with `dry_run`.

    A force that is there already takes the row's facts; a changed name holds from the day of `at`. Forces that the
    file does not name stay as they are. The same file again changes nothing.
    """
    report = Report(dry_run=dry_run)
    rows = force_file.facts(source, report)
    with act(by, Can.KEEP_FORCES, on=Force, at=at) as step:
        plan = planned(rows, report, london_day(at))
        if report.ok and not dry_run:
            _write(plan, progress)
        step.note(added=report.added, changed=report.changed, problems=len(report.problems), dry_run=dry_run)
    return report


# -- what several of these need -------------------------------------------------------------------------------------


def _write(plan: Plan, progress: Callable[[int, int], None]) -> None:
    Force.objects.bulk_create(plan.added)
    Force.objects.bulk_update(plan.changed, [*NAMES, *FACTS])
    ForceName.objects.bulk_create(plan.names, update_conflicts=True, unique_fields=["id"], update_fields=list(NAMES))
    progress(len(plan.names), len(plan.names))


def _succeed(
    origins: Sequence[Force], successors: Sequence[Force], kind: Succession.Kind, since: dt.date, *, least: int = 1
) -> list[Succession]:
    locked = db.lock(Force.objects.filter(pk__in=[one.pk for one in (*origins, *successors)]).order_by("pk"))
    named = {force.pk: force for force in locked}
    ending, following = [named[one.pk] for one in origins], [named[one.pk] for one in successors]
    barred = policy.bar_to_succession(since, _standings(ending), _standings(following), least=least)
    if barred is not None:
        bar, slug = barred
        names = {force.slug: force.name for force in named.values()}
        raise refusals.NoSuccession(bar, names.get(slug, ""), since)
    made = [Succession(origin=old, successor=new, kind=kind, since=since) for old in ending for new in following]
    Succession.objects.bulk_create(made)
    Force.objects.filter(pk__in=[one.pk for one in ending]).update(stood_down=since)
    still = Q(until__isnull=True) | Q(until__gt=since)
    CollaborationMember.objects.filter(still, force__in=ending, since__lt=since).update(until=since)
    for force in origins:
        force.stood_down = since
    return made


def _standings(forces: Sequence[Force]) -> list[policy.Standing]:
    return [policy.Standing(one.slug, policy.Span(one.stood_up, one.stood_down)) for one in forces]


def _follow_calendar(force: Force, today: policy.Called) -> None:
    force.name, force.short_name, force.welsh_name = today.name, today.short_name, today.welsh_name
    force.save(update_fields=list(NAMES))


def _refuse_unless_standing(force: Force, day: dt.date) -> None:
    if not policy.Span(force.stood_up, force.stood_down).holds_on(day):
        raise refusals.NotStanding(force.name, day)


def _refuse_taken(force: Force, *words: str, at: dt.datetime) -> None:
    index = queries.ForceIndex(london_day(at))
    for word in words:
        for owner in index.owners(word) if word else ():
            if owner.pk != force.pk:
                raise refusals.WordTaken(word, owner.name)
