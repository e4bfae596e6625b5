from standdown.care.incidents.models import Incident
from standdown.foundation import access
from standdown.foundation.access import Actor, Can

access.rule(Can.SET_RESTRICTION, Can.IMPORT_INCIDENTS)(access.in_reach)


@access.rule(Can.RAISE_INCIDENT)
def may_raise(by: Actor, can: Can, on: Incident) -> bool:
    """Anybody, in the force where they serve: for their people, for themselves, for a colleague (R56)."""
    return by.force_id is not None and on.belongs_to_force == by.force_id
