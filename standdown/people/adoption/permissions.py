from standdown.foundation import access
from standdown.foundation.access import Actor, Can
from standdown.people.forces.models import Force

access.rule(Can.SEE_ADOPTION, Can.TICK_CHECKLIST)(access.in_reach)


@access.rule(Can.RECORD_ADOPTION)
def may_record_adoption(by: Actor, can: Can, on: Force) -> bool:
    """A force's standing in the programme is recorded nationally, and seen by both sides."""
    return by.reach(can).everywhere


@access.rule(Can.REGISTER_DEMAND)
def may_register_demand(by: Actor, can: Can, on: Force) -> bool:
    """Anyone may, without a name; whether the force has adopted already is a question for the act."""
    return True
