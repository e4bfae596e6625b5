"""What people do to their own ways in, where the journeys through the browser do not reach."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator

from standdown.audit.models import Entry
from standdown.foundation import access
from standdown.people.models import Account
from standdown.people.sign_in import actions
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return cast.account(cast.person(cast.force()))


def way(of: Account, kind: Authenticator.Type, **data: object) -> Authenticator:
    """A way in that was set up before."""
    return Authenticator.objects.create(user=of, type=kind, data=data)


def keys_of(account: Account) -> list[str]:
    return sorted(Authenticator.objects.filter(user=account).values_list("type", flat=True))


def test_one_of_two_passkeys_is_taken_away_and_the_last_is_not(account: Account) -> None:
    by = cast.actor(account.person)
    first, last = (way(account, Authenticator.Type.WEBAUTHN, name=name) for name in ("phone", "key"))
    actions.remove_passkey(by=by, account=account, at=cast.AT, passkey_id=first.pk)
    assert Entry.objects.latest("sequence").detail == {"step": "removed", "way": "passkey"}
    with pytest.raises(actions.LastWayIn):
        actions.remove_passkey(by=by, account=account, at=cast.AT, passkey_id=last.pk)
    assert keys_of(account) == ["webauthn"]


def test_one_time_codes_stop_where_another_way_in_is_left(account: Account) -> None:
    by = cast.actor(account.person)
    account.set_password("a long enough sentence")
    account.save()
    way(account, Authenticator.Type.TOTP, secret="x")
    with pytest.raises(actions.LastWayIn):
        actions.remove_app(by=by, account=account, at=cast.AT)
    way(account, Authenticator.Type.WEBAUTHN, name="phone")
    actions.remove_app(by=by, account=account, at=cast.AT)
    assert keys_of(account) == ["webauthn"]


def test_nobody_touches_the_ways_in_of_somebody_else(account: Account) -> None:
    other = cast.actor(cast.person(cast.force("bshire")))
    mine = way(account, Authenticator.Type.WEBAUTHN, name="phone")
    with pytest.raises(access.NotAllowed):
        actions.remove_passkey(by=other, account=account, at=cast.AT, passkey_id=mine.pk)
    with pytest.raises(access.NotAllowed):
        actions.remove_app(by=other, account=account, at=cast.AT)
    assert keys_of(account) == ["webauthn"]


def test_an_invitation_that_was_used_meanwhile_is_over(account: Account) -> None:
    stale = Account.objects.get(pk=account.pk)
    account.set_password("a long enough sentence")
    account.save()
    with pytest.raises(actions.InvitationOver):
        actions.accept_invitation(
            by=cast.actor(account.person), account=stale, at=cast.AT, password="something else long"
        )


def test_who_is_invited_may_come_with_a_passkey_and_earlier_ways_end(account: Account) -> None:
    way(account, Authenticator.Type.TOTP, secret="x")
    by = cast.actor(account.person)
    actions.accept_invitation(by=by, account=account, at=cast.AT, passkey=("phone", {"id": "made-up"}))
    account.refresh_from_db()
    assert (keys_of(account), account.state, account.has_usable_password()) == (["webauthn"], "active", False)
    assert Entry.objects.latest("sequence").detail == {"step": "joined", "way": "passkey"}
