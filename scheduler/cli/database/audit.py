"""``scheduler audit``: who did what, when and why in a study with a database, and whether all of it is still there."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import StudyArgument
from scheduler.cli.reader import LanguageOfWords, reader_of
from scheduler.cli.screen import end, refuse_terminal, say, say_findings, write, write_bytes

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from scheduler.findings import Finding
    from scheduler.languages import Language
    from scheduler.store.interface import Store
    from scheduler.store.tampering.signed_heads import KeptHeads
    from scheduler.store.values import Record

audit = typer.Typer(
    name="audit", no_args_is_help=True, help="The audit trail: verify it, sign its head, or write it out."
)


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
    heads: Annotated[
        Path | None,
        typer.Option("--heads", metavar="FILE", help="A file of signed heads, as 'audit head' appends them."),
    ] = None,
    signed_by: Annotated[
        str | None,
        typer.Option("--signed-by", metavar="PUBLIC-KEY", help="The key that these must be signed with."),
    ] = None,
    stamped_by: Annotated[
        Path | None,
        typer.Option(
            "--stamped-by", metavar="CERTIFICATE", help="The root certificate (PEM) of the authority that stamped them."
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
    kept = _kept(heads, signed_by) if heads is not None else None
    with opened(_database(study)) as store:
        found = verify_store(store, (*published, *(kept.heads if kept else ())))
    findings = (*found.findings, *(kept.findings if kept else ()), *_stamps(heads, stamped_by))
    say_findings(findings, data=True)
    write(f"{found.head}\n")
    if kept is not None and signed_by is None:
        say(f"the heads are signed by {', '.join(kept.keys) or 'nobody'}: compare it with the key that you keep")
    say("tampered with" if findings else f"{found.head.number} records, nothing was tampered with")
    end(findings)


@audit.command()
def key(file: Annotated[Path, typer.Argument(help="The file to make, which nobody else may read.")]) -> None:
    """Make a key to sign heads with, and print the public key that they are verified with: keep that one elsewhere."""
    from scheduler.store.tampering.signed_heads import key_of, new_key, public

    made = new_key()
    try:
        # Nobody else may read it, not even for a moment; a key that is there is never written over.
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
            written.write(made)
    except OSError as error:
        raise typer.BadParameter(f"{file}: {error.strerror}", param_hint="FILE") from None
    write(f"{public(key_of(made))}\n")


@audit.command("head")
def print_head(
    study: StudyArgument,
    sign: Annotated[
        Path | None,
        typer.Option("--sign", metavar="KEY", help="Sign it with the key in this file; 'audit key' makes one."),
    ] = None,
    append: Annotated[
        Path | None, typer.Option("--append", metavar="FILE", help="Append it to this file instead of printing it.")
    ] = None,
    stamp: Annotated[
        str | None,
        typer.Option("--stamp", metavar="ADDRESS", help="Let the authority at this address stamp it (RFC 3161)."),
    ] = None,
) -> None:
    """Print the head of the log: its last record's number and hash. Signed, and kept elsewhere, it proves what was there."""
    from scheduler.clock import Clock
    from scheduler.folder.reading.stored import opened
    from scheduler.store.tampering.signed_heads import signed_head

    with opened(_database(study)) as store:
        head = store.head()
    line = str(head) if sign is None else signed_head(head, Clock().now(), _key(sign))
    if stamp is not None:
        line = _stamped(line, stamp, signed=sign is not None)
    if append is None:
        write(f"{line}\n")
    elif sign is None:
        raise typer.BadParameter("a file of heads holds signed ones: say --sign KEY too", param_hint="--append")
    else:
        try:
            with append.open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")
        except OSError as error:
            raise typer.BadParameter(f"{append}: {error.strerror}", param_hint="--append") from None
        say(f"the head of {head.number} records is in {append}")


@audit.command()
def clock(
    study: StudyArgument,
    reason: Annotated[
        str | None, typer.Option("--reason", help="Confirm that the clock is right, and say why; it is recorded.")
    ] = None,
) -> None:
    """Say whether anything is known against this computer's clock. Exit code 1 where nothing can be recorded by it.

    Where something was recorded by a clock that was ahead, nothing more is recorded until the time has come, or somebody who
    knows what the time is confirms it with --reason.
    """
    from scheduler.cli.acting import act_now
    from scheduler.folder.reading.stored import opened
    from scheduler.store.keeping.clock import confirm_clock, wrong_clock

    act = act_now(reason)
    with opened(_database(study)) as store:
        found = wrong_clock(store.clocks(), act.at) if reason is None else None
        confirmed = confirm_clock(store, act) if reason is not None else None
    say_findings([found] if found else [])
    end([found] if found else [])
    say(f"confirmed with record {confirmed.number}" if confirmed else "nothing is known against the clock")


@audit.command()
def export(
    study: StudyArgument,
    format_: Annotated[AuditFormat, typer.Option("--format", "-f", help="How to write it.")] = AuditFormat.CSV,
    subject: Annotated[str | None, typer.Option("--subject", help="Only what is about this patient.")] = None,
    after: Annotated[int, typer.Option("--after", min=0, help="Only records after this number.")] = 0,
    language: LanguageOfWords = None,
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
            write_bytes(_sheet(store, tuple(records), reader_of(language)))
        else:
            for line in lines_of_records(records):
                write(line)


def _sheet(store: Store, records: tuple[Record, ...], language: Language) -> bytes:
    from scheduler.exports.paper.lists import tables_as_pdf
    from scheduler.folder.printing.audit_trail import table_of_records
    from scheduler.views.imprint import Imprint, last_recorded

    head = store.head()
    recorded = last_recorded(record.at for record in records)
    source = store.study()
    version = source.protocols[-1].version if source else None
    imprint = Imprint(None, version, head.number, recorded, head=head.hash)
    return tables_as_pdf(table_of_records(records), imprint=imprint, language=language)


@audit.command()
def sign(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A file, or a folder with all that is in it.")],
    key: Annotated[Path, typer.Option("--key", metavar="KEY", help="The key in this file; 'audit key' makes one.")],
) -> None:
    """Sign what was exported: the signature is written beside a file (FILE.signed), or into a folder (signed.json)."""
    from scheduler.cli.database.signing import sign_path

    say(f"signed in {sign_path(path, _key(key, '--key'))}")


@audit.command("verify-files")
def verify_files(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A file or a folder that was signed.")],
    signed_by: Annotated[
        str | None,
        typer.Option("--signed-by", metavar="PUBLIC-KEY", help="The key that it must be signed with."),
    ] = None,
) -> None:
    """Find every file that was changed, added or removed since it was signed. Exit code 1 where there is one."""
    from scheduler.cli.database.signing import wrong_with_path

    findings, files, key = wrong_with_path(path, signed_by)
    say_findings(findings, data=True)
    if key is not None and signed_by is None:
        say(f"signed by {key}: compare it with the key that you keep")
    say("not as it was signed" if findings else f"{files} files are as they were signed")
    end(findings)


def _stamped(line: str, authority: str, *, signed: bool) -> str:
    from scheduler.store.tampering.time_stamps import NotStamped, stamped

    if not signed:
        raise typer.BadParameter("what is stamped is a signed head: say --sign KEY too", param_hint="--stamp")
    try:
        return stamped(line, authority)
    except NotStamped as error:
        raise typer.BadParameter(str(error), param_hint="--stamp") from None


def _stamps(heads: Path | None, root: Path | None) -> tuple[Finding, ...]:
    """What is wrong with the stamps; says how many are right."""
    if root is None:
        return ()
    if heads is None:
        raise typer.BadParameter("stamps are in a file of heads: say --heads FILE too", param_hint="--stamped-by")
    from scheduler.store.tampering.time_stamps import wrong_stamps

    try:
        findings, right = wrong_stamps(heads.read_text("utf-8", "replace"), str(heads), root.read_bytes())
    except ModuleNotFoundError:
        message = "it needs one package more: pip install 'scheduler[time-stamps]'"
        raise typer.BadParameter(message, param_hint="--stamped-by") from None
    say(f"{right} heads have a time stamp of this authority")
    return findings


def _kept(file: Path, trusted: str | None) -> KeptHeads:
    from scheduler.store.tampering.signed_heads import kept_heads

    try:
        return kept_heads(file.read_text("utf-8", "replace"), str(file), trusted)
    except OSError as error:
        raise typer.BadParameter(f"{file}: {error.strerror}", param_hint="--heads") from None


def _key(file: Path, option: str = "--sign") -> Ed25519PrivateKey:
    from scheduler.cli.database.signing import key_in_file

    return key_in_file(file, option)


def _database(study: str) -> str | Path:
    from scheduler.folder.reading.kept import database_of

    database = database_of(study)
    if database is None:
        hint = "'scheduler serve' makes one"
        raise typer.BadParameter(f"{study} has no database, so it has no audit trail; {hint}", param_hint="STUDY")
    return database
