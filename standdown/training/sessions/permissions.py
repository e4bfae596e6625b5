from standdown.foundation import access
from standdown.foundation.access import Actor, Can
from standdown.people.roles.models import RoleName
from standdown.training.sessions import hooks
from standdown.training.sessions.models import Session


@access.rule(Can.SEE_SESSIONS)
def may_see(by: Actor, can: Can, on: Session) -> bool:
    """The same answer as `Session.objects.visible_to`, for one session."""
    return Session.objects.visible_to(by).filter(pk=on.pk).exists()


@access.rule(Can.PLAN_SESSION, Can.PUBLISH_SESSION, Can.CHANGE_SESSION)
def may_plan(by: Actor, can: Can, on: Session | type[Session]) -> bool:
    """Any date for a national coordinator; a force's own date for a trainer who is approved there (R48)."""
    if by.holds(RoleName.NATIONAL_COORDINATOR, None):
        return True
    owner = None if isinstance(on, type) else on.belongs_to_force
    if owner is None or not by.reach(can).covers(owner):
        return False
    return any(approved(by, owner) for approved in hooks.APPROVED_TRAINER)
