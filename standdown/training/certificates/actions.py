"""What people and time do about certificates: issue, let the name be shown, revoke, issue anew."""

from __future__ import annotations

import datetime as dt

from standdown.audit.act import act
from standdown.foundation import clock, db
from standdown.foundation.access import Actor, Can
from standdown.training.certificates import issue, messages
from standdown.training.certificates.models import Certificate
from standdown.training.certificates.sentences import NothingWrong, NotStanding
from standdown.training.nominations.models import Nomination

Reason = Certificate.RevokeReason
_RELATED = ("person", "version", "nomination__person", "nomination__session__course", "nomination__session__version")


def issue_certificate(*, by: Actor, at: dt.datetime, nomination: Nomination) -> Certificate | None:
    """Issue a certificate for which no feedback came (R43); None where there is nothing to issue. A job's act."""
    with act(by, Can.ISSUE_CERTIFICATE, on=nomination, at=at) as step:
        made = issue.issue_once(nomination.pk, at, by_id=by.person_id)
        if made is None:
            step.note(issued=False)
        else:
            step.about(made)
    return made


def share_name(*, by: Actor, at: dt.datetime, certificate: Certificate, show: bool) -> Certificate:
    """Let the public page of one's own certificate show one's name, or no longer. Raises NotStanding."""
    with act(by, Can.KEEP_OWN_TRAINING, on=certificate, at=at) as step:
        fresh = _standing(certificate)
        fresh.show_name = show
        fresh.save(update_fields=["show_name"])
        step.note(shown=show)
    return fresh


def revoke(*, by: Actor, at: dt.datetime, certificate: Certificate, reason: Reason) -> Certificate:
    """Take a certificate back, and what it qualified for; the holder is told why. Raises NotStanding."""
    with act(by, Can.REVOKE_CERTIFICATE, on=certificate, at=at) as step:
        fresh = _standing(certificate)
        issue.end(fresh, reason, at, by.person_id)
        step.note(reason=str(reason), told=messages.tell_revoked(fresh, at))
    return fresh


def reissue(*, by: Actor, at: dt.datetime, certificate: Certificate) -> Certificate:
    """Issue a certificate anew because a name or a date was wrong: with what the directory and the date say now.

    The old number answers "replaced" from then on. Raises NotStanding, NothingWrong.
    """
    with act(by, Can.REVOKE_CERTIFICATE, on=certificate, at=at) as step:
        fresh = _standing(certificate)
        if _says_the_same(fresh):
            raise NothingWrong
        issue.end(fresh, Reason.NAME, at, by.person_id)
        made = issue.issue(fresh.nomination, at, by_id=by.person_id, replaces=fresh)
        step.about(made)
        step.note(replaced=str(fresh.pk))
    return made


def _standing(certificate: Certificate) -> Certificate:
    """The certificate as it stands, held until the act ends. Raises NotStanding."""
    fresh = db.lock(Certificate.objects.select_related(*_RELATED)).get(pk=certificate.pk)
    if fresh.revoked_at is not None:
        raise NotStanding
    return fresh


def _says_the_same(certificate: Certificate) -> bool:
    nomination = certificate.nomination
    now = (
        nomination.person.full_name, nomination.person.language, clock.london_day(nomination.session.starts_at),
        nomination.session.version_id,
    )  # fmt: skip
    return now == (certificate.name, certificate.language, certificate.trained_on, certificate.version.pk)
