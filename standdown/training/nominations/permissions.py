from standdown.foundation import access
from standdown.foundation.access import Actor, Can
from standdown.people.models import LineManagement
from standdown.training.nominations.models import Nomination

access.rule(Can.PUT_FORWARD, Can.EXPORT_NOMINATIONS)(access.in_reach)


@access.rule(Can.SEE_NOMINATIONS)
def may_see(by: Actor, can: Can, on: Nomination) -> bool:
    """The same answer as `Nomination.objects.visible_to`, for one of them."""
    return Nomination.objects.visible_to(by).filter(pk=on.pk).exists()


@access.rule(Can.CONFIRM_RELEASE)
def may_release(by: Actor, can: Can, on: Nomination) -> bool:
    """Whoever is the person's line manager on the day on which the name was put forward, or became it since."""
    managing = LineManagement.objects.filter(person_id=on.person_id, manager_id=by.person_id, until__isnull=True)
    return by.person_id is not None and managing.exists()
