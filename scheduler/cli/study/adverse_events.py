"""``scheduler adverse-events``: the adverse events of a study, inside and outside the time in which they are collected."""

from __future__ import annotations

from scheduler.cli.lists import write_tables
from scheduler.cli.options import ListFormat, ListFormatOption, StudyArgument
from scheduler.cli.reader import LanguageOfWords, names_for, reader_of
from scheduler.cli.screen import say_warnings


def adverse_events(
    study: StudyArgument, format_: ListFormatOption = ListFormat.TABLE, language: LanguageOfWords = None
) -> None:
    """List the adverse events of all patients by worst grade, and count the patients by term and worst grade."""
    import json

    from scheduler.folder.printing.imprints import imprint_of_study
    from scheduler.folder.reading.study import read_study
    from scheduler.views.looking_back.adverse_events import adverse_event_list
    from scheduler.views.shapes.adverse_events import tell_adverse_events

    folder, reader = read_study(study), reader_of(language)
    say_warnings(folder.findings, folder.versions, reader)
    found = adverse_event_list(folder.version.study, folder.patients())
    write_tables(
        found.table(),
        found.summary(),
        imprint=imprint_of_study(folder),
        format_=format_,
        language=reader,
        names=names_for(folder.versions, [folder.site]),
        json=lambda: json.dumps(tell_adverse_events(found).as_keys(), ensure_ascii=False, indent=1) + "\n",
    )
