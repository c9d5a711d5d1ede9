"""What the pharmacy recorded and somebody has to look at: packs that expire before their last day, counts that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.calendar.entries.entry import Calendar, Kind, Status
from scheduler.patient.supply import Cycle, Supply, account, supplies
from scheduler.protocol.plan.study import Plan
from scheduler.said import Code, Said, Value, said
from scheduler.views.coordinator.worklist_line import WorklistLine
from scheduler.views.patients import Patient

EXPIRES = "expires too early"
MISCOUNTED = "miscounted"


def supply_to_look_at(patient: Patient, on: date) -> Iterator[WorklistLine]:
    """The packs in the patient's hands that expire before the last day that they are for, and more back than was handed out."""
    if patient.plan is None:
        return
    for treatment, cycle, supply in _all_supplies(patient, patient.plan):
        yield from _expiring(patient.calendar, treatment, cycle, supply, on)
        counted = account(supply, None)
        if counted.contradicts_itself:
            gone = (counted.returned or 0) + (counted.lost or 0)
            drug = f"{treatment} {supply.strength}" if supply.strength is not None else treatment
            told: dict[str, Value] = {
                "drug": Code(drug),
                "gone": Code(f"{gone}"),
                "handed_out": Code(f"{counted.dispensed or 0}"),
            }
            title = (
                said(
                    "{drug} cycle {cycle}: {gone} came back or were lost, {handed_out} were handed out",
                    cycle=Code(f"{cycle}"),
                    **told,
                )
                if cycle is not None
                else said("{drug} of no cycle: {gone} came back or were lost, {handed_out} were handed out", **told)
            )
            to_do = said("count again, and correct what was recorded")
            yield _line(patient.calendar, treatment, cycle, title, None, MISCOUNTED, to_do)


def _all_supplies(patient: Patient, plan: Plan) -> Iterator[tuple[str, Cycle, Supply]]:
    for line in plan.treatments():
        for product in plan.handed_out_as(line.name) or (None,):
            for cycle, supply in supplies(patient.course, line.name, product).items():
                yield line.name, cycle, supply


def _expiring(calendar: Calendar, treatment: str, cycle: Cycle, supply: Supply, on: date) -> Iterator[WorklistLine]:
    last = _last_day_to_take(calendar, treatment, cycle)
    if last is None or last < on:
        return
    for event in supply.expiring_before(last):
        title = said(
            "{drug} cycle {cycle}: {lot} expires on {day}, before {last}, the last day that it is for",
            drug=Code(treatment),
            cycle=Code(f"{cycle}"),
            lot=said("lot {lot}", lot=Code(event.lot)) if event.lot else said("what was handed out"),
            day=Code(f"{event.expires}"),
            last=Code(f"{last}"),
        )
        to_do = said("the pharmacy hands out a pack that lasts, and collects this one")
        yield _line(calendar, treatment, cycle, title, event.expires, EXPIRES, to_do)


def _last_day_to_take(calendar: Calendar, treatment: str, cycle: Cycle) -> date | None:
    entry = calendar.entry(f"{treatment}.{cycle}")
    if entry is None:
        return None
    if entry.kind in (Kind.INFUSION, Kind.INJECTION):
        return entry.date if entry.status is Status.PLANNED else None
    taken = [run.last_date for run in entry.runs if run.status in (Status.PLANNED, Status.DONE, Status.NOT_DONE)]
    return max(taken, default=None)


def _line(
    calendar: Calendar, treatment: str, cycle: Cycle, title: Said, day: date | None, status: str, to_do: Said
) -> WorklistLine:
    entry = f"{treatment}.{cycle}.1" if cycle is not None else None
    return WorklistLine(calendar.subject or "", entry, title, day, None, None, None, status, (), to_do)
