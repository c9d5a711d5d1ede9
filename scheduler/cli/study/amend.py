"""``scheduler amend``: what a new version of the protocol would change for every patient, and adding it to the study."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.lists import write_tables
from scheduler.cli.options import ListFormat, ListFormatOption, StudyArgument, Until, dated
from scheduler.cli.reader import NO_DAY, LanguageOfWords, change_line, name_for, reader_of, worded
from scheduler.cli.screen import say, say_warnings, show_table, write
from scheduler.cli.study.worklist import today_at
from scheduler.languages import Language
from scheduler.said import Code, said

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
    language: LanguageOfWords = None,
    format_: ListFormatOption = ListFormat.TABLE,
) -> None:
    """Show what a new version would change for every patient, and what can no longer be done; then add it to the study."""
    import json

    from scheduler.cli.acting import act_now
    from scheduler.folder.reading.study import read_study
    from scheduler.folder.trying.amending import add_version, amendment_over, read_amendment

    reader = reader_of(language)
    folder = read_study(study)
    newer, findings = read_amendment(protocol, folder)
    say_warnings((*folder.findings, *findings), [*folder.versions, newer], reader)
    found = amendment_over(folder, newer, on or today_at(folder.site.zone), until)
    if format_ is ListFormat.TABLE:
        _tell(found, reader)
    else:
        keys = found.as_keys()
        tables = (found.table(), found.too_late(), found.first())
        write_tables(*tables, format_=format_, json=lambda: json.dumps(keys, ensure_ascii=False, indent=1) + "\n")
    if dry_run:
        say(worded(said("nothing was changed; without --dry-run the version is added to the study"), reader))
        return
    say(worded(add_version(study, protocol, newer, act_now(f"amendment {newer.version}")), reader))
    event = Code("{event: moved to version, version: " + f'"{newer.version}"' + ", on: DATE}")
    say(worded(said("each patient moves by an event: {event}", event=event), reader))


def _tell(found: AmendmentList, reader: Language) -> None:
    """The sentences say it all, and fit a terminal as columns do not."""
    for each in found.patients:
        write(f"{name_for(each.subject, reader)}\n")
        if each.is_there_already:
            write(f"{NO_DAY}  {worded(said('is under this version already'), reader)}\n")
        elif not each.comparison.changes:
            write(f"{NO_DAY}  {worded(said('nothing would change'), reader)}\n")
        write("".join(f"{change_line(change, reader)}\n" for change in each.comparison.changes) + "\n")
    for table in (found.too_late(), found.first()):
        if table.rows:
            show_table(table, reader)
            write("\n")
