"""``scheduler whatif``: what an event would change, before it is recorded."""

from __future__ import annotations

from typing import Annotated

import typer

from scheduler.cli.lists import write_tables
from scheduler.cli.options import CaseArgument, ListFormat, ListFormatOption, Until
from scheduler.cli.screen import say, say_warnings, write


def whatif(
    case: CaseArgument,
    events: Annotated[
        list[str],
        typer.Option(
            "--event", metavar="EVENT", help="'{on: 2026-03-16, event: held, ...}'; may be given several times."
        ),
    ],
    until: Until = None,
    format_: ListFormatOption = ListFormat.TABLE,
) -> None:
    """Show which dates, doses and tablets an event would change. Nothing is recorded."""
    import json

    from scheduler.calendar.whatif import what_would_change
    from scheduler.folder.case import read_case
    from scheduler.folder.recording import read_event
    from scheduler.views.changes import changes_in_keys, table_of_changes

    said = [read_event(event) for event in events]
    patient = read_case(case)
    say_warnings(patient.findings, [patient.version])
    last = until or patient.until
    compared = what_would_change(patient.version, patient.site, patient.log, said, patient.subject, last)
    if not compared.changes:
        say("nothing would change")
    if format_ is ListFormat.TABLE:
        # The sentences say it all, and fit a terminal as columns do not.
        write("".join(f"{change.on or '          '}  {change.sentence}\n" for change in compared.changes))
        return
    found = {"changes": changes_in_keys(compared.changes)}
    table = table_of_changes(compared.changes)
    write_tables(table, format_=format_, json=lambda: json.dumps(found, ensure_ascii=False, indent=1) + "\n")
