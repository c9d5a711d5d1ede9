"""What is asked about the rows of case files before they are recorded in a database: all rows of all patients at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from scheduler.asking import Question, ask
from scheduler.findings import Finding
from scheduler.folder.reading.contents import Case, StudyFolder
from scheduler.folder.reading.files import name_of, read_text
from scheduler.folder.reading.stock import handing_out_in
from scheduler.local_times import day_at
from scheduler.patient.log import Log
from scheduler.source.node import Step
from scheduler.source.reading import read_yaml
from scheduler.stock.asking.handing_out import HandingOut


def questions_of_rows(study: StudyFolder, at: datetime) -> Iterator[tuple[Question, Finding]]:
    """Each row of each patient, as `record` would ask about it after the rows above it, at a moment (with its zone).

    The finding has the place of the field in its file, and says how to answer where a reason lets the row stand.
    """
    stock = handing_out_in(study)
    for case in study.cases:
        yield from _of_case(case, at, stock)


def _of_case(case: Case, at: datetime, stock: HandingOut) -> Iterator[tuple[Question, Finding]]:
    node = read_yaml(read_text(case.path), name=name_of(case.path))
    events = [record.event for record in case.log.records]
    today = day_at(at, case.site.zone)
    questions = ask(case.version, case.site, Log(), events, today=today)
    questions += stock.ask(case.subject or "", case.first_site, Log(), events, today=today)
    for each in sorted(questions, key=lambda one: one.index):
        yield each, replace(_finding(each), place=node.place("events", each.index, *_steps(each.field)))


def _finding(question: Question) -> Finding:
    found = question.finding
    if not question.is_open or question.answer is None:
        return found
    answer = f'where it is so, add why to the row: {question.answer}: "..."'
    return replace(found, hint=f"{found.hint}; {answer}" if found.hint else answer, said_hint=None)


def _steps(field: str) -> Iterator[Step]:
    """The steps to a field: "with.term", "amounts.0"."""
    return (int(step) if step.isdigit() else step for step in field.split("."))
