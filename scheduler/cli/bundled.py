"""``scheduler plan --bundle``: fewest trips, for a plan, for a patient, or for all patients of a study."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scheduler.cli.options import CalendarFormat
from scheduler.cli.reader import change_line, name_for, worded
from scheduler.cli.screen import say, say_findings, say_warnings, show_table, write
from scheduler.findings import did_you_mean
from scheduler.languages import Language
from scheduler.said import Code, said

if TYPE_CHECKING:
    from scheduler.bundling import Bundle, PatientPlan, ToPlan
    from scheduler.folder.reading.case import Case

WEEKS = timedelta(weeks=12)
"""How far ahead is planned where nobody says a last day."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed: the first and last day, room at the site, the time for a search, the patients to plan for, and in which
    language it is told."""

    on: date | None
    until: date | None
    capacity: list[str]
    seconds: float
    subjects: list[str]
    reader: Language = Language.ENGLISH


def is_protocol(where: str) -> bool:
    """Whether this is a protocol's file; a study, a patient or anything else is not."""
    from scheduler.folder.reading.files import name_of, read_text
    from scheduler.folder.trying.checking import Sort, sort_of
    from scheduler.source.reading import read_yaml

    path = Path(where)
    if "#" in where or not path.is_file():
        return False
    return path.suffix in (".yaml", ".yml") and sort_of(read_yaml(read_text(path), name=name_of(path))) is Sort.PROTOCOL


def bundle_plan(patient: Case, asked: Asked, format_: CalendarFormat) -> None:
    """The fewest trips of a patient who does not exist yet, from the day of the first event on."""
    first = min(record.event.on for record in patient.log.records)
    _show([patient], asked, asked.on or first, format_, study=None)


def bundle_patients(where: str, asked: Asked, format_: CalendarFormat) -> None:
    """The fewest trips of a patient, or of all patients of a study together."""
    from scheduler.clock import Clock
    from scheduler.folder.reading.case import read_case
    from scheduler.folder.reading.kept import database_of
    from scheduler.folder.reading.study import read_study

    if "#" not in where and (Path(where).is_dir() or database_of(where) is not None):
        study = read_study(where)
        say_warnings(study.findings, study.versions, asked.reader)
        cases, site = study.cases, study.site
        _known_subjects(asked.subjects, [each.subject or "" for each in cases])
    else:
        case = read_case(where)
        say_warnings(case.findings, [case.version], asked.reader)
        cases, site = (case,), case.site
    _show(cases, asked, asked.on or Clock().today(site.zone), format_, study=where)


def _known_subjects(wanted: list[str], known: list[str]) -> None:
    for each in wanted:
        if each not in known:
            hint = did_you_mean(each, known)
            raise typer.BadParameter(
                f"there is no patient '{each}'{f'; {hint}' if hint else ''}", param_hint="--subject"
            )


def _show(cases: Iterable[Case], asked: Asked, on: date, format_: CalendarFormat, study: str | None) -> None:
    import json

    from scheduler.bundling import bundle
    from scheduler.bundling.extra import missing_extra
    from scheduler.bundling.shape import tell_bundle
    from scheduler.bundling.telling import table_of_moves

    if format_ not in (CalendarFormat.TABLE, CalendarFormat.JSON, CalendarFormat.CSV):
        raise typer.BadParameter("a proposal is written as table, json or csv", param_hint="--format")
    until = asked.until or on + WEEKS
    if until <= on:
        raise typer.BadParameter(f"the last day has to come after {on}", param_hint="--until")
    patients = [_to_plan(each, asked.subjects) for each in cases]
    capacity = _capacity(asked.capacity, patients)
    missing = missing_extra()
    if missing is not None:
        say_findings([missing])
        raise typer.Exit(1)
    found = bundle(patients, on=on, until=until, capacity=capacity, seconds=asked.seconds)
    if format_ is CalendarFormat.JSON:
        write(json.dumps(tell_bundle(found).as_keys(), ensure_ascii=False, indent=1) + "\n")
    elif format_ is CalendarFormat.CSV:
        from scheduler.exports.tables.csv import table_as_csv

        write(table_as_csv(table_of_moves(found)))
    else:
        _tell(found, study, asked.reader)
    if found.clashes or found.refused is not None:
        raise typer.Exit(1)


def _to_plan(case: Case, subjects: list[str]) -> ToPlan:
    from scheduler.bundling import ToPlan

    stays = bool(subjects) and case.subject not in subjects
    return ToPlan(case.version, case.site, case.log, case.subject, case.arm, stays)


def _capacity(typed: list[str], patients: list[ToPlan]) -> dict[str, int]:
    """For how many patients a resource has room on a day: "infusion=4"."""
    from scheduler.site.closure import resources_of

    known: set[str] = set()
    for each in patients:
        used = {line.resource for plan in each.version.arms.values() for line in plan.timelines.values()}
        known |= resources_of(each.site, used)
    found = {}
    for text in typed:
        resource, sign, number = text.partition("=")
        if not sign or not number.strip().isascii() or not number.strip().isdigit():
            raise typer.BadParameter(
                "write a resource and a number of patients a day: infusion=4", param_hint="--capacity"
            )
        if resource.strip() not in known:
            hint = did_you_mean(resource.strip(), known)
            what = f"there is no '{resource.strip()}'{f'; {hint}' if hint else ''}"
            raise typer.BadParameter(what, param_hint="--capacity")
        found[resource.strip()] = int(number)
    return found


def _tell(found: Bundle, study: str | None, reader: Language) -> None:
    """The sentences, the dates that would move, what else would change, and how to accept it."""
    from scheduler.bundling.telling import in_sentences, kept_in_sentences, stuck_in_sentences, table_of_moves

    for sentence in in_sentences(found):
        write(f"{worded(sentence, reader)}\n")
    if not found.moves_nothing:
        write("\n")
        show_table(table_of_moves(found), reader)
    for each in found.patients:
        for sentence in stuck_in_sentences(each):
            write(f"{worded(sentence, reader)}\n")
        for sentence in kept_in_sentences(each):
            kept = worded(sentence, reader)
            say(f"{each.subject}: {kept}" if each.subject else kept)
        if each.events:
            _preview(each, study, reader)


def _preview(plan: PatientPlan, study: str | None, reader: Language) -> None:
    """What accepting would change, and the commands that record it: nothing is recorded here."""
    from scheduler.folder.event_line import event_line

    what = said("What would change if these appointments were recorded:")
    if plan.subject:
        what = said("What would change for {subject} if these appointments were recorded:", subject=Code(plan.subject))
    write(f"\n{worded(what, reader)}\n")
    for change in plan.changes:
        write(f"  {change_line(change, reader)}\n")
    if study is not None:
        who = Code(name_for(plan.subject, reader))
        say("\n" + worded(said("Nothing is recorded. To accept it for {subject}:", subject=who), reader))
        for event in plan.events:
            say(f"  scheduler record STUDY {plan.subject or 'SUBJECT'} '{event_line(event)}'")
