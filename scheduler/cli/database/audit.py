"""``scheduler audit``: who did what, when and why in a study with a database, and whether all of it is still there."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import StudyArgument
from scheduler.cli.screen import end, refuse_terminal, say, say_findings, write, write_bytes

if TYPE_CHECKING:
    from scheduler.store.interface import Store
    from scheduler.store.values import Record

audit = typer.Typer(name="audit", no_args_is_help=True, help="The audit trail: verify it, or write it out.")


class AuditFormat(StrEnum):
    """How the audit trail is written."""

    CSV = "csv"
    JSONL = "jsonl"
    PDF = "pdf"


@audit.command()
def verify(
    study: StudyArgument,
    head: Annotated[
        list[str] | None,
        typer.Option(
            "--head",
            metavar="NUMBER:HASH",
            help="A head that was printed or sent away earlier; may be given several times.",
        ),
    ] = None,
) -> None:
    """Find every record that was changed, removed, moved or slipped in. Prints the head: keep it where nobody can change it.

    Exit code 1 when something was tampered with. Whoever can write to the database could compute all hashes anew; only a head
    that is kept elsewhere proves that nobody did.
    """
    from scheduler.folder.reading.stored import opened
    from scheduler.store.values import Head
    from scheduler.store.verifying import verify as verify_store

    try:
        published = [Head.read(text) for text in head or ()]
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--head") from None
    with opened(_database(study)) as store:
        found = verify_store(store, published)
    say_findings(found.findings, data=True)
    write(f"{found.head}\n")
    say("tampered with" if found.findings else f"{found.head.number} records, nothing was tampered with")
    end(found.findings)


@audit.command()
def export(
    study: StudyArgument,
    format_: Annotated[AuditFormat, typer.Option("--format", "-f", help="How to write it.")] = AuditFormat.CSV,
    subject: Annotated[str | None, typer.Option("--subject", help="Only what is about this patient.")] = None,
    after: Annotated[int, typer.Option("--after", min=0, help="Only records after this number.")] = 0,
) -> None:
    """Write out who did what, when and why, oldest first."""
    from scheduler.exports.tables.csv import table_as_csv
    from scheduler.folder.printing.audit_trail import lines_of_records, table_of_records
    from scheduler.folder.reading.stored import opened

    with opened(_database(study)) as store:
        records = store.records(after=after, subject=subject)
        if format_ is AuditFormat.CSV:
            write(table_as_csv(table_of_records(records)))
        elif format_ is AuditFormat.PDF:
            refuse_terminal("a PDF")
            write_bytes(_sheet(store, tuple(records)))
        else:
            for line in lines_of_records(records):
                write(line)


def _sheet(store: Store, records: tuple[Record, ...]) -> bytes:
    from scheduler.exports.paper.lists import tables_as_pdf
    from scheduler.folder.printing.audit_trail import table_of_records
    from scheduler.views.imprint import Imprint, last_recorded

    head = store.head()
    recorded = last_recorded(record.at for record in records)
    source = store.study()
    version = source.protocols[-1].version if source else None
    imprint = Imprint(None, version, head.number, recorded, head=head.hash)
    return tables_as_pdf(table_of_records(records), imprint=imprint)


def _database(study: str) -> str | Path:
    from scheduler.folder.reading.kept import database_of

    database = database_of(study)
    if database is None:
        hint = "'scheduler serve' makes one"
        raise typer.BadParameter(f"{study} has no database, so it has no audit trail; {hint}", param_hint="STUDY")
    return database
