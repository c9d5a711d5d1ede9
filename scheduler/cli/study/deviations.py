"""``scheduler deviations``: what was done otherwise than the protocol says."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from scheduler.cli.lists import write_tables
from scheduler.cli.options import ListFormat, ListFormatOption, StudyArgument, dated
from scheduler.cli.reader import LanguageOfWords, names_for, reader_of
from scheduler.cli.screen import say_warnings


def deviations(
    study: StudyArgument,
    on: Annotated[
        date | None, dated("--on", "Also what should have been done before this day and has no record.")
    ] = None,
    format_: ListFormatOption = ListFormat.TABLE,
    language: LanguageOfWords = None,
) -> None:
    """List the deviations of all patients, each with the protocol's sentence: windows, intervals, doses, limits."""
    import json

    from scheduler.calendar.deviations.ledger import deviations_of
    from scheduler.folder.printing.imprints import imprint_of_study
    from scheduler.folder.reading.study import read_study
    from scheduler.views.looking_back.deviations import ledger_of
    from scheduler.views.shapes.deviations import tell_deviations

    folder, reader = read_study(study), reader_of(language)
    say_warnings(folder.findings, folder.versions, reader)
    found = [
        (case.subject or "", deviations_of(case.version, case.site, case.log, subject=case.subject, on=on))
        for case in folder.cases
    ]
    ledger = ledger_of(folder.version.study, found, on)
    tables = (ledger.table(), ledger.counts()) if ledger.lines else (ledger.table(),)
    write_tables(
        *tables,
        imprint=imprint_of_study(folder),
        format_=format_,
        language=reader,
        names=names_for(folder.versions, [folder.site]),
        json=lambda: json.dumps(tell_deviations(ledger).as_keys(), ensure_ascii=False, indent=1) + "\n",
    )
