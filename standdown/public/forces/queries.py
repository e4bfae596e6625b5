"""What anyone may know of a force: what it is called, whether it has adopted the training, what became of it."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _

from standdown.people.adoption.policy import AdoptionState, receives_dates
from standdown.people.models import AdoptionStep, Force, Succession
from standdown.training.courses.queries import welsh


@dataclass(frozen=True, slots=True)
class ForceName:
    """A force as a list names it."""

    slug: str
    short_name: str
    name: str

    @property
    def listed(self) -> str:
        """The short name; where that is a row of capitals, the full name with it: "British Transport Police (BTP)"."""
        if not self.short_name.isupper():
            return self.short_name
        return _("%(name)s (%(short)s)") % {"name": self.name, "short": self.short_name}


@dataclass(frozen=True, slots=True)
class PublicForce:
    """A force as its own public page shows it."""

    id: uuid.UUID
    slug: str
    name: str
    short_name: str
    home_office: bool
    shows_dates: bool
    stood_down: dt.date | None
    adopted: bool
    successors: tuple[ForceName, ...]

    def is_gone(self, day: dt.date) -> bool:
        """True when it no longer exists on that day."""
        return self.stood_down is not None and self.stood_down <= day


def force_names(day: dt.date) -> list[ForceName]:
    """The forces that exist on that day, by name. One statement."""
    rows = Force.objects.standing_on(day).values_list("slug", "short_name", "name", "welsh_name")
    names = [ForceName(slug, short, (cymraeg if welsh() else "") or name) for slug, short, name, cymraeg in rows]
    return sorted(names, key=lambda force: force.listed.casefold())


def public_force(slug: str, day: dt.date) -> PublicForce | None:
    """The force of that slug as it stands on that day; None when there is none. Three statements."""
    row = (
        Force.objects.filter(slug=slug)
        .values_list("id", "slug", "name", "welsh_name", "short_name", "home_office", "dates_public", "stood_down")
        .first()
    )
    if row is None:
        return None
    key, slug, name, cymraeg, short_name, home_office, shows_dates, stood_down = row
    steps = AdoptionStep.objects.filter(force_id=key, since__lte=day).order_by("-since", "-id")
    state = steps.values_list("state", flat=True).first()
    following = Succession.objects.filter(origin_id=key, since__lte=day).order_by("successor__name")
    names = following.values_list("successor__slug", "successor__short_name", "successor__name")
    return PublicForce(
        id=key,
        slug=slug,
        name=(cymraeg if welsh() else "") or name,
        short_name=short_name,
        home_office=home_office,
        shows_dates=shows_dates,
        stood_down=stood_down,
        adopted=state is not None and receives_dates(AdoptionState(state)),
        successors=tuple(ForceName(*words) for words in names),
    )


def force_record(slug: str, day: dt.date) -> Force | None:
    """The force's record, to act on; None when there is none or it no longer exists."""
    return Force.objects.standing_on(day).filter(slug=slug).first()
