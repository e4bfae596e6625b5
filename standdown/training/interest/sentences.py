"""What the rules of telling say, in words: why not, and what to do next; and how thin cover is somewhere."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from standdown.foundation.refusal import Refusal
from standdown.training.interest.policy import Cover, Deed, No

_NOS: Mapping[No, Promise] = {
    No.NO_FORCE: _("You do not serve in a force, so there is no wellbeing lead of yours to tell."),
    No.LEFT: _("You do not serve in a force at the moment. Tell the wellbeing lead of the force that you join."),
    No.NOT_ADOPTED: _(
        "Your force has not adopted the training, so nobody in it can be put forward yet. You can ask, without your "
        "name, that it does."
    ),
    No.NOT_OFFICER_OR_STAFF: _(
        "The course is for police officers and members of staff. Talk to your wellbeing lead about what there is "
        "for you."
    ),
    No.NO_ROLE: _(
        "The course is for line managers and peer supporters. If you would like to become a peer supporter, talk to "
        "your wellbeing lead."
    ),
    No.ALREADY: _("Your wellbeing lead knows already. Take it back first if you want to tell it anew."),
}
_DEEDS: Mapping[Deed, Promise] = {
    Deed.KEEP: _("This is already kept for later, or decided. Look at how it stands now."),
    Deed.NOT_NOW: _("This is already decided, or was taken back. Look at the list again."),
    Deed.ASK_LINE_MANAGER: _("This is already decided, or was taken back. Look at the list again."),
    Deed.TAKE_BACK: _("This is already decided, so there is nothing to take back."),
}


class CannotTell(Refusal):
    """A rule speaks against telling one's lead."""

    code = "cannot-tell"

    def __init__(self, no: No) -> None:
        super().__init__(_NOS[no])
        self.no = no


class NotNow(Refusal):
    """What somebody told is not in a state in which this can be done."""

    code = "not-now"

    def __init__(self, deed: Deed) -> None:
        super().__init__(_DEEDS[deed])
        self.deed = deed


class NoLineManager(Refusal):
    """There is nobody to ask whether the person could be released."""

    code = "no-line-manager"

    def __init__(self) -> None:
        super().__init__(
            _("The directory knows no line manager with an e-mail address for this person. Ask the person whom to ask.")
        )


def cover_words(cover: Cover) -> str:
    """How thin cover is, as the reason for a name's place in the order."""
    if not cover.wanted:
        return gettext("No number is set for the team.")
    words = gettext("%(able)s of %(wanted)s wanted can defuse.") % {"able": cover.able, "wanted": cover.wanted}
    if not cover.lapsing:
        return words
    soon = ngettext("%(count)s lapses within three months.", "%(count)s lapse within three months.", cover.lapsing)
    return gettext("%(words)s %(soon)s") % {"words": words, "soon": soon % {"count": cover.lapsing}}
