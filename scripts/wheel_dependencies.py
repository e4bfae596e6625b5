"""Tells hatchling what the wheel depends on, so that requirements/base.in is the only list."""

from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class WheelDependencies(MetadataHookInterface):
    """Fills in `project.dependencies` while a wheel is built."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Read one dependency a line; the reason after `#` is for people."""
        lines = Path(self.root, "requirements", "base.in").read_text(encoding="utf-8").splitlines()
        wanted = [line.partition("#")[0].strip() for line in lines]
        metadata["dependencies"] = [name for name in wanted if name and not name.startswith("-")]
