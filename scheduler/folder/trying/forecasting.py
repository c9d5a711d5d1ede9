"""A study's forecast, from its folder or database and a file of rates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Severity
from scheduler.folder.reading.contents import StudyFolder
from scheduler.folder.reading.files import name_of, read_text
from scheduler.folder.reading.kept import Where, database_of
from scheduler.folder.reading.many import many_calendars
from scheduler.folder.reading.shelf import Shelf
from scheduler.folder.reading.stock import Came
from scheduler.folder.reading.stored import opened, study_in
from scheduler.forecasting.expecting.parse import parse_rates
from scheduler.forecasting.forecast import Forecast
from scheduler.forecasting.look_ahead import look_ahead
from scheduler.forecasting.simulating.futures import Begun
from scheduler.forecasting.simulating.simulation import Tell
from scheduler.forecasting.weeks import Weeks
from scheduler.patient.replaying.replay import replay
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import Site
from scheduler.stock.account import StockAccount, account_of
from scheduler.stock.log import StockLog
from scheduler.stock.movements import movements_of_course
from scheduler.stock.products import stocked_in


def missing_extra() -> Finding | None:
    """What to say where the library that draws chance is not installed."""
    if find_spec("numpy") is not None:
        return None
    message = "nothing was forecast: what draws chance and takes quantiles is not installed"
    return Finding("forecast-not-installed", Severity.ERROR, message, "install scheduler[forecast]")


def forecast_of(
    study: StudyFolder,
    where: Where,
    rates_file: Path,
    on: date,
    *,
    runs: int | None = None,
    weeks: int | None = None,
    tell: Tell = lambda _: None,
) -> Forecast:
    """What the study needs from a day on, by the rates of a file. ``runs`` and ``weeks`` are instead of the file's own.

    Raises InvalidText with the findings of the file, or where the extra is missing.
    """
    if (missing := missing_extra()) is not None:
        raise InvalidText([missing])
    sites = sites_of(study, where)
    text = read_text(rates_file)
    rates = parse_rates(text, name=name_of(rates_file), versions=study.versions, sites=sites)
    rates = replace(rates, runs=runs or rates.runs, weeks=weeks or rates.weeks)
    with many_calendars():
        period = Weeks(on, rates.weeks)
        return look_ahead(study.versions, sites, in_study(study), rates, period, tell, stock_on(study, on))


def in_study(study: StudyFolder) -> tuple[Begun, ...]:
    """The patients as their logs stand."""
    return tuple(Begun(each.version, each.site, each.log, each.subject or "") for each in study.cases)


def stock_on(study: StudyFolder, on: date) -> tuple[StockAccount, ...]:
    """What the sites' own logs have at the end of a day."""
    came = [(each.subject or "", each.first_site or study.site.name, each.log) for each in study.cases]
    return tuple(accounts_on(study.stock, study.versions, came, on))


def accounts_on(
    logs: Iterable[StockLog], versions: Sequence[StudyVersion], came: Sequence[Came], on: date
) -> Iterator[StockAccount]:
    """What these sites' logs have at the end of a day, after what all these patients were given and brought back."""
    stocked = stocked_in(versions)
    courses = [(replay(log), subject, first) for subject, first, log in came]
    for log in logs:
        moved = (movements_of_course(course, subject, first, log.site, stocked) for course, subject, first in courses)
        yield account_of(log, stocked, chain.from_iterable(moved), on=on)


def sites_of(study: StudyFolder, where: Where) -> Mapping[str, Site]:
    """The study's sites by name, the first one first."""
    database = database_of(where)
    if database is not None:
        with opened(database) as store:
            return {site.name: site for site in study_in(store, database).sites}
    shelf = Shelf()
    found = (shelf.site(path) for path in sorted(Path(where).glob("site*.yaml")))
    return {site.name: site for site in (study.site, *(each for each in found if each is not None))}
