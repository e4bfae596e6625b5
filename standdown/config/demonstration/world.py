"""The demonstration as a whole: emptied, rebuilt, marked as made up."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources

from django.apps import apps
from django.core.management import call_command
from django.db import connection

from standdown.audit import anchors
from standdown.audit.models import Entry
from standdown.config.demonstration import care, dates, people, plan, training
from standdown.foundation import access, clock, db
from standdown.foundation.access import Actor
from standdown.foundation.models import Mark
from standdown.people.adoption.actions import record_step, tick
from standdown.people.adoption.models import ChecklistItem
from standdown.people.forces.actions import add_force, import_forces, merge_forces, start_collaboration
from standdown.people.models import Account, Force, Person
from standdown.training.courses.actions import set_up_course
from standdown.training.models import Session

MARK = "demonstration"
BY = "the demonstration"
STEPS = 6
Progress = Callable[[int, int], None]


class NotADemonstration(Exception):
    """The database holds data that nobody marked as made up; it is not touched."""


@dataclass(frozen=True, slots=True)
class Built:
    """What was built, in numbers."""

    forces: int
    adopted: int
    people: int
    sessions: int
    named: int
    exposed: int


def rebuild(at: dt.datetime, progress: Progress) -> Built:
    """Throw the old demonstration away and build a new one around the day `at`.

    Raises NotADemonstration where the database holds anything else.
    """
    with db.in_a_hurry():
        _clear()
        built = _build(at, progress)
    anchors.begin_anew(at)
    return built


def _build(at: dt.datetime, progress: Progress) -> Built:
    by = access.system(BY)
    with db.one_transaction(), db.open_for(BY):
        Mark.objects.create(name=MARK)
    forces = _forces(by, at)
    progress(1, STEPS)
    _adoption(by, forces, at)  # before there is anybody to tell: steps of years ago are not sent out today
    progress(2, STEPS)
    with db.one_transaction(), db.open_for(BY):
        people.populate(forces, at)
    progress(3, STEPS)
    set_up_course(by=by, at=_archive_moment())
    dates.plan_dates(by, forces, at)
    progress(4, STEPS)
    named = training.go_on(by, forces, at)
    progress(5, STEPS)
    exposed = care.go_on(forces, at)
    progress(STEPS, STEPS)
    return Built(
        forces=Force.objects.count(),
        adopted=len(plan.ADOPTED),
        people=Person.objects.count(),
        sessions=Session.objects.count(),
        named=named,
        exposed=exposed,
    )


def who_can_sign_in() -> list[tuple[str, str, str]]:
    """Name, role and force of each account that signs in with one click."""
    accounts = (
        Account.objects.filter(demonstration=True).select_related("person__home_force").order_by("created_at", "id")
    )
    found = []
    for account in accounts.prefetch_related("person__grants"):
        grants = list(account.person.grants.all())
        role = grants[0].get_role_display() if grants else str(account.person.get_kind_display())
        force = account.person.home_force
        found.append((account.person.full_name, role, force.name if force else "the national body"))
    return found


def may_be_emptied(tables: set[str]) -> bool:
    """True for a database with these tables that is marked as made up, or that holds nothing but our empty tables.

    An unknown table is somebody else's: emptying takes away every table there is.
    """
    if _is_marked(tables):
        return True
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} | {"django_migrations"}
    kept = [model for model in (Force, Person, Account, Entry) if model._meta.db_table in tables]
    return tables <= ours and not any(model.objects.exists() for model in kept)


def _is_marked(tables: set[str]) -> bool:
    return Mark._meta.db_table in tables and Mark.objects.filter(pk=MARK).exists()


def _clear() -> None:
    tables = set(connection.introspection.table_names())
    if not may_be_emptied(tables):
        raise NotADemonstration
    if _is_marked(tables):
        db.empty()  # where nothing was made yet there is nothing to take away, and migrating anew is most of the work
    call_command("migrate", verbosity=0, interactive=False)


def _forces(by: Actor, at: dt.datetime) -> dict[str, Force]:
    source = io.BytesIO(resources.files("standdown.people.forces").joinpath("data/forces.csv").read_bytes())
    report = import_forces(by=by, at=at, source=source, dry_run=False, progress=lambda _done, _all: None)
    if not report.ok:
        raise RuntimeError(report.problems)
    forces = {force.slug: force for force in Force.objects.all()}
    for name, members in plan.COLLABORATIONS.items():
        start_collaboration(
            by=by, at=at, name=name, forces=[forces[slug] for slug in members], since=dt.date(2021, 4, 1)
        )
    return forces


def _adoption(by: Actor, forces: dict[str, Force], at: dt.datetime) -> None:
    today = clock.london_day(at)
    for slug in plan.ADOPTED + plan.PAUSED + plan.WITHDRAWN:
        for item in ChecklistItem.values:
            tick(by=by, at=at, force=forces[slug], item=ChecklistItem(item))
    for slugs, states in (
        (plan.ADOPTED, ("registered-interest", "senior-approval", "adopted")),
        (plan.PAUSED, ("registered-interest", "senior-approval", "adopted", "paused")),
        (plan.WITHDRAWN, ("registered-interest", "senior-approval", "adopted", "withdrawn")),
        (plan.APPROVED, ("registered-interest", "senior-approval")),
        (plan.INTEREST, ("registered-interest",)),
    ):
        for slug in slugs:
            for number, state in enumerate(states):
                began = dt.date(2021, 1, 11) + dt.timedelta(days=90 * number)
                record_step(by=by, at=at, force=forces[slug], state=state, since=began)
    april = dt.date(today.year + 1, 4, 1)
    merged = Force(
        slug="norfolk-and-suffolk",
        name="Norfolk and Suffolk Constabulary",
        short_name="Norfolk and Suffolk",
        region="Eastern",
        jurisdiction="england-and-wales",
        stood_up=april,
    )
    add_force(by=by, at=at, force=merged)
    merge_forces(by=by, at=at, origins=[forces[slug] for slug in plan.MERGER], into=merged, since=april)


def _archive_moment() -> dt.datetime:
    return dt.datetime(2022, 7, 1, 9, tzinfo=dt.UTC)
