"""Dosing schedules and visit calendars of clinical trials, every date with its reason.

What other programs may use is here, by name: ``from scheduler import read_case``. None of it reads a clock; what depends on
today takes the day as an argument. Each name is loaded when it is first asked for.

Reading     read_study, read_case, parse_protocol, parse_site, parse_case, parse_event; check_files for all that is wrong
Beginning   found_study, run_stories, validation_as_json, validation_as_pdf; advise for every start day, planned
Recording   ask, questions_open, digest_of, as_if_answered: what is to be asked before; build_log, append, append_event
Computing   calendar_of, explain, compare_calendars, what_would_change, exposure_of, deviations_of
            tumour_response_of, Closure, what_a_closure_would_change
Looking     table_of_dates, table_of_changes, reasons_of, worklist, dispensing_list, schedule_of_activities, agenda, site_agenda
            table_of_exposure, pill_counts, ledger_of, table_of_response, adverse_event_list, closure_list
Showing     calendar_as_json, calendar_as_html, table_as_csv, table_as_text, table_as_html, tables_as_xlsx, to_ics
On paper    patient_diary, changes_of_diary, activity_schedule, Imprint; diary_as_pdf, dispensing_as_pdf, activities_as_pdf,
            calendar_as_pdf, tables_as_pdf
Errors      Finding, Severity, InvalidText, Refused, AskedFirst, UnknownEntry; Question, Strength
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.asking import AskedFirst, Question, Strength, as_if_answered, ask, digest_of, questions_open
    from scheduler.calendar.comparing.closure import what_a_closure_would_change
    from scheduler.calendar.comparing.compare import compare_calendars
    from scheduler.calendar.comparing.whatif import what_would_change
    from scheduler.calendar.deviations.ledger import deviations_of
    from scheduler.calendar.entries.entry import Calendar
    from scheduler.calendar.exposure.of_patient import exposure_of
    from scheduler.calendar.patient_calendar import calendar_of
    from scheduler.calendar.telling.explain import explain
    from scheduler.calendar.tumour.tumour_response import tumour_response_of
    from scheduler.errors import InvalidText, Refused, UnknownEntry
    from scheduler.exports.ics import to_ics
    from scheduler.exports.json import calendar_as_json
    from scheduler.exports.pages.lists import table_as_html
    from scheduler.exports.pages.patient import calendar_as_html
    from scheduler.exports.paper.activities import activities_as_pdf
    from scheduler.exports.paper.calendar import calendar_as_pdf
    from scheduler.exports.paper.diary import diary_as_pdf
    from scheduler.exports.paper.dispensing import dispensing_as_pdf
    from scheduler.exports.paper.lists import tables_as_pdf
    from scheduler.exports.tables.csv import table_as_csv
    from scheduler.exports.tables.terminal import table_as_text
    from scheduler.exports.tables.xlsx import tables_as_xlsx
    from scheduler.exports.validation import validation_as_json, validation_as_pdf
    from scheduler.findings import Finding, Severity
    from scheduler.folder.founding.new_study import found_study
    from scheduler.folder.reading.case import Case, read_case
    from scheduler.folder.reading.study import StudyFolder, read_study
    from scheduler.folder.recording import append_event
    from scheduler.folder.trying.advising import advise
    from scheduler.folder.trying.checking import check_files
    from scheduler.folder.trying.stories import run_stories
    from scheduler.patient.case_file.case import parse_case
    from scheduler.patient.events import parse_event
    from scheduler.patient.log import Log
    from scheduler.patient.recording import append, build_log
    from scheduler.protocol.parse import parse_protocol
    from scheduler.protocol.plan.study import StudyVersion
    from scheduler.site.closure import Closure
    from scheduler.site.parse import parse_site
    from scheduler.site.site import EVERY_DAY, Site
    from scheduler.views.agenda.diary import patient_diary
    from scheduler.views.agenda.diary_changes import changes_of_diary
    from scheduler.views.agenda.of_reader import agenda, site_agenda
    from scheduler.views.coordinator.changes import table_of_changes
    from scheduler.views.coordinator.closure import closure_list
    from scheduler.views.coordinator.schedule_of_activities import activity_schedule, schedule_of_activities
    from scheduler.views.coordinator.worklist import worklist
    from scheduler.views.imprint import Imprint
    from scheduler.views.looking_back.adverse_events import adverse_event_list
    from scheduler.views.looking_back.deviations import ledger_of
    from scheduler.views.looking_back.exposure import table_of_exposure
    from scheduler.views.looking_back.response import table_of_response
    from scheduler.views.pharmacy.dispensing import dispensing_list
    from scheduler.views.pharmacy.pill_counts import pill_counts
    from scheduler.views.reasons import reasons_of
    from scheduler.views.table_of_dates import table_of_dates

_WHERE = {
    "AskedFirst": "asking",
    "Calendar": "calendar.entries.entry",
    "Case": "folder.reading.case",
    "Closure": "site.closure",
    "EVERY_DAY": "site.site",
    "Finding": "findings",
    "Imprint": "views.imprint",
    "InvalidText": "errors",
    "Log": "patient.log",
    "Question": "asking",
    "Refused": "errors",
    "Severity": "findings",
    "Site": "site.site",
    "Strength": "asking",
    "StudyFolder": "folder.reading.study",
    "StudyVersion": "protocol.plan.study",
    "UnknownEntry": "errors",
    "activities_as_pdf": "exports.paper.activities",
    "activity_schedule": "views.coordinator.schedule_of_activities",
    "adverse_event_list": "views.looking_back.adverse_events",
    "advise": "folder.trying.advising",
    "agenda": "views.agenda.of_reader",
    "append": "patient.recording",
    "append_event": "folder.recording",
    "as_if_answered": "asking",
    "ask": "asking",
    "build_log": "patient.recording",
    "calendar_as_html": "exports.pages.patient",
    "calendar_as_json": "exports.json",
    "calendar_as_pdf": "exports.paper.calendar",
    "calendar_of": "calendar.patient_calendar",
    "changes_of_diary": "views.agenda.diary_changes",
    "check_files": "folder.trying.checking",
    "closure_list": "views.coordinator.closure",
    "compare_calendars": "calendar.comparing.compare",
    "deviations_of": "calendar.deviations.ledger",
    "diary_as_pdf": "exports.paper.diary",
    "digest_of": "asking",
    "dispensing_as_pdf": "exports.paper.dispensing",
    "dispensing_list": "views.pharmacy.dispensing",
    "explain": "calendar.telling.explain",
    "exposure_of": "calendar.exposure.of_patient",
    "found_study": "folder.founding.new_study",
    "ledger_of": "views.looking_back.deviations",
    "parse_case": "patient.case_file.case",
    "parse_event": "patient.events",
    "parse_protocol": "protocol.parse",
    "parse_site": "site.parse",
    "patient_diary": "views.agenda.diary",
    "pill_counts": "views.pharmacy.pill_counts",
    "questions_open": "asking",
    "read_case": "folder.reading.case",
    "read_study": "folder.reading.study",
    "reasons_of": "views.reasons",
    "run_stories": "folder.trying.stories",
    "schedule_of_activities": "views.coordinator.schedule_of_activities",
    "site_agenda": "views.agenda.of_reader",
    "table_as_csv": "exports.tables.csv",
    "table_as_html": "exports.pages.lists",
    "table_as_text": "exports.tables.terminal",
    "table_of_changes": "views.coordinator.changes",
    "table_of_dates": "views.table_of_dates",
    "table_of_exposure": "views.looking_back.exposure",
    "table_of_response": "views.looking_back.response",
    "tables_as_pdf": "exports.paper.lists",
    "tables_as_xlsx": "exports.tables.xlsx",
    "to_ics": "exports.ics",
    "tumour_response_of": "calendar.tumour.tumour_response",
    "validation_as_json": "exports.validation",
    "validation_as_pdf": "exports.validation",
    "what_a_closure_would_change": "calendar.comparing.closure",
    "what_would_change": "calendar.comparing.whatif",
    "worklist": "views.coordinator.worklist",
}

__all__ = [
    "EVERY_DAY",
    "AskedFirst",
    "Calendar",
    "Case",
    "Closure",
    "Finding",
    "Imprint",
    "InvalidText",
    "Log",
    "Question",
    "Refused",
    "Severity",
    "Site",
    "Strength",
    "StudyFolder",
    "StudyVersion",
    "UnknownEntry",
    "activities_as_pdf",
    "activity_schedule",
    "adverse_event_list",
    "advise",
    "agenda",
    "append",
    "append_event",
    "as_if_answered",
    "ask",
    "build_log",
    "calendar_as_html",
    "calendar_as_json",
    "calendar_as_pdf",
    "calendar_of",
    "changes_of_diary",
    "check_files",
    "closure_list",
    "compare_calendars",
    "deviations_of",
    "diary_as_pdf",
    "digest_of",
    "dispensing_as_pdf",
    "dispensing_list",
    "explain",
    "exposure_of",
    "found_study",
    "ledger_of",
    "parse_case",
    "parse_event",
    "parse_protocol",
    "parse_site",
    "patient_diary",
    "pill_counts",
    "questions_open",
    "read_case",
    "read_study",
    "reasons_of",
    "run_stories",
    "schedule_of_activities",
    "site_agenda",
    "table_as_csv",
    "table_as_html",
    "table_as_text",
    "table_of_changes",
    "table_of_dates",
    "table_of_exposure",
    "table_of_response",
    "tables_as_pdf",
    "tables_as_xlsx",
    "to_ics",
    "tumour_response_of",
    "validation_as_json",
    "validation_as_pdf",
    "what_a_closure_would_change",
    "what_would_change",
    "worklist",
]


def __getattr__(name: str) -> object:
    """A public name, loaded when it is first asked for."""
    if name not in _WHERE:
        raise AttributeError(f"module 'scheduler' has no attribute '{name}'")
    value: object = getattr(import_module(f"scheduler.{_WHERE[name]}"), name)
    globals()[name] = value
    return value
