"""``scheduler exposure``: what one patient received, beside what was planned."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from scheduler.cli.lists import write_tables
from scheduler.cli.options import CaseArgument, ListFormat, ListFormatOption, dated
from scheduler.cli.reader import LanguageOfWords, names_for, reader_of
from scheduler.cli.screen import say_warnings


def exposure(
    case: CaseArgument,
    until: Annotated[date, dated("--until", "The last day that counts.")],
    format_: ListFormatOption = ListFormat.TABLE,
    language: LanguageOfWords = None,
) -> None:
    """Show doses, cumulative dose, relative dose intensity, delays and reductions with their events, and pill counts."""
    import json

    from scheduler.calendar.exposure.of_patient import exposure_of
    from scheduler.folder.printing.imprints import imprint_of_case
    from scheduler.folder.reading.case import read_case
    from scheduler.views.looking_back.exposure import table_of_exposure, tables_of_exposure
    from scheduler.views.pharmacy.pill_counts import pill_counts
    from scheduler.views.shapes.exposure import tell_exposure

    patient, reader = read_case(case), reader_of(language)
    say_warnings(patient.findings, [patient.version], reader)
    found = exposure_of(patient.version, patient.site, patient.log, until, subject=patient.subject)
    counts = pill_counts(patient.version, patient.site, patient.log, until)
    keys = tell_exposure(found, counts).as_keys()
    write_tables(
        *tables_of_exposure(found, counts),
        plain=table_of_exposure(found, counts),
        imprint=imprint_of_case(patient),
        format_=format_,
        language=reader,
        names=names_for([patient.version], [patient.site]),
        json=lambda: json.dumps(keys, ensure_ascii=False, indent=1) + "\n",
    )
