"""Reads of certificates: one's own, those that a coordinator looks after, and what anyone may check."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from standdown.design.times import long_date
from standdown.foundation import access, clock, links
from standdown.foundation.access import Actor, Can
from standdown.foundation.links import NoSuchLink
from standdown.notifications import manner
from standdown.notifications.force_words.policy import AFTER, filled
from standdown.training.certificates import policy
from standdown.training.certificates.links import PURPOSE, public_page
from standdown.training.certificates.models import Certificate
from standdown.training.certificates.policy import Standing
from standdown.training.courses.queries import welsh
from standdown.training.feedback.queries import completing
from standdown.training.nominations.messages import Contact, contact
from standdown.training.nominations.models import Nomination

MOST_LISTED = 50
_RELATED = ("person", "version__course", "nomination__session", "replaced_by", "replaces")


# -- anyone -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Checked:
    """What anyone may know of a certificate. `name` is empty unless its holder shows it; no force is named."""

    number: str
    standing: Standing
    course: str
    version: int
    trained_on: dt.date
    valid_until: dt.date
    revoked_on: dt.date | None
    name: str


def check(number: str, at: dt.datetime) -> Checked | None:
    """The certificate with that number on that day; None when there is none. One statement; for anyone."""
    found = Certificate.objects.select_related("version", "replaced_by").filter(number=number).first()
    if found is None:
        return None
    version = found.version
    return Checked(
        number=found.number,
        standing=standing(found, at),
        course=version.title_cy if version.title_cy and welsh() else version.title,
        version=version.number,
        trained_on=found.trained_on,
        valid_until=found.valid_until,
        revoked_on=clock.london_day(found.revoked_at) if found.revoked_at else None,
        name=found.name if found.show_name and found.revoked_at is None else "",
    )


def standing(certificate: Certificate, at: dt.datetime) -> Standing:
    """Where a certificate stands at that moment."""
    return policy.standing(
        certificate.valid_until,
        clock.london_day(at),
        revoked=certificate.revoked_at is not None,
        replaced=hasattr(certificate, "replaced_by"),
    )


# -- one's own, and a coordinator's -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """One certificate for its holder or a coordinator, and what this actor may do with it."""

    certificate: Certificate
    standing: Standing
    own: bool
    may_revoke: bool
    public_page: str
    contact: Contact | None = None  # for the holder: who looks after training in their force, and the force's own words
    force_words: str = ""

    @property
    def may_download(self) -> bool:
        """True for what still stands, though its time be over: a revoked one is not printed again."""
        return self.certificate.revoked_at is None


def own_certificates(by: Actor) -> list[Certificate]:
    """One's own certificates that stand, newest first."""
    return list(Certificate.objects.standing().filter(Q(person_id=by.person_id)).select_related("version"))


def openable(by: Actor) -> QuerySet[Certificate]:
    """Those that this actor may open: one's own, and all for who may revoke them."""
    found = Certificate.objects.visible_to(by).select_related(*_RELATED)
    if by.reach(Can.REVOKE_CERTIFICATE).everywhere:
        return found
    return found.filter(Q(person_id=by.person_id))


def one(by: Actor, key: uuid.UUID) -> Certificate | None:
    """The certificate with that key; None when it is not there for this actor."""
    return openable(by).filter(pk=key).first()


def own(by: Actor, key: uuid.UUID) -> Certificate | None:
    """One's own certificate with that key; None when it is somebody else's or not there."""
    return openable(by).filter(Q(person_id=by.person_id), pk=key).first()


def page(certificate: Certificate, by: Actor, at: dt.datetime) -> Page:
    """The certificate as a page shows it to this actor; its holder also finds whom to turn to (R45)."""
    own, person = by.person_id == certificate.person_id, certificate.person
    facts = {"date": long_date(certificate.trained_on), "course": certificate.version.title}
    return Page(
        certificate=certificate,
        standing=standing(certificate, at),
        own=own,
        contact=contact(person.home_force_id, at) if own and person.home_force_id else None,
        force_words=filled(manner.of([person])[person.pk].words[AFTER], facts) if own else "",
        may_revoke=certificate.revoked_at is None and access.allows(by, Can.REVOKE_CERTIFICATE, certificate),
        public_page=public_page(certificate.number),
    )


@dataclass(frozen=True, slots=True)
class Listing:
    """Certificates as rows of a list, newest first, and whether there are more than are shown."""

    rows: list[tuple[Certificate, Standing]]
    more: bool


def listing(by: Actor, at: dt.datetime, wanted: str) -> Listing:
    """The certificates that this actor looks after, newest first; `wanted` is a number, or part of a name."""
    found = openable(by).order_by("-issued_at", "-id")
    if wanted:
        number = policy.number(wanted)
        words = Q(pk__isnull=False)
        for word in wanted.split():
            words &= Q(name__icontains=word)
        found = found.filter(Q(number=number) if number else words)
    certificates = list(found[: MOST_LISTED + 1])
    rows = [(one, standing(one, at)) for one in certificates[:MOST_LISTED]]
    return Listing(rows, more=len(certificates) > MOST_LISTED)


def behind_link(token: str, at: dt.datetime) -> tuple[Actor, Certificate]:
    """The certificate that a link brings, and its holder. Raises NoSuchLink, LinkOver."""
    link = links.read(PURPOSE, token, at)
    by = access.by_link(link.person, None, Can.KEEP_OWN_TRAINING)
    found = own(by, link.record)
    if found is None:
        raise NoSuchLink
    return by, found


# -- jobs -------------------------------------------------------------------------------------------------------------


def due(at: dt.datetime) -> QuerySet[Nomination]:
    """Completed days for which feedback is not waited for any longer, without a certificate; oldest first."""
    issued = Certificate.objects.filter(nomination=OuterRef("pk"))
    closed = Q(session__register__closed_at__lte=at - policy.WITHOUT_FEEDBACK)
    return Nomination.objects.filter(completing(), closed).exclude(Exists(issued)).order_by("session__starts_at", "pk")
