"""What the benches of matching stand on: a force with duty, defusers and groups of any number."""

from __future__ import annotations

import datetime as dt
import random

from standdown.care.models import Attendee, DefuserProfile, Defusing, DutyPeriod, Exposure, Incident, Wish
from standdown.foundation import db, ids
from standdown.people.models import Base, Force, LineManagement, Person, Posting, Qualification, Team
from standdown.people.roles.policy import Role
from tests import care_cast, cast

AT = cast.AT
PIECE = 2000
FEW, SOME, MANY = 0.1, 0.2, 0.3  # shares of people
SEXES, UNITS = ("", "woman", "man"), ("", "own", "other")
LED = (0, 0, 0, 1, 1, 2, 3)  # sessions led lately, by how many of seven
SHIFTS = ((7, 15), (14, 22), (8, 17), (9, 18))  # hours of the day in UTC, which is London's in November


class Scene:
    """An incident of so many groups of seven or eight, in a force with so many people who can defuse."""

    def __init__(self, slug: str, groups: int, people: int, defusers: int, slots: int) -> None:
        self.draw = random.Random(slug)  # noqa: S311 - made-up people, the same each time
        self.force: Force = cast.force(slug)
        self.lead = cast.holder(Role.ESTIP_COORDINATOR, self.force, "Cora")
        with db.open_for("the bench"):
            self.teams = self._teams(max(4, (people + defusers) // 12))
            self.defusers = self._people(defusers)
            self._qualify()
            self.exposed = self._people(people)
            self.incident: Incident = care_cast.incident(self.force, programme=self._programme(slots), major=groups > 1)
            self.sessions = self._groups(groups)
            self._led()
            self._duty([*self.defusers, *self.exposed])
            self._wishes()

    def _programme(self, slots: int) -> object:
        """The one that ships, with a window of two hours for each time looked at."""
        made = care_cast.programme()
        until = 48 + 2 * slots
        copied = type(made)(
            **{
                field.attname: getattr(made, field.attname)
                for field in made._meta.concrete_fields
                if field.name not in {"id", "force", "number"}
            },
            force=self.force, number=1,
        )  # fmt: skip
        copied.defuse_green_until_hours = until
        copied.defuse_amber_until_hours = max(until, copied.defuse_amber_until_hours)
        copied.save(force_insert=True)
        for part in (made.categories, made.roles):
            rows = list(part.all())
            for row in rows:
                row.pk, row.programme = ids.new(), copied
            type(rows[0]).objects.bulk_create(rows)
        return copied

    def _teams(self, number: int) -> list[Team]:
        bases = [Base(force=self.force, name=f"Base {one}") for one in range(max(2, number // 8))]
        Base.objects.bulk_create(bases)
        teams = [Team(force=self.force, base=self.draw.choice(bases), name=f"Team {one}") for one in range(number)]
        return Team.objects.bulk_create(teams)

    def _people(self, number: int) -> list[Person]:
        made = [
            Person(given_name="Some", family_name=f"Body{one}", home_force=self.force, kind="officer",
                   work_email=f"{ids.new().hex}@bench.example")
            for one in range(number)
        ]  # fmt: skip
        Person.objects.bulk_create(made, batch_size=PIECE)
        Posting.objects.bulk_create(
            [
                Posting(person=one, force=self.force, number=one.pk.hex[-12:], since=dt.date(2020, 1, 1),
                        team=self.draw.choice(self.teams))
                for one in made
            ],
            batch_size=PIECE,
        )  # fmt: skip
        return made

    def _qualify(self) -> None:
        until = dt.date(2028, 1, 1)
        Qualification.objects.bulk_create(
            [
                Qualification(person=one, force=self.force, skill="defuse", valid_from=dt.date(2025, 1, 1),
                              valid_until=until, latest_until=until, source="imported", granted_at=AT)
                for one in self.defusers
            ],
            batch_size=PIECE,
        )  # fmt: skip
        DefuserProfile.objects.bulk_create(
            [
                DefuserProfile(person=one, rank=self.draw.choice([1, 2, 3]), sex=self.draw.choice(SEXES),
                               welsh=self.draw.random() < FEW, said_at=AT)
                for one in self.defusers
            ],
            batch_size=PIECE,
        )  # fmt: skip

    def _groups(self, number: int) -> list[Defusing]:
        role = care_cast.role(of=self.incident.programme)
        exposures = [
            Exposure(incident=self.incident, person=one, force=self.force, role=role, closeness=2, added_at=AT,
                     added_as="supervisor", changed_at=AT)
            for one in self.exposed
        ]  # fmt: skip
        Exposure.objects.bulk_create(exposures, batch_size=PIECE)
        made = [
            Defusing(incident=self.incident, force=self.force, number=one + 1, kind="group", closeness=2,
                     state="planned", made_at=AT, changed_at=AT)
            for one in range(number)
        ]  # fmt: skip
        Defusing.objects.bulk_create(made, batch_size=PIECE)
        Attendee.objects.bulk_create(
            [Attendee(defusing=made[place * number // len(exposures)], exposure=one)
             for place, one in enumerate(exposures)],
            batch_size=PIECE,
        )  # fmt: skip
        LineManagement.objects.bulk_create(
            [LineManagement(person=one, manager=self.draw.choice(self.defusers), since=dt.date(2020, 1, 1))
             for one in self.exposed if self.draw.random() < MANY],
            batch_size=PIECE,
        )  # fmt: skip
        return made

    def _led(self) -> None:
        """What was led lately, in an incident of its own."""
        before = care_cast.incident(self.force)
        days = [
            (who, AT - dt.timedelta(days=3 + 5 * number))
            for who in self.defusers
            for number in range(self.draw.choice(LED))
        ]
        Defusing.objects.bulk_create(
            [
                Defusing(incident=before, force=self.force, number=place + 1, kind="one", closeness=2, state="held",
                         defuser=who, starts_at=start, ends_at=start + dt.timedelta(hours=1), made_at=start,
                         changed_at=start)
                for place, (who, start) in enumerate(days)
            ],
            batch_size=PIECE,
        )  # fmt: skip

    def _duty(self, people: list[Person]) -> None:
        """Ten days of duty by file for everybody: one shift a team, so that a group can come together."""
        first = AT.replace(hour=0)
        shift_of = {team.pk: place % len(SHIFTS) for place, team in enumerate(self.teams)}
        teams = dict(Posting.objects.filter(force=self.force).values_list("person_id", "team_id"))
        rows, file, leads = [], ids.new(), {one.pk for one in self.defusers}
        for person in people:
            starts, ends = SHIFTS[shift_of.get(teams[person.pk], 0)]
            for day in range(10):
                begin = first + dt.timedelta(days=day)
                rest = self.draw.random() < (0.25 if person.pk in leads else 0.03)
                kind = "rest" if rest else "duty"
                span = (0, 24) if rest else (starts, ends)
                first_hour, last_hour = (begin + dt.timedelta(hours=hour) for hour in span)
                rows.append(
                    DutyPeriod(person=person, force=self.force, kind=kind, file_key=file, starts_at=first_hour,
                               ends_at=last_hour)
                )  # fmt: skip
        DutyPeriod.objects.bulk_create(rows, batch_size=PIECE)

    def _wishes(self) -> None:
        Wish.objects.bulk_create(
            [
                Wish(person=one, sex=self.draw.choice(SEXES), unit=self.draw.choice(UNITS),
                     welsh=self.draw.random() < FEW, said_at=AT)
                for one in self.exposed if self.draw.random() < SOME
            ],
            batch_size=PIECE,
        )  # fmt: skip
