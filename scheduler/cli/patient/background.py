"""``scheduler background``: what is known of one patient beside doses and visits."""

from __future__ import annotations

from scheduler.cli.lists import write_tables
from scheduler.cli.options import CaseArgument, ListFormat, ListFormatOption
from scheduler.cli.reader import LanguageOfWords, reader_of
from scheduler.cli.screen import say_warnings


def background(
    case: CaseArgument, format_: ListFormatOption = ListFormat.TABLE, language: LanguageOfWords = None
) -> None:
    """List how the patient came into the study, facts, other medicines and measured values, with the events that say so."""
    from scheduler.folder.printing.imprints import imprint_of_case
    from scheduler.folder.reading.case import read_case
    from scheduler.views.chart.naming import names_of
    from scheduler.views.looking_back.background import table_of_background
    from scheduler.views.patients import patient_of

    found, reader = read_case(case), reader_of(language)
    say_warnings(found.findings, [found.version], reader)
    patient = patient_of(found.version, found.site, found.log, subject=found.subject or "")
    write_tables(
        table_of_background(patient, names_of(patient)),
        imprint=imprint_of_case(found),
        format_=format_,
        language=reader,
    )
