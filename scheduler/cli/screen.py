"""What goes where: data to standard output, everything else to standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

from scheduler.findings import Finding, Severity, has_errors
from scheduler.languages import Language
from scheduler.said import Code, said

if TYPE_CHECKING:
    from scheduler.protocol.plan.study import StudyVersion
    from scheduler.views.table import Table

_COLOURS = {Severity.ERROR: typer.colors.RED, Severity.WARNING: typer.colors.YELLOW, Severity.NOTE: typer.colors.CYAN}
_NARROWEST = 60
_WIDTH_OF_A_FILE = 200


def say(text: str) -> None:
    """A line for the person at the terminal."""
    typer.echo(text, err=True)


def say_findings(findings: Iterable[Finding], data: bool = False, language: Language = Language.ENGLISH) -> None:
    """Each finding on a line, the way that editors and other programs read them: file:line:column first.

    ``data`` is for a command that was asked for findings: then they go to standard output. The word for how bad it is stays
    English, as its code does.
    """
    from scheduler.cli.reader import worded

    for finding in findings:
        where = f"{finding.place}: " if finding.place else f"{finding.entry}: " if finding.entry else ""
        word = typer.style(f"{finding.severity}:", fg=_COLOURS[finding.severity])
        to_do = finding.what_to_do
        hint = f" ({worded(to_do, language)})" if to_do is not None and finding.hint else ""
        typer.echo(f"{where}{word} {worded(finding.told, language)}{hint} [{finding.code}]", err=not data)


def say_warnings(
    findings: Iterable[Finding], versions: Iterable[StudyVersion] = (), language: Language = Language.ENGLISH
) -> None:
    """What is worse than a note, except about these protocols: that is for those who ask ``scheduler check``."""
    protocols = {version.file for version in versions}
    for finding in findings:
        about = finding.place.file if finding.place else None
        if finding.severity is not Severity.NOTE and about not in protocols:
            say_findings([finding], language=language)


def count_findings(findings: Iterable[Finding]) -> str:
    """How many of each severity: "1 error, 2 warnings"; "nothing to say" where there is none."""
    found = [finding.severity for finding in findings]
    counts = [(found.count(severity), severity.value) for severity in Severity]
    parts = [f"{count} {word}{'s' if count > 1 else ''}" for count, word in counts if count]
    return ", ".join(parts) if parts else "nothing to say"


def end(findings: Iterable[Finding]) -> None:
    """End with the exit code 1 when there is an error among the findings."""
    if has_errors(findings):
        raise typer.Exit(1)


def write(text: str) -> None:
    """Text as data, with its line ends as they are, in UTF-8 whatever the terminal's language."""
    write_bytes(text.encode("utf-8"))


def write_bytes(data: bytes) -> None:
    """Data as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def refuse_terminal(what: str) -> None:
    """A binary file is not for the eye: end with the exit code 2 when standard output is a terminal."""
    if sys.stdout.isatty():
        raise typer.BadParameter(f"{what} is not text: add '> FILE' to the command")


def show_table(table: Table, language: Language = Language.ENGLISH) -> None:
    """A list as wide as the terminal, in colours; in a file or a pipe, plain text."""
    if language is not Language.ENGLISH:
        from scheduler.exports.list_words import list_in_words

        table = list_in_words(table, language)
    if not table.rows:
        from scheduler.cli.reader import worded

        write(f"{worded(said('{title}: nothing', title=Code(table.title)), language)}\n")
    elif sys.stdout.isatty():
        _show_on_terminal(table)
    else:
        write(_as_text(table))


def _show_on_terminal(table: Table) -> None:
    from rich.console import Console

    from scheduler.exports.tables.terminal import table_for_screen

    console = Console()
    console.print(table_for_screen(table, max(console.width, _NARROWEST)))


def _as_text(table: Table) -> str:
    from scheduler.exports.tables.aligned import aligned_text

    # rich folds long cells and puts narrow lists into blocks; to load it takes as long as to work out ten calendars.
    aligned = aligned_text(table, _WIDTH_OF_A_FILE)
    if aligned is not None:
        return aligned
    from scheduler.exports.tables.terminal import table_as_text

    return table_as_text(table, _WIDTH_OF_A_FILE)
