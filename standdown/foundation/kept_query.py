"""A question that is put together once: its SQL is kept, and only its values change.

The mapper takes longer to write a large question down than the database takes to answer it. For the few questions that
a bench showed to be hot; what comes back are the same records as ever.
"""

from __future__ import annotations

import copy
import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import QuerySet

from standdown.foundation import db

R = TypeVar("R")
_DAY = dt.date(1801, 1, 1)  # stand-ins are values that nobody means
_MOMENT = dt.datetime(1801, 1, 1, tzinfo=dt.UTC)


class NotKept(TypeError):
    """The question cannot be kept: a value does not stand in it by itself, once for each place."""


@dataclass(frozen=True, slots=True)
class _Written:
    rows: QuerySet[Any]
    compiler: Any
    sql: str
    values: tuple[object, ...]
    names: tuple[str | None, ...]  # for each value the name of what takes its place; None: it never changes


class KeptQuery(Generic[R]):
    """What `build` asks, for other keys, days and words than it was written down with.

    `build` takes each value by its name; `kinds` says of which kind each is: uuid.UUID, dt.date, dt.datetime or
    str. A value may only stand by itself in the question, as in `filter(pk=value)`: no lists, no None, nothing that
    decides how the question is put. Raises NotKept otherwise, and TransactionManagementError for a lock that would
    not outlast its own statement.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, R]], **kinds: type) -> None:
        self._build = build
        self._kinds = kinds
        self._kept: _Written | None = None

    def rows(self, **values: object) -> list[R]:
        """Ask, in one statement."""
        if values.keys() != self._kinds.keys():
            raise NotKept(f"expected {sorted(self._kinds)}")
        self._kept = self._kept or self._write_down()
        kept, stored = self._kept, {name: _stored(value) for name, value in values.items()}
        bound = tuple(old if name is None else stored[name] for old, name in zip(kept.values, kept.names, strict=True))
        compiler = copy.copy(kept.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda *_args, **_more: (kept.sql, bound)
        asked = kept.rows.all()
        if not db.is_held(asked):
            raise transaction.TransactionManagementError("a lock would not outlast its own statement")
        asked.query.get_compiler = lambda *_args, **_more: compiler  # type: ignore[method-assign]
        with db.planned_once():
            return list(asked)

    def _write_down(self) -> _Written:
        """Twice, with other values, so that nothing that follows from a value is taken for something that stays."""
        rows, compiler, sql, values, names = self._written_with(0)
        *_first, other_sql, other_values, other_names = self._written_with(1)
        stays = [(old, other) for old, other, name in zip(values, other_values, names, strict=True) if name is None]
        if sql != other_sql or names != other_names or any(old != other for old, other in stays):
            raise NotKept("something in the question follows from a value")
        if set(names) - {None} != self._kinds.keys():
            raise NotKept(f"not every value stands in the question: {sorted(self._kinds)}")
        return _Written(rows, compiler, sql, values, names)

    def _written_with(self, turn: int) -> tuple[QuerySet[Any, R], Any, str, tuple[object, ...], tuple[str | None, ...]]:
        numbered = enumerate(self._kinds.items(), start=1 + turn * len(self._kinds))
        stand_ins = {name: _stand_in(kind, number) for number, (name, kind) in numbered}
        rows = self._build(**stand_ins)
        compiler = rows.query.get_compiler(rows.db)
        sql, values = compiler.as_sql()
        named = {_stored(value): name for name, value in stand_ins.items()}
        names = tuple(named.get(value) if isinstance(value, (uuid.UUID, dt.date, str)) else None for value in values)
        return rows, compiler, sql, tuple(values), names


def _stand_in(kind: type, number: int) -> object:
    if kind is uuid.UUID:
        return uuid.UUID(int=number)
    if kind is dt.datetime:
        return _MOMENT + dt.timedelta(days=401 * number, seconds=number)
    if kind is dt.date:
        return _DAY + dt.timedelta(days=401 * number)  # of another year, month and day of the week
    if kind is str:
        return f"a word that stands in for another, {number}"
    raise NotKept(f"values of the kind {kind.__name__} are not kept")


def _stored(value: object) -> Any:
    """The value as the driver is given it."""
    if isinstance(value, uuid.UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, dt.date):
        return connection.ops.adapt_datefield_value(value)
    return str(value)
