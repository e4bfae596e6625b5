"""What the rules of a programme say, in words: why not, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standdown.care.programme.policy import Disorder, Lack
from standdown.foundation.refusal import Refusal

DISORDERS: Mapping[Disorder, Promise] = {
    Disorder.GREEN_ENDS_FIRST: _("The window must end after it begins"),
    Disorder.TARGET_OUTSIDE: _("The target must lie inside the window"),
    Disorder.AMBER_ENDS_FIRST: _("The amber time must not end before the window does"),
    Disorder.BOOKED_TOO_LATE: _("A defusing must be booked before the window ends"),
    Disorder.LIST_TOO_LATE: _("The list must be confirmed before the window ends"),
    Disorder.TYPICAL_BELOW_LEAST: _("A usual group must not be smaller than the smallest"),
    Disorder.TYPICAL_BACKWARDS: _("The larger number of a usual group must not be below the smaller"),
    Disorder.MOST_BELOW_TYPICAL: _("The largest group must not be smaller than a usual one"),
    Disorder.MOST_TOO_MANY: _("In this way of working a group is never larger than 10"),
    Disorder.CONTACTS_BACKWARDS: _("The contact within a month must come after the first and before the last"),
}
LACKS: Mapping[Lack, Promise] = {
    Lack.CATEGORY: _("Add a kind of incident."),
    Lack.ROLE: _("Add a role in which somebody may be exposed."),
    Lack.CHAIN: _("Say for each kind of step who is told."),
    Lack.NEXT_STEP: _("Offer a next step after each of the two talks."),
}


class Published(Refusal):
    """A published version never changes."""

    code = "published"

    def __init__(self) -> None:
        super().__init__(_("This version is published and never changes. Copy it, and change the copy."))


class Disordered(Refusal):
    """Figures are out of bounds or do not fit together."""

    code = "disordered"

    def __init__(self, disorders: Sequence[Disorder] = ()) -> None:
        words = [f"{DISORDERS[one]}." for one in disorders]
        super().__init__(" ".join(words) if words else _("A figure is too small or too large."))


class LastOne(Refusal):
    """The last of its kind stays."""

    code = "last-one"

    def __init__(self) -> None:
        super().__init__(_("This is the last one. Add another before you take it away."))


class Incomplete(Refusal):
    """Something is missing before a version can be scheduled."""

    code = "incomplete"

    def __init__(self, lacks: Sequence[Lack]) -> None:
        super().__init__(" ".join(str(LACKS[one]) for one in lacks))


class InThePast(Refusal):
    """A version takes effect today at the earliest."""

    code = "in-the-past"

    def __init__(self) -> None:
        super().__init__(_("A version can begin today or later. Incidents that run keep the version they began with."))


class SameDay(Refusal):
    """Another version of the force begins on that day."""

    code = "same-day"

    def __init__(self) -> None:
        super().__init__(_("Another version begins on that day. Choose another day, or withdraw the other one first."))


class Begun(Refusal):
    """The version has begun."""

    code = "begun"

    def __init__(self) -> None:
        super().__init__(_("This version has begun and stays. To change what holds, schedule another version."))


class Copied(Refusal):
    """Another version says that it was copied from this one."""

    code = "copied"

    def __init__(self) -> None:
        super().__init__(_("Another version was copied from this one, so that it stays."))
