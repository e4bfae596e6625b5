from standdown.foundation import access
from standdown.foundation.access import Actor, Can


@access.rule(Can.EDIT_COURSE)
def may_edit_course(by: Actor, can: Can, on: object) -> bool:
    """The words of a course are national."""
    return by.reach(can).everywhere
