"""``scheduler check``: what is wrong with a protocol, a site or a patient's file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.options import TextFormat, TextFormatOption
from scheduler.cli.screen import count_findings, end, say, say_findings, show_table, write


def check(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Protocols, sites and case files, or a study's folder.")
    ],
    assumptions: Annotated[
        bool, typer.Option("--assumptions", help="Also list what the protocol leaves open and how it is read here.")
    ] = False,
    format_: TextFormatOption = TextFormat.TABLE,
) -> None:
    """Say everything that is wrong with files, each finding with file:line:column. Exit code 1 only for errors."""
    import json

    from scheduler.exports.json import findings_in_keys
    from scheduler.folder.checking import check_files

    checked = check_files(files)
    if format_ is TextFormat.JSON:
        write(json.dumps({"findings": findings_in_keys(checked.findings)}, ensure_ascii=False, indent=1) + "\n")
    else:
        say_findings(checked.findings, data=True)
    if assumptions:
        from scheduler.views.assumptions import table_of_assumptions

        for version in checked.versions:
            show_table(table_of_assumptions(version))
    say(f"{len(files)} {'file' if len(files) == 1 else 'files'}: {count_findings(checked.findings)}")
    end(checked.findings)
