"""The people of the demonstration: a few in every adopting force, and one account for each role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from standdown.config.demonstration import names, plan
from standdown.people.models import Account, Base, Force, LineManagement, Person, Posting, RoleGrant, Team
from standdown.people.roles.policy import LONGEST, Role

SINCE = dt.date(2020, 1, 1)
LEADS = (Role.WELLBEING_LEAD, Role.WELLBEING_DEPUTY, Role.ESTIP_LEAD, Role.ESTIP_COORDINATOR, Role.PRIVACY_OFFICER)
OTHERS = (
    Role.SUPERVISOR, Role.PEER_SUPPORTER, Role.DEFUSER, Role.OCCUPATIONAL_HEALTH, Role.CONTROL_ROOM,
    Role.POST_INCIDENT_MANAGER, Role.SYSTEM_ADMINISTRATOR,
)  # fmt: skip
NATIONAL = (Role.NATIONAL_COORDINATOR, Role.NATIONAL_COORDINATOR, *(Role.TRAINER,) * 5)
WITH_ACCOUNT = 3  # both coordinators, because one approves what the other proposes, and a trainer


@dataclass(slots=True)
class Cast:
    """Everybody, ready to be written at once."""

    at: dt.datetime
    people: list[Person] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    managers: list[LineManagement] = field(default_factory=list)
    grants: list[RoleGrant] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    named: Iterator[tuple[str, str]] = field(default_factory=names.people)
    numbers: Iterator[int] = field(default_factory=lambda: count(2001))

    def person(self, of: Force | None, team: Team | None = None, kind: str = "officer") -> Person:
        """One more person; in a force they have a posting and a number."""
        given, family = next(self.named)
        number = next(self.numbers)
        domain = f"{of.slug}.example" if of else "national.example"
        made = Person(
            given_name=given,
            family_name=family,
            kind=kind,
            home_force=of,
            work_email=f"{given}.{family}{number}@{domain}".lower(),
            language="cy" if of and of.slug == "dyfed-powys" else "en",
        )
        self.people.append(made)
        if of is not None:
            self.postings.append(Posting(person=made, force=of, team=team, number=str(number), since=SINCE))
        return made

    def grant(self, to: Person, role: Role, of: Force | None) -> None:
        """A role that began a month ago and runs for the longest time that a role may."""
        start = self.at.date() - dt.timedelta(days=30)
        self.grants.append(
            RoleGrant(
                person=to,
                role=role.value,
                force=of,
                starts_on=start,
                ends_on=start + LONGEST,
                reason=RoleGrant.Reason.FIRST,
                proposed_at=self.at,
                approved_at=self.at,
            )
        )

    def account(self, of: Person) -> None:
        """A way in with one click, in demonstration mode only."""
        made = Account(
            person=of, email=of.work_email, state=Account.State.ACTIVE, demonstration=True, created_at=self.at
        )
        made.set_unusable_password()
        self.accounts.append(made)

    def write(self) -> None:
        """Put everybody into the database."""
        Person.objects.bulk_create(self.people)
        Posting.objects.bulk_create(self.postings)
        LineManagement.objects.bulk_create(self.managers)
        RoleGrant.objects.bulk_create(self.grants)
        Account.objects.bulk_create(self.accounts)


def populate(forces: dict[str, Force], at: dt.datetime) -> Cast:
    """Make everybody: leads in each adopting force (one post is vacant), everyone else in the home force."""
    cast = Cast(at)
    for slug in plan.ADOPTED:
        _force(cast, forces[slug])
    for number, role in enumerate(NATIONAL):
        who = cast.person(None, kind="staff")
        cast.grant(who, role, None)
        if number < WITH_ACCOUNT:
            cast.account(who)
    cast.write()
    return cast


def _force(cast: Cast, force: Force) -> None:
    teams = _teams(force)
    home = force.slug == plan.HOME
    sergeant = cast.person(force, teams[0])
    for number in range(30 if home else 8):
        person = cast.person(force, teams[number % len(teams)], kind=("officer", "staff", "special")[number % 3])
        cast.managers.append(LineManagement(person=person, manager=sergeant, since=SINCE))
        if home and number == 0:
            cast.account(person)  # somebody without a role
    for role in LEADS + (OTHERS if home else ()):
        if force.slug == plan.VACANT_LEAD and role in {Role.WELLBEING_LEAD, Role.WELLBEING_DEPUTY}:
            continue
        who = sergeant if role is Role.SUPERVISOR else cast.person(force, teams[0], kind="staff")
        cast.grant(who, role, force)
        if home or (force.slug == "kent" and role is Role.WELLBEING_LEAD):
            cast.account(who)


def _teams(force: Force) -> list[Team]:
    bases = [Base(force=force, name=name) for name in plan.BASES]
    Base.objects.bulk_create(bases)
    return Team.objects.bulk_create(
        Team(force=force, base=bases[number % len(bases)], name=name) for number, name in enumerate(plan.TEAMS)
    )
