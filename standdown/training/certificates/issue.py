"""How a certificate comes to be, and ends: what feedback, time and a coordinator have in common. Only inside an act."""

from __future__ import annotations

import datetime as dt
import uuid

from standdown.foundation import clock, db, ids
from standdown.foundation.access import Actor
from standdown.people.models import Qualification
from standdown.people.qualifications import register
from standdown.training.certificates import messages, policy
from standdown.training.certificates.models import Certificate
from standdown.training.courses.policy import QUALIFIES_FOR
from standdown.training.feedback.models import Feedback
from standdown.training.feedback.policy import completed
from standdown.training.nominations.models import Nomination
from standdown.training.sessions.models import Session

_OF_ONE = ("person", "version")
_RELATED = ("session__course", "session__version", "person", "follows")


def on_feedback(given: Feedback, at: dt.datetime, by: Actor) -> None:
    """Issue the certificate for which feedback was waited. Joins in when feedback is given (R40)."""
    _ = by
    issue_once(given.nomination_id, at, by_id=None)


def issue_once(nomination_id: uuid.UUID, at: dt.datetime, *, by_id: uuid.UUID | None) -> Certificate | None:
    """Issue the certificate of a completed day; None where there is one, was one, or the day was not completed.

    A certificate that was revoked is not issued again by itself. The nomination is held until the act ends.
    """
    nomination = db.lock(Nomination.objects.select_related(*_RELATED)).get(pk=nomination_id)
    followed = nomination.follows.state if nomination.follows else ""
    done = completed(nomination.state, nomination.only_half, followed)
    if not done or Certificate.objects.filter(nomination=nomination).exists():
        return None
    return issue(nomination, at, by_id=by_id)


def take_back(nomination: Nomination, at: dt.datetime, by: Actor) -> None:
    """End the certificate of an attendance that a correction took away, and tell its holder. Joins in with that."""
    for one in db.lock(Certificate.objects.standing().filter(nomination=nomination).select_related(*_OF_ONE)):
        end(one, Certificate.RevokeReason.ATTENDANCE, at, by.person_id)
        messages.tell_revoked(one, at)


def give_back(_session: Session, attended: list[Nomination], at: dt.datetime, by: Actor) -> None:
    """Issue anew what an attendance took along that a second correction gives back. Joins in when one is closed."""
    gone = Certificate.objects.filter(revoke_reason=Certificate.RevokeReason.ATTENDANCE, replaced_by__isnull=True)
    for one in gone.filter(nomination__in=attended).select_related("nomination"):
        nomination = Nomination.objects.select_related(*_RELATED).get(pk=one.nomination_id)
        issue(nomination, at, by_id=by.person_id, replaces=one)


def issue(
    nomination: Nomination, at: dt.datetime, *, by_id: uuid.UUID | None, replaces: Certificate | None = None
) -> Certificate:
    """Write a certificate as the person and the day stand now, grant what it qualifies for, and send it."""
    session, person = nomination.session, nomination.person
    trained_on = clock.london_day(session.starts_at)
    made = Certificate(
        number=_free_number(),
        nomination=nomination,
        person=person,
        force_id=nomination.force_id,
        version=session.version,
        name=person.full_name,
        language=person.language,
        trained_on=trained_on,
        valid_until=policy.valid_until(trained_on, session.version.valid_months),
        issued_at=at,
        issued_by_id=by_id,
        replaces=replaces,
    )
    made.save(force_insert=True)
    _grant(made, session.course.kind, at, by_id)
    messages.tell_issued(made, at)
    return made


def _free_number() -> str:
    """A number that nobody has; two acts that drew the same in one moment are kept apart by the table."""
    while True:
        drawn = policy.number(ids.reference(policy.PREFIX, policy.CODE_LENGTH))
        assert drawn is not None
        if not Certificate.objects.filter(number=drawn).exists():
            return drawn


def _grant(made: Certificate, kind: str, at: dt.datetime, by_id: uuid.UUID | None) -> None:
    latest = policy.valid_until(made.trained_on, made.version.retrain_months)
    register.grant(
        person=made.person,
        force_id=made.force_id,
        skills=QUALIFIES_FOR[kind],
        valid_from=made.trained_on,
        valid_until=made.valid_until,
        latest_until=latest,
        source=Qualification.Source.CERTIFICATE,
        source_id=str(made.pk),
        evidence=made.number,
        at=at,
        by_id=by_id,
    )


def end(certificate: Certificate, reason: Certificate.RevokeReason, at: dt.datetime, by_id: uuid.UUID | None) -> None:
    """Revoke a certificate that the caller holds, and the qualifications that rest on it. Its page names nobody."""
    certificate.revoked_at, certificate.revoked_by_id = at, by_id
    certificate.revoke_reason, certificate.show_name = reason, False
    certificate.save(update_fields=["revoked_at", "revoked_by", "revoke_reason", "show_name"])
    register.revoke(source_id=str(certificate.pk), at=at)
