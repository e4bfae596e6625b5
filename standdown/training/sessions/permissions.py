from standdown.foundation import access
from standdown.foundation.access import Actor, Can
from standdown.training.sessions.models import Session


@access.rule(Can.SEE_SESSIONS)
def may_see(by: Actor, can: Can, on: Session) -> bool:
    """The same answer as `Session.objects.visible_to`, for one session."""
    return Session.objects.visible_to(by).filter(pk=on.pk).exists()


# A national session is planned nationally; a force's own session by who may plan in that force (R48).
access.rule(Can.PLAN_SESSION, Can.PUBLISH_SESSION, Can.CHANGE_SESSION)(access.in_reach)
