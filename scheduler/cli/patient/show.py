"""``scheduler show``: one patient's calendar."""

from __future__ import annotations

from scheduler.cli.options import (
    CalendarFormat,
    CalendarFormatOption,
    CaseArgument,
    Detail,
    Details,
    Language,
    On,
    PatientLanguages,
    Until,
)
from scheduler.cli.reader import reader_of
from scheduler.cli.screen import end, say_warnings


def show(
    case: CaseArgument,
    until: Until = None,
    on: On = None,
    format_: CalendarFormatOption = CalendarFormat.TABLE,
    detail: Detail = Details.NEUTRAL,
    language: Language = None,
) -> None:
    """Show one patient's calendar, every date with its reasons."""
    from scheduler.cli.calendars import Shown, calendar_read, write_calendar
    from scheduler.folder.reading.case import read_case

    patient, reader = read_case(case), reader_of(language)
    say_warnings(patient.findings, [patient.version], reader)
    of_feed = language or PatientLanguages.EN
    shown = Shown(patient, calendar_read(patient, until, on, reader), on, detail, of_feed, reader)
    write_calendar(shown, format_)
    end(shown.calendar.findings)
