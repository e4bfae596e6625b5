"""What people wish for themselves: whom they exclude for good, whom they would rather talk to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from standdown.audit.act import act
from standdown.care.wishes.models import DefuserProfile, Exclusion, Wish
from standdown.care.wishes.refusals import ExcludedAlready, NotOneself, Unknown
from standdown.foundation.access import Actor, Can
from standdown.people.models import Person, Posting


def exclude(*, by: Actor, at: dt.datetime, person: Person, number: str) -> Exclusion:
    """Never be dealt with or seen by somebody, named by their collar or staff number; no reason is asked.

    It holds at once, beats every role, and the excluded cannot tell. Raises Unknown, NotOneself, ExcludedAlready.
    """
    with act(by, Can.KEEP_OWN_CARE, on=Exclusion(person=person, since=at), at=at) as step:
        rows = Posting.objects.filter(force=person.home_force_id, number__iexact=number.strip(), until=None)
        found = rows.select_related("person").first()
        if found is None:
            raise Unknown
        if found.person_id == person.pk:
            raise NotOneself
        if Exclusion.objects.standing().filter(person=person, excluded=found.person).exists():
            raise ExcludedAlready
        made = Exclusion.objects.create(person=person, excluded=found.person, since=at)
        step.about(made)
    return made


def take_back(*, by: Actor, at: dt.datetime, exclusion: Exclusion) -> None:
    """Take an exclusion back. Doing so twice is doing so once."""
    with act(by, Can.KEEP_OWN_CARE, on=exclusion, at=at):
        Exclusion.objects.standing().filter(pk=exclusion.pk).update(ended_at=at)


def wish(*, by: Actor, at: dt.datetime, person: Person, **wishes: Any) -> Wish:
    """Say what kind of colleague one would rather talk to (fields of Wish); what is left out does not matter."""
    made = Wish(person=person, said_at=at, **wishes)
    with act(by, Can.KEEP_OWN_CARE, on=made, at=at):
        Wish.objects.update_or_create(person=person, defaults={**_clear(), **wishes, "said_at": at})
    return Wish.objects.get(person=person)


def _clear() -> dict[str, Any]:
    return {
        "rank": "", "unit": "", "sex": "", "welsh": False, "not_own_manager": False, "one_to_one": False, "channel": "",
    }  # fmt: skip


def describe_oneself(
    *, by: Actor, at: dt.datetime, person: Person, rank: int | None, sex: str, welsh: bool,
    supervision_due: dt.date | None,
) -> DefuserProfile:  # fmt: skip
    """Say of oneself, as somebody who leads sessions, what lets wishes be met; each line may stay empty."""
    made = DefuserProfile(person=person, said_at=at)
    facts = {"rank": rank, "sex": sex, "welsh": welsh, "supervision_due": supervision_due, "said_at": at}
    with act(by, Can.KEEP_OWN_CARE, on=made, at=at):
        DefuserProfile.objects.update_or_create(person=person, defaults=facts)
    return DefuserProfile.objects.get(person=person)
