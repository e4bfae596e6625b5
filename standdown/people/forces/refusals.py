"""What the rules about forces say when they say no: why, and what to do next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from standdown.design.times import plain_date
from standdown.foundation.refusal import Refusal
from standdown.people.forces.policy import Bar


class WordTaken(Refusal):
    """A name, short name, code or alias already means a force."""

    code = "word-taken"

    def __init__(self, word: str, force: str) -> None:
        super().__init__(
            _("“%(word)s” already means %(force)s. Choose another word, or look at that force first.")
            % {"word": word, "force": force}
        )


class NotAnAddress(Refusal):
    """A slug that cannot stand in an address."""

    code = "not-an-address"

    def __init__(self, slug: str) -> None:
        super().__init__(
            _("“%(slug)s” cannot be an address. Use small letters, figures and single hyphens, like thames-valley.")
            % {"slug": slug}
        )


class NotACode(Refusal):
    """Not a code of the Office for National Statistics."""

    code = "not-a-code"

    def __init__(self, code: str) -> None:
        super().__init__(
            _("“%(code)s” is not an ONS code. Write a letter and eight figures, like E23000026, or nothing.")
            % {"code": code}
        )


class NamedThatDay(Refusal):
    """A force has one name from a day on."""

    code = "named-that-day"

    def __init__(self, force: str, day: dt.date) -> None:
        super().__init__(
            _("A name of %(force)s is already recorded from %(day)s. Choose another day.")
            % {"force": force, "day": plain_date(day)}
        )


class SameName(Refusal):
    """Nothing would change."""

    code = "same-name"

    def __init__(self, day: dt.date) -> None:
        super().__init__(
            _("It is called that on %(day)s already. Enter the new name, or another day.") % {"day": plain_date(day)}
        )


class NotStanding(Refusal):
    """The force does not exist on that day."""

    code = "not-standing"

    def __init__(self, force: str, day: dt.date) -> None:
        super().__init__(
            _("%(force)s does not exist on %(day)s. Choose a day between its beginning and its end.")
            % {"force": force, "day": plain_date(day)}
        )


class NoSuccession(Refusal):
    """Forces cannot be merged or split as asked."""

    def __init__(self, bar: Bar, force: str, since: dt.date) -> None:
        sentences = {
            Bar.TOO_FEW: _("Choose the forces that end and those that follow. A split needs at least two."),
            Bar.TWICE: _("%(force)s is named twice. Name each force once."),
            Bar.ITSELF: _("%(force)s cannot follow itself. Choose another force to follow it."),
            Bar.NOT_YET: _("%(force)s does not exist around %(day)s. Choose a later day, or put right when it began."),
            Bar.ENDS_ALREADY: _("The end of %(force)s is recorded already. Choose the force that follows it."),
        }
        super().__init__(sentences[bar] % {"force": force, "day": plain_date(since)}, code=f"succession-{bar}")


class PlaceTaken(Refusal):
    """A base or team of that name is there, or was."""

    code = "place-taken"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("There is, or was, one called %(name)s in this force. Choose another name.") % {"name": name}
        )


class ClosedAlready(Refusal):
    """A base or team is closed, or the base that a team should stand in."""

    code = "closed-already"

    def __init__(self, name: str, day: dt.date) -> None:
        super().__init__(
            _("%(name)s closed on %(day)s. Choose one that is open.") % {"name": name, "day": plain_date(day)}
        )


class TeamsStillThere(Refusal):
    """A base cannot close over its teams."""

    code = "teams-still-there"

    def __init__(self, base: str, teams: Iterable[str]) -> None:
        super().__init__(
            _("%(base)s still has teams: %(teams)s. Close them first.") % {"base": base, "teams": ", ".join(teams)}
        )


class BaseElsewhere(Refusal):
    """A team stands in a base of its own force."""

    code = "base-elsewhere"

    def __init__(self) -> None:
        super().__init__(_("That base belongs to another force. Choose one of this force."))


class NotTogether(Refusal):
    """One force does not make a collaboration."""

    code = "not-together"

    def __init__(self) -> None:
        super().__init__(_("A collaboration needs at least two forces. Choose another one."))


class CollaborationThere(Refusal):
    """Its name is taken."""

    code = "collaboration-there"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("There is a collaboration called %(name)s already. Let the forces join it, or choose another name.")
            % {"name": name}
        )


class MemberAlready(Refusal):
    """The force takes part at that time."""

    code = "member-already"

    def __init__(self, force: str) -> None:
        super().__init__(
            _("%(force)s takes part on that day already, or did later. Choose a later day.") % {"force": force}
        )


class NotAMember(Refusal):
    """The force had left, or joins only later."""

    code = "not-a-member"

    def __init__(self, force: str) -> None:
        super().__init__(
            _("%(force)s does not take part on the day before that. Choose a day after it joined.") % {"force": force}
        )


class SeveralForces(Refusal):
    """A word leads to more than one force."""

    code = "several-forces"

    def __init__(self, word: str, forces: Iterable[str]) -> None:
        super().__init__(
            _("“%(word)s” could mean %(forces)s. Write the one that is meant.")
            % {"word": word, "forces": ", ".join(forces)}
        )
