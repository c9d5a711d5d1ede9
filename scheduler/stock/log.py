"""A site's log of its stock: events in the order of recording, and what of it is in force after strikes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.findings import Place
from scheduler.stock.events import StockEvent, StockStruck


@dataclass(frozen=True, slots=True)
class StockRecord:
    """An event with its number, which is its position in the site's log, counted from 1; ``place`` is where in a file."""

    number: int
    event: StockEvent
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class StockLog:
    """What was recorded about the stock of one site, in order. It only grows."""

    site: str
    records: tuple[StockRecord, ...] = ()

    @property
    def length(self) -> int:
        """How many events it has."""
        return len(self.records)

    def record(self, number: int) -> StockRecord | None:
        """The record of that number, or None."""
        return self.records[number - 1] if 0 < number <= len(self.records) else None

    def with_event(self, event: StockEvent) -> StockLog:
        """The log with one event more, whatever it says."""
        return StockLog(self.site, (*self.records, StockRecord(self.length + 1, event)))

    def in_force(self) -> tuple[StockRecord, ...]:
        """The events that count: those that were not struck, and no strikes."""
        gone = {each.event.number for each in self.records if isinstance(each.event, StockStruck)}
        return tuple(
            each for each in self.records if each.number not in gone and not isinstance(each.event, StockStruck)
        )


def stock_log(site: str, events: Iterable[StockEvent]) -> StockLog:
    """A site's log of these events, numbered from 1, whatever they say."""
    return StockLog(site, tuple(StockRecord(number, event) for number, event in enumerate(events, 1)))
