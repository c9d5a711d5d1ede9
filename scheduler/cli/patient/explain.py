"""``scheduler explain``: why an entry stands where it stands."""

from __future__ import annotations

from typing import Annotated

import typer

from scheduler.cli.options import CaseArgument, On, TextFormat, TextFormatOption, Until
from scheduler.cli.reader import LanguageOfWords, reader_of, worded
from scheduler.cli.screen import say_warnings, write


def explain(
    case: CaseArgument,
    entry: Annotated[
        str, typer.Argument(metavar="ENTRY", help="The id of an entry or a proposal, such as toripalimab.2.")
    ],
    until: Until = None,
    on: On = None,
    language: LanguageOfWords = None,
    format_: TextFormatOption = TextFormat.TABLE,
) -> None:
    """Tell why that date, that dose, that status, or why the protocol proposes something."""
    from scheduler.calendar.engine.proposals.on_a_day import orders_taken_as_come
    from scheduler.calendar.telling.explain import explain as explain_entry
    from scheduler.cli.calendars import calendar_read
    from scheduler.folder.reading.case import read_case

    reader = reader_of(language)
    patient = read_case(case)
    say_warnings(patient.findings, [patient.version], reader)
    calendar = calendar_read(patient, until, on, reader)
    told = explain_entry(calendar, entry, patient.version, patient.log)
    if format_ is TextFormat.JSON:
        import json

        from scheduler.views.shapes.calendar import tell_taken_as_come
        from scheduler.views.shapes.shape import for_json

        as_come = tell_taken_as_come(orders_taken_as_come(calendar) if on is None else {})
        more = {} if as_come is None else {"taken_as_come": [each.told() for each in as_come]}
        write(json.dumps(told.as_keys() | more, ensure_ascii=False, indent=1, default=for_json) + "\n")
    else:
        write(told.in_words(lambda message: worded(message, reader)) + "\n")
