"""The ledger of protocol deviations over all patients of a study, as a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scheduler.calendar.entries.deviation import Deviation
from scheduler.said import Code, said, said_as, text_of
from scheduler.views.cited_events import events_cited
from scheduler.views.table import Cell, Table

COLUMNS = (
    "subject",
    "date",
    "deviation",
    "entry",
    "days off",
    "what",
    "clause",
    "line",
    "events",
    "severity",
    "importance",
    "cause",
    "found",
    "reported",
)
"""The columns of the CSV: a public interface."""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One deviation of one patient."""

    subject: str
    deviation: Deviation


@dataclass(frozen=True, slots=True)
class Ledger:
    """The deviations of a study's patients, patient by patient, each by date. ``on`` is the day that it was looked at, if any."""

    study: str
    on: date | None
    lines: tuple[LedgerLine, ...]

    def table(self) -> Table:
        """Every deviation with the sentence of the protocol that it departs from."""
        title = text_of(said("{study} deviations", study=Code(self.study)))
        if self.on is not None:
            title = text_of(said("{study} deviations, {on}", study=Code(self.study), on=Code(self.on.isoformat())))
        return Table(title, COLUMNS, tuple(_row(line) for line in self.lines))

    def counts(self) -> Table:
        """How many of each sort each patient has."""
        counted = Counter((line.subject, line.deviation.kind.value) for line in self.lines)
        rows = tuple((subject, kind, number) for (subject, kind), number in sorted(counted.items()))
        return Table(text_of(said("How many")), ("subject", "deviation", text_of(said_as("how many", "number"))), rows)


def ledger_of(study: str, by_subject: Iterable[tuple[str, Iterable[Deviation]]], on: date | None = None) -> Ledger:
    """The ledger of a study from the deviations of each patient."""
    lines = (LedgerLine(subject, deviation) for subject, deviations in by_subject for deviation in deviations)
    return Ledger(study, on, tuple(lines))


def _row(line: LedgerLine) -> tuple[Cell, ...]:
    deviation = line.deviation
    return (
        line.subject,
        deviation.date,
        deviation.kind.value,
        deviation.entry or deviation.timeline or None,
        deviation.days_off,
        text_of(deviation.what),
        deviation.clause.text if deviation.clause else None,
        deviation.clause.line or None if deviation.clause else None,
        events_cited(deviation.events),
        deviation.severity,
        deviation.importance,
        deviation.cause,
        deviation.found,
        deviation.reported,
    )
