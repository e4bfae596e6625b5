from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from standdown.audit import anchors
from standdown.config import installation
from standdown.config.demonstration.world import MARK
from standdown.foundation import clock, db
from standdown.foundation.models import Mark
from standdown.notifications import worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _all_is_well(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a force would run: behind TLS, with mail, a server for its data, and a worker."""
    settings.HOME, settings.DEMONSTRATION, settings.DEBUG = tmp_path / "home", False, False
    settings.ANCHORS = tmp_path / "elsewhere"
    for folder in (settings.HOME, settings.ANCHORS):
        folder.mkdir()
    settings.ORIGIN, settings.ALLOWED_HOSTS = "https://standdown.example", ["standdown.example"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.SECURITY_CONTACT = "mailto:security@standdown.example"
    monkeypatch.setattr(db, "is_single_process", lambda: False)
    worker.beat("worker", clock.now())
    anchors.write(clock.now())


def test_of_a_sound_installation_nothing_is_said() -> None:
    assert installation.problems() == []


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DEBUG", True, "STANDDOWN_DEBUG is on"),
        ("ORIGIN", "http://standdown.example", "passwords would travel in the open"),
        ("ORIGIN", "https://elsewhere.example", "STANDDOWN_HOSTS does not name the host"),
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", "reaches nobody"),
        ("SECURITY_CONTACT", "", "STANDDOWN_SECURITY_CONTACT is not set"),
        ("HOME", Path("/nowhere"), "does not exist"),
        ("DEMONSTRATION", True, "does not hold the demonstration"),
    ],
)
def test_each_thing_that_is_wrong_is_said(settings: Any, name: str, value: object, says: str) -> None:
    setattr(settings, name, value)
    (sentence,) = installation.problems()
    assert says in sentence


def test_a_demonstration_is_no_place_for_real_people(settings: Any) -> None:
    with db.open_for("the test"):
        Mark.objects.create(name=MARK)
    (sentence,) = installation.problems()
    assert "holds the demonstration" in sentence
    settings.DEMONSTRATION = True
    assert installation.problems() == []


def test_a_record_that_is_not_anchored_is_said_and_the_site_goes_on(settings: Any, client: Client) -> None:
    assert client.get("/health/ready", headers={"host": "standdown.example"}).json() == {"status": "ready"}
    (file,) = settings.ANCHORS.iterdir()
    file.unlink()
    anchors.write(clock.now() - dt.timedelta(minutes=121))
    (sentence,) = installation.problems()
    assert "No anchor of the record was written" in sentence
    answer = client.get("/health/ready", headers={"host": "standdown.example"})
    assert (answer.status_code, answer.json()) == (200, {"status": "degraded", "missing": ["anchors"]})


def test_anchors_beside_the_data_prove_little(settings: Any) -> None:
    settings.ANCHORS = settings.HOME / "anchors"
    anchors.write(clock.now())
    (sentence,) = installation.problems()
    assert "STANDDOWN_ANCHORS lies in the home folder" in sentence
