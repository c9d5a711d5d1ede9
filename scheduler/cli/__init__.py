"""The command line. It has no rules of its own: it reads what was typed, asks the core, and shows the answer."""

from scheduler.cli.app import main

__all__ = ["main"]
