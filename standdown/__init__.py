"""Standdown: nobody who goes through a traumatic incident at work is missed."""

__version__ = "0.1.0"
