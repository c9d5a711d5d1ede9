"""All doses of a drug together, beside the highest total that the protocol allows: what was given, and what is left of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from scheduler.calendar.engine.dosing.amounts import amounts_of
from scheduler.calendar.engine.dosing.cycle_days import gives_of_cycle
from scheduler.calendar.entries.entry import Dose, Entry, Status
from scheduler.protocol.plan.dosing.calculation import Cap
from scheduler.protocol.plan.dosing.dose_arithmetic import room_left
from scheduler.protocol.plan.dosing.give import Give
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.frequency import doses_a_day
from scheduler.protocol.sentences.dosing.giving import convert
from scheduler.said import Amount, Said, Value, said

_TENTH = Decimal("0.1")
_COUNTED = (Status.PLANNED, Status.DONE)


@dataclass(frozen=True, slots=True)
class Total:
    """A drug's total up to and with one entry, in the unit of its limit; None from a dose on whose amount is not known."""

    drug: str
    entry: Entry
    total: Decimal | None
    limit: Cap

    @property
    def left(self) -> Decimal | None:
        """How much may still be given; below 0 when the limit was passed."""
        return room_left((self.total,), self.limit.amount) if self.total is not None else None

    @property
    def percent_left(self) -> Decimal | None:
        """The same in percent of the limit, with one decimal, rounded half up."""
        if self.left is None:
            return None
        return (100 * self.left / self.limit.amount).quantize(_TENTH, ROUND_HALF_UP)

    @property
    def left_in_words(self) -> str:
        """ "310 mg/m2 (56.4 %) left"; "nothing left, 20 mg/m2 (3.6 %) above it"."""
        return str(self.left_said)

    @property
    def left_said(self) -> Said:
        """The same for a reader of any language."""
        if self.left is None or self.percent_left is None:
            return said("not known how much left")
        left = Amount(abs(self.left).normalize(), str(self.limit.unit))
        percent = abs(self.percent_left).normalize()
        if self.left < 0:
            return said("nothing left, {amount} ({percent} %) above it", amount=left, percent=percent)
        return said("{amount} ({percent} %) left", amount=left, percent=percent)

    @property
    def in_words(self) -> Value:
        """The total; not known."""
        if self.total is None:
            return said("not known")
        return Amount(self.total.normalize(), str(self.limit.unit))

    def __str__(self) -> str:
        return "not known" if self.total is None else f"{_plain(self.total)} {self.limit.unit}"


def limited(line: Timeline) -> Iterator[tuple[Give, Cap]]:
    """The drugs of a treatment that have a highest total, each once."""
    gives = {give.name: give for give in line.gives}
    yield from ((give, give.calculation.in_total) for give in gives.values() if give.calculation.in_total is not None)


def totals(line: Timeline, give: Give, limit: Cap, entries: Iterable[Entry]) -> tuple[Total, ...]:
    """The total with each dose that was given or is planned, by day."""
    own = [entry for entry in entries if entry.timeline == line.name and entry.status in _COUNTED]
    total: Decimal | None = Decimal(0)
    per_period: list[Total] = []
    for entry in sorted(own, key=lambda entry: entry.date or date.max):
        if give.name not in {each.name for each in gives_of_cycle(line, entry.counts_as)}:
            continue
        amount = _in_unit(line, give, limit, entry)
        total = total + amount if total is not None and amount is not None else None
        per_period.append(Total(give.name, entry, total, limit))
    return tuple(per_period)


def _in_unit(line: Timeline, give: Give, limit: Cap, entry: Entry) -> Decimal | None:
    """What an entry gives of a drug in the unit of a limit; a limit per m2 counts the protocol's dose per m2."""
    amounts = amounts_of(line, entry, None, presume=True).get(give.name)
    if amounts is None or amounts.total is None or not amounts.days:
        return None if amounts is None or amounts.days else Decimal(0)
    if amounts.unit is not None and (same := convert(amounts.total, amounts.unit, limit.unit)) is not None:
        return same
    if (worked := _worked_from(line, give, limit, entry)) is not None:
        return worked
    if give.amount is not None and f"{give.unit}/{give.per}" == limit.unit:
        return give.amount * amounts.days
    return _by_level(line, give, limit, entry, amounts.days)


def _worked_from(line: Timeline, give: Give, limit: Cap, entry: Entry) -> Decimal | None:
    """The doses per m2 that those of an entry were worked out from, by the band that the patient was in; None where one has none.

    An amount that somebody stated was worked out from nothing.
    """
    runs = [(run.doses, run.last_day - run.first_day + 1) for run in entry.runs if run.status in _COUNTED and run.doses]
    total = Decimal(0)
    for doses, days in runs or [(entry.doses, 1)]:
        dose = _of_drug(line, give, doses)
        times = doses_a_day(dose.often) if dose is not None else None
        if dose is None or dose.worked_from is None or dose.worked_from[1] != limit.unit or times is None:
            return None
        total += dose.worked_from[0] * times * days
    return total


def _of_drug(line: Timeline, give: Give, doses: tuple[Dose, ...]) -> Dose | None:
    return next((each for each in doses if (each.of or line.name) in (give.name, line.name)), None)


def _by_level(line: Timeline, give: Give, limit: Cap, entry: Entry, days: int) -> Decimal | None:
    """Of a drug with dose levels per m2, the level of each dose counts."""
    ladder = line.ladder
    if ladder is None or ladder.unit != limit.unit:
        return None
    if not entry.runs:
        return _of_level(line, give, entry.doses, days)
    parts = [
        _of_level(line, give, run.doses, run.last_day - run.first_day + 1)
        for run in entry.runs
        if run.status in _COUNTED and run.doses
    ]
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if len(known) == len(parts) else None


def _of_level(line: Timeline, give: Give, doses: tuple[Dose, ...], days: int) -> Decimal | None:
    dose = _of_drug(line, give, doses)
    amount = line.ladder.amount(dose.level) if dose is not None and dose.level is not None and line.ladder else None
    return amount * days if amount is not None else None


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"
