"""Who types a command, and when: what a record keeps of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.store.values import Act

ROLE = "command line"


def act_now(reason: str | None = None) -> Act:
    """An act of the person at the terminal, known by the name that the computer knows, at this moment."""
    import getpass

    from scheduler.clock import Clock
    from scheduler.store.values import Act, Who

    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "unknown"
    return Act(Who(f"terminal:{name}", name, ROLE), Clock().now().replace(microsecond=0), reason)
