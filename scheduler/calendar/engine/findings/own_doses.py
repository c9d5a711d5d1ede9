"""What a person has to look at in doses that are worked out: missing values, roundings out of reach, totals passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from scheduler.calendar.engine.dosing.amounts import amounts_of
from scheduler.calendar.engine.dosing.body import UNITS
from scheduler.calendar.engine.dosing.cycle_days import gives_of_cycle
from scheduler.calendar.engine.dosing.own_doses import unit_of, worked_out
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.entries.entry import Dose, Entry, Status
from scheduler.findings import Finding, Severity
from scheduler.protocol.plan.calculation import NO_CALCULATION, Cap, Worked
from scheduler.protocol.plan.study import Give, Timeline
from scheduler.protocol.sentences.giving import convert

MOST_MOVED = Decimal(10)
"""Percent by which rounding may move a dose without a word. Source: HOPA on dose rounding, J Oncol Pract 2018;14:e130."""

_TENTH = Decimal("0.1")


def dose_findings(ev: Evaluation, entries: list[Entry]) -> Iterator[Finding]:
    """What keeps doses from being worked out or rounded, once for each drug, and totals that will be passed."""
    for line in ev.plan.treatments():
        calculated = {give.name: give for give in line.gives if give.calculation != NO_CALCULATION}
        if not calculated:
            continue
        own = [
            entry for entry in entries if entry.timeline == line.name and entry.status in (Status.PLANNED, Status.DONE)
        ]
        for give in calculated.values():
            told: set[str] = set()
            for entry in own:
                for finding in _of_entry(ev, give, entry, line.name):
                    if finding.message not in told:
                        told.add(finding.message)
                        yield finding
            if give.calculation.in_total is not None:
                yield from _total_passed(line, give, give.calculation.in_total, own)


def _of_entry(ev: Evaluation, give: Give, entry: Entry, treatment: str) -> Iterator[Finding]:
    if entry.date is None or entry.status is not Status.PLANNED or give.amount is None:
        return
    found = worked_out(ev, give, Dose(give.amount, unit_of(give)), entry.date.toordinal(), treatment)
    if found is None:
        return
    for name in found.worked.missing:
        message = f"{give.name} cannot be worked out: no {name} is recorded"
        hint = f"record 'attribute' with name: {name} and its value in {UNITS[name]}" if name in UNITS else None
        yield Finding("dose-not-worked-out", Severity.WARNING, message, hint, entry=entry.id)
    for remark in found.worked.remarks:
        hint = "the calculated dose stands; agree with the pharmacy"
        yield Finding("dose-not-rounded", Severity.WARNING, f"{give.name}: {remark}", hint, entry=entry.id)
    yield from _moved_far(give, found.worked, entry)


def _moved_far(give: Give, worked: Worked, entry: Entry) -> Iterator[Finding]:
    """A dose that rounding moved by more than a tenth: the protocol's sentence says how, a person says that it may."""
    moved = worked.moved
    if moved is None or worked.capped is None or worked.amount is None or abs(moved) <= MOST_MOVED:
        return
    percent = abs(moved).quantize(_TENTH, ROUND_HALF_UP).normalize()
    what = f"{worked.capped.normalize():f} {worked.unit} was rounded to {worked.amount.normalize():f} {worked.unit}"
    message = f"{give.name}: {what}, {percent:f} % {'more' if moved > 0 else 'less'}"
    hint = "the investigator or the pharmacist says whether it may be"
    yield Finding("dose-moved-far", Severity.WARNING, message, hint, entry=entry.id)


def _total_passed(line: Timeline, give: Give, limit: Cap, entries: list[Entry]) -> Iterator[Finding]:
    """The first dose that would bring the total of a drug above its limit."""
    total = Decimal(0)
    for entry in sorted(entries, key=lambda entry: entry.date or date.max):
        if give.name not in {each.name for each in gives_of_cycle(line, entry.counts_as)}:
            continue
        amount = _in_unit(line, give, limit, entry)
        if amount is None:
            return
        total += amount
        if total > limit.amount:
            message = (
                f"{entry.id} brings {give.name} to {total.normalize():f} {limit.unit}, at most {limit.clause.text}"
            )
            yield Finding("total-dose", Severity.WARNING, message, "the investigator decides", entry=entry.id)
            return


def _in_unit(line: Timeline, give: Give, limit: Cap, entry: Entry) -> Decimal | None:
    """What an entry gives of a drug in the unit of a limit; a limit per m2 counts the protocol's dose per m2."""
    amounts = amounts_of(line, entry, None, presume=True).get(give.name)
    if amounts is None or amounts.total is None or not amounts.days:
        return None if amounts is None or amounts.days else Decimal(0)
    if amounts.unit is not None and (same := convert(amounts.total, amounts.unit, limit.unit)) is not None:
        return same
    if give.amount is not None and f"{give.unit}/{give.per}" == limit.unit:
        return give.amount * amounts.days
    return None
