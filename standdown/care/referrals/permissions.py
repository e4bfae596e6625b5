from standdown.care.referrals.models import Referral
from standdown.care.wishes import queries as wishes
from standdown.foundation import access
from standdown.foundation.access import Actor, Can


@access.rule(Can.RECEIVE_REFERRAL)
def may_receive(by: Actor, can: Can, on: Referral) -> bool:
    """Occupational health of the person's force, but for those whom the person excluded."""
    return access.in_reach(by, can, on) and not wishes.shut_out(by, on.person_id)
