from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from standdown.audit.act import act
from standdown.foundation import db
from standdown.foundation.access import Actor, Can
from standdown.foundation.refusal import Refusal
from standdown.notifications.force_words import policy
from standdown.notifications.models import ForceWords, ForceWordsVersion
from standdown.people.models import Force


class NoSuchPlaceholder(Refusal):
    """Something stands in braces that no message could fill in."""

    code = "no-such-placeholder"

    def __init__(self, found: list[str], kind: str) -> None:
        words = {
            policy.AFTER: gettext("%(found)s cannot be filled in. Use {date} or {course}, or write it without braces."),
            policy.LIMITS: gettext("%(found)s cannot be filled in where words are read out. Write it without braces."),
        }.get(
            kind,
            gettext(
                "%(found)s cannot be filled in. Use {date}, {time}, {course} or {place}, or write it without braces."
            ),
        )
        super().__init__(words % {"found": ", ".join(found)})


class ChangedMeanwhile(Refusal):
    """Somebody else wrote it since the screen was shown."""

    code = "changed-meanwhile"

    def __init__(self) -> None:
        super().__init__(_("Somebody else has just written this paragraph. Open the page again to see it."))


def write_words(
    *, by: Actor, at: dt.datetime, force: Force, kind: str, language: str, words: str, seen: int
) -> ForceWords | None:
    """Write the force's own paragraph for messages of one kind in one language; with no words, take it away.

    `kind` is one of policy.EVERY_KIND; `seen` the version that the screen showed, 0 where there was none. Messages that
    were written before keep what they said. Raises NoSuchPlaceholder, ChangedMeanwhile.
    """
    with act(by, Can.KEEP_FORCE_WORDS, on=force, at=at) as step:
        held = db.lock(ForceWords.objects.filter(force=force, kind=kind, language=language)).first()
        if seen != (held.version if held else 0):
            raise ChangedMeanwhile
        unknown = policy.unknown(words, kind)
        if unknown:
            raise NoSuchPlaceholder(unknown, kind)
        last = ForceWordsVersion.objects.filter(force=force, kind=kind, language=language).order_by("-version").first()
        before = max(held.version if held else 0, last.version if last else 0)
        held = held or ForceWords(force=force, kind=kind, language=language, version=before)
        step.note(kind=kind, language=language, version=held.version + 1, removed=not words)
        if not words:
            ForceWords.objects.filter(pk=held.pk).delete()
            return None
        held.words, held.written_at, held.written_by_id = words, at, by.person_id
        held.version += 1
        held.save()
        ForceWordsVersion.objects.create(
            force=force, kind=kind, language=language, version=held.version, words=words, written_at=at,
            written_by_id=by.person_id,
        )  # fmt: skip
    return held
