from __future__ import annotations

from standdown.foundation import access
from standdown.foundation.access import Actor, Can
from standdown.training.mutual_aid import policy
from standdown.training.mutual_aid.models import MutualAid
from standdown.training.mutual_aid.policy import Decider, Request


def request_of(aid: MutualAid) -> Request:
    """The request as the rules see it."""
    nomination = aid.nomination
    return Request(
        home=str(nomination.force_id),
        owner=_key(nomination.session.owner_force_id),
        asker=_key(nomination.put_forward_by_id),
        person=str(nomination.person_id),
        own_force_by=_key(aid.own_force_by_id),
        owner_by=_key(aid.owner_by_id),
    )


def decider(by: Actor) -> Decider:
    """Somebody who may agree, as the rules see them."""
    reach = by.reach(Can.AGREE_MUTUAL_AID)
    return Decider(key=_key(by.person_id), forces=frozenset(map(str, reach.forces)), national=reach.everywhere)


def _key(key: object) -> str | None:
    return None if key is None else str(key)


@access.rule(Can.AGREE_MUTUAL_AID)
def may_agree(by: Actor, can: Can, on: MutualAid) -> bool:
    """Whoever may answer for one of the two sides; for which, the action asks again."""
    return any(policy.may_decide(side, decider(by), request_of(on)) for side in policy.Side)
