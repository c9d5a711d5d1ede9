"""The rest of a fraction that was given after its treatment had ended, or while it was held: the session stands, and is told."""

from __future__ import annotations

from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.circumstances import hold_on
from scheduler.calendar.engine.evaluation.ended_early import Stop, end_of_treatment_line
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of, look_at_holds
from scheduler.dates import Day, civil_date
from scheduler.findings import Finding, Severity
from scheduler.patient.course import Hold
from scheduler.patient.events import Given
from scheduler.patient.log import Fact
from scheduler.said import Code, Said, said

REST_AFTER_END, REST_DURING_HOLD = "rest-after-the-end", "rest-during-a-hold"


def tell_of_rests(ev: Evaluation, placement: BeingPlaced, day: Day) -> None:
    """Tell of each later session of a fraction that was given on ``day``."""
    rests = [fact for fact in ev.course.about(placement.id).rest if isinstance(fact.event, Given)]
    if not rests:
        return
    end, holds = end_of_treatment_line(ev.course, placement.line.name), ev.holds(placement.line)
    for fact in rests:
        if end is not None:
            placement.looked += ev.events(*end.facts)
            placement.reach(latest_of(*end.facts))
        look_at_holds(ev, placement, holds, fact.day)
        if fact.day != day:
            _tell(placement, fact, end, hold_on(holds, fact.day))


def _tell(placement: BeingPlaced, fact: Fact, end: Stop | None, hold: Hold | None) -> None:
    ended = end.fact if end is not None and fact.day >= end.day else None
    if hold is not None and hold.is_end:
        ended = hold.opened
    if ended is not None:
        message = said(
            "{entry}: the rest was given on {day}, after {treatment} had ended",
            entry=Code(placement.id),
            day=Code(f"{civil_date(fact.day)}"),
            treatment=Code(placement.line.name),
        )
        placement.findings += (_finding(REST_AFTER_END, message, placement, fact, ended),)
    elif hold is not None:
        message = said(
            "{entry}: the rest was given on {day}, while {treatment} was held",
            entry=Code(placement.id),
            day=Code(f"{civil_date(fact.day)}"),
            treatment=Code(placement.line.name),
        )
        placement.findings += (_finding(REST_DURING_HOLD, message, placement, fact, hold.opened),)


def _finding(code: str, message: Said, placement: BeingPlaced, fact: Fact, order: Fact) -> Finding:
    numbers = tuple(sorted({*fact.numbers, *order.numbers}))
    return Finding.of(
        code, Severity.WARNING, message, said("say why in the record"), entry=placement.id, events=numbers
    )
