"""The stock of a study's sites: from ``stock*.yaml`` beside the protocol, or from the records of a database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity
from scheduler.folder.event_line import flow
from scheduler.folder.reading.contents import StudyFolder
from scheduler.folder.reading.files import name_of, read_text
from scheduler.folder.reading.shelf import Shelf
from scheduler.patient.log import Log
from scheduler.patient.replaying.replay import replay
from scheduler.protocol.plan.study import StudyVersion
from scheduler.stock.asking.handing_out import HandingOut, HeldAgainst
from scheduler.stock.events import StockEvent, dump_stock_event, parse_stock_event
from scheduler.stock.log import StockLog, stock_log
from scheduler.stock.movements import AtSite, movements_of_course
from scheduler.stock.parse import parse_stock
from scheduler.stock.products import stocked_in
from scheduler.store.beside.site_log import SiteEvent, said_in
from scheduler.store.values import Record

_AT_THE_END = ("reason", "confirmed", "by", "recorded")


def stock_of_files(
    folder: Path, versions: Sequence[StudyVersion], sites: Sequence[str], shelf: Shelf
) -> tuple[StockLog, ...]:
    """The logs of all ``stock*.yaml`` in a folder; the shelf has the findings. ``sites`` are the names of the study's sites."""
    found: dict[str, StockLog] = {}
    stocked = stocked_in(versions)
    for path in sorted(folder.glob("stock*.yaml")):
        name = name_of(path)
        shelf.names.add(name)
        try:
            log = parse_stock(read_text(path), name=name, sites=tuple(sites), stocked=stocked)
        except InvalidText as error:
            shelf.findings += error.findings
            continue
        if log.site in found:
            message = f"the stock of {log.site} has a second file"
            hint = "put the events of a site into one file, in the order of recording"
            shelf.findings.append(Finding("duplicate-stock", Severity.ERROR, message, hint, Place(name, 1, 1)))
        found.setdefault(log.site, log)
    return tuple(found.values())


def stock_of_records(records: Iterable[Record]) -> tuple[StockLog, ...]:
    """The logs of all sites that these records tell of, in the order of their first record.

    Raises InvalidText where one cannot be read.
    """
    events: dict[str, list[StockEvent]] = {}
    for record in records:
        try:
            site, said = said_in(record)
            event = parse_stock_event(said)
        except (ValueError, InvalidText):
            message = f"record {record.number} is not an event of a stock that this release of the program knows"
            hint = "run 'scheduler audit verify'; if nothing was tampered with, a newer release recorded it"
            place = Place("stock", record.number, 1)
            raise InvalidText([Finding("unreadable-record", Severity.ERROR, message, hint, place)]) from None
        events.setdefault(site, []).append(event)
    return tuple(stock_log(site, several) for site, several in events.items())


def as_kept(site: str, event: StockEvent) -> SiteEvent:
    """An event of a site's stock as a store keeps it."""
    return SiteEvent(site, event.event, event.on, dump_stock_event(event), event.reason)


def stock_text(log: StockLog) -> str:
    """A site's log as a file; `stock_of_files` reads the same again."""
    lines = [f"  - {stock_line(record.event)}\n" for record in log.records]
    return "".join([f"site: {flow(log.site)}\n", "events:\n" if lines else "events: []\n", *lines])


def stock_line(event: StockEvent) -> str:
    """An event of a stock as one line of a file: what happened first, why and by whom last."""
    data = dict(dump_stock_event(event))
    end = {key: data.pop(key) for key in _AT_THE_END if key in data}
    return flow(data | end)


Came = tuple[str, str | None, Log]
"""A patient's number, the site at which the patient came in, and the log."""


def handing_out(
    versions: Sequence[StudyVersion], logs: Callable[[], Iterable[StockLog]], patients: Callable[[], Iterable[Came]]
) -> HandingOut:
    """What asks the stock of the sites before something is handed out. Nothing is read before something is."""
    stocked = stocked_in(versions)

    def stock_of(site: str) -> HeldAgainst:
        log = next((each for each in logs() if each.site == site), None)
        if log is None or not log.records:
            return HeldAgainst(StockLog(site), ())
        moved = (movements_of_course(replay(own), subject, first, site, stocked) for subject, first, own in patients())
        return HeldAgainst(log, tuple(chain.from_iterable(moved)))

    return HandingOut(stocked, stock_of)


def handing_out_in(study: StudyFolder) -> HandingOut:
    """The same of a study that was read."""
    return handing_out(
        study.versions,
        lambda: study.stock,
        lambda: ((each.subject or "", each.first_site or study.site.name, each.log) for each in study.cases),
    )


def patients_at_sites(study: StudyFolder) -> Iterator[AtSite]:
    """The study's patients, each with the site at which the patient came in."""
    for case, patient in zip(study.cases, study.patients(), strict=True):
        yield AtSite(patient, case.first_site or study.site.name)
