"""What people do in the simulated year: raise incidents, talk, decide, book, hold, make contacts; late, or never."""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
import random
import uuid
from collections.abc import Callable

from standdown.audit.act import act
from standdown.care.clocks import steps
from standdown.care.clocks.models import Step
from standdown.care.clocks.steps import Owed
from standdown.care.exposures import stages
from standdown.care.models import Category, Exposure, ExposureRole, Incident, Programme
from standdown.care.programme.policy import NextStep, StepKind
from standdown.foundation import access, ids
from standdown.foundation.access import Can
from standdown.people.models import Force, LineManagement, Person, Posting, RoleGrant

JOB = access.system("the people of the year")
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
SINCE, UNTIL = dt.date(2025, 1, 1), dt.date(2028, 1, 1)
POSTS = ("estip-coordinator", "estip-lead", "occupational-health")
CLOSED = Step.Outcome.DONE
Deed = Callable[[dt.datetime], None]


class People:
    """A queue of what happens, each at its time. One holder for each post, so that each link is one person."""

    def __init__(self, forces: list[Force], lots: random.Random) -> None:
        self.lots, self.queue, self.order = lots, list[tuple[dt.datetime, int, Deed]](), itertools.count()
        self.programme = Programme.objects.get(force=None, family="estip-like", number=1)
        self.category = Category.objects.filter(programme=self.programme)[0]
        self.role = ExposureRole.objects.filter(programme=self.programme)[0]
        self.forces = {force: self._staff(force) for force in forces}

    def _staff(self, force: Force) -> tuple[Person, list[Person]]:
        names = ("Inspector", "Sergeant", *POSTS, *(f"Officer {number}" for number in range(8)))
        made = [
            Person(
                given_name=name, family_name=force.slug, home_force=force, kind="officer",
                work_email=f"{ids.new()}@year.example",
            )
            for name in names
        ]  # fmt: skip
        Person.objects.bulk_create(made)
        Posting.objects.bulk_create(
            Posting(person=one, force=force, number=one.pk.hex[-20:], since=SINCE) for one in made
        )
        inspector, sergeant, *others = made
        LineManagement.objects.create(person=sergeant, manager=inspector, since=SINCE)
        RoleGrant.objects.bulk_create(
            RoleGrant(
                person=one, role=role, force=force, starts_on=SINCE, ends_on=UNTIL, reason="appointed",
                proposed_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC), approved_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC),
            )
            for role, one in zip(POSTS, others, strict=False)
        )  # fmt: skip
        return sergeant, others[len(POSTS) :]

    def at(self, moment: dt.datetime, deed: Deed) -> None:
        """Let it happen then."""
        heapq.heappush(self.queue, (moment, next(self.order), deed))

    def happen(self, until: dt.datetime) -> None:
        """Everything that was to happen by then."""
        while self.queue and self.queue[0][0] <= until:
            moment, _order, deed = heapq.heappop(self.queue)
            deed(moment)

    def incident(self, t0: dt.datetime) -> None:
        """Something ends at T0 in some force, for one or two people."""
        force = self.lots.choice(list(self.forces))
        raised = t0 + self.lots.uniform(0.1, 3) * HOUR
        self.at(raised, lambda at: self._raise(force, t0, at))

    def _raise(self, force: Force, t0: dt.datetime, at: dt.datetime) -> None:
        sergeant, officers = self.forces[force]
        with act(JOB, Can.RUN_CARE, on=force, at=at):
            incident = Incident.objects.create(
                force=force, reference=ids.reference("INC"), programme=self.programme, category=self.category,
                ended_at=t0, raised_at=at, raised_as="supervisor", changed_at=at,
            )  # fmt: skip
            owed = Owed(kind=StepKind.CONFIRM_LIST, due_at=t0 + 12 * HOUR, incident=incident.pk)
            steps.open_steps(self.programme, force.pk, [owed], at)
            exposed = [
                Exposure(
                    incident=incident, person=one, force=force, role=self.role, closeness=1, supervisor=sergeant,
                    duty_end_at=t0 + self.lots.uniform(1, 9) * HOUR, added_at=at, added_as="supervisor", changed_at=at,
                )
                for one in self.lots.sample(officers, self.lots.randint(1, 2))
            ]  # fmt: skip
            stages.begin(exposed, JOB, at)
        self._some(0.8, at + self.lots.uniform(1, 30) * HOUR, lambda when: self._close_kind(incident, when))
        for one in exposed:
            self._of(one, t0, at)

    def _of(self, one: Exposure, t0: dt.datetime, at: dt.datetime) -> None:
        key, pick = one.pk, self.lots.uniform
        self._some(0.9, max(t0 + pick(1, 14) * HOUR, at), lambda when: self._talked(key, when))
        self._some(0.4, max(t0 + pick(8, 40) * HOUR, at), lambda when: self._decided(key, when))
        self._some(0.7, max(t0 + pick(20, 80) * HOUR, at), lambda when: self._booked(key, when))
        self._some(0.7, max(t0 + pick(60, 120) * HOUR, at), lambda when: self._held(key, when))
        for days in (14, 31, 91):
            self._some(0.8, t0 + (days + pick(-4, 5)) * DAY, lambda when: self._contacted(key, when))

    def _some(self, share: float, moment: dt.datetime, deed: Deed) -> None:
        if self.lots.random() < share:
            self.at(moment, deed)

    def _close_kind(self, incident: Incident, at: dt.datetime) -> None:
        with act(JOB, Can.RUN_CARE, on=incident, at=at):
            rows = Step.objects.filter(incident=incident, kind=StepKind.CONFIRM_LIST.value)
            steps.close_steps(rows, CLOSED, None, at)

    def _talked(self, key: uuid.UUID, at: dt.datetime) -> None:
        one = Exposure.objects.select_related("incident__programme").get(pk=key)
        if one.stage == "to-demobilise":
            proposal = self.lots.choice([None, NextStep.DEFUSE_GROUP, NextStep.NOTHING_NOW])
            with act(JOB, Can.RUN_CARE, on=one, at=at):
                stages.talked(one, proposal, JOB, at, outcome=CLOSED)

    def _decided(self, key: uuid.UUID, at: dt.datetime) -> None:
        one = Exposure.objects.select_related("incident__programme").get(pk=key)
        if one.stage == "to-decide":
            with act(JOB, Can.RUN_CARE, on=one, at=at):
                stages.decide(one, NextStep.DEFUSE_ONE, JOB, at)

    def _booked(self, key: uuid.UUID, at: dt.datetime) -> None:
        one = Exposure.objects.select_related("incident__programme").get(pk=key)
        if one.stage == "to-defuse":
            with act(JOB, Can.RUN_CARE, on=one, at=at):
                stages.booked(one, JOB, at)

    def _held(self, key: uuid.UUID, at: dt.datetime) -> None:
        one = Exposure.objects.select_related("incident__programme").get(pk=key)
        if one.stage in {"to-defuse", "booked"}:
            with act(JOB, Can.RUN_CARE, on=one, at=at):
                stages.after_session(one, CLOSED, JOB, at)

    def _contacted(self, key: uuid.UUID, at: dt.datetime) -> None:
        one = Exposure.objects.get(pk=key)
        first = Step.objects.open().filter(exposure=one, kind__startswith="contact").order_by("due_at").first()
        if first is not None:
            with act(JOB, Can.RUN_CARE, on=one, at=at):
                steps.close_steps(Step.objects.filter(pk=first.pk), CLOSED, None, at)
