from __future__ import annotations

import pytest

from standdown.foundation.one_by_one import tried
from standdown.foundation.refusal import Refusal


def deed(name: str, *, by: str, done: list[str]) -> None:
    """Fails for Ann, refuses Bea."""
    if name == "Ann":
        raise ValueError(name)
    if name == "Bea":
        raise Refusal("Somebody was quicker.")
    done.append(f"{name} by {by}")


def test_one_that_fails_does_not_keep_the_others_waiting(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []
    assert [tried(deed, name, by="sweep", done=done) for name in ("Ann", "Bea", "Cy")] == [False, False, True]
    assert done == ["Cy by sweep"]
    assert [record.getMessage() for record in caplog.records] == ["deed could not be done: ValueError"]
