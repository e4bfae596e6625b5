"""What we tell holders of certificates. Subjects are neutral: a locked telephone shows them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from standdown.design.times import long_date
from standdown.notifications.force_words.policy import AFTER
from standdown.notifications.outbox import Message, tell
from standdown.training.certificates import links
from standdown.training.certificates.models import Certificate
from standdown.training.nominations.messages import Contact, contact

PACK = "/service/"  # the two conversations, step by step, to have at hand afterwards (R45)


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateMessage(Message):
    """A message about one certificate; its course is named in the holder's language."""

    number: str
    course: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateIssued(CertificateMessage):
    """Your certificate is here, and with it what helps afterwards: prompt cards, and whom to turn to (R43, R45)."""

    template: ClassVar[str] = "training/certificates/mail/issued"
    own_words: ClassVar[str] = AFTER
    trained_on: dt.date
    valid_until: dt.date
    link: str
    check: str
    pack: str
    anew: bool
    contact: Contact | None = None

    def placeholders(self) -> Mapping[str, str]:
        """The course, and the day of it."""
        return {"date": long_date(self.trained_on), "course": self.course}


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRevoked(CertificateMessage):
    """Your certificate no longer holds, and why, by its code."""

    template: ClassVar[str] = "training/certificates/mail/revoked"
    reason: Certificate.RevokeReason


def tell_issued(made: Certificate, at: dt.datetime) -> bool:
    """Send the holder their certificate; False when they have no address and find it signed in."""
    if not made.person.work_email:
        return False
    message = CertificateIssued(
        about=made.pk,
        number=made.number,
        course=_course(made),
        trained_on=made.trained_on,
        valid_until=made.valid_until,
        link=links.certificate(made, at),
        check=links.public_page(made.number),
        pack=PACK,
        anew=made.replaces_id is not None,
        contact=contact(made.person.home_force_id, at) if made.person.home_force_id else None,
    )
    tell(made.person, message, at=at)
    return True


def tell_revoked(ended: Certificate, at: dt.datetime) -> bool:
    """Tell the holder that their certificate no longer holds; False when they have no address."""
    if not ended.person.work_email:
        return False
    message = CertificateRevoked(
        about=ended.pk,
        number=ended.number,
        course=_course(ended),
        reason=Certificate.RevokeReason(ended.revoke_reason),
    )
    tell(ended.person, message, at=at)
    return True


def _course(certificate: Certificate) -> str:
    version, person = certificate.version, certificate.person
    return version.title_cy if person.language == person.Language.WELSH and version.title_cy else version.title
