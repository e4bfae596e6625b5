"""What the rules of the day say, in words: why something cannot be done, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from standdown.foundation.refusal import Refusal
from standdown.training.attendance.policy import AtTheDoor, No

_NOS: Mapping[No, Promise] = {
    No.NOT_HELD: _("This date is cancelled or not published, so it has no register. Look at the date."),
    No.TOO_EARLY: _("Who is there can be recorded from the start of that day. Come back then."),
    No.TOO_LATE: _("The register was closed more than two weeks ago, so it stays as it is. Write to the coordinator."),
    No.NOT_OVER: _("The date is not over yet. Close the register once it has ended."),
    No.CLOSED: _("The register is closed already. Single marks can still be put right for two weeks."),
    No.OVER: _("The date is over, so nobody needs a link to it any more."),
}
_DOOR: Mapping[AtTheDoor, Promise] = {
    AtTheDoor.EXPECTED: _("%(name)s is on the roster. Let them in, and record that they are there."),
    AtTheDoor.OFFERED: _("%(name)s was offered a place and has not accepted it, so it is not theirs."),
    AtTheDoor.WAITING: _("%(name)s is on the waiting list: every place of this date is somebody else's."),
    AtTheDoor.NOT_PUT_FORWARD: _("%(name)s is not put forward for this date under that name and force."),
    AtTheDoor.NOT_FOR_FORCE: _("This date is not for that force."),
}
_BEFORE: Mapping[AtTheDoor, Promise] = {
    AtTheDoor.OFFERED: _("They can accept it by the link in their message, as long as it is open."),
    AtTheDoor.WAITING: _(
        "Until the start, their wellbeing lead can put them in the place of somebody who cannot come."
    ),
    AtTheDoor.NOT_PUT_FORWARD: _(
        "Until the start, their wellbeing lead can put them in the place of somebody who cannot come."
    ),
    AtTheDoor.NOT_FOR_FORCE: _("Their own wellbeing lead knows the dates for their force, and can put them forward."),
}


class NotRecorded(Refusal):
    """The register cannot be written now."""

    def __init__(self, no: No) -> None:
        super().__init__(_NOS[no], code=no.value)
        self.no = no


class Unmarked(Refusal):
    """The register cannot be closed while somebody on it is not marked; `names` says who."""

    code = "unmarked"

    def __init__(self, names: Sequence[str]) -> None:
        words = gettext(
            "Nothing is recorded yet for some of the day of: %(names)s. Mark them, then close the register."
        )
        super().__init__(words % {"names": ", ".join(names)})
        self.names = tuple(names)


class MinutesWanted(Refusal):
    """Late or gone early without a sensible number of minutes."""

    code = "minutes"

    def __init__(self, name: str, most: int) -> None:
        words = gettext("Say how many minutes %(name)s missed: from 1 to %(most)s.")
        super().__init__(words % {"name": name, "most": most})


class NotOnRoster(Refusal):
    """A mark for somebody who has no place on the date, or for a half that they need not sit."""

    code = "not-on-roster"

    def __init__(self) -> None:
        super().__init__(_("One of these people has no place on this date any more. Open the register again."))


class Meanwhile(Refusal):
    """Something that the act depends on changed while it began."""

    code = "changed-meanwhile"

    def __init__(self) -> None:
        super().__init__(_("Somebody else has just changed this register. Open it again and look."))


class NobodyToCall(Refusal):
    """Nobody in the person's force can be reached by a message."""

    code = "nobody-to-call"

    def __init__(self, force: str) -> None:
        words = gettext(
            "Nobody in %(force)s who could call has an address here. Ring the force's control room and ask for "
            "the duty wellbeing or occupational health contact."
        )
        super().__init__(words % {"force": force})


def no(code: No) -> str:
    """One rule in words."""
    return str(_NOS[code])


def door(stands: AtTheDoor, name: str, *, begun: bool) -> tuple[str, str]:
    """What to say to somebody at the door: the reason, and what they can do (R37)."""
    said = str(_DOOR[stands]) % {"name": name}
    if stands is AtTheDoor.EXPECTED:
        return said, ""
    if begun and stands is not AtTheDoor.NOT_FOR_FORCE:
        return said, gettext("The date has begun. Their wellbeing lead can put them forward for the next one.")
    return said, str(_BEFORE[stands])
