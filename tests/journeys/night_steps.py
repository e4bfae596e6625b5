"""The scene of the night: an incident, and people whom the demonstration's supervisor still owes five minutes."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.journeys.standing import Standing, surroundings

ROOT = Path(__file__).parents[2]
_SCENE = """
import datetime as dt, json
import django
django.setup()
from standdown.care.exposures import stages
from standdown.care.exposures.models import Exposure, Stage
from standdown.foundation import clock, db
from standdown.foundation.access import system
from standdown.people.models import Account, Person, RoleGrant
from tests import care_cast
now = clock.now()
grants = RoleGrant.objects.filter(
    role="supervisor", person__in=Account.objects.values("person"), person__work_email__endswith="@bedfordshire.example"
)
sam = grants.get().person
people = list(Person.objects.filter(home_force=sam.home_force).exclude(pk=sam.pk).exclude(
    pk__in=Account.objects.values("person"))[:3])
with db.one_transaction(), db.open_for("the scene"):
    incident = care_cast.incident(sam.home_force, ended_at=now - dt.timedelta(hours=3), raised_at=now)
    exposed = [
        care_cast.exposure(
            incident, one, stage=Stage.TO_DEMOBILISE, supervisor=sam, added_at=now,
            duty_end_at=now + dt.timedelta(minutes=40 * (place + 1)),
        ) for place, one in enumerate(people)
    ]
    stages.open_first_steps(exposed, system("the scene"), now)
    others = Exposure.objects.filter(supervisor=sam).exclude(incident=incident)
    others.update(supervisor=None)  # whom the demonstration gave them is not of this night
print(json.dumps({"incident": str(incident.pk), "names": [one.full_name for one in people],
    "keys": [str(one.pk) for one in exposed]}))
"""
# Everything that the browser keeps for this site, as text, so that a name in it would show.
_KEPT = """async () => {
  const settled = (asked) => new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result); asked.onerror = () => failed(asked.error); });
  const found = { stores: [], caches: await caches.keys(), local: {...localStorage}, session: {...sessionStorage} };
  for (const { name } of await indexedDB.databases()) {
    const database = await settled(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      for (const one of await settled(database.transaction(store).objectStore(store).getAll())) {
        const sealed = one.sealed ? new TextDecoder("latin1").decode(one.sealed) : "";
        found.stores.push({ store, extractable: one.extractable ?? null, fields: Object.keys(one).sort(), sealed });
      }
    }
    database.close();
  }
  return found;
}"""


@dataclass(frozen=True)
class Night:
    """The incident, and the people of it, soonest off duty first."""

    incident: str
    names: list[str]
    keys: list[str]


def set_scene(live: Standing) -> Night:
    """Write the incident straight into the database of a running Standdown."""
    settings = {"PORT": str(live.port), "DJANGO_SETTINGS_MODULE": "standdown.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", _SCENE],
        env=surroundings(live.home) | settings, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return Night(**json.loads(done.stdout.splitlines()[-1]))


def kept_by(page: Page) -> dict[str, Any]:
    """What the browser keeps for this site beside cookies."""
    found: dict[str, Any] = page.evaluate(_KEPT)
    return found
