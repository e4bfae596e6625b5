from __future__ import annotations

from standdown.foundation.migration_step import Step


def test_a_step_is_done_and_undone_without_any_model() -> None:
    done: list[str] = []
    step = Step(lambda editor: done.append(f"done with {editor}"), lambda editor: done.append(f"undone with {editor}"))
    step.database_forwards("people", "the editor", from_state=None, to_state=None)
    step.database_backwards("people", "the editor", from_state=None, to_state=None)
    assert done == ["done with the editor", "undone with the editor"]
    assert step.reversible
