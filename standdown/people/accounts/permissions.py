from standdown.foundation import access
from standdown.foundation.access import Actor, Can
from standdown.people.accounts.models import Account

access.rule(Can.LIST_PEOPLE, Can.KEEP_PEOPLE, Can.INVITE_TO_SIGN_IN, Can.END_ACCESS)(access.in_reach)


@access.rule(Can.KEEP_OWN_ACCOUNT)
def may_keep_own_account(by: Actor, can: Can, on: Account) -> bool:
    """Ways to sign in are one's own affair; nobody sets them for somebody else."""
    return by.person_id is not None and on.person_id == by.person_id
