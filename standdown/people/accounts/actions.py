"""What a system administrator does to the directory and to access, and what a person does to their own page."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import BinaryIO

from standdown.audit.act import Step, act
from standdown.foundation import access, clock, db
from standdown.foundation.access import Actor, ActorKind, Can
from standdown.people.accounts import directory_plan, directory_write, hooks, invitations, policy, queries
from standdown.people.accounts import refusals as no
from standdown.people.accounts.directory_file import DirectoryReport, read_directory
from standdown.people.accounts.models import Account, LineManagement, Person, Posting
from standdown.people.accounts.policy import AccountState
from standdown.people.forces.models import Force, Team


def add_person(
    *, by: Actor, at: dt.datetime, given_name: str, family_name: str, kind: str, work_email: str, language: str,
    force: Force | None, number: str = "", team: Team | None = None, since: dt.date | None = None,
) -> Person:  # fmt: skip
    """Add somebody to a force's directory, posted there `since` (today when None).

    Without a force the person belongs to the national body and has no posting. Raises WrongDay, NumberTaken,
    AddressTaken, TeamElsewhere.
    """
    person = Person(
        given_name=given_name, family_name=family_name, kind=kind, work_email=work_email, language=language,
        home_force=force,
    )  # fmt: skip
    today = clock.london_day(at)
    with act(by, Can.KEEP_PEOPLE, on=person, at=at) as step:
        _check_address(person, person.home_force_id)
        person.save(force_insert=True)
        if force is not None:
            _post(person, force=force, team=team, number=number, since=since or today, after=None, today=today)
        step.about(person)
    return person


def change_details(
    *, by: Actor, at: dt.datetime, person: Person, given_name: str, family_name: str, kind: str, work_email: str,
    language: str,
) -> Person:  # fmt: skip
    """Put right a name, kind, address or language. The address with which they sign in stays. Raises AddressTaken."""
    wanted = {
        "given_name": given_name, "family_name": family_name, "kind": kind, "work_email": work_email,
        "language": language,
    }  # fmt: skip
    with act(by, Can.KEEP_PEOPLE, on=person, at=at) as step:
        held = db.lock(Person.objects.filter(pk=person.pk)).get()
        changed = [name for name, value in wanted.items() if getattr(held, name) != value]
        for name in changed:
            setattr(held, name, wanted[name])
        _check_address(held, held.home_force_id)
        if changed:
            held.save(update_fields=changed)
        step.note(changed=",".join(changed))
    return held


def post_person(
    *, by: Actor, at: dt.datetime, person: Person, force: Force, team: Team | None, number: str, since: dt.date
) -> Posting:
    """End the present posting and begin the next on the day `since`.

    On the day of the present posting itself its team and number are put right instead. A move to another force needs
    the permission in both, ends line management and the roles of the old force, and takes the person's record along.
    Raises WrongDay, NumberTaken, AddressTaken, TeamElsewhere.
    """
    today = clock.london_day(at)
    with act(by, Can.KEEP_PEOPLE, on=person, at=at) as step:
        if not access.allows(by, Can.KEEP_PEOPLE, force):
            raise access.NotAllowed(Can.KEEP_PEOPLE)
        held = db.lock(Person.objects.filter(pk=person.pk)).get()
        current = held.postings.filter(until__isnull=True).first()
        if current is not None and (current.force_id, current.since) == (force.pk, since):
            return _put_right(current, force=force, team=team, number=number)
        last = current or held.postings.order_by("-until").first()
        if current is not None:
            _check_day(since, after=current.since, today=today)
            Posting.objects.filter(pk=current.pk).update(until=since)
            after = None
        else:
            after = last.until - dt.timedelta(days=1) if last is not None and last.until else None
        if held.home_force_id != force.pk:
            _move(held, force, since, hooks.Departure(held, held.home_force_id, moved=True, by=by, at=at), step)
        made = _post(held, force=force, team=team, number=number, since=since, after=after, today=today)
        step.note(posting=str(made.pk))
    return made


def end_posting(*, by: Actor, at: dt.datetime, person: Person, until: dt.date) -> None:
    """Record that somebody left policing: posting, line management, roles and access end.

    `until` is the first day on which they no longer serve; access and roles end at once. Raises NotServing, WrongDay.
    """
    with act(by, Can.KEEP_PEOPLE, on=person, at=at) as step:
        held = db.lock(Person.objects.filter(pk=person.pk)).get()
        current = held.postings.filter(until__isnull=True).first()
        if current is None:
            raise no.NotServing
        _check_day(until, after=current.since, today=clock.london_day(at))
        Posting.objects.filter(pk=current.pk).update(until=until)
        _end_line_management(held, until)
        Account.objects.filter(person=held).update(state=Account.State.LEFT)
        _tell(hooks.Departure(held, current.force_id, moved=False, by=by, at=at), step)


def set_line_manager(
    *, by: Actor, at: dt.datetime, person: Person, manager: Person | None, since: dt.date
) -> LineManagement | None:
    """From the day `since` this is the person's line manager (None: nobody is).

    Not oneself, no circle of two, in the same force or a collaborating one. On the day of the present entry itself
    that entry is put right. Raises NotServing, WrongDay, WrongManager.
    """
    today = clock.london_day(at)
    with act(by, Can.KEEP_PEOPLE, on=person, at=at) as step:
        db.lock(Person.objects.filter(pk=person.pk)).get()
        current = person.managed_by.filter(until__isnull=True).first()
        last = person.managed_by.order_by("-until").first()
        after = current.since if current else last.until - dt.timedelta(days=1) if last and last.until else None
        if manager is not None:
            _check_manager(person, manager, current)
        if current is not None and current.since == since:
            current.delete()
        else:
            _check_day(since, after=after, today=today)
            person.managed_by.filter(until__isnull=True).update(until=since)
        if manager is None:
            return None
        made = LineManagement.objects.create(person=person, manager=manager, since=since)
        step.note(line_management=str(made.pk))
    return made


def invite_to_sign_in(*, by: Actor, at: dt.datetime, person: Person) -> str:
    """Send somebody a link, opening their account if need be, that holds once and for 72 hours; the link's token.

    For who can sign in already it is the way back after losing every passkey and password. From now on they sign in
    with their present work address; while they hold a role it must be the one as before, so that nobody
    comes by a role by redirecting its holder's link. Raises NotServing, NoAddress, Suspended, AccountElsewhere,
    AddressChanged.
    """
    with act(by, Can.INVITE_TO_SIGN_IN, on=person, at=at) as step:
        held = db.lock(Person.objects.filter(pk=person.pk)).get()
        account = Account.objects.filter(person=held).first()
        state = AccountState(account.state) if account else None
        if not policy.may_be_invited(state):
            raise no.Suspended
        if held.home_force_id is not None and not held.postings.filter(until__isnull=True).exists():
            raise no.NotServing
        if not held.work_email:
            raise no.NoAddress
        if Account.objects.filter(email__iexact=held.work_email).exclude(person=held).exists():
            raise no.AccountElsewhere
        if by.kind is not ActorKind.SYSTEM and _is_redirected(held, account):
            raise no.AddressChanged
        if account is None:
            account = Account(person=held, created_at=at)
            account.set_unusable_password()
        account.email, account.state = held.work_email, policy.invited_state(state).value
        account.save()
        step.about(account)
        token = invitations.issue(account, at=at)
        for listener in hooks.INVITED:
            listener(account, token, at)
    return token


def _is_redirected(person: Person, account: Account | None) -> bool:
    if account is None or account.last_login is None or account.email.casefold() == person.work_email.casefold():
        return False
    return any(holds(person) for holds in hooks.HOLDS)


def suspend_access(*, by: Actor, at: dt.datetime, account: Account) -> None:
    """Stop somebody from signing in, and what they have open at their next click. Raises OwnAccess, NotSuspendable."""
    with act(by, Can.END_ACCESS, on=account, at=at):
        held = _others_account(by, account)
        if not policy.may_be_suspended(AccountState(held.state)):
            raise no.NotSuspendable
        held.state = Account.State.SUSPENDED
        held.save(update_fields=["state"])


def restore_access(*, by: Actor, at: dt.datetime, account: Account) -> None:
    """Lift a suspension. Raises OwnAccess, NotSuspended."""
    with act(by, Can.END_ACCESS, on=account, at=at):
        held = _others_account(by, account)
        if held.state != Account.State.SUSPENDED:
            raise no.NotSuspended
        held.state = policy.restored_state(signed_in_before=held.last_login is not None).value
        held.save(update_fields=["state"])


def choose_language(*, by: Actor, at: dt.datetime, account: Account, language: str) -> None:
    """Choose the language of the messages to oneself."""
    with act(by, Can.KEEP_OWN_ACCOUNT, on=account, at=at) as step:
        Person.objects.filter(pk=account.person_id).update(language=language)
        step.note(language=language)


def import_people(
    *, by: Actor, at: dt.datetime, source: BinaryIO, dry_run: bool, progress: Callable[[int, int], None]
) -> DirectoryReport:
    """Bring a directory into line with a file: new people, changed names, dated changes of team and line manager.

    The number in the force says who is meant. Who is not in the file stays as they are. Somebody who keeps one
    force's directory may bring in that force's people only. Nothing is written when any row is wrong.
    """
    report = DirectoryReport(dry_run=dry_run)
    wishes = read_directory(source, report, today=clock.london_day(at))
    subject = queries.directory_subject(by, {wish.force_id for wish in wishes})
    with act(by, Can.KEEP_PEOPLE, on=subject or Person, at=at) as step:
        plan = directory_plan.compare(wishes, report, only=subject, today=clock.london_day(at))
        if report.ok and not dry_run:
            directory_write.write(plan, progress)
        step.note(rows=report.rows, added=report.added, changed=report.changed, problems=len(report.problems))
        step.note(dry_run=dry_run)
    return report


def _others_account(by: Actor, account: Account) -> Account:
    if by.account_id == account.pk:
        raise no.OwnAccess
    return db.lock(Account.objects.filter(pk=account.pk)).get()


def _check_day(day: dt.date, *, after: dt.date | None, today: dt.date) -> None:
    problem = policy.day_problem(day, after=after, today=today)
    if problem is not None:
        raise no.WrongDay(problem)


def _check_address(person: Person, force_id: uuid.UUID | None) -> None:
    others = Person.objects.filter(home_force_id=force_id, work_email__iexact=person.work_email).exclude(pk=person.pk)
    if person.work_email and others.exists():
        raise no.AddressTaken


def _check_place(person: Person, force: Force, team: Team | None, number: str) -> None:
    if team is not None and (team.force_id != force.pk or team.closed_on is not None):
        raise no.TeamElsewhere
    if force.postings.filter(number=number, until__isnull=True).exclude(person=person).exists():
        raise no.NumberTaken


def _post(
    person: Person, *, force: Force, team: Team | None, number: str, since: dt.date, after: dt.date | None,
    today: dt.date,
) -> Posting:  # fmt: skip
    _check_day(since, after=after, today=today)
    _check_place(person, force, team, number)
    return Posting.objects.create(person=person, force=force, team=team, number=number, since=since)


def _put_right(current: Posting, *, force: Force, team: Team | None, number: str) -> Posting:
    _check_place(current.person, force, team, number)
    current.team, current.number = team, number
    current.save(update_fields=["team", "number"])
    return current


def _move(person: Person, force: Force, day: dt.date, departure: hooks.Departure, step: Step) -> None:
    _check_address(person, force.pk)
    _end_line_management(person, day)
    person.home_force = force
    person.save(update_fields=["home_force"])
    _tell(departure, step)


def _tell(departure: hooks.Departure, step: Step) -> None:
    for listener in hooks.DEPARTED:
        listener(departure, step)


def _end_line_management(person: Person, day: dt.date) -> None:
    """Of the person as managed and as manager."""
    for row in [*person.managed_by.filter(until__isnull=True), *person.manages.filter(until__isnull=True)]:
        row.until = policy.end_of(row.since, day)
        row.save(update_fields=["until"])


def _check_manager(person: Person, manager: Person, current: LineManagement | None) -> None:
    above = manager.managed_by.filter(until__isnull=True).values_list("manager_id", flat=True).first()
    problem = policy.manager_problem(
        str(person.pk),
        str(manager.pk),
        current=str(current.manager_id) if current else None,
        managers_manager=str(above) if above else None,
        together=queries.serve_together(person, manager),
    )
    if problem is not None:
        raise no.WrongManager(problem)
