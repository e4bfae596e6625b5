from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standdown.foundation.access import Actor, Can
from standdown.notifications import hooks
from standdown.notifications.force_words.policy import EVERY_KIND
from standdown.notifications.models import ForceWords
from standdown.notifications.outbox import Words, words_of
from standdown.people.models import Force, Person

NAMES: Mapping[str, Promise] = {
    "joining": _("When somebody has a place"),
    "reminder": _("Reminders of the date"),
    "offer": _("When a place is offered"),
    "after": _("After the course: whom to turn to"),
    "limits": _("Read out at the start of a session: the limits of confidentiality"),
}
LANGUAGES = dict(Person.Language.choices)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A force's paragraph for one kind of message in one language; `written` is None where there is none."""

    force: Force
    kind: str
    language: str
    written: ForceWords | None

    @property
    def name(self) -> str | Promise:
        return NAMES[self.kind]

    @property
    def language_name(self) -> str | Promise:
        return LANGUAGES[self.language]

    @property
    def words(self) -> str:
        return self.written.words if self.written else ""

    @property
    def version(self) -> int:
        return self.written.version if self.written else 0


def paragraphs(by: Actor) -> list[tuple[Force, list[Paragraph]]]:
    """Every paragraph that this actor keeps, written or not, by force. Two statements."""
    reach = by.reach(Can.KEEP_FORCE_WORDS)
    forces = list(Force.objects.filter(pk__in=reach.forces).order_by("name"))
    written = {(one.force_id, one.kind, one.language): one for one in ForceWords.objects.filter(force__in=forces)}
    return [
        (
            force,
            [
                Paragraph(force, kind, language, written.get((force.pk, kind, language)))
                for kind in EVERY_KIND
                for language in LANGUAGES
            ],
        )
        for force in forces
    ]


def paragraph(by: Actor, slug: str, kind: str, language: str) -> Paragraph | None:
    """One of them by its words in the address; None where this actor keeps no such paragraph."""
    found = [one for _force, rows in paragraphs(by) for one in rows]
    wanted = (slug, kind, language)
    return next((one for one in found if (one.force.slug, one.kind, one.language) == wanted), None)


def preview(by: Actor, one: Paragraph, words: str, at: dt.datetime) -> Words | None:
    """A real message with these words in it, as it would reach this person; None while there is no example."""
    reader = Person.objects.filter(pk=by.person_id).first() if by.person_id else None
    example = next((found for ask in hooks.EXAMPLES if (found := ask(one.kind, one.force, at))), None)
    if reader is None or example is None:
        return None
    reader.language = one.language
    return words_of(reader, example, own=words)


def read_out(force_id: uuid.UUID, kind: str, language: str) -> tuple[str, int]:
    """The force's own words of a kind, and their version; where it wrote none in that language, its English ones.

    Empty and 0 where it wrote none at all. One statement.
    """
    rows = ForceWords.objects.filter(force=force_id, kind=kind, language__in=[language, Person.Language.ENGLISH])
    found = {row.language: row for row in rows}
    one = found.get(language) or found.get(Person.Language.ENGLISH)
    return (one.words, one.version) if one else ("", 0)
