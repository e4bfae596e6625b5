"""The demonstration's doors are open in the demonstration, and not there otherwise."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from standdown.people.models import Account
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def _demonstration(settings: Settings) -> None:
    settings.DEMONSTRATION = True


def lead(**facts: object) -> Account:
    force = cast.force()
    who = cast.person(force, "Wenna")
    cast.grant(who, Role.WELLBEING_LEAD, force, ends_on=cast.TODAY.replace(year=2090))
    return cast.account(who, demonstration=True, **facts)


@pytest.mark.usefixtures("_demonstration")
def test_each_made_up_person_stands_there_with_role_and_force() -> None:
    lead()
    page = Client().get(reverse("sign_in_demonstration")).content.decode()
    for words in ("Wellbeing lead", "Decides whose name is put forward", "Wenna Ashdown, Ashire Police"):
        assert words in page
    assert reverse("sign_in_demonstration") in Client().get(reverse("account_login")).content.decode()


@pytest.mark.usefixtures("_demonstration")
def test_one_click_signs_in_without_a_second_way() -> None:
    account = lead()
    client = Client()
    answer = client.post(reverse("sign_in_demonstration"), {"account": account.pk})
    assert answer["Location"] == reverse("sign_in_next")
    assert client.get(reverse("usersessions_list")).status_code == 200


@pytest.mark.usefixtures("_demonstration")
def test_it_opens_demonstration_accounts_only() -> None:
    real = cast.account(cast.person(cast.force()))
    for key in (real.pk, "", "x", "00000000-0000-0000-0000-000000000000"):
        assert Client().post(reverse("sign_in_demonstration"), {"account": key}).status_code == 404


@pytest.mark.usefixtures("_demonstration")
def test_it_asks_for_the_token_like_any_form() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("sign_in_demonstration"), {"account": lead().pk}).status_code == 403


@pytest.mark.parametrize("method", ["get", "post", "head"])
def test_outside_it_reads_like_an_address_that_is_not_there(settings: Settings, method: str) -> None:
    settings.DEMONSTRATION = False
    account = lead()
    strict = Client(enforce_csrf_checks=True)
    here = getattr(strict, method)(reverse("sign_in_demonstration"), {"account": account.pk})
    nowhere = getattr(strict, method)("/sign-in/not-an-address/", {"account": account.pk})
    assert (here.status_code, here.content, dict(here.items())) == (404, nowhere.content, dict(nowhere.items()))


def test_the_sign_in_page_says_nothing_of_it_outside(settings: Settings) -> None:
    settings.DEMONSTRATION = False
    assert b"made-up" not in Client().get(reverse("account_login")).content
