from typing import Any

from standdown.care.exposures.models import Exposure
from standdown.care.wishes import queries as wishes
from standdown.foundation import access
from standdown.foundation.access import Actor, Can


@access.rule(Can.RUN_CARE)
def may_run(by: Actor, can: Can, on: Any) -> bool:
    """Whoever runs the care of that force, but never for somebody who excluded them."""
    person = getattr(on, "person_id", None)
    return access.in_reach(by, can, on) and not (person is not None and wishes.shut_out(by, person))


@access.rule(Can.DEMOBILISE)
def may_demobilise(by: Actor, can: Can, on: Exposure) -> bool:
    """Whoever the talk was given to, and whoever runs the care of that force (R67).

    Nobody with themselves, and nobody who is excluded.
    """
    if by.person_id is None or by.person_id == on.person_id:
        return False
    theirs = on.supervisor_id == by.person_id
    return (theirs or by.reach(Can.RUN_CARE).covers(on.force_id)) and not wishes.shut_out(by, on.person_id)
