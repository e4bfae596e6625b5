"""What can be wrong with an installation, in sentences that an operator can act on."""

from __future__ import annotations

import datetime as dt
import shutil
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http.request import validate_host

from standdown.audit import anchors
from standdown.care.clocks import second_look
from standdown.config.demonstration.world import MARK
from standdown.foundation import clock, db
from standdown.foundation.models import Mark
from standdown.notifications.models import State
from standdown.notifications.queries import last_beat
from standdown.notifications.worker import waiting

LEAST_FREE = 500 * 1024 * 1024  # bytes
_in_shape: set[str] = set()
LONGEST_SILENCE = dt.timedelta(seconds=60)


def problems() -> list[str]:
    """Everything that is wrong, in the order in which to put it right."""
    found = [*_settings(), *_disk()]
    try:
        return found + _database()
    except DatabaseError as error:
        return [*found, f"The database does not answer ({type(error).__name__}). Check STANDDOWN_DATABASE_URL."]


def ready(at: dt.datetime) -> list[str]:
    """What keeps this installation from doing its work now: the database, its shape, the worker, the steps of care.

    The last are asked of the tables and not of the worker, so that a worker that runs and does nothing shows as well.
    """
    try:
        missing = _shape()
        return missing + _worker(at) + ([] if missing else _steps(at))
    except DatabaseError:
        return ["database"]


def degraded(at: dt.datetime) -> list[str]:
    """What does not keep it from its work, but has to be seen to before anybody relies on the record being whole."""
    return ["anchors"] if anchors.too_old(at) else []


def _settings() -> list[str]:
    found = []
    if settings.DEBUG:
        found.append("STANDDOWN_DEBUG is on: errors are shown in full to everyone. Turn it off.")
    if not validate_host(urlsplit(settings.ORIGIN).hostname or "", settings.ALLOWED_HOSTS):
        found.append("STANDDOWN_HOSTS does not name the host of STANDDOWN_ORIGIN: every page there would be refused.")
    if not settings.DEMONSTRATION:
        if not settings.ORIGIN.startswith("https://"):
            found.append("STANDDOWN_ORIGIN does not begin with https://: passwords would travel in the open.")
        if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
            found.append("STANDDOWN_SMTP_URL is not set: mail is written to files and reaches nobody.")
        if not settings.SECURITY_CONTACT:
            found.append("STANDDOWN_SECURITY_CONTACT is not set: nobody can report a weakness.")
        if anchors.beside_the_data():
            found.append(
                "STANDDOWN_ANCHORS lies in the home folder: who changes the record can change its anchors, too."
            )
    return found


def _disk() -> list[str]:
    if not settings.HOME.exists():
        return [f"The home folder {settings.HOME} does not exist. Run `standdown migrate`."]
    if shutil.disk_usage(settings.HOME).free < LEAST_FREE:
        return [f"Less than 500 MB are free in {settings.HOME}."]
    return []


def _database() -> list[str]:
    found = _shape()
    if found:
        return ["The database is not in the shape that this version needs. Run `standdown migrate`."]
    made_up = Mark.objects.filter(pk=MARK).exists()
    if settings.DEMONSTRATION and not made_up:
        found.append("STANDDOWN_DEMONSTRATION is on, but this database does not hold the demonstration. Turn it off.")
    if made_up and not settings.DEMONSTRATION:
        found.append("This database holds the demonstration, which `standdown demo` throws away. Choose another one.")
    if db.is_single_process() and not settings.DEMONSTRATION:
        found.append("The embedded database is meant for one force or a trial. Use PostgreSQL for several forces.")
    return found + _running(clock.now())


def _running(at: dt.datetime) -> list[str]:
    found = []
    if _worker(at):
        found.append("No worker has looked for messages in the last minute. Start `standdown worker`.")
    if degraded(at):
        found.append(
            f"No anchor of the record was written to {anchors.folder()} in the last two hours. See that the worker "
            "runs and may write there, then run `standdown audit anchor`."
        )
    if _steps(at):
        found.append("Somebody should have been told of a step of care. Run `standdown check clocks`.")
    dead = waiting().get(State.DEAD.value, 0)
    if dead:
        found.append(f"{dead} messages were given up. Look at them on the messages page.")
    return found


def _shape() -> list[str]:
    """Whether migrations are missing. Once none is, none will be while this process runs, so it is asked no more."""
    name = str(connection.settings_dict["NAME"])
    if name in _in_shape:
        return []
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return ["migrations"]
    _in_shape.add(name)
    return []


def _worker(at: dt.datetime) -> list[str]:
    seen = last_beat()
    return ["worker"] if seen is None or at - seen > LONGEST_SILENCE else []


def _steps(at: dt.datetime) -> list[str]:
    return ["steps"] if second_look.behind(at) else []
