"""``scheduler response``: one patient's tumour response so far."""

from __future__ import annotations

from scheduler.cli.lists import write_tables
from scheduler.cli.options import CaseArgument, ListFormat, ListFormatOption
from scheduler.cli.reader import LanguageOfWords, reader_of
from scheduler.cli.screen import say_warnings


def response(
    case: CaseArgument, format_: ListFormatOption = ListFormat.TABLE, language: LanguageOfWords = None
) -> None:
    """Show best response, its duration and progression by RECIST 1.1 and iRECIST, and every assessment."""
    import json

    from scheduler.calendar.tumour.tumour_response import tumour_response_of
    from scheduler.folder.printing.imprints import imprint_of_case
    from scheduler.folder.reading.case import read_case
    from scheduler.views.looking_back.response import table_of_assessments, table_of_response
    from scheduler.views.shapes.response import tell_response

    patient, reader = read_case(case), reader_of(language)
    say_warnings(patient.findings, [patient.version], reader)
    found = tumour_response_of(patient.version, patient.site, patient.log, subject=patient.subject)
    write_tables(
        table_of_response(found),
        table_of_assessments(found),
        imprint=imprint_of_case(patient),
        format_=format_,
        language=reader,
        json=lambda: json.dumps(tell_response(found).as_keys(), ensure_ascii=False, indent=1) + "\n",
    )
