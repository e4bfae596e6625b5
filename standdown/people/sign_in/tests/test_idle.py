"""Whoever was away for a while signs in again: sooner where care is shown (T17)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from standdown.audit.models import Entry
from standdown.foundation import clock
from standdown.people.roles.policy import Role
from standdown.people.sign_in import policy
from tests import cast

pytestmark = pytest.mark.django_db
CARE, OTHER = "/care/mine/", "/training/mine/"
MINUTE = dt.timedelta(minutes=1)
Later = Callable[[float], None]


@pytest.mark.parametrize(
    ("minutes", "of_care", "over"), [(10, True, False), (10.1, True, True), (30, False, False), (30.1, False, True)]
)
def test_ten_minutes_on_care_and_thirty_elsewhere(minutes: float, of_care: bool, over: bool) -> None:
    assert policy.is_over(minutes * MINUTE, of_care=of_care) is over


@pytest.fixture
def browser() -> Client:
    return cast.client_for(cast.holder(Role.SUPERVISOR, cast.force(), "Sue"))


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Let so many minutes go by."""

    def go_by(minutes: float) -> None:
        moment = clock.now() + minutes * MINUTE
        monkeypatch.setattr(clock, "now", lambda: moment)

    return go_by


def is_in(browser: Client, page: str) -> bool:
    answer = browser.get(page)
    if answer.status_code == 302:
        assert answer["Location"] == f"/sign-in/login/?next={page}"
    return answer.status_code == 200


@pytest.mark.parametrize(("page", "minutes"), [(CARE, 9), (OTHER, 29)])
def test_who_is_back_in_time_goes_on_as_long_as_they_do(
    browser: Client, later: Later, page: str, minutes: float
) -> None:
    for _round in range(5):
        later(minutes)
        assert is_in(browser, page)


@pytest.mark.parametrize(("page", "minutes"), [(CARE, 11), (OTHER, 31)])
def test_who_is_back_too_late_signs_in_again_and_is_told_why(
    browser: Client, later: Later, page: str, minutes: float
) -> None:
    assert is_in(browser, page)
    later(minutes)
    assert not is_in(browser, page)
    assert "You were away for a while" in browser.get("/sign-in/login/").content.decode()
    assert not is_in(browser, OTHER)
    assert Entry.objects.filter(detail__step="signed-out").count() == 1


def test_after_a_quarter_of_an_hour_training_opens_and_care_does_not(browser: Client, later: Later) -> None:
    later(15)
    assert is_in(browser, OTHER)
    later(15)
    assert not is_in(browser, CARE)


def test_what_is_public_neither_asks_nor_counts(browser: Client, later: Later) -> None:
    later(20)
    assert is_in(browser, "/")
    later(11)
    assert not is_in(browser, OTHER)


def test_it_is_written_down_once_a_minute_and_not_at_each_page(browser: Client, later: Later) -> None:
    later(2)
    assert is_in(browser, OTHER)
    seen = browser.session["seen"]
    later(0.5)
    assert is_in(browser, OTHER)
    assert browser.session["seen"] == seen
    later(0.6)
    assert is_in(browser, OTHER)
    assert browser.session["seen"] > seen


def test_a_sign_in_of_before_this_was_written_down_goes_on(browser: Client) -> None:
    session = browser.session
    del session["seen"]
    session.save()
    assert is_in(browser, CARE)
    assert "seen" in browser.session
