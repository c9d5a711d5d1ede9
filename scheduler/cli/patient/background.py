"""``scheduler background``: what is known of one patient beside doses and visits."""

from __future__ import annotations

from scheduler.cli.lists import write_tables
from scheduler.cli.options import CaseArgument, ListFormat, ListFormatOption
from scheduler.cli.screen import say_warnings


def background(case: CaseArgument, format_: ListFormatOption = ListFormat.TABLE) -> None:
    """List how the patient came into the study, facts, other medicines and measured values, with the events that say so."""
    from scheduler.folder.printing.imprints import imprint_of_case
    from scheduler.folder.reading.case import read_case
    from scheduler.views.looking_back.background import table_of_background
    from scheduler.views.patients import patient_of

    found = read_case(case)
    say_warnings(found.findings, [found.version])
    patient = patient_of(found.version, found.site, found.log, subject=found.subject or "")
    write_tables(table_of_background(patient), imprint=imprint_of_case(found), format_=format_)
