"""A question that is put together once: its SQL is kept, and only its values change.

The mapper takes longer to write a large question down than the database takes to answer it. For the few questions that
a bench showed to be hot; what comes back are the same records as ever.
"""

from __future__ import annotations

import copy
import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import QuerySet

from standdown.foundation import db

R = TypeVar("R")
_DAY = dt.date(1801, 1, 1)  # stand-ins are values that nobody means
_MOMENT = dt.datetime(1801, 1, 1, tzinfo=dt.UTC)
_NOBODY = uuid.UUID(int=0)
_PLACE = "%s"
_LASTING = (uuid.UUID, dt.date)  # what can be given out twice, because nobody can change it; a moment is a date too


class NotKept(TypeError):
    """The question cannot be kept: a value does not stand in it by itself, once for each place."""


class Keys:
    """The kind of a value that is several keys, none or thousands, as in `filter(person__in=value)`."""


@dataclass(frozen=True, slots=True)
class _Written:
    rows: QuerySet[Any]
    compiler: Any
    sql: str
    values: tuple[object, ...]
    names: tuple[str | None, ...]  # for each value the name of what takes its place; None: it never changes

    def filled(self, given: Mapping[str, list[object]]) -> tuple[str, tuple[object, ...]]:
        """The text and the values to send; where several keys stand, the text has a place for each of them."""
        sent = [[old] if name is None else given[name] for old, name in zip(self.values, self.names, strict=True)]
        bound = tuple(value for some in sent for value in some)
        if len(bound) == len(sent):
            return self.sql, bound
        before, *after = self.sql.split(_PLACE)
        places = (", ".join([_PLACE] * len(some)) for some in sent)
        return before + "".join(place + rest for place, rest in zip(places, after, strict=True)), bound


class KeptQuery(Generic[R]):
    """What `build` asks, for other keys, days and words than it was written down with.

    `build` takes each value by its name; `kinds` says of which kind each is: uuid.UUID, dt.date, dt.datetime, str or
    Keys. A value may only stand by itself in the question, as in `filter(pk=value)`: no other lists, no None, nothing
    that decides how the question is put. Raises NotKept otherwise, and TransactionManagementError for a lock that
    would not outlast its own statement.
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
        kept = self._kept
        sent = kept.filled({name: _given(self._kinds[name], value) for name, value in values.items()})
        compiler = copy.copy(kept.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda *_args, **_more: sent
        compiler.apply_converters = lambda rows, by: _converted(rows, by, compiler.connection)
        asked = kept.rows.all()
        if not db.is_held(asked):
            raise transaction.TransactionManagementError("a lock would not outlast its own statement")
        asked.query.get_compiler = lambda *_args, **_more: compiler  # type: ignore[method-assign]
        with nullcontext() if Keys in self._kinds.values() else db.planned_once():  # other keys, another text
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
        rows = self._build(**{name: [one] if self._kinds[name] is Keys else one for name, one in stand_ins.items()})
        compiler = rows.query.get_compiler(rows.db)
        sql, values = compiler.as_sql()
        named = {_stored(value): name for name, value in stand_ins.items()}
        names = tuple(named.get(value) if isinstance(value, (uuid.UUID, dt.date, str)) else None for value in values)
        return rows, compiler, sql, tuple(values), names


def _stand_in(kind: type, number: int) -> object:
    if kind in {uuid.UUID, Keys}:
        return uuid.UUID(int=number)
    if kind is dt.datetime:
        return _MOMENT + dt.timedelta(days=401 * number, seconds=number)
    if kind is dt.date:
        return _DAY + dt.timedelta(days=401 * number)  # of another year, month and day of the week
    if kind is str:
        return f"a word that stands in for another, {number}"
    raise NotKept(f"values of the kind {kind.__name__} are not kept")


def _given(kind: type, value: Any) -> list[object]:
    """What takes the place of a value of that kind. No keys at all are asked for as one that nobody has."""
    if kind is not Keys:
        return [_stored(value)]
    keys = list(value) or [_NOBODY]
    return keys if connection.features.has_native_uuid_field else [key.hex for key in keys]


def _stored(value: Any) -> Any:
    """The value as the driver is given it."""
    if isinstance(value, uuid.UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, dt.date):
        return connection.ops.adapt_datefield_value(value)
    return str(value)


def _converted(rows: Iterable[Any], converters: Mapping[int, tuple[Any, Any]], connection: Any) -> Iterator[list[Any]]:
    """As the mapper makes keys and moments of what the driver gives, but each once: of many rows few are different."""
    columns: list[tuple[int, Any, Any, dict[Any, Any]]]
    columns = [(place, steps, of, {}) for place, (steps, of) in converters.items()]
    for row in map(list, rows):
        for place, steps, of, known in columns:
            given = row[place]
            value = known.get(given)
            if value is None:
                value = given
                for step in steps:
                    value = step(value, of, connection)
                if isinstance(value, _LASTING):
                    known[given] = value
            row[place] = value
        yield row
