"""Where the slices of care join in: with each other upwards, with people below, and with the worker's turns."""

from __future__ import annotations


def join() -> None:
    """Put every listener on its list, once, at start-up."""
