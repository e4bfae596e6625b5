"""What a directory file would change: its rows beside what stands, compared in memory."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from standdown.people.accounts import policy
from standdown.people.accounts.directory_file import DirectoryReport, Wish
from standdown.people.accounts.directory_known import Key, Known, Plan, change_day
from standdown.people.accounts.directory_managers import line_managers
from standdown.people.accounts.models import Person, Posting
from standdown.people.forces.models import Base, Force, Team


def compare(wishes: Sequence[Wish], report: DirectoryReport, *, only: Force | None, today: dt.date) -> Plan:
    """What to write so that the directory says what the file says. Problems and counts go into `report`.

    `only` is the force beyond which rows may not reach; None for no bound.
    """
    ours = [wish for wish in wishes if only is None or wish.force_id == only.pk]
    for wish in wishes:
        if only is not None and wish.force_id != only.pk:
            report.add(wish.row, _("This is not your force. Its own administrator brings its people in."), "force")
    keys = {wish.key for wish in ours}
    known = Known.of({wish.force_id for wish in ours}, keys)
    report.not_in_file = sum(key not in keys for key in known.people)
    comparison = _Comparison(known, Plan(), report, today)
    for wish in ours:
        comparison.person(wish)
    comparison.addresses(ours)
    changed = comparison.changed | line_managers(
        people=comparison.people, known=known, wishes=ours, plan=comparison.plan, report=report, today=today
    )
    report.added = len(comparison.new)
    report.changed = len(changed - comparison.new)
    report.unchanged = len(ours) - report.added - report.changed
    report.teams_made, report.bases_made = len(comparison.plan.teams), len(comparison.plan.bases)
    return comparison.plan


@dataclass(slots=True)
class _Comparison:
    known: Known
    plan: Plan
    report: DirectoryReport
    today: dt.date
    people: dict[Key, Person] = field(default_factory=dict)
    new: set[uuid.UUID] = field(default_factory=set)
    changed: set[uuid.UUID] = field(default_factory=set)

    def person(self, wish: Wish) -> None:
        """Find or make the person of a row, and their posting."""
        person = self.known.people.get(wish.key)
        if person is not None:
            self._check_same(wish, person)
            self._details(wish, person)
            self._posting(wish, person)
        else:
            person = self._back(wish)
        if person is None:
            person = Person(
                given_name=wish.given_name, family_name=wish.family_name, kind=wish.kind,
                work_email=wish.work_email or "", language=wish.language or "en", home_force_id=wish.force_id,
            )  # fmt: skip
            self.plan.new_people.append(person)
            self.new.add(person.pk)
            self._post(wish, person, wish.since or self.today)
        self.people[wish.key] = person

    def _check_same(self, wish: Wish, person: Person) -> None:
        known = (person.given_name, person.family_name, person.work_email)
        given = (wish.given_name, wish.family_name, person.work_email if wish.work_email is None else wish.work_email)
        if policy.somebody_else(known, given) and person.work_email:
            sentence = _("This number belongs to somebody with another name and address. End that posting first.")
            self.report.add(wish.row, sentence, "number")

    def _back(self, wish: Wish) -> Person | None:
        """Who served under this number before and comes back; None when it is somebody new."""
        person, last = self.known.left.get(wish.key, (None, None))
        if person is None or last is None or last.until is None or person.home_force_id != wish.force_id:
            return None
        if person.pk in self.known.serving:  # under another number
            return None
        known = (person.given_name, person.family_name, person.work_email)
        if not policy.came_back(known, (wish.given_name, wish.family_name, wish.work_email or "")):
            return None
        self._details(wish, person)
        self._post(wish, person, max(wish.since or self.today, last.until))
        self.changed.add(person.pk)
        return person

    def _details(self, wish: Wish, person: Person) -> None:
        wanted = {
            "given_name": wish.given_name, "family_name": wish.family_name, "kind": wish.kind,
            "work_email": wish.work_email, "language": wish.language,
        }  # fmt: skip
        for name, value in wanted.items():
            if value is not None and getattr(person, name) != value:
                setattr(person, name, value)
                self.plan.changed_people.setdefault(name, []).append(person)
                self.changed.add(person.pk)

    def _posting(self, wish: Wish, person: Person) -> None:
        posting = self.known.postings[wish.key]
        if wish.team is None:
            return
        team = self._team(wish)
        if posting.team_id == (team.pk if team else None):
            return
        self.changed.add(person.pk)
        day = change_day(wish.since, posting.since, self.today)
        if day is None:
            posting.team = team
            self.plan.corrected_postings.append(posting)
            return
        posting.until = day
        self.plan.ended_postings.append(posting)
        self._post(wish, person, day, team)

    def _post(self, wish: Wish, person: Person, day: dt.date, team: Team | None = None) -> None:
        team = team or self._team(wish)
        self.plan.new_postings.append(
            Posting(person=person, force_id=wish.force_id, team=team, number=wish.number, since=day)
        )

    def _team(self, wish: Wish) -> Team | None:
        if not wish.team:
            return None
        base = self._base(wish)
        key = (wish.force_id, wish.team.casefold())
        team = self.known.teams.get(key)
        if team is None:
            team = Team(force_id=wish.force_id, name=wish.team, base=base)
            self.known.teams[key] = team
            self.plan.teams.append(team)
        elif team.closed_on is not None:
            sentence = _("This team was closed. Name another, or have it opened again under the force's bases.")
            self.report.add(wish.row, sentence, "team")
        elif base is not None and team.base_id is None:
            team.base = base
            if team._state.adding is False:
                self.plan.based.append(team)
        elif base is not None and team.base_id != base.pk:
            sentence = _("This team stands at another base, in this file or in the directory. Give both the same base.")
            self.report.add(wish.row, sentence, "base")
        return team

    def _base(self, wish: Wish) -> Base | None:
        if not wish.base:
            return None
        key = (wish.force_id, wish.base.casefold())
        base = self.known.bases.get(key)
        if base is None:
            base = self.known.bases[key] = Base(force_id=wish.force_id, name=wish.base)
            self.plan.bases.append(base)
        return base

    def addresses(self, wishes: Sequence[Wish]) -> None:
        """Refuse an address that stays with somebody else of the force."""
        told = {self.people[wish.key].pk for wish in wishes if wish.work_email is not None}
        kept = {key for key, pk in self.known.addresses.items() if pk not in told}
        for wish in wishes:
            if wish.work_email and (wish.force_id, wish.work_email.casefold()) in kept:
                sentence = _(
                    "Somebody else in the directory has this email address. Correct one of the two; "
                    "if a number changed, change it in their posting first."
                )
                self.report.add(wish.row, sentence, "work e-mail")
