from standdown.care.programme.models import Programme
from standdown.foundation import access
from standdown.foundation.access import Actor, Can

access.rule(Can.KEEP_PROGRAMME)(access.in_reach)


@access.rule(Can.SEE_PROGRAMME)
def may_see(by: Actor, can: Can, on: Programme) -> bool:
    """What ships with the product, and what one's own force made of it."""
    return on.force_id is None or by.reach(can).covers(on.force_id)
