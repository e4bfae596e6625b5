from django.db.models import Q

from standdown.foundation import access
from standdown.foundation.access import Actor, Can
from standdown.people.roles.models import RoleName
from standdown.training.sessions.models import Session, SessionQuerySet, SessionTrainer, Status


def within_reach(by: Actor) -> SessionQuerySet:
    """The dates whose roster this actor may open: those that they are named on as trainer, in force or national.

    A national coordinator may open every national one; a force's own dates are that force's (D10, R37). A date in
    preparation has no roster.
    """
    own = Q(pk__in=SessionTrainer.objects.filter(person=by.person_id).values("session_id"))
    if by.holds(RoleName.NATIONAL_COORDINATOR, None):
        own |= Q(owner_force__isnull=True)
    return Session.objects.exclude(status=Status.DRAFT).filter(own)


@access.rule(Can.SEE_ROSTER, Can.MARK_ATTENDANCE, Can.SET_JOINING_LINK)
def may_open(by: Actor, can: Can, on: Session) -> bool:
    """The same answer as `within_reach`, for one date."""
    return by.person_id is not None and within_reach(by).filter(pk=on.pk).exists()
