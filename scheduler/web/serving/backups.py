"""Backups by the server itself, on a schedule: into a folder, and older ones let go. What fails is logged, and tried again."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from threading import Event

from scheduler.errors import InvalidText, Refused, StoreUnavailable
from scheduler.findings import Finding, Severity
from scheduler.store.keeping.schedule import BackedUp, Retention, back_up, backups_in, is_due
from scheduler.web.guards.server import Server
from scheduler.web.request_log import tell
from scheduler.web.settings import Settings

LOOK_EVERY = 300.0
"""Seconds between two looks whether one is due: after a failure it is tried again so soon."""


def refuse_no_folder(settings: Settings) -> None:
    """Raises InvalidText where backups are to go into a folder that cannot be written to: told at the start, not at night."""
    folder = settings.backups_folder
    if folder is not None and not (Path(folder).is_dir() and os.access(folder, os.W_OK)):
        message = f"backups_folder: {folder} is no folder that can be written to"
        raise InvalidText([Finding("bad-setting", Severity.ERROR, message, "make it, on another disk than the study")])


def back_up_where_due(server: Server) -> BackedUp | None:
    """Make a backup where none was made within the time of the schedule; None where none is due."""
    chosen = server.settings
    if chosen.backups_folder is None:
        return None
    folder, now = Path(chosen.backups_folder), server.clock.now()
    if not is_due(backups_in(folder), now, timedelta(hours=chosen.backups_hours)):
        return None
    retention = Retention(chosen.backups_daily, chosen.backups_weekly, chosen.backups_monthly)
    return back_up(server.store, folder, now, retention)


def keep_backing_up(server: Server, stop: Event) -> None:
    """Look every few minutes whether one is due, until told to stop."""
    if server.settings.backups_folder is None:
        return
    while True:
        try:
            made = back_up_where_due(server)
        except Refused:
            pass  # another process of this server made it in the same second
        except (OSError, StoreUnavailable) as error:
            findings = getattr(error, "findings", ())
            tell("backup failed", error=type(error).__name__, codes=[each.code for each in findings])
        else:
            if made is not None:
                tell("backup made", records=made.head.number, let_go=len(made.let_go))
        if stop.wait(LOOK_EVERY):
            return
