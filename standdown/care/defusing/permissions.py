from django.db.models import Q

from standdown.care.defusing.models import Defusing
from standdown.foundation import access
from standdown.foundation.access import Actor, Can


@access.rule(Can.LEAD_DEFUSING)
def may_lead(by: Actor, can: Can, on: Defusing) -> bool:
    """Whoever leads the session as it is stored, is second in it, or is asked; nobody whom somebody in it excluded."""
    theirs = Q(defuser_id=by.person_id) | Q(second_id=by.person_id) | Q(asks__person_id=by.person_id, asks__answer="")
    return by.person_id is not None and Defusing.objects.visible_to(by).filter(theirs, pk=on.pk).exists()
