from typing import Any

from standdown.care.wishes import queries as wishes
from standdown.foundation import access
from standdown.foundation.access import Actor, Can


@access.rule(Can.MAKE_CONTACT)
def may_contact(by: Actor, can: Can, on: Any) -> bool:
    """Whoever was given the contact or took the person on, and whoever runs the care of the force; not the excluded."""
    person = on.person_id if hasattr(on, "person_id") else on.exposure.person_id
    given = {getattr(on, name, None) for name in ("by_id", "taken_by_id", "handed_to_id")} - {None}
    theirs = by.person_id in given or by.reach(Can.RUN_CARE).covers(on.belongs_to_force)
    return by.person_id is not None and theirs and not wishes.shut_out(by, person)
