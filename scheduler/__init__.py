"""Dosing schedules and visit calendars of clinical trials, every date with its reason.

What other programs may use is here, by name: ``from scheduler import read_case``. None of it reads a clock; what depends on
today takes the day as an argument. Each name is loaded when it is first asked for.

Reading     read_study, read_case, parse_protocol, parse_site, parse_case, parse_event; check_files for all that is wrong
Beginning   found_study, run_stories, validation_as_json, validation_as_pdf; advise for every start day, planned
Recording   ask, questions_open, digest_of, as_if_answered: what is to be asked before; build_log, append, append_event
Computing   calendar_of, explain, compare_calendars, what_would_change, exposure_of, deviations_of
            tumour_response_of, Closure, what_a_closure_would_change
Ahead       parse_rates, look_ahead, Forecast: drug demand; ToPlan, bundle, Bundle: fewest trips
            end_points_of, end_points_of_study, StudyEndPoints: what came out
Looking     table_of_dates, table_of_changes, reasons_of, worklist, dispensing_list, schedule_of_activities, agenda, site_agenda
            table_of_exposure, pill_counts, ledger_of, table_of_response, adverse_event_list, closure_list
Showing     calendar_as_json, calendar_as_html, table_as_csv, table_as_text, table_as_html, tables_as_xlsx, to_ics
On paper    patient_diary, changes_of_diary, activity_schedule, Imprint; diary_as_pdf, dispensing_as_pdf, activities_as_pdf,
            calendar_as_pdf, tables_as_pdf
Errors      Finding, Severity, InvalidText, Refused, AskedFirst, UnknownEntry; Question, Strength
"""

from __future__ import annotations

import lazy_loader

# The list of names is the stub beside this file; type checkers and editors read the same.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
