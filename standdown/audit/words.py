"""The codes that an entry of the record holds, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from standdown.design.times import plain_date

_FACTS: dict[str, Promise] = {
    "added": _("added"),
    "capacity": _("places"),
    "changed": _("changed"),
    "dates": _("dates"),
    "declined": _("declined"),
    "dry_run": _("only checked"),
    "item": _("point"),
    "number": _("version"),
    "origins": _("forces that end"),
    "problems": _("problems"),
    "public": _("anyone may see the dates"),
    "reason": _("reason"),
    "refusal": _("refused because"),
    "role": _("role"),
    "roles_ended": _("roles ended"),
    "rows": _("rows"),
    "since": _("from"),
    "state": _("state"),
    "step": _("what"),
    "successors": _("forces that follow"),
    "told": _("people told"),
    "undone": _("taken back"),
    "way": _("how"),
}
_SEALS = "looks"  # says something to a verifier only
_CODES: dict[str, Promise] = {
    "demonstration": _("the demonstration"),
    "joined": _("joined by invitation"),
    "not-allowed": _("not permitted"),
    "passkey": _("passkey"),
    "password": _("password"),
    "removed": _("removed"),
    "signed-in": _("signed in"),
    "signed-out": _("signed out"),
    "signed-out-elsewhere": _("signed out in other places"),
    "totp": _("code from an app"),
}


def of(kind: str, detail: Mapping[str, object]) -> str:
    """What an entry about that kind of record notes; a code that no table knows stands as it is."""
    facts = sorted(
        (name, value) for name, value in detail.items() if name != _SEALS
    )  # one database keeps their order, the other does not
    return ", ".join(f"{_FACTS.get(name, name)}: {_value(kind, name, value)}" for name, value in facts)


def _value(kind: str, name: str, value: object) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    code = str(value)
    if name == "since":
        return plain_date(dt.date.fromisoformat(code))
    for field in _fields(kind, name):
        label = dict(field.flatchoices).get(code)
        if label is not None:
            return str(label)
    return str(_CODES.get(code, code))


@cache
def _fields(kind: str, name: str) -> tuple[models.Field[object, object], ...]:
    """The fields of that name that choose from a table, those of the kind itself first."""
    every = sorted(apps.get_models(), key=lambda model: model._meta.label_lower != kind)
    found = (field for model in every for field in model._meta.fields if field.name == name)
    return tuple(field for field in found if field.choices)
