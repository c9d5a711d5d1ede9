"""``scheduler import-study``, ``export-study``, ``backup`` and ``restore``: a study into a database, out of it, and kept safe."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import StudyArgument
from scheduler.cli.screen import end, say, say_findings, write

if TYPE_CHECKING:
    from scheduler.folder.reading.kept import Where

IntoArgument = Annotated[
    str, typer.Argument(metavar="DATABASE", help="A database's address, a file that ends in .db, or a study's folder.")
]


def import_study(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="protocol*.yaml, site.yaml, patients/.")],
    database: Annotated[
        str | None,
        typer.Argument(metavar="[DATABASE]", help="An empty database; without it, study.db in the folder is made."),
    ] = None,
) -> None:
    """Put a folder's study into a database, all of it or nothing. From then on the folder's own database is what counts."""
    from scheduler.cli.acting import act_now
    from scheduler.folder.importing import import_into, keep_in_database
    from scheduler.folder.reading.kept import DATABASE, told

    act = act_now("import of a folder")
    if database is None:
        if (folder / DATABASE).exists():
            raise typer.BadParameter(f"{folder} has a database already", param_hint="FOLDER")
        say(f"the study is in {keep_in_database(folder, act)}")
        return
    head = import_into(folder, _new(database), act)
    say(f"{head.number} records in {told(database)}")


def export_study(
    study: StudyArgument,
    out: Annotated[Path, typer.Option("--out", help="A new or empty folder to write into.")],
) -> None:
    """Write a study's database out as a folder again: protocols, sites, the key of the feeds, a case file for each patient."""
    from scheduler.folder.reading.stored import opened, study_in
    from scheduler.folder.unpacking import unpack

    where = _there(study)
    with opened(where) as store:
        written = unpack(store, study_in(store, where).source, out)
    say(f"{len(written)} files in {out}")


def backup(
    study: StudyArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; there must be none of that name.")],
) -> None:
    """Write a study's database into one file while the server runs, and print its head. Keep it as safe as the database."""
    from scheduler.folder.reading.stored import opened

    with opened(_there(study)) as store:
        head = store.backup(file)
    write(f"{head}\n")
    say(f"{head.number} records in {file}")


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


def _there(study: str) -> Where:
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
