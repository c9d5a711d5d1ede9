"""``scheduler activities``: the schedule of activities of an arm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.lists import write_tables
from scheduler.cli.options import ListFormat, ListFormatOption, ProtocolArgument
from scheduler.cli.reader import LanguageOfWords, reader_of
from scheduler.cli.screen import say_warnings
from scheduler.cli.study.plan import one_arm

if TYPE_CHECKING:
    from scheduler.languages import Language
    from scheduler.protocol.plan.study import StudyVersion
    from scheduler.views.table import Table


def activities(
    protocol: ProtocolArgument,
    arm: Annotated[str | None, typer.Option("--arm", help="Which arm; needed where the study has several.")] = None,
    format_: ListFormatOption = ListFormat.TABLE,
    m11: Annotated[
        bool, typer.Option("--m11", help="In the shape of ICH M11: period, visit, day, window; planned visits across.")
    ] = False,
    language: LanguageOfWords = None,
) -> None:
    """Show the schedule of activities: what is done at which visit, and when that visit is."""
    from scheduler.folder.trying.planning import read_plan
    from scheduler.standards.design.m11 import m11_tables
    from scheduler.standards.design.planned import designs_of
    from scheduler.views.coordinator.schedule_of_activities import schedule_of_activities

    planned, reader = read_plan(protocol), reader_of(language)
    say_warnings(planned.findings, [planned.version], reader)
    plan = planned.version.arms[one_arm(planned.version.arms, arm)]
    if m11:
        design = next(each for each in designs_of(planned.version) if each.plan is plan)
        _write_m11(m11_tables(design), format_, reader)
        return
    write_tables(
        schedule_of_activities(plan),
        format_=format_,
        language=reader,
        pdf=lambda: _sheet(planned.version, plan.arm, reader),
    )


def _write_m11(tables: tuple[Table, ...], format_: ListFormat, language: Language) -> None:
    from scheduler.exports.paper.lists import tables_as_pdf
    from scheduler.exports.told import table_in
    from scheduler.standards.design.m11 import on_paper

    schedule, notes = (table_in(table, language) for table in tables)
    write_tables(
        *((schedule, notes) if format_ is ListFormat.XLSX else tables),
        format_=format_,
        plain=tables[0],
        pdf=lambda: tables_as_pdf(*on_paper(schedule), notes, language=language),
        language=language,
    )


def _sheet(version: StudyVersion, arm: str, language: Language) -> bytes:
    from scheduler.folder.printing.printed import printed_activities

    return printed_activities(version, arm, language)
