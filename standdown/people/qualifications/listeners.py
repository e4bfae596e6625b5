"""Where the register joins in with the directory: who moves to another force is asked about their qualifications."""

from __future__ import annotations

from standdown.audit.act import Step
from standdown.people.accounts.hooks import Departure
from standdown.people.qualifications import hooks
from standdown.people.qualifications.models import Qualification, RegisterMove


def ask_about_move(departure: Departure, step: Step) -> None:
    """Ask who moved to another force whether their qualifications may go on its register (R52). Inside the act.

    A question about an earlier move that was never answered ends as not approved. Who comes back to the force on whose
    register they stand is asked nothing.
    """
    person, at = departure.person, departure.at
    RegisterMove.objects.filter(person=person, decided_at__isnull=True).update(decided_at=at, approved=False)
    elsewhere = Qualification.objects.standing().filter(person=person).exclude(force=person.home_force)
    if not departure.moved or person.home_force_id is None or not elsewhere.exists():
        return
    move = RegisterMove.objects.create(
        person=person, from_force_id=departure.force_id, to_force_id=person.home_force_id, asked_at=at
    )
    step.note(register_move=str(move.pk))
    for listener in hooks.MOVE_ASKED:
        listener(move, at)
