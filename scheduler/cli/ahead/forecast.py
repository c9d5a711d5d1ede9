"""``scheduler forecast``: how much of each drug will be needed, and what to order when."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.lists import write_tables
from scheduler.cli.options import ListFormat, StudyArgument, dated
from scheduler.cli.progress import step_by_step
from scheduler.cli.reader import LanguageOfWords, reader_of, worded
from scheduler.cli.screen import say, say_warnings, write
from scheduler.languages import Language
from scheduler.said import Code, Said, counted, said

if TYPE_CHECKING:
    from scheduler.forecasting.forecast import Forecast
    from scheduler.views.imprint import Imprint


class ForecastFormat(StrEnum):
    """How a forecast is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
    XLSX = "xlsx"
    PDF = "pdf"
    SVG = "svg"


def forecast(
    study: StudyArgument,
    rates: Annotated[Path, typer.Option("--rates", metavar="FILE", help="What is expected: rates.yaml.")],
    on: Annotated[date | None, dated("--on", "The day from which to look; today at the site without it.")] = None,
    weeks: Annotated[
        int | None, typer.Option("--weeks", min=1, max=156, help="How many weeks, instead of the file's.")
    ] = None,
    runs: Annotated[
        int | None, typer.Option("--runs", min=1, max=100_000, help="How often it is made up, instead of the file's.")
    ] = None,
    format_: Annotated[ForecastFormat, typer.Option("--format", "-f", help="How to write it.")] = ForecastFormat.TABLE,
    language: LanguageOfWords = None,
) -> None:
    """Forecast tablets, bottles and vials by site and week, and say what to order and when, each number with its reason."""
    from scheduler.cli.study.worklist import today_at
    from scheduler.exports.picture.demand import demand_as_svg
    from scheduler.folder.printing.imprints import imprint_of_study
    from scheduler.folder.reading.study import read_study
    from scheduler.folder.trying.forecasting import forecast_of

    reader = reader_of(language)
    folder = read_study(study)
    say_warnings(folder.findings, folder.versions, reader)
    with step_by_step("forecasting") as tell:
        found = forecast_of(
            folder,
            study,
            rates,
            on or today_at(folder.site.zone),
            runs=runs,
            weeks=weeks,
            tell=lambda progress: tell(str(progress)),
        )
    if format_ is ForecastFormat.SVG:
        write(demand_as_svg(found, reader))
    else:
        _write_lists(found, format_, imprint_of_study(folder), reader)
    say(worded(_how(found), reader))


def _write_lists(found: Forecast, format_: ForecastFormat, imprint: Imprint, reader: Language) -> None:
    import json

    from scheduler.forecasting.tables import demand_table, tables_of

    write_tables(
        *tables_of(found),
        plain=demand_table(found),
        imprint=imprint,
        format_=ListFormat(format_.value),
        language=reader,
        json=lambda: json.dumps(found.as_keys(), ensure_ascii=False, indent=1) + "\n",
    )


def _how(found: Forecast) -> Said:
    runs = counted("{n} run, seed {seed}", "{n} runs, seed {seed}", found.runs, seed=Code(str(found.seed)))
    return said("{runs}: {n} different calendars", runs=runs, n=found.calendars)
