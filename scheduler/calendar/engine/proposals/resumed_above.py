"""Dosing that went on at a higher level than the protocol has for a recovery that took so long.

Such a resume stands: a person ordered it, or named no level. What the protocol says of this recovery is told, until the dose is
lowered or nothing is left to give.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from scheduler.calendar.engine.proposals.raised import Read
from scheduler.findings import Finding, Severity
from scheduler.patient.course import Hold
from scheduler.patient.dose_rules.facts.recovery_time import recovery_of
from scheduler.patient.dose_rules.firing.levels import level_at
from scheduler.patient.dose_rules.so_far.history import History
from scheduler.patient.dose_rules.so_far.options import lead
from scheduler.patient.dose_rules.so_far.reading import Reading
from scheduler.patient.events import Decided, Held


def findings_of_levels_after_recovery(history: History, read: Iterable[Read]) -> Iterator[Finding]:
    """A warning for each resume at a higher level than the row has for it."""
    for each in read:
        if lead(each.options).action.by_time:
            for hold in history.course.holds.get(each.reading.rule.treatment, ()):
                if _is_for(each.reading, hold):
                    yield from _of_hold(history, each, hold)


def _is_for(reading: Reading, hold: Hold) -> bool:
    event = hold.opened.event
    decided = isinstance(event, Decided) and event.proposal == reading.id
    return decided or (isinstance(event, Held) and hold.start >= reading.day and not hold.discontinued)


def _of_hold(history: History, each: Read, hold: Hold) -> Iterator[Finding]:
    reading, action, treatment = each.reading, lead(each.options).action, each.reading.rule.treatment
    if hold.end is None or hold.closed is None or history.ended_by(treatment, hold.end) is not None:
        return
    took = recovery_of(history.plan, history.course, reading.rule, action, reading.trigger, hold.end)
    ladder, wanted = history.ladder(treatment), level_at(history, treatment, reading.day) - (took.down or 0)
    if not took.down or ladder is None or ladder.amount(wanted) is None:
        return
    later = [change.level for change in history.course.levels.get(treatment, ()) if change.day > hold.end]
    if min((level_at(history, treatment, hold.end + 1), *later)) <= wanted:
        return
    recovered = took.facts[-1]
    since = (
        "nobody recorded a recovery before"
        if recovered is reading.trigger
        else f"it had recovered on {recovered.event.on}"
    )
    levels = f"{took.down} level{'' if took.down == 1 else 's'} lower"
    message = (
        f"{date.fromordinal(hold.end)}: {treatment} was resumed at a higher level than the protocol has: {since}, so dosing goes "
        f"on {levels} [{reading.id}]"
    )
    hint = f"record 'dose changed' with level: {wanted}, or correct the resume; else say why in the record"
    numbers = sorted({number for fact in (*took.facts, *hold.facts) for number in fact.numbers})
    yield Finding("resumed-too-high", Severity.WARNING, message, hint, None, None, tuple(numbers))
