"""Dosing that went on at a higher level than the protocol has for a recovery that took so long.

Such a resume is asked about before it is recorded, and stands where it was: a person ordered it, or named no level. What the
protocol says of this recovery is told, until the dose is lowered before any was given, or nothing is left to give.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from scheduler.calendar.engine.dosing.cycle_days import dosing_ranges
from scheduler.calendar.engine.proposals.raised import Read
from scheduler.dates import Day
from scheduler.findings import Finding, Severity
from scheduler.patient.course import Hold
from scheduler.patient.dose_rules.facts.recovery_time import recovery_of
from scheduler.patient.dose_rules.firing.levels import is_for, level_at
from scheduler.patient.dose_rules.so_far.history import History
from scheduler.patient.dose_rules.so_far.options import lead
from scheduler.said import Code, counted, said

RESUMED_TOO_HIGH = "resumed-too-high"


def findings_of_levels_after_recovery(history: History, read: Iterable[Read]) -> Iterator[Finding]:
    """A finding for each resume at a higher level than the row has for it.

    A warning while it can be put right, and a note once the dose was lowered too late, or where somebody said why it stands.
    """
    for each in read:
        if lead(each.options).action.by_time:
            for hold in history.course.holds.get(each.reading.rule.treatment, ()):
                if is_for(each.reading, hold):
                    yield from _of_hold(history, each, hold)


def _of_hold(history: History, each: Read, hold: Hold) -> Iterator[Finding]:
    reading, action, treatment = each.reading, lead(each.options).action, each.reading.rule.treatment
    if hold.end is None or hold.closed is None or history.ended_by(treatment, hold.end) is not None:
        return
    took = recovery_of(history.plan, history.course, reading.rule, action, reading.trigger, hold.end)
    ladder, wanted = history.ladder(treatment), level_at(history, treatment, reading.day) - (took.down or 0)
    if not took.down or ladder is None or ladder.amount(wanted) is None:
        return
    changes = history.course.levels.get(treatment, ())
    lowered = next((each for each in changes if each.day > hold.end and each.level <= wanted), None)
    if level_at(history, treatment, hold.end + 1) <= wanted or (
        lowered is not None and not _is_dosed(history, treatment, hold.end, lowered.day)
    ):
        return
    recovered = took.facts[-1]
    message = said(
        "{day}: {treatment} was resumed at a higher level than the protocol has: {since}, so dosing goes on {levels} "
        "[{proposal}]",
        day=Code(f"{date.fromordinal(hold.end)}"),
        treatment=Code(treatment),
        since=said("nobody recorded a recovery before")
        if recovered is reading.trigger
        else said("it had recovered on {day}", day=Code(f"{recovered.event.on}")),
        levels=counted("{n} level lower", "{n} levels lower", took.down),
        proposal=Code(reading.id),
    )
    hint = said(
        "record 'dose changed' with level: {level}, or correct the resume; else say why in the record",
        level=Code(f"{wanted}"),
    )
    facts = (*took.facts, *hold.facts, *((lowered.fact,) if lowered is not None else ()))
    numbers = tuple(sorted({number for fact in facts for number in fact.numbers}))
    is_over = lowered is not None or hold.closed.event.override is not None
    severity = Severity.NOTE if is_over else Severity.WARNING
    yield Finding.of(RESUMED_TOO_HIGH, severity, message, None if is_over else hint, None, None, numbers)


def _is_dosed(history: History, treatment: str, resumed: Day, lowered: Day) -> bool:
    """True where a dose was given, or a day of tablets is presumed taken, between the resume and the lower level."""
    line, course = history.plan.timelines[treatment], history.course
    given = [fact for fact in course.doses.get(treatment, ()) if fact.day < lowered]
    if not line.has_days or line.as_needed:
        return any(fact.day >= resumed for fact in given)
    days = (
        (fact.day + first - 1, fact.day + last - 1)
        for fact in given
        for first, last in dosing_ranges(line, getattr(fact.event, "cycle", 1))
    )
    return any(first < lowered and last >= resumed for first, last in days)
