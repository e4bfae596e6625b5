"""Many names at once: what a file would do, asked of the rules in few statements, and storing it. Inside an act."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from standdown.foundation import clock
from standdown.foundation.access import Actor, Can
from standdown.foundation.csv_files import Report
from standdown.people.models import Force
from standdown.training.courses.policy import main_skill
from standdown.training.interest.models import Interest
from standdown.training.nominations import candidates, diary, places, policy
from standdown.training.nominations.board import Board
from standdown.training.nominations.bulk_rows import Wish
from standdown.training.nominations.candidates import Known, Others
from standdown.training.nominations.models import Nomination, NominationEvent, State
from standdown.training.nominations.policy import No
from standdown.training.nominations.sentences import NobodyToAsk, OwnRelease, said
from standdown.training.sessions.models import Session, SessionForce, Status

Pair = tuple[uuid.UUID, uuid.UUID]  # a person and a date
# Which column of the file a rule speaks of; of a few, what to do about it in a file.
_COLUMN = {
    **dict.fromkeys((No.NOT_PUBLISHED, No.HAS_BEGUN, No.CLOSED, No.NOT_FOR_FORCE, No.SAME_DAY), "date"),
    No.NOT_ELIGIBLE: "stated",
    No.TERMS: "cost agreed",
}
_IN_A_FILE: dict[No, Promise] = {
    No.NOT_ELIGIBLE: gettext_lazy("In a file, write yes in the column “stated”."),
    No.TERMS: gettext_lazy("In a file, write yes in the column “cost agreed”."),
}


@dataclass(slots=True)
class NamesReport(Report):
    """What a file of names did: beside the counts of rows, where the new names stand."""

    offered: int = 0
    waiting: int = 0
    asked: int = 0  # whose line manager is asked first
    ended_before: int = 0  # names that were on the date before and came off it

    @property
    def notes(self) -> list[str]:
        """What else there is to say, a sentence each."""
        if not self.ended_before:
            return []
        words = _(
            "%(count)s were on the date before and came off it. They are left as they are; put them forward one by one "
            "if you mean it."
        )
        return [words % {"count": self.ended_before}]

    def as_dict(self) -> dict[str, object]:
        """The report for another program."""
        names = ("offered", "waiting", "asked", "ended_before")
        return Report.as_dict(self) | {name: getattr(self, name) for name in names}


@dataclass(slots=True)
class Work:
    """The names to store, in the order of the file, and whose interest is answered by it."""

    made: list[Nomination] = field(default_factory=list)
    interested: dict[uuid.UUID, list[uuid.UUID]] = field(default_factory=lambda: defaultdict(list))  # by course


def forces_of(by: Actor, at: dt.datetime) -> list[Force]:
    """The forces whose people this actor may put forward. One statement."""
    reach, standing = by.reach(Can.PUT_FORWARD), Force.objects.standing_on(clock.london_day(at)).order_by("name")
    return list(standing if reach.everywhere else standing.filter(pk__in=reach.forces))


def next_reference(force: Force, at: dt.datetime) -> str:
    """The reference of the force's next date for which names are open; empty when there is none."""
    rows = Session.objects.filter(for_forces__force=force, status=Status.PUBLISHED, nominations_close_at__gt=at)
    return rows.order_by("starts_at").values_list("reference", flat=True).first() or ""


def sorted_out(wishes: Sequence[Wish], force: Force, by: Actor, report: NamesReport, at: dt.datetime) -> Work:
    """Ask the rules about every row as if each were put forward by itself, in order; say all that is wrong.

    The same number of statements whatever the number of rows. Unless this is a dry run, the dates are locked.
    """
    dates = _Dates(wishes, force)
    dated = (wish for wish in wishes if wish.reference or wish.day)
    meant = [(wish, key) for wish in dated if (key := dates.meant(wish, report)) is not None]
    known = candidates.known_many(force, {wish.key for wish in wishes}, at)
    if any(not one.adopted for one in known.values()):
        report.add(0, said(No.NOT_ADOPTED, ""))
        return Work()
    boards = places.boards({key for _wish, key in meant}, at, locked=not report.dry_run)
    sorting = _Sorting(force, by, report, at, known)
    sorting.learn(boards)
    named = {wish.row for wish in wishes if wish.number and sorting.is_known(wish)}
    for wish, key in meant:
        if wish.sound and wish.row in named:
            sorting.ask(wish, boards[key])
    return sorting.placed(boards.values())


class _Dates:
    """The dates that the rows mean, read at once."""

    def __init__(self, wishes: Sequence[Wish], force: Force) -> None:
        days = [wish.day for wish in wishes if wish.day is not None]
        wanted = Q(reference__in={wish.reference for wish in wishes if wish.reference})
        if days:
            first, last = clock.start_of_day(min(days)), clock.start_of_day(max(days) + dt.timedelta(days=1))
            wanted |= Q(starts_at__gte=first, starts_at__lt=last)
        self.by_reference: dict[str, uuid.UUID] = {}
        self.by_day: dict[dt.date, list[str]] = defaultdict(list)
        rows = SessionForce.objects.filter(force=force, session__in=Session.objects.filter(wanted))
        facts = ("session_id", "session__reference", "session__starts_at", "session__status")
        for key, reference, starts_at, status in rows.order_by("session__starts_at", "session").values_list(*facts):
            if status != Status.DRAFT:
                self.by_reference[reference] = key
            if status == Status.PUBLISHED:
                self.by_day[clock.london_day(starts_at)].append(reference)

    def meant(self, wish: Wish, report: Report) -> uuid.UUID | None:
        """The date of a row; None, and a problem, when none or several are meant."""
        references = [wish.reference] if wish.day is None else self.by_day[wish.day]
        if len(references) > 1:
            words = _("Your force has several dates on this day: %(dates)s. Write the reference of one.")
            report.add(wish.row, words % {"dates": ", ".join(references)}, "date")
            return None
        found = self.by_reference.get(references[0]) if references else None
        if found is None:
            words = _("Your force has no such date. Take the reference or the day from the list of dates.")
            report.add(wish.row, words, "date")
        return found


@dataclass(slots=True)
class _Sorting:
    force: Force
    by: Actor
    report: NamesReport
    at: dt.datetime
    known: dict[str, Known]
    until: dict[tuple[uuid.UUID, str], dt.date] = field(default_factory=dict)
    states: dict[Pair, list[str]] = field(default_factory=lambda: defaultdict(list))
    days: dict[tuple[uuid.UUID, dt.date], set[uuid.UUID]] = field(default_factory=lambda: defaultdict(set))
    acting: diary.Capacity | None = None
    rows: dict[Pair, int] = field(default_factory=dict)
    row_of_day: dict[tuple[uuid.UUID, dt.date], int] = field(default_factory=dict)
    allowed: list[tuple[Wish, Known, Board, policy.Candidate]] = field(default_factory=list)

    def learn(self, dates: Collection[uuid.UUID]) -> None:
        """Read what the rules ask of the force's people, and how they stand on these dates. Three statements."""
        self.until = candidates.qualified(self.force, self.at)
        self.acting = diary.capacity(self.by, self.force.pk, self.at)
        asked = Q(session__in=dates) | Q(state__in=policy.LIVE)
        rows = Nomination.objects.filter(asked, person__home_force=self.force).order_by()
        for person, session, state, starts in rows.values_list(
            "person_id", "session_id", "state", "session__starts_at"
        ):
            self.states[person, session].append(state)
            if state in policy.LIVE:
                self.days[person, clock.london_day(starts)].add(session)

    def is_known(self, wish: Wish) -> bool:
        """True when somebody serves under the number of a row; a problem else."""
        if wish.key not in self.known:
            words = _(
                "Nobody serves in your force under this number. Check it; a spreadsheet may have taken zeros "
                "from its beginning."
            )
            self.report.add(wish.row, words, "number")
        return wish.key in self.known

    def ask(self, wish: Wish, board: Board) -> None:
        """Ask the rules about one row; every problem goes into the report."""
        who, day = self.known[wish.key], clock.london_day(board.session.starts_at)
        pair = (who.person.pk, board.session.pk)
        first = self.rows.setdefault(pair, wish.row)
        if first != wish.row:
            self.report.add(
                wish.row, _("Row %(row)s is the same. Take one of the two away.") % {"row": first}, "number"
            )
            return
        if self.states[pair]:
            self.report.ended_before += all(state in policy.ENDED for state in self.states[pair])
            return
        first = self.row_of_day.setdefault((who.person.pk, day), wish.row)
        if first != wish.row:
            words = _("Row %(row)s puts the same person forward for another date on that day. Take one away.")
            self.report.add(wish.row, words % {"row": first}, "date")
            return
        self._why_not(wish, who, board, day)

    def _why_not(self, wish: Wish, who: Known, board: Board, day: dt.date) -> None:
        until = self.until.get((who.person.pk, main_skill(board.session.course.kind)))
        other = Others(None, in_session=False, same_day=bool(self.days[who.person.pk, day]))
        candidate = candidates.candidate(who._replace(until=until), other, board, stated=wish.stated)
        date = candidates.date_facts(who, board, cost_agreed=wish.cost_agreed)
        bars = policy.why_not(candidate, date, self.at)
        for code in bars:
            words = f"{said(code, who.person.full_name)} {_IN_A_FILE.get(code, '')}".strip()
            self.report.add(wish.row, words, _COLUMN.get(code, "number"))
        own = policy.confirms_own(self.by.person_id, who.person.pk)
        if own and wish.released:
            self.report.add(wish.row, OwnRelease().sentence, "released")
        elif not (wish.released or who.managed_by):
            self.report.add(wish.row, NobodyToAsk(who.person.full_name, own=own).sentence, "released")
        elif not bars:
            self.allowed.append((wish, who, board, candidate))

    def placed(self, boards: Iterable[Board]) -> Work:
        """What the names come to, in the order of the file; nothing when any row is wrong."""
        work = Work()
        if not self.report.ok:
            return work
        if not self.report.dry_run:
            for board in boards:
                places.fill_before(board, self.at)
        for wish, who, board, candidate in self.allowed:
            self._place(work, wish, who, board, candidate)
        self.report.added = len(work.made)
        self.report.unchanged = self.report.rows - self.report.added
        return work

    def _place(self, work: Work, wish: Wish, who: Known, board: Board, candidate: policy.Candidate) -> None:
        made = Nomination(person=who.person, force=self.force, needs=list(wish.needs))
        made.eligibility = candidate.eligibility or ""
        diary.sign(made, board, self.by, self.at, self.acting)
        diary.settle(made, board, self.by, self.at, released=wish.released)
        work.made.append(made)
        if who.interested:
            work.interested[board.session.course_id].append(who.person.pk)
        self.report.offered += made.state == State.OFFERED
        self.report.waiting += made.state == State.WAITING
        self.report.asked += not wish.released


def store(work: Work, by: Actor, at: dt.datetime) -> None:
    """Store the names in the order of the file, and tell each where they stand."""
    Nomination.objects.bulk_create(work.made, batch_size=500)
    places.note(work.made, NominationEvent.Kind.PUT_FORWARD, by.person_id, at)
    for course, people in work.interested.items():
        Interest.objects.open().filter(person__in=people, course=course).update(
            state=Interest.State.PUT_FORWARD, decided_at=at, decided_by_id=by.person_id
        )
    for made in work.made:
        diary.tell_where_it_stands(made, at)
