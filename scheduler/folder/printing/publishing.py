"""A study written out for those who read it: calendars, lists and feeds, each in the forms that its readers use."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from scheduler.calendar.engine.proposals.on_a_day import calendar_on
from scheduler.calendar.entries.entry import Status
from scheduler.exports.json import calendar_as_json
from scheduler.exports.pages.lists import Link, PatientRow, study_as_html, table_as_html
from scheduler.exports.pages.patient import calendar_as_html
from scheduler.exports.tables.csv import table_as_csv
from scheduler.exports.tables.xlsx import tables_as_xlsx
from scheduler.folder.feeds import patient_feed, site_feed, subject_of
from scheduler.folder.file_names import file_name, file_names
from scheduler.folder.printing.closed import closed_days
from scheduler.folder.reading.contents import Case, StudyFolder
from scheduler.folder.reading.files import write_whole
from scheduler.languages import Language
from scheduler.said import Code, said, text_of, told_as
from scheduler.views.agenda.of_reader import Subject
from scheduler.views.chart.naming import arm_in_words
from scheduler.views.coordinator.schedule_of_activities import schedule_of_activities
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.days.spelled_out import in_runs
from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.views.reader.audience import Audience, Detail
from scheduler.views.reasons import reasons_of
from scheduler.views.table import Table
from scheduler.views.table_of_dates import table_of_dates

WEEKS_OF_DISPENSING = 4
EVERYBODY = frozenset(Audience)


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: for whom, in which languages, as of which day, and how much the feeds tell.

    Without ``detail``, the patient's feeds are neutral and the site's are standard. ``of_pages`` is the
    language of calendars and lists as pages.
    """

    as_of: date
    audiences: Collection[Audience] = EVERYBODY
    languages: tuple[Language, ...] = (Language.ENGLISH,)
    detail: Detail | None = None
    of_pages: Language = Language.ENGLISH


def publish(
    study: StudyFolder, key: bytes, out: Path, order: Order, written: Callable[[str], None] = lambda path: None
) -> tuple[str, ...]:
    """Write the study's files into a folder and give their paths from there. ``written`` is told of each as it is done."""
    done: list[str] = []
    for path, data in _files(study, key, order, lambda path: _before(out / path)):
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, data)
        done.append(path)
        written(path)
    return tuple(done)


def _before(file: Path) -> bytes:
    """What an earlier export wrote there, nothing where there is none."""
    try:
        return file.read_bytes()
    except OSError:
        return b""


@dataclass(frozen=True, slots=True)
class _Work:
    """The study with what was asked for, each patient's feed subject, each patient's file name, and what was written before."""

    study: StudyFolder
    key: bytes
    order: Order
    subjects: tuple[tuple[Case, Subject], ...]
    names: dict[Path, str]
    before: Callable[[str], bytes]

    def site_feeds(self, audience: Audience) -> Iterator[tuple[str, bytes]]:
        order, everybody = self.order, [subject for _, subject in self.subjects]
        detail = order.detail or Detail.STANDARD
        for language in order.languages:
            path = f"feeds/{audience}{_ending(language, order)}.ics"
            before = self.before(path)
            yield path, site_feed(everybody, audience, self.study.site, self.key, order.as_of, detail, language, before)


def _files(study: StudyFolder, key: bytes, order: Order, before: Callable[[str], bytes]) -> Iterator[tuple[str, bytes]]:
    subjects = tuple((case, subject_of(case)) for case in study.cases)
    names = file_names({case.path: case.subject or case.path.stem for case in study.cases})
    work = _Work(study, key, order, subjects, names, before)
    if Audience.COORDINATOR in order.audiences:
        yield from _for_coordinators(work)
    if Audience.PHARMACY in order.audiences:
        yield from _for_pharmacy(work)
    if Audience.PATIENT in order.audiences:
        for case, subject in subjects:
            yield from _patient_feeds(case, subject, work)


def _for_coordinators(work: _Work) -> Iterator[tuple[str, bytes]]:
    for case, subject in work.subjects:
        yield from _calendar(case, subject, work.names[case.path], work.order)
    due = worklist(work.study.patients(), work.order.as_of)
    yield "lists/worklist.json", _utf8(json.dumps(due.as_keys(), ensure_ascii=False, indent=1) + "\n")
    yield from _list("lists/worklist", (due.table(),), due.table(), work.order)
    for plan in work.study.version.arms.values():
        table = schedule_of_activities(plan)
        yield from _list(f"lists/activities-{file_name(plan.arm)}", (table,), table, work.order)
    yield from work.site_feeds(Audience.COORDINATOR)
    yield "index.html", _utf8(_first_page(work))


def _for_pharmacy(work: _Work) -> Iterator[tuple[str, bytes]]:
    first = work.order.as_of
    listed = dispensing_list(work.study.patients(), first, first + timedelta(weeks=WEEKS_OF_DISPENSING), on=first)
    yield from _list("lists/dispensing", listed.tables(), listed.table(), work.order)
    yield from work.site_feeds(Audience.PHARMACY)


def _patient_feeds(case: Case, subject: Subject, work: _Work) -> Iterator[tuple[str, bytes]]:
    order, name = work.order, work.names[case.path]
    detail = order.detail or Detail.NEUTRAL
    for language in order.languages:
        path = f"feeds/patients/{name}{_ending(language, order)}.ics"
        yield path, patient_feed(case, subject, work.key, detail, language, order.as_of, work.before(path))


def _calendar(case: Case, subject: Subject, name: str, order: Order) -> Iterator[tuple[str, bytes]]:
    calendar = calendar_on(subject.calendar, order.as_of)
    say = reasons_of(calendar)
    dates = table_of_dates(calendar, say)
    closed, language = closed_days(case.site), order.of_pages
    page = calendar_as_html(calendar, say, closed, order.as_of, months=True, language=language)
    yield f"calendars/{name}.html", _utf8(page)
    yield f"calendars/{name}.json", _utf8(calendar_as_json(calendar, say))
    yield f"calendars/{name}.csv", _utf8(table_as_csv(dates))
    yield f"calendars/{name}.xlsx", tables_as_xlsx(dates)


def _list(path: str, tables: tuple[Table, ...], plain: Table, order: Order) -> Iterator[tuple[str, bytes]]:
    yield f"{path}.html", _utf8(table_as_html(*tables, language=order.of_pages))
    yield f"{path}.csv", _utf8(table_as_csv(plain))
    yield f"{path}.xlsx", tables_as_xlsx(*tables)


def _first_page(work: _Work) -> str:
    order, version = work.order, work.study.version
    rows = [_row(case, subject, work.names[case.path], order) for case, subject in work.subjects]
    links = [
        Link(text_of(said("Worklist")), "lists/worklist.html"),
        *(
            Link(
                text_of(said("Schedule of activities, {arm}", arm=arm_in_words(arm, plan.arm_title))),
                f"lists/activities-{file_name(arm)}.html",
            )
            for arm, plan in version.arms.items()
        ),
        Link(text_of(said("Coordinator's feed")), f"feeds/coordinator{_ending(order.languages[0], order)}.ics"),
    ]
    if Audience.PHARMACY in order.audiences:
        links += [
            Link(text_of(said("Dispensing list")), "lists/dispensing.html"),
            Link(text_of(said("Dispensing list, workbook")), "lists/dispensing.xlsx"),
            Link(text_of(said("Pharmacy's feed")), f"feeds/pharmacy{_ending(order.languages[0], order)}.ics"),
        ]
    return study_as_html(version.study, version.version, version.title, rows, links, order.of_pages)


def _row(case: Case, subject: Subject, name: str, order: Order) -> PatientRow:
    calendar = subject.calendar
    planned = [line for line in in_runs(calendar) if line.is_visit and line.status is Status.PLANNED]
    coming = [line.date for line in planned if line.date is not None and line.date >= order.as_of]
    files = [Link("JSON", f"calendars/{name}.json"), Link("CSV", f"calendars/{name}.csv")]
    files.append(Link(text_of(said("workbook")), f"calendars/{name}.xlsx"))
    if Audience.PATIENT in order.audiences:
        files += [
            Link(
                text_of(said("feed {language}", language=Code(language))),
                f"feeds/patients/{name}{_ending(language, order)}.ics",
            )
            for language in order.languages
        ]
    return PatientRow(
        subject=calendar.subject or name,
        arm=told_as(arm, arm_in_words(arm, case.version.arms[arm].arm_title)) if (arm := calendar.arm) else None,
        first_dose=calendar.first_dose,
        page=f"calendars/{name}.html",
        note=case.name or "",
        next_visit=min(coming, default=None),
        files=tuple(files),
    )


def _ending(language: Language, order: Order) -> str:
    return f".{language}" if len(order.languages) > 1 else ""


def _utf8(text: str) -> bytes:
    return text.encode("utf-8")
