from standdown.care.defusing.models import Defusing
from standdown.foundation import access
from standdown.foundation.access import Actor, Can


@access.rule(Can.LEAD_DEFUSING)
def may_lead(by: Actor, can: Can, on: Defusing) -> bool:
    """Whoever leads the session, is second in it, or is asked to lead it; nobody whom somebody in it excluded."""
    theirs = by.person_id is not None and (
        by.person_id in {on.defuser_id, on.second_id} or on.asks.filter(person_id=by.person_id, answer="").exists()
    )
    return theirs and Defusing.objects.visible_to(by).filter(pk=on.pk).exists()
