"""An invitation opens an account once; it is also the way back for somebody who lost every way in."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from standdown.audit.models import Entry
from standdown.foundation import clock
from standdown.people.accounts import invitations
from standdown.people.models import Account
from standdown.people.roles.queries import actor_for
from standdown.people.sign_in import actions
from tests import cast

pytestmark = pytest.mark.django_db
PASSWORD = "four words that do not meet"


def invited(**facts: object) -> Account:
    return cast.account(cast.person(cast.force()), **{"state": Account.State.INVITED, **facts})


def link(account: Account, *, ago: dt.timedelta = dt.timedelta(0), by: str = "sign_in_invitation_password") -> str:
    return reverse(by, args=[invitations.issue(account, at=clock.now() - ago)])


def test_a_password_opens_the_account_and_the_app_comes_next() -> None:
    account = invited()
    address = link(account)
    client = Client()
    assert account.email.encode() in client.get(address).content
    answer = client.post(address, {"password": PASSWORD})
    assert answer["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("usersessions_list"))["Location"] == reverse("mfa_index")
    account.refresh_from_db()
    assert (account.state, account.check_password(PASSWORD)) == (Account.State.ACTIVE, True)
    steps = [entry.detail["step"] for entry in Entry.objects.order_by("sequence")]
    assert steps == ["joined", "signed-in"]


def test_it_works_once() -> None:
    account = invited()
    address = link(account)
    Client().post(address, {"password": PASSWORD})
    again = Client().post(address, {"password": "another set of words here"})
    assert again.status_code == 404
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_used_too_old_and_forged_read_the_same() -> None:
    account = invited()
    used = link(account)
    Client().post(used, {"password": PASSWORD})
    account.refresh_from_db()
    addresses = [used, link(account, ago=dt.timedelta(hours=73)), reverse("sign_in_invitation", args=["forged"])]
    answers = [Client().get(address) for address in addresses]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_of_two_who_use_it_at_once_one_is_refused() -> None:
    account = invited()
    by = actor_for(account, cast.TODAY)
    stale = Account.objects.get(pk=account.pk)
    actions.accept_invitation(by=by, account=account, at=cast.AT, password=PASSWORD)
    with pytest.raises(actions.InvitationOver):
        actions.accept_invitation(by=by, account=stale, at=cast.AT, password="another set of words here")


def test_the_way_back_ends_every_earlier_way_in() -> None:
    account = invited(state=Account.State.ACTIVE)
    totp.TOTP.activate(account, totp.generate_totp_secret())
    client = Client()
    client.force_login(account, backend="standdown.people.sign_in.backend.Backend")
    assert client.get(reverse("mfa_index")).status_code == 200
    account.refresh_from_db()
    Client().post(link(account), {"password": PASSWORD})
    assert not Authenticator.objects.filter(user=account).exists()
    assert client.get(reverse("mfa_index")).status_code == 302


def test_the_suspended_cannot_use_one() -> None:
    account = invited(state=Account.State.SUSPENDED)
    assert Client().get(link(account)).status_code == 404


def test_the_passkey_page_offers_both_ways() -> None:
    account = invited()
    page = Client(headers={"host": "localhost:8000"}).get(link(account, by="sign_in_invitation"))
    assert page.status_code == 200
    assert b'data-passkey="make"' in page.content
    assert b"Use a password and an authenticator app instead" in page.content


def test_a_passkey_that_is_none_is_refused() -> None:
    account = invited()
    answer = Client().post(link(account, by="sign_in_invitation"), {"credential": '{"id": "x"}'})
    assert answer.status_code == 200
    account.refresh_from_db()
    assert account.state == Account.State.INVITED


TOO_MUCH = {"deep": "[" * 100_000, "long figure": "9" * 5000}  # what the reading of JSON itself trips over


@pytest.mark.parametrize("sent", TOO_MUCH.values(), ids=TOO_MUCH)
def test_an_invitation_shows_its_page_again_whatever_was_sent(sent: str) -> None:
    answer = Client().post(link(invited(), by="sign_in_invitation"), {"credential": sent})
    assert answer.status_code == 200
    assert b"That was no passkey" in answer.content


@pytest.mark.parametrize(
    "sent",
    ["{", "[]", "1", '"x"', "null", '{"response": 1}', '{"id": 1, "response": {"userHandle": 5}}', *TOO_MUCH.values()],
)
def test_nonsense_instead_of_a_passkey_is_refused_politely(sent: str) -> None:
    answer = Client().post(reverse("mfa_login_webauthn"), {"credential": sent})
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_login"))
