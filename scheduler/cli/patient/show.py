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
from scheduler.cli.screen import end, say_warnings


def show(
    case: CaseArgument,
    until: Until = None,
    on: On = None,
    format_: CalendarFormatOption = CalendarFormat.TABLE,
    detail: Detail = Details.NEUTRAL,
    language: Language = PatientLanguages.EN,
) -> None:
    """Show one patient's calendar, every date with its reasons."""
    from scheduler.calendar.engine.proposals.on_a_day import calendar_on
    from scheduler.cli.calendars import Shown, write_calendar
    from scheduler.folder.reading.case import read_case

    patient = read_case(case)
    say_warnings(patient.findings, [patient.version])
    shown = Shown(patient, calendar_on(patient.calendar(until), on), on, detail, language)
    write_calendar(shown, format_)
    end(shown.calendar.findings)
