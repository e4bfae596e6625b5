import pytest
from django.test import Client

from standdown.config.middleware import MOST_SIGNED_IN, MOST_SIGNED_OUT
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/login/"


def sent(client: Client, address: str, length: int) -> int:
    """Send that many bytes as a form; the status of the answer."""
    return client.post(address, b"a" * length, content_type="text/plain").status_code


def test_nobody_signed_out_sends_more_than_a_form(client: Client) -> None:
    assert sent(client, SIGN_IN, MOST_SIGNED_OUT) == 200
    assert sent(client, SIGN_IN, MOST_SIGNED_OUT + 1) == 413


def test_a_length_beyond_all_measure_is_turned_away_unread(client: Client) -> None:
    assert client.post(SIGN_IN, {}, CONTENT_LENGTH=str(10**12)).status_code == 413


def test_a_file_may_be_as_large_as_an_import_takes_and_no_larger() -> None:
    client = cast.client_for(cast.holder(Role.SYSTEM_ADMINISTRATOR, cast.force()))
    assert sent(client, "/people/accounts/import/", MOST_SIGNED_OUT + 1) == 200
    answer = client.post("/people/accounts/import/", {}, CONTENT_LENGTH=str(MOST_SIGNED_IN + 1))
    assert answer.status_code == 413
    assert "too large" in answer.content.decode()


@pytest.mark.parametrize("length", ["", "x", "-5"])
def test_a_length_that_is_none_lets_nothing_through_that_was_not_read(client: Client, length: str) -> None:
    assert client.get("/", CONTENT_LENGTH=length).status_code == 200


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_a_method_that_no_page_takes_is_answered_in_words(client: Client, method: str) -> None:
    answer = getattr(client, method)("/service/")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert "cannot be done here" in answer.content.decode()
    assert answer.headers["Content-Security-Policy"]
