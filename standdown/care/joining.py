"""Where the slices of care join in: with each other upwards, with people below, and with the worker's turns."""

from __future__ import annotations

from standdown.care.duty import duty_ends
from standdown.care.exposures import hooks as exposures


def join() -> None:
    """Put every listener on its list, once, at start-up."""
    exposures.EXPOSED.append(duty_ends.fill_in)
