"""A patient's own dose in mg, from the protocol's dose per m2, per kg or by AUC and what is known of the patient's body.

While a value is missing the dose stays as the protocol says it, "85 mg/m2", and a finding says what to record.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from scheduler.calendar.engine.dosing.body import CLEARANCE, HEIGHT, WEIGHT, Known, body_on
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.entries.because import Reason
from scheduler.calendar.entries.entry import Dose
from scheduler.dates import Day
from scheduler.protocol.plan.calculation import NO_CALCULATION, Calculation, Worked, work_out
from scheduler.protocol.plan.give import AUC, Give, per_of, plain_unit, unit_of
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.sentences.giving import convert

PER = {"m2": (WEIGHT, HEIGHT), "kg": (WEIGHT,), AUC: (CLEARANCE,)}
"""What must be known for a dose per m2, per kg or by AUC."""


def is_own(line: Timeline, give: Give) -> bool:
    """True where each patient has an own dose: per m2, per kg, by AUC, or rounded and capped."""
    ladder = line.ladder if give.amount is None else None
    return _is_worked_out(give, ladder.unit if ladder is not None else unit_of(give))


def _is_worked_out(give: Give, unit: str) -> bool:
    return give.high is None and (per_of(unit) is not None or give.calculation != NO_CALCULATION)


def own_dose(ev: Evaluation, give: Give, dose: Dose, day: Day, treatment: str) -> tuple[Dose, tuple[Reason, ...]]:
    """The dose of one patient on a day with what it rests on beside the dose itself; that dose while a value is missing."""
    found = worked_out(ev, give, dose, day, treatment)
    if found is None or found.worked.amount is None:
        return dose, ()
    facts = found.known.behind(*PER.get(found.per or "", ()))
    return replace(dose, amount=found.worked.amount, unit=found.worked.unit), (
        *found.worked.clauses,
        *ev.events(*facts),
    )


@dataclass(frozen=True, slots=True)
class OwnDose:
    """A patient's own dose with its working, what it is per, what is known of the body, and the sentences that say how."""

    per: str | None
    known: Known
    worked: Worked
    how: Calculation = NO_CALCULATION


def worked_out(ev: Evaluation, give: Give, dose: Dose, day: Day, treatment: str) -> OwnDose | None:
    """A dose worked out for a day; None where there is nothing to work out."""
    if not dose.amount or not _is_worked_out(give, dose.unit):
        return None
    per = per_of(dose.unit)
    unit = plain_unit(dose.unit)
    known = body_on(ev.course, give.calculation, day)
    sizes = [convert(each.unit_amount, each.unit, unit) for each in ev.plan.products_of(give.name, treatment)]
    strengths = tuple(size for size in sizes if size is not None)
    worked = work_out(dose.amount, unit, per, known.body, give.calculation, strengths)
    return OwnDose(per, known, worked, give.calculation)
