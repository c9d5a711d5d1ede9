"""``scheduler import-study``, ``export-study``, ``backup`` and ``restore``: a study into a database, out of it, and kept safe."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.database.signing import SignOption, sign_export
from scheduler.cli.options import StudyArgument
from scheduler.cli.screen import end, say, say_findings, write

if TYPE_CHECKING:
    from scheduler.folder.reading.contents import StudyFolder
    from scheduler.folder.reading.kept import Where
    from scheduler.store.values import Act

IntoArgument = Annotated[
    str, typer.Argument(metavar="DATABASE", help="A database's address, a file that ends in .db, or a study's folder.")
]


def import_study(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="protocol*.yaml, site.yaml, patients/.")],
    database: Annotated[
        str | None,
        typer.Argument(metavar="[DATABASE]", help="An empty database; without it, study.db in the folder is made."),
    ] = None,
    as_recorded: Annotated[
        bool,
        typer.Option("--as-recorded", help="Ask nothing: the logs were recorded already, as those of 'export-study'."),
    ] = False,
) -> None:
    """Put a folder's study into a database, all of it or nothing. From then on the folder's own database is what counts.

    Each event is asked about as 'record' does; where it stands, its own line says why, with 'confirmed' or 'override'.
    """
    from scheduler.cli.acting import act_now
    from scheduler.folder.importing import import_into, keep_in_database
    from scheduler.folder.reading.kept import DATABASE, told

    act = act_now("import of a folder")
    first = _take if as_recorded else partial(_ask_first, act=act)
    if database is None:
        if (folder / DATABASE).exists():
            raise typer.BadParameter(f"{folder} has a database already", param_hint="FOLDER")
        say(f"the study is in {keep_in_database(folder, act, first=first)}")
        return
    head = import_into(folder, _new(database), act, first=first)
    say(f"{head.number} records in {told(database)}")


def _take(study: StudyFolder) -> None:
    """The logs as they are."""


def _ask_first(study: StudyFolder, act: Act) -> None:
    """Say all that is asked about the rows, and end with the exit code 1 where something keeps one from being recorded."""
    from scheduler.folder.asked_rows import questions_of_rows

    asked = tuple(questions_of_rows(study, act.at))
    say_findings(finding for question, finding in asked if question.reason is None)
    if any(question.is_open for question, _ in asked):
        say("Nothing is recorded.")
        raise typer.Exit(1)


def export_study(
    study: StudyArgument,
    out: Annotated[Path, typer.Option("--out", help="A new or empty folder to write into.")],
    sign: SignOption = None,
) -> None:
    """Write a study's database out as a folder again: protocols, sites, the key of the feeds, a case file for each patient."""
    from scheduler.folder.reading.stored import opened, study_in
    from scheduler.folder.unpacking import unpack

    where = there(study)
    with opened(where) as store:
        written = unpack(store, study_in(store, where).source, out)
    sign_export(out, sign)
    say(f"{len(written)} files in {out}")


def backup(
    study: StudyArgument,
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="The file to write; there must be none of that name.")
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(
            "--into", metavar="FOLDER", help="Instead of FILE: a folder of backups, each named by its moment."
        ),
    ] = None,
    daily: Annotated[int, typer.Option("--daily", min=0, help="With --into: keep the newest of so many days.")] = 7,
    weekly: Annotated[int, typer.Option("--weekly", min=0, help="And of so many weeks.")] = 5,
    monthly: Annotated[int, typer.Option("--monthly", min=0, help="And of so many months.")] = 12,
) -> None:
    """Write a study's database into one file while the server runs, and print its head. Keep it as safe as the database.

    With --into, older backups in that folder are let go, once the new one is there; other files are left alone.
    """
    from scheduler.clock import Clock
    from scheduler.folder.reading.stored import opened
    from scheduler.store.keeping.schedule import Retention, back_up

    where = there(study)
    if (file is None) == (into is None):
        raise typer.BadParameter("name a file, or a folder with --into", param_hint="FILE")
    with opened(where) as store:
        if into is None:
            assert file is not None
            head, gone = store.backup(file), 0
        else:
            made = back_up(store, into, Clock().now(), Retention(daily, weekly, monthly))
            file, head, gone = made.file, made.head, len(made.let_go)
    write(f"{head}\n")
    say(f"{head.number} records in {file}{f', {gone} older let go' if gone else ''}")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What 'scheduler backup' wrote.")],
    study: IntoArgument,
) -> None:
    """Put a backup into an empty database, on SQLite or PostgreSQL, after its chain is verified. Everybody has to log in anew."""
    from scheduler.store.restoring import restore_into

    found = restore_into(file, _new(study))
    say_findings(found.findings)
    end(found.findings)
    write(f"{found.head}\n")
    say(f"{found.head.number} records verified and restored")


def there(study: str) -> Where:
    """The study's database. Ends with the exit code 2 where it has none."""
    from scheduler.folder.reading.kept import database_of

    database = database_of(study)
    if database is None:
        raise typer.BadParameter(f"{study} has no database; 'scheduler import-study' makes one", param_hint="STUDY")
    return database


def _new(database: str) -> Where:
    """Where a database is to be made: in a folder it is the study's own."""
    from scheduler.folder.reading.kept import DATABASE, is_address

    if is_address(database):
        return database
    return Path(database) / DATABASE if Path(database).is_dir() else Path(database)
