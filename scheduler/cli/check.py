"""``scheduler check``: what is wrong with a protocol, a site or a patient's file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import TextFormat, TextFormatOption
from scheduler.cli.screen import count_findings, end, say, say_findings, write

if TYPE_CHECKING:
    from scheduler.protocol.plan import StudyVersion


def check(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Protocols, sites and case files, or a study's folder or database."),
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
        for version in checked.versions:
            write(_told(version))
    say(f"{checked.files} {'file' if checked.files == 1 else 'files'}: {count_findings(checked.findings)}")
    end(checked.findings)


def _told(version: StudyVersion) -> str:
    """The assumptions of a protocol, one under the other: sentences do not fit into columns."""
    from textwrap import fill

    from scheduler.protocol.assumptions import assumption_lines

    lines = assumption_lines(version)
    blocks = [f"\n{version.study} {version.version}: what the protocol leaves open, and how it is read here\n"]
    for each in version.assumptions.values():
        blocks.append(f"\n{each.id}  {each.question}  (line {each.line})\n")
        for word, text in (("reading", each.reading), ("otherwise", each.alternatives), ("because", each.because)):
            blocks.append(fill(text, 110, initial_indent=f"    {word:<11}", subsequent_indent=" " * 15) + "\n")
        resting = ", ".join(str(line) for line in lines.get(each.id, ()))
        if resting:
            blocks.append(f"    {'decides':<11}line{'s' if ',' in resting else ''} {resting}\n")
    return "".join(blocks)
