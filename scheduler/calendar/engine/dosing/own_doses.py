"""A patient's own dose in mg, from the protocol's dose per m2, per kg or by AUC and what is known of the patient's body.

While a value is missing the dose stays as the protocol says it, "85 mg/m2", and a finding says what to record. One that depends
on the band that the patient is in has no amount then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from scheduler.calendar.engine.dosing.banded import Banded, banded, reasons_of
from scheduler.calendar.engine.dosing.body import CLEARANCE, HEIGHT, WEIGHT, Known, body_on
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.entries.because import Reason
from scheduler.calendar.entries.entry import Dose
from scheduler.dates import Day
from scheduler.protocol.plan.dosing.calculation import NO_CALCULATION, Calculation, Worked, work_out
from scheduler.protocol.plan.dosing.give import AUC, Give, per_of, plain_unit, unit_as_said, unit_of
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.sentences.dosing.giving import convert

PER = {"m2": (WEIGHT, HEIGHT), "kg": (WEIGHT,), AUC: (CLEARANCE,)}
"""What must be known for a dose per m2, per kg or by AUC."""

A_DECISION = "a decision"
"""What a dose needs where the patient's value is in none of the protocol's bands."""


def is_own(line: Timeline, give: Give) -> bool:
    """True where each patient has an own dose: per m2, per kg, by AUC, or rounded and capped."""
    ladder = line.ladder if give.amount is None else None
    return _is_worked_out(give, ladder.unit if ladder is not None else unit_of(give))


def _is_worked_out(give: Give, unit: str) -> bool:
    return (give.high is None or give.prescribed) and (per_of(unit) is not None or give.calculation != NO_CALCULATION)


def own_dose(ev: Evaluation, give: Give, dose: Dose, day: Day, line: Timeline) -> tuple[Dose, tuple[Reason, ...]]:
    """The dose of one patient on a day with what it rests on beside the dose itself; that dose while a value is missing."""
    worked = worked_out(ev, give, dose, day, line)
    if worked is None:
        return dose, ()
    by_band = reasons_of(ev, worked.by_band)
    dose = replace(dose, by_band=worked.by_band.said) if by_band else dose
    if worked.by_band.amount is None:
        return replace(dose, amount=None, needs=worked.by_band.missing or (A_DECISION,)), by_band
    if worked.worked.amount is None:
        start = worked.by_band
        return (
            replace(dose, amount=start.amount, unit=unit_as_said(start.unit, start.per)) if by_band else dose
        ), by_band
    facts = worked.known.behind(*PER.get(worked.per or "", ()))
    worked_from = (worked.by_band.amount, unit_as_said(worked.by_band.unit, worked.by_band.per))
    return replace(dose, amount=worked.worked.amount, unit=worked.worked.unit, worked_from=worked_from), (
        *by_band,
        *worked.worked.clauses,
        *ev.events(*facts),
    )


@dataclass(frozen=True, slots=True)
class OwnDose:
    """A patient's own dose with its working, what it is per, what is known of the body, and the sentences that say how.

    ``by_band`` is the dose that it was worked out from, by the band that the patient is in.
    """

    per: str | None
    known: Known
    worked: Worked
    by_band: Banded
    how: Calculation = NO_CALCULATION


def _level(line: Timeline, dose: Dose) -> int | None:
    """The level that a dose is of; None where it is none of the ladder's, as an amount that somebody ordered."""
    if line.ladder is None or dose.level is None:
        return None
    return dose.level if line.ladder.amount(dose.level) == dose.amount else None


def _level_in_force(ev: Evaluation, give: Give, line: Timeline, dose: Dose, day: Day) -> int | None:
    """The level; None where an override names another amount than the band had on its day: that amount was meant."""
    level = _level(line, dose)
    if level is None or not any(band.levels for band in give.calculation.bands):
        return level
    change = next((each for each in reversed(ev.course.levels.get(line.name, ())) if each.day <= day), None)
    if change is None or change.fact.event.override is None or getattr(change.fact.event, "dose", None) is None:
        return level
    return level if of_its_band(ev, give, line, level, change.day) == dose.amount else None


def of_its_band(ev: Evaluation, give: Give, line: Timeline, level: int, day: Day) -> Decimal | None:
    """The amount of a level for the band that the patient is in on a day; None while nobody knows it."""
    amount = line.ladder.amount(level) if line.ladder is not None else None
    if line.ladder is None or amount is None:
        return None
    per, unit = per_of(line.ladder.unit), plain_unit(line.ladder.unit)
    return banded(ev, give.calculation, amount, unit, per, day, level).amount


def worked_out(ev: Evaluation, give: Give, dose: Dose, day: Day, line: Timeline) -> OwnDose | None:
    """A dose worked out for a day; None where there is nothing to work out."""
    if not dose.amount or not _is_worked_out(give, dose.unit):
        return None
    per = per_of(dose.unit)
    unit = plain_unit(dose.unit)
    known = body_on(ev.course, give.calculation, day)
    level = _level_in_force(ev, give, line, dose, day)
    start = banded(ev, give.calculation, dose.amount, unit, per, day, level)
    if start.amount is None:
        return OwnDose(per, known, Worked(None, unit, missing=start.missing), start, give.calculation)
    sizes = [
        convert(each.unit_amount, each.unit, unit) for each in ev.plan.that_has(line).products_of(give.name, line.name)
    ]
    strengths = tuple(size for size in sizes if size is not None)
    worked = work_out(start.amount, start.unit, start.per, known.body, give.calculation, strengths)
    return OwnDose(start.per, known, worked, start, give.calculation)
