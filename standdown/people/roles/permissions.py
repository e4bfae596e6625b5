from standdown.foundation import access
from standdown.foundation.access import Actor, Can
from standdown.people.roles.models import RoleGrant
from standdown.people.roles.policy import RULES, Role

access.rule(Can.SEE_ROLES)(access.in_reach)


@access.rule(Can.PROPOSE_ROLE)
def may_propose(by: Actor, can: Can, on: RoleGrant) -> bool:
    """Those whom the role's rules name, in the force's reach, and never for themselves."""
    return _one_of(by, RULES[Role(on.role)].proposed_by, on) and _reaches(by, can, on)


@access.rule(Can.APPROVE_ROLE)
def may_approve(by: Actor, can: Can, on: RoleGrant) -> bool:
    """Those whom the role's rules name, never the one who proposed, and never for themselves."""
    others = by.person_id != on.proposed_by_id
    return _one_of(by, RULES[Role(on.role)].approved_by, on) and others and _reaches(by, can, on)


@access.rule(Can.END_ROLE)
def may_end(by: Actor, can: Can, on: RoleGrant) -> bool:
    """Those who could have proposed or approved it."""
    rules = RULES[Role(on.role)]
    return _one_of(by, rules.proposed_by | rules.approved_by, on) and _reaches(by, can, on)


def _one_of(by: Actor, roles: frozenset[Role], on: RoleGrant) -> bool:
    """The role must be held there: who leads two forces may do in each what their role in that one allows."""
    return any(by.holds(role.value, on.force_id) for role in roles)


def _reaches(by: Actor, can: Can, on: RoleGrant) -> bool:
    return by.person_id != on.person_id and access.in_reach(by, can, on)
