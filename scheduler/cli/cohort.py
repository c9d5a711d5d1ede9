"""``scheduler cohort``: the data sets of many patients, written by all cores or a cluster, and lists over all of them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.lists import write_tables
from scheduler.cli.options import ListFormat, ListFormatOption, dated
from scheduler.cli.progress import step_by_step
from scheduler.cli.screen import say, say_findings

if TYPE_CHECKING:
    from scheduler.cohorts.expand import Expanded

cohort = typer.Typer(
    name="cohort",
    no_args_is_help=True,
    help="Many patients at once: write their calendars as Parquet, and ask for lists over all of them.",
)


class DataSets(StrEnum):
    """What is written."""

    CALENDARS = "calendars"
    DISPENSING = "dispensing"
    DEVIATIONS = "deviations"
    EXPOSURE = "exposure"


class Questions(StrEnum):
    """What may be asked."""

    WORKLIST = "worklist"
    OVERDUE = "overdue"
    DUE = "due"
    CLOSING = "closing"
    VISITS = "visits"
    LOAD = "load"


CohortArgument = Annotated[Path, typer.Argument(metavar="DIR", help="The folder that 'expand' wrote.")]


@cohort.command()
def expand(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help="A study's folder of case files, its database, or a folder with protocol.yaml, site.yaml and logs/*.parquet.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the data sets are, or come to be.")],
    cluster: Annotated[
        str | None,
        typer.Option("--cluster", metavar="ADDRESS", help="A Dask cluster, tcp://...; else this machine's cores."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="So many processes here, instead of one for each core.")
    ] = None,
    only: Annotated[
        list[DataSets] | None, typer.Option("--only", help="Only this data set; may be given several times.")
    ] = None,
    on: Annotated[
        date | None,
        dated("--on", "The day of the deviations and the last day of exposure; without it they go by the logs alone."),
    ] = None,
    part_size: Annotated[int, typer.Option("--part-size", min=1, help="About how many patients a part has.")] = 2000,
) -> None:
    """Write calendars, dispensing lines, deviations and exposure of all patients as Parquet, by study, site and month.

    What is there and unchanged is left as it is: a run that was broken off goes on, and only parts with a new log, text or
    program are worked out again. The files have the patients' numbers and dates: keep them as you keep the study's database.
    """
    from scheduler.cohorts.cluster import on_cluster
    from scheduler.cohorts.expand import ALL
    from scheduler.cohorts.expand import expand as expand_cohort
    from scheduler.cohorts.extra import refuse_without_extra
    from scheduler.cohorts.schema import DataSet
    from scheduler.cohorts.sources import source_at

    refuse_without_extra()
    with step_by_step("expanding") as tell:
        found = expand_cohort(
            source_at(source),
            out,
            partial(on_cluster, address=cluster, workers=workers),
            data_sets=frozenset(DataSet(each.value) for each in only) if only else ALL,
            on=on,
            size=part_size,
            tell=lambda progress: tell(str(progress)),
        )
    say(_what_was_written(found))


def _what_was_written(found: Expanded) -> str:
    rows = ", ".join(f"{number} of {name}" for name, number in sorted(found.by_data_set.items()))
    return (
        f"{found.patients} patients in {found.parts} parts, {found.unchanged} of them unchanged; "
        f"{found.computed} different calendars were worked out; rows: {rows or 'none'}; {found.bytes / 1e6:.1f} MB"
    )


@cohort.command()
def query(
    directory: CohortArgument,
    question: Annotated[Questions, typer.Argument(help="What to ask.")],
    on: Annotated[date, dated("--on", "The day.")],
    days: Annotated[int, typer.Option("--days", min=0, max=400, help="How many days after it to look at too.")] = 7,
    site: Annotated[str | None, typer.Option("--site", metavar="NAME", help="One site; else all of them.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many lines at most.")] = 1000,
    format_: ListFormatOption = ListFormat.TABLE,
) -> None:
    """Ask for a list of a day over all patients: the worklist or a part of it, visits by site and day, or how full sites are.

    Anything else is asked with DuckDB: 'scheduler cohort views' writes the views and lists that are asked here.
    """
    from scheduler.cohorts.asking import Question, asked

    found = asked(directory, Question(question.value), on, days=days, site=site, most=limit)
    say_findings(found.findings)
    write_tables(found.table, format_=format_)
    if found.lines > len(found.table.rows):
        say(f"the first {len(found.table.rows)} of {found.lines} lines; --limit shows more")


@cohort.command()
def views(directory: CohortArgument) -> None:
    """Write the SQL of the views and lists, for DuckDB: scheduler cohort views DIR > views.sql; duckdb -init views.sql."""
    from scheduler.cli.screen import write
    from scheduler.cohorts.asking import views_of

    write(views_of(directory))


@cohort.command()
def schema(format_: ListFormatOption = ListFormat.TABLE) -> None:
    """Tell what each column of the data sets means, and those of logs in Parquet."""
    from scheduler.cohorts.schema import schema_tables

    columns, logs = schema_tables()
    write_tables(columns, logs, plain=columns, format_=format_)
