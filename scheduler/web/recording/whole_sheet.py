"""A whole sheet of time points in one form: for each when it was taken, or that it was not and why; read into events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from scheduler.calendar.entries.dose_sheet import (
    DoseSheet,
    Sample,
    SampledVisit,
    Standing,
    clock_under,
    minutes_in_words,
)
from scheduler.errors import InvalidText
from scheduler.findings import Finding, Severity
from scheduler.patient.events import Event, parse_event
from scheduler.said import Code, Quoted, Said, said
from scheduler.source.node import Data

FIELDS = ("on", "at", "missed", "why", "confirmed")
"""What a row of the form can say, each with the row's number behind it: at_3."""


@dataclass(frozen=True, slots=True)
class Row:
    """One time point as the form shows it: its number, what is planned, what was recorded, and what was typed."""

    number: int
    sample: Sample
    planned: str
    window: str
    said: Mapping[str, str]
    recorded: Said | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def is_said(self) -> bool:
        """True where something was typed that can be recorded: a time, a reason, or that it was missed."""
        return self.recorded is None and any(self.said[name] for name in ("at", "missed", "why"))


@dataclass(frozen=True, slots=True)
class EnteredSheet:
    """What the form says: an event for each row that says something, with the rows' numbers; or what is wrong with which row."""

    rows: tuple[Row, ...]
    events: tuple[Event, ...] = ()
    numbers: tuple[int, ...] = ()

    @property
    def is_wrong(self) -> bool:
        """True where a row cannot be read."""
        return any(row.findings for row in self.rows)


def read_whole_sheet(sheet: DoseSheet, form: Mapping[str, str], today: date) -> EnteredSheet:
    """The rows of a sheet with what was typed; a row without a word is left as it is. ``today`` is the site's."""
    rows, events, numbers = [], [], []
    for row in _rows(sheet, form, today):
        found: tuple[Finding, ...] = ()
        if row.is_said:
            event, found = _event(sheet, row)
            if event is not None:
                events.append(event)
                numbers.append(row.number)
        rows.append(Row(row.number, row.sample, row.planned, row.window, row.said, row.recorded, found))
    return EnteredSheet(tuple(rows), tuple(events), tuple(numbers))


def _rows(sheet: DoseSheet, form: Mapping[str, str], today: date) -> Iterator[Row]:
    number = 0
    for visit in sheet.visits:
        for sample in visit.samples:
            number += 1
            typed = {name: form.get(f"{name}_{number}", "").strip() for name in FIELDS}
            typed["on"] = typed["on"] or str(_day_of(sample, visit, today))
            planned = clock_under(visit.day, sample.planned) if sample.planned is not None else ""
            yield Row(number, sample, planned, minutes_in_words(sample.point), typed, _recorded(sample))


def _day_of(sample: Sample, visit: SampledVisit, today: date) -> date:
    planned = sample.planned.day if sample.planned is not None else sample.day or visit.day
    return min(planned or today, today)


def _recorded(sample: Sample) -> Said | None:
    if sample.standing is Standing.NOT_TAKEN:
        return said("not taken: {reason}", reason=Quoted(sample.reason or ""))
    if sample.taken is None:
        return None
    return said("taken at {time}", time=Code(clock_under(sample.day, sample.taken)))


def _event(sheet: DoseSheet, row: Row) -> tuple[Event | None, tuple[Finding, ...]]:
    typed = row.said
    if typed["at"] and typed["missed"]:
        return None, (_wrong(said("both a time and 'not taken'"), said("keep the one that is right")),)
    if not typed["at"] and not typed["missed"]:
        return None, (
            _wrong(said("a reason, but neither a time nor 'not taken'"), said("write the time, or tick 'not taken'")),
        )
    if typed["missed"] and not typed["why"]:
        return None, (_wrong(said("why it was not taken is needed"), said("write the reason beside it")),)
    _, n, *day = sheet.id.split(".")
    told: dict[str, Data] = {
        "event": "not sampled" if typed["missed"] else "sampled",
        "on": typed["on"],
        "sheet": sheet.sheet,
        "n": int(n),
        "point": row.sample.point.name,
        "reason": typed["why"],
        "confirmed": typed["confirmed"],
        "at": typed["at"],
        **({"day": int(day[0])} if day else {}),
    }
    try:
        return parse_event({name: value for name, value in told.items() if value != ""}), ()
    except InvalidText as error:
        return None, error.findings


def _wrong(message: Said, hint: Said) -> Finding:
    return Finding.of("row-not-read", Severity.ERROR, message, hint)
