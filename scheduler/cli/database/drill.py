"""``scheduler restore-drill``: proves a backup by restoring it, before it is needed."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.screen import end, say, say_findings, show_table

if TYPE_CHECKING:
    from scheduler.store.keeping.drill import Drill
    from scheduler.views.table import Table


def restore_drill(
    backup: Annotated[
        Path,
        typer.Argument(metavar="BACKUP", help="A backup's file, or a folder of them, of which the newest is tried."),
    ],
    against: Annotated[
        str | None,
        typer.Option("--against", metavar="STUDY", help="The study that it was made of: it must have all of it."),
    ] = None,
    scratch: Annotated[
        str | None,
        typer.Option(
            "--scratch",
            metavar="DATABASE",
            help="An empty database to restore into, which is left as it is then; without it, a file that is thrown away.",
        ),
    ] = None,
    oldest: Annotated[
        int | None,
        typer.Option("--oldest", metavar="HOURS", min=1, help="Fail where the backup of a folder is older than that."),
    ] = None,
) -> None:
    """Restore a backup into a scratch database, verify its chain, and compare counts and heads. Exit code 1 where it is no good.

    Prints one table: what the file has, what came out of it, and what the study has now.
    """
    from scheduler.cli.database.keeping import there
    from scheduler.clock import Clock
    from scheduler.folder.reading.stored import opened
    from scheduler.store.keeping.drill import drill, too_old
    from scheduler.store.keeping.schedule import moment_of

    file = _newest(backup) if backup.is_dir() else backup
    now, made = Clock().now(), moment_of(file.name)
    if oldest is not None and made is None:
        raise typer.BadParameter("only the name of a scheduled backup says when it was made", param_hint="--oldest")
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        study = stack.enter_context(opened(there(against))) if against is not None else None
        found = drill(file, Path(folder) / "scratch.db" if scratch is None else scratch, study, now=now)
    if found.compared:
        show_table(_table(file, found))
    findings = [*found.findings]
    if oldest is not None and made is not None:
        findings += too_old(made, now, timedelta(hours=oldest))
    say_findings(findings)
    say("this backup is no good" if findings else "this backup can be restored")
    end(findings)


def _newest(folder: Path) -> Path:
    from scheduler.store.keeping.schedule import backups_in

    there = list(backups_in(folder).values())
    if not there:
        raise typer.BadParameter(f"there is no backup in {folder}; 'backup --into' makes some", param_hint="BACKUP")
    return there[-1]


def _table(file: Path, found: Drill) -> Table:
    from scheduler.views.table import Table

    rows = tuple(
        (each.what, each.backup, each.restored, each.study, "same" if each.same else "DIFFERS")
        for each in found.compared
    )
    return Table(f"Restore drill of {file.name}", ("what", "backup", "restored", "study now", "result"), rows)
