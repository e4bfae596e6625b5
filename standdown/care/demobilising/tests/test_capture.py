"""What a device sends by itself: at once, or later when there is signal again."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from standdown.care.demobilising.models import Demobilisation
from standdown.care.demobilising.tests.scene import Night, tonight
from standdown.care.exposures.models import Exposure
from standdown.foundation import ids
from tests import cast

AT_ONCE = 6


def send(night: Night, **facts: Any) -> Any:
    """What the device posts for Ann."""
    facts = {"capture_key": str(ids.new()), "outcome": "held", "next_step": "", **facts}
    return cast.client_for(night.sam).post(reverse("demobilising:capture", args=[night.ann.pk]), facts)


@pytest.mark.django_db
def test_what_waited_for_signal_keeps_its_own_time_and_says_so() -> None:
    night = tonight()
    when = night.at - dt.timedelta(minutes=50)
    answer = send(night, held_at=when.isoformat().replace("+00:00", "Z"), needs=["food"])
    assert (answer.status_code, answer.json()) == (200, {"next": "/care/demobilising/"})
    made = Demobilisation.objects.get()
    assert (made.held_at, made.kept, made.food) == (when, "queued", True)


@pytest.mark.django_db
def test_what_is_sent_at_once_is_recorded_at_once() -> None:
    night = tonight()
    assert send(night).status_code == 200
    assert Demobilisation.objects.get().kept == "online"


@pytest.mark.django_db
def test_the_same_capture_sent_twice_is_one_record() -> None:
    night, key = tonight(), str(ids.new())
    answers = [send(night, capture_key=key).status_code for _time in range(2)]
    assert (answers, Demobilisation.objects.count()) == ([200, 200], 1)


@pytest.mark.django_db
def test_a_device_is_told_in_words_what_is_wrong() -> None:
    answer = send(tonight(), outcome="")
    assert (answer.status_code, answer.json()) == (
        422, {"words": "Press one of the four buttons to say what came of it."},
    )  # fmt: skip


@pytest.mark.django_db
def test_whose_talk_it_is_no_longer_finds_nothing_there() -> None:
    night = tonight()
    una = cast.actor(cast.person(night.force, "Una"))
    address = reverse("demobilising:capture", args=[night.ann.pk])
    assert cast.client_for(una).post(address, {"outcome": "held"}).status_code == 404


@pytest.mark.django_db
def test_a_device_knows_whose_session_it_is_by_a_mark_without_a_name() -> None:
    night = tonight()
    facts = [cast.client_for(who).get(reverse("demobilising:ready")).json() for who in (night.sam, night.cora)]
    assert [set(one) for one in facts] == [{"token", "who"}] * 2
    assert facts[0]["who"] != facts[1]["who"]
    assert str(night.sam.person_id) not in facts[0]["who"]
    assert [len(one["who"]) for one in facts] == [16, 16]


@pytest.mark.django_db
def test_a_team_sent_late_still_finds_its_people() -> None:
    night, key = tonight(), str(ids.new())
    address = reverse("demobilising:capture-team", args=[night.incident.pk])
    facts = {"capture_key": key, "outcome": "held", "who": [str(night.ann.pk), str(night.ben.pk)]}
    client = cast.client_for(night.sam)
    assert [client.post(address, facts).status_code for _time in range(2)] == [200, 200]
    assert Demobilisation.objects.count() == 2


@pytest.mark.postgres
@pytest.mark.usefixtures("for_real")
def test_the_same_capture_sent_many_times_at_once_is_one_record() -> None:
    night, key = Night(), ids.new()
    raised: list[BaseException] = []
    made: list[object] = []

    def work() -> None:
        try:
            made.append(night.record(Exposure.objects.get(pk=night.ann.pk), key=key).pk)
        except Exception as error:  # noqa: BLE001 -- none may come
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (raised, len(made), len(set(made))) == ([], AT_ONCE, 1)
    assert Demobilisation.objects.count() == 1
