"""A migration step of code that needs the database alone.

Django's `RunPython` hands over every model as it was at that point, and building them took a third of all migrating.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.migrations.operations.base import Operation


class Step(Operation):
    """Code that takes the schema editor, forwards and back."""

    reversible = True

    def __init__(self, forward: Callable[[Any], None], backward: Callable[[Any], None]) -> None:
        self._forward, self._backward = forward, backward

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Leave the models as they are."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002
        """Do it."""
        self._forward(schema_editor)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002
        """Undo it."""
        self._backward(schema_editor)
