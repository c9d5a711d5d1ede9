"""``scheduler whatif``: what an event or a closure of the site would change, before it is recorded or decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.lists import write_tables
from scheduler.cli.options import ListFormat, ListFormatOption, Until, civil_date
from scheduler.cli.reader import LanguageOfWords, change_line, name_for, reader_of, worded
from scheduler.cli.screen import say, say_warnings, show_table, write
from scheduler.findings import did_you_mean
from scheduler.languages import Language
from scheduler.said import said

if TYPE_CHECKING:
    from scheduler.calendar.comparing.change import Change
    from scheduler.folder.reading.case import Case


def whatif(
    of: Annotated[
        str,
        typer.Argument(
            metavar="CASE|STUDY", help="A patient's case file; for a closure also a study's folder or database."
        ),
    ],
    events: Annotated[
        list[str] | None,
        typer.Option(
            "--event", metavar="EVENT", help="'{on: 2026-03-16, event: held, ...}'; may be given several times."
        ),
    ] = None,
    closed: Annotated[
        str | None, typer.Option("--closed", metavar="DAYS", help="Days without work: 2026-06-08..2026-06-12, or one.")
    ] = None,
    resource: Annotated[
        str | None, typer.Option("--resource", help="What is closed, such as radiotherapy; else the whole site.")
    ] = None,
    until: Until = None,
    language: LanguageOfWords = None,
    format_: ListFormatOption = ListFormat.TABLE,
) -> None:
    """Show which dates, doses, tablets and visits an event, or a closure of the site, would change. Nothing is recorded."""
    reader = reader_of(language)
    if closed is not None:
        if events:
            raise typer.BadParameter("ask about events or about a closure, not both at once", param_hint="--closed")
        _closure(of, _days(closed), resource, until, format_, reader)
        return
    if resource is not None:
        raise typer.BadParameter("say when it is closed, with --closed", param_hint="--resource")
    if not events:
        raise typer.BadParameter("say what might happen, with --event or --closed", param_hint="--event")
    if _is_study(of):
        raise typer.BadParameter("an event happens to one patient: name a case file", param_hint="CASE|STUDY")
    _events(of, events, until, format_, reader)


def _events(case: str, events: list[str], until: date | None, format_: ListFormat, reader: Language) -> None:
    """What one patient's events would change."""
    import json

    from scheduler.asking import as_if_answered, ask, digest_of
    from scheduler.calendar.comparing.whatif import what_would_change
    from scheduler.calendar.telling.events_in_words import what_happened
    from scheduler.cli.questions import say_questions
    from scheduler.clock import Clock
    from scheduler.errors import Refused
    from scheduler.folder.adding_lines import ask_stock
    from scheduler.folder.next_numbers import read_event_of
    from scheduler.folder.printing.imprints import imprint_of_case
    from scheduler.folder.reading.case import knowing, read_case
    from scheduler.patient.events import OfUnits
    from scheduler.views.coordinator.changes import table_of_changes
    from scheduler.views.shapes.change import tell_changes
    from scheduler.views.shapes.question import tell_questions

    known = read_case(case)
    written = [read_event_of(known, event) for event in events]
    patient = knowing(known, written)
    say_warnings(patient.findings, [patient.version], reader)
    last = until or patient.until
    today = Clock().today(patient.site.zone)
    questions = ask(patient.version, patient.site, patient.log, written, today=today)
    questions += ask_stock(patient, written, today)
    say_questions(questions, reader)
    written = list(as_if_answered(written, questions))
    try:
        compared = what_would_change(patient.version, patient.site, patient.log, written, patient.subject, last)
    except Refused:
        raise typer.Exit(1) from None  # the questions have said it
    for event in written:
        if isinstance(event, OfUnits):
            # No date hangs on it: the quantity and the lot are what is to be looked at.
            say(worded(what_happened(event), reader))
    if not compared.changes:
        say(worded(said("nothing would change"), reader))
    if format_ is ListFormat.TABLE:
        # The sentences say it all, and fit a terminal as columns do not.
        write(_lines(compared.changes, reader))
        return
    found = {
        "changes": [each.as_keys() for each in tell_changes(compared.changes)],
        "questions": [each.as_keys() for each in tell_questions(questions)],
        "digest": digest_of(questions, patient.log),
    }
    table = table_of_changes(compared.changes)
    write_tables(
        table,
        imprint=imprint_of_case(patient),
        format_=format_,
        language=reader,
        json=lambda: json.dumps(found, ensure_ascii=False, indent=1) + "\n",
    )


def _closure(
    of: str, days: tuple[date, date], resource: str | None, until: date | None, format_: ListFormat, reader: Language
) -> None:
    """What a closure would change for one patient, or for all of a study."""
    import json

    from scheduler.calendar.comparing.closure import what_a_closure_would_change
    from scheduler.site.closure import Closure
    from scheduler.views.coordinator.closure import closure_list

    cases = _cases(of, reader)
    closure = Closure(*days, _known(resource, cases))
    found = closure_list(
        cases[0].version.study if cases else "",
        closure,
        [
            what_a_closure_would_change(each.version, each.site, closure, each.log, each.subject, until or each.until)
            for each in cases
        ],
    )
    if found.changes_nothing:
        say(worded(said("nothing would change"), reader))
    if format_ is not ListFormat.TABLE:
        keys = found.as_keys()
        tables = (found.table(), found.unmet(), found.appointments())
        write_tables(
            *tables,
            format_=format_,
            language=reader,
            json=lambda: json.dumps(keys, ensure_ascii=False, indent=1) + "\n",
        )
        return
    for each in found.patients:
        if each.comparison.changes:
            write(f"{name_for(each.subject, reader)}\n{_lines(each.comparison.changes, reader)}\n")
    for table in (found.unmet(), found.appointments()):
        if table.rows:
            show_table(table, reader)
            write("\n")


def _cases(of: str, reader: Language) -> tuple[Case, ...]:
    """The patients that are asked about."""
    from scheduler.folder.reading.case import read_case
    from scheduler.folder.reading.study import read_study

    if _is_study(of):
        study = read_study(of)
        say_warnings(study.findings, study.versions, reader)
        return study.cases
    patient = read_case(of)
    say_warnings(patient.findings, [patient.version], reader)
    return (patient,)


def _is_study(of: str) -> bool:
    from scheduler.folder.reading.kept import database_of

    return "#" not in of and (Path(of).is_dir() or database_of(of) is not None)


def _known(resource: str | None, cases: tuple[Case, ...]) -> str | None:
    """A resource that a site lists or a protocol uses. Ends with the exit code 2 for any other."""
    from scheduler.site.closure import resources_of

    known: set[str] = set()
    for case in cases:
        used = {line.resource for plan in case.version.arms.values() for line in plan.timelines.values()}
        known |= resources_of(case.site, used)
    if resource is not None and resource not in known:
        hint = did_you_mean(resource, known)
        raise typer.BadParameter(f"there is no '{resource}'{f'; {hint}' if hint else ''}", param_hint="--resource")
    return resource


def _days(text: str) -> tuple[date, date]:
    """The first and the last day of "2026-06-08..2026-06-12", or of one date."""
    first, dots, last = text.partition("..")
    begin = civil_date(first.strip())
    end = civil_date(last.strip()) if dots else begin
    if end < begin:
        raise typer.BadParameter(f"the closure ends before it begins; write {end}..{begin}", param_hint="--closed")
    return begin, end


def _lines(changes: Iterable[Change], reader: Language) -> str:
    return "".join(f"{change_line(change, reader)}\n" for change in changes)
