"""A row that is stored by a kept statement is the row that the mapper would have stored."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.forms.models import model_to_dict

from standdown.foundation import db, ids
from standdown.foundation.kept_insert import KeptInsert
from standdown.people.models import Force
from tests import cast

pytestmark = pytest.mark.django_db


def facts(row: Any) -> dict[str, object]:
    return {name: value for name, value in model_to_dict(row).items() if name not in {"id", "slug"}}


def test_it_stores_what_the_mapper_stores() -> None:
    kept, like = KeptInsert(Force), cast.force("ashire")
    for number in range(3):
        row = Force.objects.get(pk=like.pk)
        row.pk, row.slug = ids.new(), f"other-{number}"
        with db.open_for("a test"):
            kept.store_new(row)
        assert facts(Force.objects.get(slug=f"other-{number}")) == facts(like)
        assert not row._state.adding


def test_a_constraint_says_no_unless_once_is_enough() -> None:
    force = cast.force("ashire")
    with db.open_for("a test"):
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            KeptInsert(Force).store_new(force)
        KeptInsert(Force, once=True).store_new(force)
    assert db.is_clash(refused.value)
    assert Force.objects.count() == 1


def test_it_is_watched_like_any_other_write() -> None:
    with pytest.raises(db.WriteOutsideAct):
        KeptInsert(Force).store_new(cast.force("ashire"))


def test_what_stands_around_a_kept_statement_is_sent_as_ever() -> None:
    force = cast.force("ashire")
    with db.open_for("a test"), connection.cursor() as cursor:
        KeptInsert(Force, once=True).store_new(force)
        cursor.execute("SELECT %s", ["as ever"])
        assert cursor.fetchone() == ("as ever",)
    with connection.cursor() as after:
        assert type(after.cursor) is type(cursor.cursor)
