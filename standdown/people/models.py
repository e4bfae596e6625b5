"""The records of this part, where Django looks for them."""

from standdown.people.accounts.models import Account, LineManagement, Person, Posting
from standdown.people.adoption.models import AdoptionCheck, AdoptionStep, Demand, Evidence
from standdown.people.forces.models import (
    Base,
    Collaboration,
    CollaborationMember,
    Force,
    ForceAlias,
    ForceName,
    Succession,
    Team,
)
from standdown.people.qualifications.models import (
    Currency,
    Establishment,
    Qualification,
    RegisterMove,
    Skill,
    StandDown,
)
from standdown.people.roles.models import RoleGrant

__all__ = [
    "Account",
    "AdoptionCheck",
    "AdoptionStep",
    "Base",
    "Collaboration",
    "CollaborationMember",
    "Currency",
    "Demand",
    "Establishment",
    "Evidence",
    "Force",
    "ForceAlias",
    "ForceName",
    "LineManagement",
    "Person",
    "Posting",
    "Qualification",
    "RegisterMove",
    "RoleGrant",
    "Skill",
    "StandDown",
    "Succession",
    "Team",
]
