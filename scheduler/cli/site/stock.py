"""``scheduler stock``: what a site has in stock, how long it lasts, and one event more."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.lists import write_tables
from scheduler.cli.options import ListFormat, ListFormatOption, StudyArgument, dated
from scheduler.cli.reader import LanguageOfWords, names_for, reader_of, worded
from scheduler.cli.screen import say, say_findings, say_warnings
from scheduler.languages import Language
from scheduler.said import Code, said

if TYPE_CHECKING:
    from scheduler.folder.reading.contents import StudyFolder
    from scheduler.stock.site_stock import SiteStock
    from scheduler.views.table import Table


class StockList(StrEnum):
    """The lists of a stock."""

    LOTS = "lots"
    MOVEMENTS = "movements"
    NEEDS = "needs"


def stock(
    study: StudyArgument,
    on: Annotated[date | None, dated("--on", "The day; today at the site, when it is left out.")] = None,
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=52, help="How far to look ahead.")] = 12,
    site: Annotated[
        str | None, typer.Option("--site", metavar="NAME", help="The site; the study's first, when it is left out.")
    ] = None,
    record: Annotated[
        str | None,
        typer.Option(
            "--record",
            metavar="EVENT",
            help="Record this first: '{on: 2026-03-01, event: received, product: ..., lot: ..., packs: 20}'.",
        ),
    ] = None,
    list_: Annotated[
        StockList | None,
        typer.Option("--list", help="One list alone: the lots, every movement, or every coming line with its lots."),
    ] = None,
    format_: ListFormatOption = ListFormat.TABLE,
    language: LanguageOfWords = None,
) -> None:
    """Tell what a site has of each lot, every step that led to it, how long it lasts, and what expires before it is used.

    What patients were given and brought back counts by lot. Events: received, prepared, destroyed, sent back, counted,
    quarantined, released, relabelled, struck. JSON has everything, CSV one list, the lots without --list.
    """
    from scheduler.clock import Clock
    from scheduler.folder.printing.imprints import imprint_of_study
    from scheduler.folder.reading.study import read_study

    folder, reader = read_study(study), reader_of(language)
    zones = _zones(folder)
    name = site or folder.site.name
    if name not in zones:
        known = ", ".join(sorted(zones))
        raise typer.BadParameter(f"there is no site {name}; known here: {known}", param_hint="--site")
    today = Clock().today(zones[name])
    if record is not None:
        _record(study, name, record, today, reader)
        folder = read_study(study)
    say_warnings(folder.findings, folder.versions, reader)
    found = _stock(folder, name, on or today, weeks)
    say_findings(found.account.findings, language=reader)
    _say_how_long(found, reader)
    lots, steps, needs = found.tables()
    tables: tuple[Table, ...] = (lots, steps, needs) if format_ is ListFormat.XLSX else (lots, needs)
    if list_ is not None:
        tables = ({StockList.LOTS: lots, StockList.MOVEMENTS: steps, StockList.NEEDS: needs}[list_],)
    whole = partial(_as_json, found) if list_ is None else None
    write_tables(
        *tables,
        plain=tables[0],
        imprint=imprint_of_study(folder),
        format_=format_,
        json=whole,
        language=reader,
        names=names_for(folder.versions, (folder.site, *(case.site for case in folder.cases))),
    )


def _as_json(found: SiteStock) -> str:
    """What the API says of it."""
    import json

    from scheduler.stock.told import tell_stock

    return json.dumps(tell_stock(found).as_keys(), ensure_ascii=False, indent=1) + "\n"


def _zones(folder: StudyFolder) -> dict[str, str]:
    sites = (folder.site, *(case.site for case in folder.cases))
    return {each.name: each.zone for each in reversed(sites) if each.name} | {
        log.site: folder.site.zone for log in folder.stock if log.site not in {each.name for each in sites}
    }


def _stock(folder: StudyFolder, site: str, on: date, weeks: int) -> SiteStock:
    from scheduler.folder.reading.stock import patients_at_sites
    from scheduler.folder.stock_keeping import log_of_site
    from scheduler.stock.products import stocked_in
    from scheduler.stock.site_stock import site_stock

    until = on + timedelta(weeks=weeks)
    patients = tuple(patients_at_sites(folder))
    return site_stock(log_of_site(folder, site), stocked_in(folder.versions), patients, on=on, until=until)


def _record(study: str, site: str, text: str, today: date, reader: Language) -> None:
    from scheduler.asking import AskedFirst
    from scheduler.cli.acting import act_now
    from scheduler.cli.questions import say_how_to_answer, say_questions
    from scheduler.folder.reading.stock import stock_line
    from scheduler.folder.stock_keeping import read_stock_event, record_in_stock

    act = act_now()
    event = read_stock_event(text).model_copy(update={"recorded": act.at})
    try:
        log = record_in_stock(study, site, event, act, today=today)
    except AskedFirst as error:
        say_questions(error.questions, reader)
        say_how_to_answer(error.questions, reader)
        raise typer.Exit(1) from None
    told = said(
        "event {number} of the stock of {site}: {line}",
        number=log.length,
        site=Code(site),
        line=Code(stock_line(event)),
    )
    say(worded(told, reader))


def _say_how_long(found: SiteStock, reader: Language) -> None:
    """For each product until when it is enough, and why not longer."""
    from scheduler.stock.in_words import outlook_in_words

    for outlook in found.outlooks:
        for sentence in outlook_in_words(outlook):
            say(worded(sentence, reader))
    for each in found.not_prepared:
        say(worded(each.said, reader))
