"""How somebody wishes to be written to, and what their force adds in its own words: read along with the person.

`tell()` asks for it. Where the person comes from a query that went through `with_manner`, that costs no statement;
otherwise one, whatever the number of people.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from standdown.notifications import policy
from standdown.notifications.force_words.policy import KINDS
from standdown.notifications.models import ForceWords
from standdown.people.models import Person

_PREFERENCE = {name: F(f"message_preference__{name}") for name in ("quiet_from", "quiet_until", "chosen_at")}


@dataclass(frozen=True, slots=True)
class Manner:
    """Quiet hours (None: none), and the force's own words by kind of message, in the person's language."""

    quiet: policy.Quiet | None
    words: Mapping[str, str]


def with_manner(people: QuerySet[Person]) -> QuerySet[Person]:
    """The same people, each with what `tell` asks about them. Where a force wrote no Welsh, its English is used."""
    words = ForceWords.objects.filter(
        Q(language=OuterRef("language")) | Q(language=Person.Language.ENGLISH), force=OuterRef("home_force")
    ).order_by("language")  # "cy" stands before "en", and is asked for by readers of Welsh only
    return people.annotate(
        **{f"told_{name}": found for name, found in _PREFERENCE.items()},
        **{f"told_{kind}": Subquery(words.filter(kind=kind).values("words")[:1]) for kind in KINDS},
    )


def of(people: Iterable[Person]) -> dict[uuid.UUID, Manner]:
    """The manner of each, by the person's key. At most one statement."""
    found = {person.pk: person for person in people}
    unread = [key for key, person in found.items() if not hasattr(person, "told_chosen_at")]
    if unread:
        found.update({person.pk: person for person in with_manner(Person.objects.filter(pk__in=unread))})
    return {key: _read(person) for key, person in found.items()}


def _read(person: Any) -> Manner:
    chosen = person.told_chosen_at is not None
    own = (person.told_quiet_from, person.told_quiet_until) if person.told_quiet_from is not None else None
    words = {kind: getattr(person, f"told_{kind}") or "" for kind in KINDS}
    return Manner(own if chosen else policy.QUIET_HOURS, words)
