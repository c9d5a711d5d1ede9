"""One patient's calendar, written in the format that was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scheduler.cli.options import CalendarFormat, Details, PatientLanguages
from scheduler.cli.reader import worded
from scheduler.cli.screen import refuse_terminal, say, say_findings, show_table, write, write_bytes
from scheduler.languages import Language
from scheduler.said import SHORT_DAY, Code, Day, said

if TYPE_CHECKING:
    from scheduler.calendar.entries.entry import Calendar
    from scheduler.calendar.entries.proposal import Proposal
    from scheduler.folder.reading.case import Case


_AHEAD = timedelta(weeks=12)
"""How far the consequences of a decision are shown where nobody said a last day."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A calendar with what its forms need: whose it is, the day to mark, how much a feed tells and in which language.

    ``reader`` is the language of everything else that a person reads.
    """

    case: Case
    calendar: Calendar
    on: date | None
    detail: Details
    language: PatientLanguages
    reader: Language = Language.ENGLISH


def calendar_read(patient: Case, until: date | None, on: date | None, reader: Language) -> Calendar:
    """A patient's calendar as it is read on a day; without one, what it takes as come already is said."""
    from scheduler.calendar.engine.proposals.on_a_day import calendar_on, orders_taken_as_come

    calendar = patient.calendar(until)
    for name, last in orders_taken_as_come(calendar).items() if on is None else ():
        told = said(
            "{entry} goes by the order of {day}, as if that day had come; --on tells how it stands on another day",
            entry=Code(name),
            day=Day(last, SHORT_DAY),
        )
        say(worded(told, reader))
    return calendar_on(calendar, on, orders_by=date.max)


def write_calendar(shown: Shown, format_: CalendarFormat) -> None:
    """Write it to standard output; what is wrong with it goes to standard error where the form itself does not say it."""
    calendar = shown.calendar
    if format_ not in (CalendarFormat.JSON, CalendarFormat.HTML):
        say_findings(calendar.findings, language=shown.reader)
    match format_:
        case CalendarFormat.TABLE:
            _show(shown)
        case CalendarFormat.JSON:
            write(_data(shown))
        case CalendarFormat.CSV:
            write(_comma_separated(calendar))
        case CalendarFormat.XLSX:
            refuse_terminal("a workbook")
            write_bytes(_workbook(calendar))
        case CalendarFormat.HTML:
            write(_page(shown))
        case CalendarFormat.SVG:
            write(_picture(shown))
        case CalendarFormat.ICS:
            write_bytes(_feed(shown))
        case CalendarFormat.PDF:
            refuse_terminal("a PDF")
            write_bytes(_sheet(shown))


def _data(shown: Shown) -> str:
    from scheduler.calendar.engine.proposals.on_a_day import orders_taken_as_come
    from scheduler.exports.json import calendar_as_json
    from scheduler.views.reasons import reasons_of

    calendar = shown.calendar
    as_come = orders_taken_as_come(calendar) if shown.on is None else None
    return calendar_as_json(calendar, reasons_of(calendar), as_come)


def _comma_separated(calendar: Calendar) -> str:
    from scheduler.exports.tables.csv import table_as_csv
    from scheduler.views.reasons import reasons_of
    from scheduler.views.table_of_dates import table_of_dates

    return table_as_csv(table_of_dates(calendar, reasons_of(calendar)))


def _workbook(calendar: Calendar) -> bytes:
    from scheduler.exports.tables.xlsx import tables_as_xlsx
    from scheduler.views.reasons import reasons_of
    from scheduler.views.table_of_dates import table_of_dates

    tell = reasons_of(calendar)
    return tables_as_xlsx(table_of_dates(calendar, tell), table_of_dates(calendar, tell, by_day=True))


def _show(shown: Shown) -> None:
    from scheduler.views.pending import table_of_pending
    from scheduler.views.sheets import table_of_sheets
    from scheduler.views.table_of_dates import short_table_of_dates

    calendar, reader = shown.calendar, shown.reader
    show_table(short_table_of_dates(calendar), reader)
    if calendar.pending:
        write("\n")
        show_table(table_of_pending(calendar), reader)
    if calendar.sheets:
        write("\n")
        show_table(table_of_sheets(calendar), reader)
    _show_proposals(shown)


def _show_proposals(shown: Shown) -> None:
    """What waits for a decision, or for a resume, and what each option would do."""
    from scheduler.calendar.engine.proposals.raised import proposals_on
    from scheduler.views.coordinator.proposals import needs_attention, table_of_proposal

    known = shown.calendar.proposals if shown.on is None else proposals_on(shown.calendar, shown.on)
    for proposal in known:
        if needs_attention(proposal):
            write("\n")
            show_table(table_of_proposal(proposal, shown.case.log), shown.reader)
            if proposal.is_open:
                write("\n")
                _show_options(shown, proposal)


def _show_options(shown: Shown, proposal: Proposal) -> None:
    from scheduler.calendar.comparing.consequences import consequences
    from scheduler.views.coordinator.proposals import table_of_options

    case, day = shown.case, shown.on or shown.case.last_day
    until = shown.calendar.until or (day + _AHEAD if day is not None else None)
    told = (
        (option, consequences(case.version, case.site, case.log, proposal, option, until=until).changes)
        for option in proposal.options
    )
    show_table(table_of_options(proposal, told, until), shown.reader)
    event = f"{{on: {day}, event: decided, proposal: {proposal.id}, action: '1', by: NAME, reason: WHY}}"
    command = Code(f'scheduler record STUDY {case.subject or "SUBJECT"} "{event}"')
    say(worded(said("to decide: {command}", command=command), shown.reader))


def _page(shown: Shown) -> str:
    from scheduler.exports.pages.patient import calendar_as_html
    from scheduler.folder.printing.closed import closed_days
    from scheduler.views.reasons import reasons_of

    tell = reasons_of(shown.calendar)
    closed = closed_days(shown.case.site)
    return calendar_as_html(shown.calendar, tell, closed, shown.on, months=True, language=shown.reader)


def _sheet(shown: Shown) -> bytes:
    from scheduler.folder.printing.printed import printed_calendar

    return printed_calendar(shown.case, shown.calendar, shown.reader)


def _picture(shown: Shown) -> str:
    from scheduler.exports.picture.drawing import calendar_as_svg
    from scheduler.folder.printing.closed import closed_days

    return calendar_as_svg(shown.calendar, closed_days(shown.case.site), shown.on, shown.reader)


def _feed(shown: Shown) -> bytes:
    from scheduler.folder.feeds import key_for_show, patient_feed, subject_of

    key, kept = key_for_show(shown.case)
    if not kept:
        note = said("note: the study has no key for its feeds yet; what 'scheduler export' writes has other identities")
        say(worded(note, shown.reader))
    subject = subject_of(shown.case, shown.calendar.until)
    return patient_feed(shown.case, subject, key, shown.detail.value, shown.language.value, shown.on)
