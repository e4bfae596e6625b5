from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from standdown.config import installation
from standdown.config.demonstration.world import MARK
from standdown.foundation import clock, db
from standdown.foundation.models import Mark
from standdown.notifications import worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _all_is_well(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a force would run: behind TLS, with mail, a server for its data, and a worker."""
    settings.HOME, settings.DEMONSTRATION, settings.DEBUG = tmp_path, False, False
    settings.ORIGIN, settings.ALLOWED_HOSTS = "https://standdown.example", ["standdown.example"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.SECURITY_CONTACT = "mailto:security@standdown.example"
    monkeypatch.setattr(db, "is_single_process", lambda: False)
    worker.beat("worker", clock.now())


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
