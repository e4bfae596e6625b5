"""The command line: `standdown`. One module for each group of commands."""

from standdown.config.cli.program import main

__all__ = ["main"]
