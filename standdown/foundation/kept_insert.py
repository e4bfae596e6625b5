"""The statement that stores a new row, put together once: as `KeptQuery`, for the few that a bench showed to be hot."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import sql
from django.db.models.constants import OnConflict

from standdown.foundation import db

M = TypeVar("M", bound=models.Model)


class KeptInsert(Generic[M]):
    """Stores new rows of that model, each in one statement. Only for models whose key is not the database's to give.

    `once`: where a constraint says that the row is there already, nothing is added and nothing is said.
    """

    def __init__(self, model: type[M], *, once: bool = False) -> None:
        self._model = model
        self._once = once
        self._fields: list[models.Field[Any, Any]] = list(model._meta.concrete_fields)
        self._sql = ""

    def store_new(self, row: M) -> None:
        """Store the row. Raises IntegrityError where a constraint says no."""
        self._sql = self._sql or self._written_down(row)
        now = connections[DEFAULT_DB_ALIAS]
        values = [field.get_db_prep_save(field.pre_save(row, add=True), now) for field in self._fields]
        with db.planned_once(), now.cursor() as cursor:
            cursor.execute(self._sql, values)
        row._state.adding, row._state.db = False, now.alias

    def _written_down(self, row: M) -> str:
        query = sql.InsertQuery(self._model, on_conflict=OnConflict.IGNORE if self._once else None)
        query.insert_values(self._fields, [row])
        compiler: Any = query.get_compiler(connection=connections[DEFAULT_DB_ALIAS])
        compiler.returning_fields = None
        ((text, _values),) = compiler.as_sql()
        return str(text)
