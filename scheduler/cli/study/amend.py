"""``scheduler amend``: what a new version of the protocol would change for every patient, and adding it to the study."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.lists import write_tables
from scheduler.cli.options import ListFormat, ListFormatOption, StudyArgument, Until, dated
from scheduler.cli.screen import say, say_warnings, show_table, write
from scheduler.cli.study.worklist import today_at

if TYPE_CHECKING:
    from scheduler.views.coordinator.amendment import AmendmentList


def amend(
    study: StudyArgument,
    protocol: Annotated[Path, typer.Argument(metavar="PROTOCOL", help="The new version, a whole protocol.")],
    on: Annotated[
        date | None, dated("--on", "The day on which patients would move; today, when it is left out.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show it; without this the version is added, and nobody moves yet.")
    ] = False,
    until: Until = None,
    format_: ListFormatOption = ListFormat.TABLE,
) -> None:
    """Show what a new version would change for every patient, and what can no longer be done; then add it to the study."""
    import json

    from scheduler.cli.acting import act_now
    from scheduler.folder.reading.study import read_study
    from scheduler.folder.trying.amending import add_version, amendment_over, read_amendment

    folder = read_study(study)
    newer, findings = read_amendment(protocol, folder)
    say_warnings((*folder.findings, *findings), [*folder.versions, newer])
    found = amendment_over(folder, newer, on or today_at(folder.site.zone), until)
    if format_ is ListFormat.TABLE:
        _tell(found)
    else:
        keys = found.as_keys()
        tables = (found.table(), found.too_late(), found.first())
        write_tables(*tables, format_=format_, json=lambda: json.dumps(keys, ensure_ascii=False, indent=1) + "\n")
    if dry_run:
        say("nothing was changed; without --dry-run the version is added to the study")
        return
    say(add_version(study, protocol, newer, act_now(f"amendment {newer.version}")))
    say("each patient moves by an event: {event: moved to version, version: " + f'"{newer.version}"' + ", on: DATE}")


def _tell(found: AmendmentList) -> None:
    """The sentences say it all, and fit a terminal as columns do not."""
    for each in found.patients:
        write(f"{each.subject or 'the patient'}\n")
        if each.is_there_already:
            write("            is under this version already\n")
        elif not each.comparison.changes:
            write("            nothing would change\n")
        write("".join(f"{change.on or '          '}  {change.sentence}\n" for change in each.comparison.changes) + "\n")
    for table in (found.too_late(), found.first()):
        if table.rows:
            show_table(table)
            write("\n")
