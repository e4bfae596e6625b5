"""Standdown: after a traumatic incident at work, nobody is overlooked."""

__version__ = "0.1.0"
