"""``scheduler record``: one event more in a patient's log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import StudyArgument
from scheduler.cli.reader import LanguageOfWords, change_line, reader_of, worded
from scheduler.cli.screen import say, say_warnings, write
from scheduler.languages import Language
from scheduler.said import Code, said

if TYPE_CHECKING:
    from scheduler.asking import Question
    from scheduler.errors import InvalidText
    from scheduler.folder.reading.case import Case
    from scheduler.patient.events import Event


def record(
    study: StudyArgument,
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="The patient's number in the study.")],
    event: Annotated[
        str, typer.Argument(metavar="EVENT", help="'{on: 2026-03-16, event: held, ...}', as in a case file or as JSON.")
    ],
    language: LanguageOfWords = None,
) -> None:
    """Append an event to a patient's log. What cannot be is refused; what is likely a slip is asked, and stands with a reason."""
    from scheduler.asking import AskedFirst, ask
    from scheduler.cli.acting import act_now
    from scheduler.cli.questions import say_questions
    from scheduler.errors import InvalidText
    from scheduler.findings import did_you_mean
    from scheduler.folder.adding_lines import append_event, read_event
    from scheduler.folder.event_line import event_line
    from scheduler.folder.reading.files import name_of
    from scheduler.folder.reading.kept import database_of
    from scheduler.folder.reading.stock import handing_out_in
    from scheduler.folder.reading.stored import append_in_store
    from scheduler.folder.reading.study import read_study
    from scheduler.local_times import day_at
    from scheduler.patient.appending import spelled_out

    reader, act = reader_of(language), act_now()
    try:
        written = read_event(event)
    except InvalidText as error:
        raise _with_the_next_number(error, event, study, subject) from None
    if written.recorded is None:
        written = written.model_copy(update={"recorded": act.at})
    folder = read_study(study)
    say_warnings(folder.findings, folder.versions, reader)
    known = folder.case(subject)
    if known is None:
        hint = did_you_mean(subject, (each.subject or "" for each in folder.cases))
        raise typer.BadParameter(f"there is no patient '{subject}'{f'; {hint}' if hint else ''}", param_hint="SUBJECT")
    written = spelled_out(known.version, known.log, written)
    database, today = database_of(study), day_at(act.at, known.site.zone)
    try:
        if database is None:
            patient = append_event(known.path, written, asked_on=today)
        else:
            patient = append_in_store(database, subject, [written], act, asked_on=today)
    except AskedFirst as error:
        _ask(known, written, error.questions, reader)
        raise typer.Exit(1) from None
    questions = ask(known.version, known.site, known.log, [written], today=today)
    stock = handing_out_in(folder).ask(subject, known.first_site, known.log, [written], today=today)
    say_questions((*questions, *stock), reader)
    write(f"{event_line(patient.log.records[-1].event)}\n")
    place = said(
        "event {number} of {subject}, in {file}",
        number=patient.log.length,
        subject=Code(subject),
        file=Code(f"{name_of(patient.path)}"),
    )
    say(worded(place, reader))


def _with_the_next_number(error: InvalidText, event: str, study: str, subject: str) -> InvalidText:
    """What is wrong with the event; where its number is missing, with the patient's next one."""
    from scheduler.folder.next_numbers import offering_the_next
    from scheduler.folder.reading.study import read_study

    known = read_study(study).case(subject)
    return error if known is None else offering_the_next(error, event, known)


def _ask(known: Case, event: Event, questions: tuple[Question, ...], reader: Language) -> None:
    """What is asked, and below it what would change: nothing is recorded."""
    from scheduler.asking import Strength, as_if_answered
    from scheduler.calendar.comparing.whatif import what_would_change
    from scheduler.cli.questions import say_how_to_answer, say_questions

    say_questions(questions, reader)
    if all(each.strength is not Strength.REFUSED for each in questions):
        events = as_if_answered([event], questions)
        compared = what_would_change(known.version, known.site, known.log, events, known.subject, known.until)
        say(worded(said("What would change:") if compared.changes else said("Nothing would change."), reader))
        for change in compared.changes:
            say(f"  {change_line(change, reader)}")
    say_how_to_answer(questions, reader)
