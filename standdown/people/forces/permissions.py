from standdown.foundation import access
from standdown.foundation.access import Actor, Can
from standdown.people.forces.models import Force


@access.rule(Can.KEEP_FORCES, Can.KEEP_COLLABORATIONS)
def may_keep_forces(by: Actor, can: Can, on: object) -> bool:
    """The list of forces, and who works with whom, is national."""
    return by.reach(can).everywhere


@access.rule(Can.KEEP_BASES)
def may_keep_bases(by: Actor, can: Can, on: Force) -> bool:
    """Bases and teams are kept by the force's own leads, or nationally."""
    return access.in_reach(by, can, on)
