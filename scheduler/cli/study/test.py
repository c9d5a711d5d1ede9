"""``scheduler test``: a study's own stories, run beside its protocol."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import TextFormat, TextFormatOption, dated
from scheduler.cli.screen import say, say_findings, show_table, write

if TYPE_CHECKING:
    from scheduler.views.looking_back.validation import Validation


def test(
    study: Annotated[Path, typer.Argument(metavar="STUDY", help="A study's folder, with protocol*.yaml and stories/.")],
    report: Annotated[
        Path | None,
        typer.Option(
            "--report",
            metavar="DIR|FILE",
            help="Write a validation report too: to a .json or .pdf file, or both of them into a folder.",
        ),
    ] = None,
    on: Annotated[date | None, dated("--on", "The day that the report is dated; needed with --report.")] = None,
    format_: TextFormatOption = TextFormat.TABLE,
) -> None:
    """Run a study's own stories, and show expected and got where they differ. Exit code 1 when one fails."""
    from scheduler.exports.validation import validation_as_json
    from scheduler.folder.trying.stories import run_stories
    from scheduler.views.looking_back.story import table_of_differences, table_of_outcomes

    if report is not None and on is None:
        raise typer.BadParameter("a report is dated: say the day of the run", param_hint="--on")
    validation = run_stories(study, on)
    if format_ is TextFormat.JSON:
        write(validation_as_json(validation))
    else:
        show_table(table_of_outcomes(validation.outcomes))
        different = table_of_differences(validation.outcomes)
        if different.rows:
            write("\n")
            show_table(different)
    for outcome in validation.outcomes:
        say_findings(outcome.findings)
    if report is not None:
        _write_report(validation, report)
    say(f"{validation.study}: {validation.result}")
    if not validation.passed:
        raise typer.Exit(1)


def _write_report(validation: Validation, report: Path) -> None:
    from scheduler.exports.validation import validation_as_json, validation_as_pdf
    from scheduler.folder.reading.files import write_whole

    ways = {
        ".json": lambda: validation_as_json(validation).encode("utf-8"),
        ".pdf": lambda: validation_as_pdf(validation),
    }
    if report.suffix in ways:
        places = [report]
        report.parent.mkdir(parents=True, exist_ok=True)
    else:
        report.mkdir(parents=True, exist_ok=True)
        places = [report / f"validation{suffix}" for suffix in ways]
    for place in places:
        write_whole(place, ways[place.suffix]())
        say(f"wrote {place}")
