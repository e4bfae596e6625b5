"""The force's own numbers for a bad night."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from standdown.audit.act import act
from standdown.care.demobilising.models import HelpNumber
from standdown.foundation import db
from standdown.foundation.access import Actor, Can
from standdown.people.models import Force


def set_help_numbers(*, by: Actor, at: dt.datetime, force: Force, numbers: Mapping[str, str]) -> int:
    """Set the numbers of a force, by who answers (HelpNumber.Answers); an empty one is taken away.

    Returns how many there are. They stand on the card, on the take-away page and wherever somebody needs help now.
    """
    assert by.person_id is not None, "numbers are set by a person"
    with act(by, Can.KEEP_PROGRAMME, on=force, at=at) as step:
        held = {one.answers: one for one in db.lock(HelpNumber.objects.filter(force=force))}
        for answers, number in numbers.items():
            if not number:
                HelpNumber.objects.filter(force=force, answers=answers).delete()
            elif answers not in held or held[answers].number != number:
                one = held.get(answers) or HelpNumber(force=force, answers=answers)
                one.number, one.set_at, one.set_by_id = number, at, by.person_id
                one.full_clean(exclude=["set_by"])
                one.save()
        count = sum(bool(number) for number in numbers.values())
        step.note(numbers=count)
    return count
