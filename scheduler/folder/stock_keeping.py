"""Recording about a site's stock: asked first, then one line more in its file, or a record in the database."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from scheduler.asking import AskedFirst, questions_open
from scheduler.findings import Place
from scheduler.folder.adding_lines import not_here, with_line
from scheduler.folder.reading.contents import StudyFolder
from scheduler.folder.reading.files import alone_in, name_of, read_text, write_whole
from scheduler.folder.reading.kept import Where, database_of
from scheduler.folder.reading.stock import as_kept, patients_at_sites, stock_line, stock_text
from scheduler.folder.reading.stored import opened
from scheduler.folder.reading.study import read_study
from scheduler.source.reading import read_yaml
from scheduler.stock.asking.questions import ask_about
from scheduler.stock.events import StockEvent, parse_stock_event
from scheduler.stock.log import StockLog
from scheduler.stock.parse import parse_stock
from scheduler.stock.products import stocked_in
from scheduler.stock.site_stock import movements_at
from scheduler.store.values import Act


def read_stock_event(text: str, *, name: str = "the event") -> StockEvent:
    """The event in a text, as JSON or as in ``stock.yaml``. Raises InvalidText with every fault at once."""
    return parse_stock_event(read_yaml(text, name=name))


def log_of_site(study: StudyFolder, site: str) -> StockLog:
    """The log of that site's stock; an empty one where it keeps none yet."""
    return next((log for log in study.stock if log.site == site), StockLog(site))


def record_in_stock(where: Where, site: str, event: StockEvent, act: Act, *, today: date) -> StockLog:
    """Record an event of a site's stock in the study at that place, and give the site's log with it.

    Raises AskedFirst for what is refused, or asked and not answered, with nothing recorded; Conflict where somebody else recorded
    in the same moment, StoreUnavailable, InvalidText.
    """
    database = database_of(where)
    if database is not None:
        study = read_study(where)
        longer = _asked(study, site, event, today)
        with opened(database) as store:
            store.append_to_stock(site, [as_kept(site, event)], seen=longer.length - 1, act=act)
        return longer
    with alone_in(Path(where)):
        study = read_study(where)
        longer = _asked(study, site, event, today)
        _write(Path(where), study, longer)
        return longer


def _asked(study: StudyFolder, site: str, event: StockEvent, today: date) -> StockLog:
    log, stocked = log_of_site(study, site), stocked_in(study.versions)
    moved = movements_at(log, stocked, patients_at_sites(study))
    questions = ask_about(log, stocked, moved, event, today=today)
    if questions_open(questions):
        raise AskedFirst(questions, log)
    return log.with_event(event)


def _write(folder: Path, study: StudyFolder, log: StockLog) -> None:
    """One line more in the site's file, and nothing else in it changed; the file is made with the first event."""
    stocked, sites = stocked_in(study.versions), (study.site.name, log.site)
    path = _file(folder, log.site, study.site.name)
    line = stock_line(log.records[-1].event)
    text = with_line(read_text(path), line, name=name_of(path)) if path.exists() else stock_text(log)
    written = parse_stock(text, name=name_of(path), sites=sites, stocked=stocked)
    if [each.event for each in written.records] != [each.event for each in log.records] or written.site != log.site:
        raise not_here(Place(name_of(path), 1, 1))
    write_whole(path, text.encode("utf-8"))


def _file(folder: Path, site: str, first: str) -> Path:
    """The file that holds the site's log, or that will."""
    for path in sorted(folder.glob("stock*.yaml")):
        said = read_yaml(read_text(path), name=name_of(path)).value
        if isinstance(said, dict) and said.get("site", first) == site:
            return path
    return folder / ("stock.yaml" if site == first else f"stock-{site}.yaml")
