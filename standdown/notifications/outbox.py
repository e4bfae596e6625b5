"""`tell()`: a message written in the same transaction as the deed that it tells of. `drop()`: taken back unsent."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import ClassVar

from django.conf import settings
from django.db.models import Case, QuerySet, Value, When
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from standdown.foundation.kept_insert import KeptInsert
from standdown.notifications import manner, policy
from standdown.notifications.force_words.policy import filled
from standdown.notifications.manner import Manner
from standdown.notifications.models import OutboxMessage, State
from standdown.people.models import Person

EVERYTHING = ("*",)
_THIS_IS_ONE = _("This belongs to an exercise: nothing has really happened.")
_ONE = KeptInsert(OutboxMessage, once=True)


class NobodyToNotify(Exception):
    """The person has no address; the screen that acts must say so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What we tell somebody. Each message is one subclass with its facts as fields, one text and one HTML template.

    `about` is the key of the record that it tells of; `version` goes up when the same thing has to be told anew. What
    belongs to an `exercise` says so in its subject, its text and its calendar entry.
    Templates lie in `<part>/jinja2/<template>.txt` and `.html`; the subject is the text's first line, after "Subject:".
    """

    template: ClassVar[str]
    urgent: ClassVar[bool] = False  # goes out in quiet hours, too
    confidential: ClassVar[bool] = False  # whoever keeps the outbox sees that a message went, and not which
    # The purposes of earlier messages about the same thing that it makes void, where they still wait.
    replaces: ClassVar[tuple[str, ...]] = ()
    own_words: ClassVar[str] = ""  # a kind of force_words.policy: the force's own paragraph stands in it
    about: uuid.UUID
    version: int = 0
    exercise: bool = False

    def useful_until(self) -> dt.datetime | None:
        """From when on it is of no use to anybody and is not sent any more; None: it always is."""
        return None

    def wanted_by(self) -> dt.datetime | None:
        """Until when it helps: quiet hours that end later than that give way to it."""
        return self.useful_until()

    def calendar(self, person: Person, at: dt.datetime) -> tuple[str, str] | None:  # noqa: ARG002 - some ask
        """The iCalendar file that goes with it to that person, and its METHOD; None when there is none."""
        return None

    def placeholders(self) -> Mapping[str, str]:
        """What the force's own paragraph may name."""
        return {}


@dataclass(frozen=True, slots=True)
class Words:
    """A message as it is read."""

    subject: str
    text: str
    html: str


def words_of(person: Person, message: Message, *, own: str = "") -> Words:
    """The message in the person's language, with the force's own paragraph. Writes nothing: a preview asks, too."""
    facts = {field.name: getattr(message, field.name) for field in fields(message)}
    with translation.override(person.language):
        force_words = filled(own, message.placeholders()) if own else ""
        context = {**facts, "person": person, "origin": settings.ORIGIN, "force_words": force_words}
        text = render_to_string(f"{message.template}.txt", context)
        html = render_to_string(f"{message.template}.html", context)
        first, _rest, body = text.partition("\n")
        subject = first.removeprefix("Subject:").strip()
        if message.exercise:
            subject, body = marked(subject), f"{_THIS_IS_ONE}\n\n{body.lstrip()}"
    return Words(subject, _without_gaps(body), html)


def marked(title: str) -> str:
    """The title of a mail or a calendar entry that belongs to an exercise, in the language of the moment."""
    return gettext("Exercise: %(title)s") % {"title": title}


def _without_gaps(text: str) -> str:
    """At most one empty line in a row, and one line end at the end: what a template leaves out leaves no hole."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines) + "\n"


def tell(person: Person, message: Message, *, at: dt.datetime) -> OutboxMessage:
    """Write the message for that person, in their language. Telling the same thing again changes nothing.

    Must be called inside `act()`. One statement where the person was read `with_manner`, else two; one more for a
    message that is urgent or makes others void. Raises NobodyToNotify when there is no address.
    """
    if not person.work_email:
        raise NobodyToNotify(str(person.pk))
    return tell_many([(person, message)], at=at)[0]


def tell_many(told: Iterable[tuple[Person, Message]], *, at: dt.datetime) -> list[OutboxMessage]:
    """As `tell`, for many at once in as many statements as for one. Who has no address is passed over."""
    reachable = [(person, message) for person, message in told if person.work_email]
    manners = manner.of(person for person, _message in reachable)
    written = [_written(person, message, manners[person.pk], at) for person, message in reachable]
    if written:
        _make_room(reachable, at)
        # Where the same thing was told already, the constraint "told_once" lets nothing be added.
        if len(written) == 1:
            _ONE.store_new(written[0])
        else:
            OutboxMessage.objects.bulk_create(written, ignore_conflicts=True)
    return written


def _written(person: Person, message: Message, how: Manner, at: dt.datetime) -> OutboxMessage:
    words = words_of(person, message, own=how.words.get(message.own_words, ""))
    with translation.override(person.language):
        file, method = message.calendar(person, at) or ("", "")
    return OutboxMessage(
        purpose=type(message).__name__,
        about=str(message.about),
        recipient=person,
        version=message.version,
        force_id=person.home_force_id,
        address=person.work_email,
        subject=words.subject,
        text=words.text,
        html=words.html,
        confidential=message.confidential,
        calendar=file,
        calendar_method=method,
        created_at=at,
        due_at=at if message.urgent else policy.due(at, how.quiet, message.wanted_by()),
        not_after=message.useful_until(),
    )


def _make_room(told: Sequence[tuple[Person, Message]], at: dt.datetime) -> None:
    """Take back what these messages make void, and hurry what would keep an urgent one waiting its turn."""
    for kind in {type(message) for _person, message in told}:
        same = [(person, message) for person, message in told if type(message) is kind]
        earlier = _waiting(same)
        if kind.replaces:
            _drop(earlier if kind.replaces == EVERYTHING else earlier.filter(purpose__in=kind.replaces), at)
        if kind.urgent:
            earlier.filter(state=State.DUE, due_at__gt=at, attempts=0).update(due_at=at)


def _waiting(told: Sequence[tuple[Person, Message]]) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(
        about__in={str(message.about) for _person, message in told},
        recipient__in={person.pk for person, _message in told},
    )


def drop(
    *, about: uuid.UUID, at: dt.datetime, recipient: Person | None = None, purposes: Sequence[str] | None = None
) -> int:
    """Take back what waits to be told about that record: nothing of it is sent any more. How many. One statement.

    Must be called inside `act()`. What a worker has in its hands at this moment may still arrive, but is not tried
    again; what was given up is no longer offered to be sent again.
    """
    found = OutboxMessage.objects.filter(about=str(about))
    if recipient is not None:
        found = found.filter(recipient=recipient)
    if purposes is not None:
        found = found.filter(purpose__in=purposes)
    return _drop(found, at)


def _drop(found: QuerySet[OutboxMessage], at: dt.datetime) -> int:
    outcome = Case(When(state=State.SENDING, then=Value(State.SENDING)), default=Value(State.DROPPED))
    unsent = found.filter(state__in=[State.DUE, State.DEAD, State.SENDING])
    return unsent.update(state=outcome, not_after=at)


def heard_of(abouts: Iterable[uuid.UUID]) -> dict[tuple[uuid.UUID, uuid.UUID], bool]:
    """Who may have been told anything about these records: (record, recipient) > whether an invitation went with it.

    What was tried counts, even where the mail server never said that it took it. One statement.
    """
    heard: dict[tuple[uuid.UUID, uuid.UUID], bool] = {}
    tried = OutboxMessage.objects.filter(about__in=[str(one) for one in abouts], attempts__gt=0)
    for about, recipient, method in tried.values_list("about", "recipient_id", "calendar_method"):
        key = (uuid.UUID(about), recipient)
        heard[key] = heard.get(key, False) or method == "REQUEST"
    return heard
