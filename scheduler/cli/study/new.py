"""``scheduler new``: a study's folder, begun from a line or from questions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.screen import say, write


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write, new or empty.")],
    summary: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="SUMMARY",
            help="What is given, in a line: 'regorafenib 120 mg days 1-21 every 28 days'; several with ';' between them.",
        ),
    ] = None,
    study: Annotated[
        str | None, typer.Option("--study", help="The study's short name; without it, the folder's.")
    ] = None,
    zone: Annotated[str | None, typer.Option("--zone", help="The site's time zone, such as Europe/Berlin.")] = None,
    holidays: Annotated[
        str | None,
        typer.Option("--holidays", metavar="COUNTRY", help="Whose public holidays count, such as DE or DE-BY."),
    ] = None,
) -> None:
    """Begin a study: protocol, site, an invented patient and a story. What the summary leaves open is asked in the file."""
    from scheduler.folder.founding.new_study import found_study

    if summary is None:
        if not at_a_terminal():
            raise typer.BadParameter("say what is given, or ask at a terminal", param_hint="--from")
        summary = _ask_for_treatments()
        study = study or typer.prompt("The study's short name", default=folder.name.upper(), err=True)
        zone = zone or typer.prompt("The site's time zone", default="UTC", err=True)
        holidays = (
            holidays or typer.prompt("Whose public holidays (DE, CN; empty for none)", default="", err=True) or None
        )
    written = found_study(folder, summary, name=study, zone=zone or "UTC", holidays=holidays)
    write("".join(f"{folder / path}\n" for path in written))
    say(f"next: answer the questions at the end of {folder / 'protocol.yaml'}, then: scheduler check {folder}")


def at_a_terminal() -> bool:
    """True when a person can be asked."""
    return sys.stdin.isatty()


def _ask_for_treatments() -> str:
    """One treatment after another, each asked for again until it can be understood; an empty line ends."""
    from scheduler.cli.screen import say_findings
    from scheduler.errors import InvalidText
    from scheduler.protocol.sentences.one_line.summary_checks import EXAMPLE
    from scheduler.protocol.text.one_line import read_regimen

    found: list[str] = []
    say(f"What is given? One treatment on each line, such as: {EXAMPLE}")
    while True:
        said = typer.prompt(
            "treatment (empty: no more)" if found else "treatment", default="", show_default=False, err=True
        )
        if not said.strip() and found:
            return "; ".join(found)
        try:
            read_regimen("; ".join([*found, said]))
        except InvalidText as error:
            say_findings(error.findings)
        else:
            found.append(said)
