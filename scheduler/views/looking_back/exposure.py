"""One patient's exposure as a list: a line for each cycle or dose of a drug, and their sums. Only here are figures rounded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from scheduler.calendar.exposure.exposure_lines import Exposure, ExposureLine, ExposureTotal, TotalLeft
from scheduler.patient.supply import Accountability
from scheduler.said import COMMAS, SEMICOLONS, Code, Said, Text, joined, listed, said, said_of, text_of
from scheduler.views.cited_events import events_cited
from scheduler.views.table import Cell, Table, without_zeros
from scheduler.vocabulary.dosage_forms import MILLILITRE, Count

OVERALL = text_of(said("overall"))
"""Stands in the column of the cycle's number for the sum of a drug."""

DOSES = (
    "treatment",
    "drug",
    "number",
    "start",
    "status",
    "delivered",
    "planned",
    "unit",
    "days",
    "planned days",
    "RDI %",
)
REASONS = ("total dose %", "delay", "delayed by", "level", "reduced by", "days dosed", "presumed", "held", "not taken")
COUNTS = ("dispensed", "returned", "lost", "taken", "missing", "expected", "compliance %", "outside 80-120 %")
LOOKED_AT = ("pill count",)
LIMITS = ("drug", "at most", "given", "left", "left %", "unit", "passed by", "date")
"""The columns of the CSV, one group after the other: a public interface."""

_AT = range(len(COUNTS))
_TENTH = Decimal("0.1")


def table_of_exposure(exposure: Exposure, counts: Iterable[Accountability] = ()) -> Table:
    """Every cycle, dose or fraction with its pill count (of each strength), and after those of a drug their sum."""
    by_cycle: defaultdict[tuple[str, int | None], list[Accountability]] = defaultdict(list)
    for count in counts:
        by_cycle[count.treatment, count.cycle].append(count)
    rows: list[tuple[Cell, ...]] = []
    for total in exposure.totals:
        own = [line for line in exposure.lines if (line.treatment, line.drug) == (total.treatment, total.drug)]
        found = {line: _its_counts(by_cycle, line) for line in own}
        rows += [
            (*_doses(line), *_reasons(line), *_counts(of_it), beside_intensity(of_it)) for line, of_it in found.items()
        ]
        of_all = beside_intensity([count for of_it in found.values() for count in of_it])
        rows.append((*_sum_of_doses(total), *_sum_of_reasons(total), *_counts(()), of_all))
    return Table(title_of(exposure), (*DOSES, *REASONS, *COUNTS, *LOOKED_AT), tuple(rows))


def beside_intensity(counts: Iterable[Accountability]) -> str | None:
    """What pill counts say against the days that an intensity is worked out from; None where they agree or are not known.

    The intensity comes from the days as they were told or presumed. Where the count says otherwise, one does not stand alone.
    """
    told = [(count, words) for count in counts if (words := what_the_count_says(count)) is not None]
    if not told:
        return None
    several = len({count.cycle for count, _ in told}) > 1
    return text_of(listed(*(_of_its_cycle(count, words, several) for count, words in told), how=SEMICOLONS))


def _of_its_cycle(count: Accountability, words: Said, several: bool) -> Said:
    if count.strength is not None:
        words = said("{strength}: {words}", strength=Code(count.strength), words=words)
    return said("cycle {number}: {words}", number=Code(str(count.cycle)), words=words) if several else words


def _of_strength(count: Accountability, cell: Cell) -> Text:
    told = said_of(cell) if isinstance(cell, Text) else Code(f"{cell}")
    if count.strength is None:
        return text_of(told)
    return text_of(said("{strength}: {words}", strength=Code(count.strength), words=told))


def against_the_days(count: Accountability) -> str | None:
    """Where a pill count and the days do not agree, in English; None where they do."""
    told = what_the_count_says(count)
    return None if told is None else str(told)


def what_the_count_says(count: Accountability) -> Said | None:
    """Where a pill count and the days do not agree; None where they do."""
    if count.contradicts_itself:
        return said(
            "{gone} came back or were lost, {out} were handed out",
            gone=_so_many(count, (count.returned or 0) + (count.lost or 0)),
            out=_so_many(count, count.dispensed or 0),
        )
    if count.fewer_than_the_days:
        percent = in_tenths(count.compliance)
        taken, days = _so_many(count, count.taken), _so_many(count, count.by_days)
        if percent is None:
            return said("{taken} gone by the count, {days} by the days", taken=taken, days=days)
        return said(
            "{taken} gone by the count, {days} by the days: {percent} % of {expected}",
            taken=taken,
            days=days,
            percent=percent,
            expected=_so_many(count, count.expected),
        )
    return said("{missing} missing", missing=_so_many(count, count.missing)) if count.missing else None


def _so_many(count: Accountability, units: Count | None) -> Code:
    return Code(f"{_units(count, units)}")


def _limit(limit: TotalLeft) -> tuple[Cell, ...]:
    amounts = (limit.at_most, limit.given, limit.left, limit.percent_left)
    return (limit.drug, *map(without_zeros, amounts), limit.unit, limit.passed_by, limit.passed_on)


def _its_counts(
    by_cycle: Mapping[tuple[str, int | None], Sequence[Accountability]], line: ExposureLine
) -> Sequence[Accountability]:
    """The pill counts of a cycle; days that the plan does not have are counted in the cycle that they fall into."""
    return () if line.extra else by_cycle.get((line.treatment, line.n), ())


def tables_of_exposure(exposure: Exposure, counts: Iterable[Accountability] = ()) -> tuple[Table, ...]:
    """The same for a screen: doses with intensity, what delayed and lowered them, and the pill counts, one under the other."""
    whole = table_of_exposure(exposure, counts)
    at = {column: place for place, column in enumerate(whole.columns)}
    lead = ("drug", "number")
    tables = [_part(whole, at, (*lead, *DOSES[3:], *LOOKED_AT, "total dose %"), whole.title)]
    why = (*lead, *REASONS[1:])
    title = text_of(said("Delays, reductions, days without a dose"))
    tables.append(_part(whole, at, why, title, "delay", "level", "held", "not taken"))
    tables.append(_part(whole, at, (*lead, *COUNTS), text_of(said("Pill counts")), *COUNTS[:3]))
    tables.append(Table(text_of(said("Highest totals")), LIMITS, tuple(map(_limit, exposure.limits))))
    return tuple(table for table in tables if table.rows or table is tables[0])


def title_of(exposure: Exposure) -> Text:
    """What the list is called."""
    whose = f"{exposure.study} {exposure.subject}" if exposure.subject else exposure.study
    return text_of(said("{whose} exposure until {day}", whose=Code(whose), day=Code(f"{exposure.until}")))


def in_tenths(percent: Decimal | None) -> Decimal | None:
    """A percentage with one decimal, rounded half up."""
    return None if percent is None else percent.quantize(_TENTH, ROUND_HALF_UP)


def _doses(line: ExposureLine) -> tuple[Cell, ...]:
    return (
        line.treatment,
        line.drug,
        line.n,
        line.start,
        text_of(_status(line)),
        without_zeros(line.delivered),
        without_zeros(line.planned),
        line.unit,
        line.days,
        line.planned_days,
        in_tenths(line.relative_dose_intensity),
    )


def _status(line: ExposureLine) -> Said:
    if line.extra:
        return said("not planned")
    if line.unrecorded:
        return said("no record")
    return said("running") if line.running else Said(line.status.value, (), None, "status")


def _reasons(line: ExposureLine) -> tuple[Cell, ...]:
    part = None if line.delivered is None or not line.planned else 100 * line.delivered / line.planned
    return (in_tenths(part), *_days(line))


def _sum_of_doses(total: ExposureTotal) -> tuple[Cell, ...]:
    return (
        total.treatment,
        total.drug,
        OVERALL,
        None,
        _so_many_given(total),
        without_zeros(total.delivered),
        without_zeros(total.planned),
        total.unit,
        total.days,
        total.planned_days,
        in_tenths(total.relative_dose_intensity),
    )


def _so_many_given(total: ExposureTotal) -> Text:
    given = [said("{number} given", number=total.given)]
    if total.unrecorded:
        given.append(said("{number} without a record", number=total.unrecorded))
    return text_of(listed(*given, how=COMMAS))


def _sum_of_reasons(total: ExposureTotal) -> tuple[Cell, ...]:
    return (in_tenths(total.relative_total_dose), *_days(total))


def _days(line: ExposureLine | ExposureTotal) -> tuple[Cell, ...]:
    return (
        line.delay,
        events_cited(line.delayed_by),
        line.level,
        events_cited(line.reduced_by),
        line.dosed,
        line.presumed,
        line.held,
        line.not_taken,
    )


def _counts(counts: Sequence[Accountability]) -> tuple[Cell, ...]:
    """One count as it is; those of several strengths side by side, because tablets of two strengths have no sum."""
    if len(counts) == 1 and counts[0].strength is None:
        return _count(counts[0])
    columns = [[_of_strength(each, cell) for each in counts if (cell := _count(each)[at]) is not None] for at in _AT]
    return tuple(joined(cells, SEMICOLONS) if cells else None for cells in columns)


def _count(count: Accountability) -> tuple[Cell, ...]:
    return (
        _units(count, count.dispensed),
        _units(count, count.returned),
        _units(count, count.lost),
        _units(count, count.taken),
        _units(count, count.missing),
        _units(count, count.expected),
        in_tenths(count.compliance),
        text_of(said("yes")) if count.out_of_bounds else None,
    )


def _units(count: Accountability, units: Count | None) -> Cell:
    """So many; of a liquid with mL beside it, because a number alone is taken for tablets or bottles."""
    return f"{units} {MILLILITRE}" if count.in_ml and units is not None else units


def _part(whole: Table, at: dict[str, int], columns: tuple[str, ...], title: str, *some_of: str) -> Table:
    """Some columns of a list; with ``some_of``, only the rows that have anything but 0 in one of those."""
    rows = [row for row in whole.rows if not some_of or any(row[at[column]] for column in some_of)]
    return Table(title, columns, tuple(tuple(row[at[column]] for column in columns) for row in rows))
