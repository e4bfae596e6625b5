"""Signing in by password and code, what is said to strangers, and what goes on record."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from standdown.audit.models import NATIONAL, Entry
from standdown.foundation import db
from standdown.people.models import Account
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db
PASSWORD = "four words that do not meet"


@pytest.fixture(autouse=True)
def _no_tries_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def with_password(**facts: Any) -> Account:
    account = cast.account(cast.person(cast.force()), **facts)
    account.set_password(PASSWORD)
    account.save()
    return account


def with_app(account: Account) -> str:
    secret: str = totp.generate_totp_secret()
    totp.TOTP.activate(account, secret)
    return secret


def code_of(secret: str) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30)))


def sign_in(client: Client, address: str, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": address, "password": password})


def notes() -> list[object]:
    """What the record says of each step, in order."""
    entries = Entry.objects.order_by("at", "sequence")
    return [entry.detail.get("step") or entry.detail.get("refusal") for entry in entries]


def without_token(body: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", body)


def test_password_and_code_open_the_account_and_both_ends_are_on_record() -> None:
    account = with_password()
    secret = with_app(account)
    client = Client()
    assert sign_in(client, account.email.upper())["Location"] == reverse("mfa_authenticate")
    assert Entry.objects.count() == 0
    code = code_of(secret)
    answer = client.post(reverse("mfa_authenticate"), {"code": f"{code[:3]} {code[3:]}"})
    assert answer["Location"] == reverse("sign_in_next")
    left = client.post(reverse("account_logout"))
    assert left["Clear-Site-Data"] == '"cache"'
    assert client.get(reverse("mfa_index")).status_code == 302
    entries = Entry.objects.order_by("sequence")
    assert [(e.can, e.detail, e.outcome, e.actor_id) for e in entries] == [
        ("keep-own-account", {"step": "signed-in", "way": "totp"}, "done", account.person_id),
        ("keep-own-account", {"step": "signed-out"}, "done", account.person_id),
    ]
    assert {e.chain_id for e in entries} == {account.person.home_force_id}


def test_a_code_works_once() -> None:
    account = with_password()
    secret = with_app(account)
    code = code_of(secret)
    for expected in (302, 200):
        client = Client()
        sign_in(client, account.email)
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == expected
    assert notes() == ["signed-in", "code-refused"]


def test_a_password_alone_leads_to_a_second_way_before_anything_else(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    account = with_password()
    client = Client()
    sign_in(client, account.email)
    assert client.get(reverse("sign_in_next"))["Location"] == reverse("mfa_index")
    assert client.get(reverse("usersessions_list"))["Location"] == reverse("mfa_index")
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    assert notes() == ["signed-in", "added", "added"]


def test_wrong_password_and_unknown_address_get_the_same_bytes() -> None:
    account = with_password()
    known = sign_in(Client(), account.email, "not the one that was set")
    unknown = sign_in(Client(), "nobody@nowhere.example", "not the one that was set")
    assert known.status_code == unknown.status_code == 200
    said = [without_token(known.content), without_token(unknown.content)]
    assert said[0].replace(account.email.encode(), b"") == said[1].replace(b"nobody@nowhere.example", b"")


def test_failures_are_on_record_without_the_address() -> None:
    account = with_password()
    sign_in(Client(), account.email, "not the one that was set")
    sign_in(Client(), "nobody@nowhere.example", "not the one that was set")
    entries = Entry.objects.order_by("at")
    assert [(e.chain_id, e.actor_kind, e.outcome, e.detail) for e in entries] == [
        (account.person.home_force_id, "system", "refused", {"refusal": "password-refused"}),
        (NATIONAL, "system", "refused", {"refusal": "password-refused"}),
    ]
    assert "nowhere" not in str([entry.__dict__ for entry in entries])


def test_after_five_failures_even_the_right_password_waits_and_strangers_hear_the_same() -> None:
    account = with_password()
    for address in (account.email, "nobody@nowhere.example"):
        for _ in range(5):
            sign_in(Client(), address, "not the one that was set")
        answer = sign_in(Client(), address)
        assert b"There were too many tries" in answer.content
    assert notes() == ["password-refused"] * 10


@pytest.mark.parametrize("state", [Account.State.SUSPENDED, Account.State.LEFT])
def test_access_that_ended_is_gone_at_the_next_request_and_does_not_come_back(state: Account.State) -> None:
    by = cast.holder(Role.WELLBEING_LEAD, cast.force())
    client = cast.client_for(by)
    assert client.get(reverse("mfa_index")).status_code == 200
    Account.objects.filter(person_id=str(by.person_id)).update(state=state)
    assert client.get(reverse("mfa_index"))["Location"].startswith(reverse("account_login"))
    Account.objects.filter(person_id=str(by.person_id)).update(state=Account.State.ACTIVE)
    assert client.get(reverse("mfa_index")).status_code == 302


def test_the_suspended_are_told_only_after_the_right_password() -> None:
    account = with_password(state=Account.State.SUSPENDED)
    assert sign_in(Client(), account.email)["Location"] == reverse("account_inactive")
    assert sign_in(Client(), account.email, "not the one that was set").status_code == 200


def test_other_browsers_can_be_signed_out() -> None:
    account = with_password()
    secret = with_app(account)
    browsers = [Client(), Client(), Client()]
    for number, browser in enumerate(browsers):
        cache.clear()  # the same code within thirty seconds
        sign_in(browser, account.email)
        browser.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
        assert UserSession.objects.count() == number + 1
    first = UserSession.objects.get(session_key=browsers[1].session.session_key)
    browsers[0].post(reverse("usersessions_list"), {"place": first.pk})
    assert [b.get(reverse("mfa_index")).status_code for b in browsers] == [200, 302, 200]
    assert browsers[0].post(reverse("usersessions_list")).status_code == 303
    assert [b.get(reverse("mfa_index")).status_code for b in browsers] == [200, 302, 302]


def test_nobody_ends_the_sessions_of_others() -> None:
    force = cast.force()
    alice, bob = cast.holder(Role.WELLBEING_LEAD, force), cast.holder(Role.ESTIP_LEAD, force, "Bob")
    first, second = cast.client_for(alice), cast.client_for(bob)
    theirs = UserSession.objects.create(
        user_id=bob.account_id, session_key=second.session.session_key, ip="127.0.0.1", user_agent=""
    )
    first.post(reverse("usersessions_list"), {"place": theirs.pk})
    assert second.get(reverse("mfa_index")).status_code == 200
    assert first.post(reverse("usersessions_list"), {"place": "x"}).status_code == 404


def test_the_last_way_in_stays() -> None:
    account = with_password()
    secret = with_app(account)
    client = Client()
    sign_in(client, account.email)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    client.post(reverse("account_reauthenticate") + f"?next={reverse('mfa_deactivate_totp')}", {"password": PASSWORD})
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert answer.status_code == 409
    assert b"the only way that you can sign in" in answer.content
    assert Authenticator.objects.filter(user=account).count() == 1
    assert notes()[-1] == "last-way-in"


def test_what_changes_the_ways_in_asks_once_more_who_it_is() -> None:
    account = with_password()
    secret = with_app(account)
    client = Client()
    sign_in(client, account.email)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    for name in ("mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp"):
        if name == "mfa_view_recovery_codes":
            continue  # there are none yet: not there
        assert client.get(reverse(name))["Location"].startswith(reverse("account_reauthenticate")), name


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_inactive"])
def test_what_strangers_may_open(name: str) -> None:
    assert Client().get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "sign_in_next", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_index",
        "mfa_list_webauthn", "mfa_add_webauthn", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "account_change_password",
        "account_set_password", "usersessions_list",
    ],
)  # fmt: skip
def test_the_rest_is_for_those_who_are_in(name: str) -> None:
    answer = Client().get(reverse(name))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize("path", ["signup/", "email/", "confirm-email/", "password/reset/", "login/code/confirm/", ""])
def test_what_the_library_has_and_we_do_not_want_has_no_address(path: str) -> None:
    assert Client().get(f"/sign-in/{path}").status_code == 404


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)"]
)
def test_signing_in_never_leads_elsewhere(target: str) -> None:
    account = with_password()
    secret = with_app(account)
    client = Client()
    client.post(reverse("account_login"), {"login": account.email, "password": PASSWORD, "next": target})
    answer = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert answer["Location"] == reverse("sign_in_next")


def test_a_new_password_ends_the_other_sessions() -> None:
    account = with_password()
    secret = with_app(account)
    here, there = Client(), Client()
    for browser in (here, there):
        cache.clear()
        sign_in(browser, account.email)
        browser.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    new = "five other words for the door"
    short = here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "short"})
    assert short.status_code == 200
    assert b"at least 15 characters" in short.content
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new})
    assert (here.get(reverse("mfa_index")).status_code, there.get(reverse("mfa_index")).status_code) == (200, 302)
    assert notes()[-1] == "added"


def test_nothing_here_is_kept_by_a_cache() -> None:
    assert "no-store" in Client().get(reverse("account_login"))["Cache-Control"]


def test_the_watch_does_not_stand_in_the_way_of_a_sign_in() -> None:
    account = with_password()
    sign_in(Client(), account.email)
    account.refresh_from_db()
    assert account.last_login is not None
    with pytest.raises(db.WriteOutsideAct):
        account.person.save()
