"""Doses whose amount nobody can tell: a fraction that was not prescribed, a weight that is missing; and what would change one.

Also what a fact about the patient would change of days that are over, and of which nobody has recorded anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from scheduler.asking.candidate import Candidate, Told
from scheduler.calendar.engine.dosing.own_doses import A_DECISION, PER
from scheduler.calendar.entries.doses_in_words import dose_in_words, need_in_words
from scheduler.calendar.entries.entry import Calendar, Dose, Entry, Flag, Status
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.events import Attribute, CycleStarted, Given, Randomised, Taken
from scheduler.protocol.plan.dosing.give import Give, per_of
from scheduler.said import Code, Listed, Said, filled, listed, said, said_as

_ASKED_WHICH = "amount-asked"
_AND = said_as("between the members of a list", " and ")
_AGAIN_WITH_COURSE = said_as("between the members of a list", " and again with course: ")
_AGAIN_WITH_NAME = said_as("between the members of a list", " and again with name: ")
_WAS_DUE = said("it is dated {event_on}: {entry} was due on {day}, and was then not for this patient")
_WAS_NOT_DUE = said("it is dated {event_on}: {entry} was not for this patient, and was then due on {day}")


def not_prescribed(candidate: Candidate) -> Iterator[Told]:
    """A fraction of a course, or a drug from a range, for which nobody prescribed the dose."""
    gives = [give for give, dose in _unknown(candidate) if give.prescribed and dose.amount is None and not dose.needs]
    if gives:
        what = said("the dose of {gives} was not prescribed", gives=_listed(gives))
        courses = listed(*(Code(give.name) for give in gives), how=_AGAIN_WITH_COURSE)
        hint = said("record 'prescribed' first, with course: {courses}", courses=courses)
        yield Told(what, "treatment", hint, gives[0].clause)


def amount_not_known(candidate: Candidate) -> Iterator[Told]:
    """A dose that cannot be worked out, because a value of the patient is missing."""
    found = [
        (give, dose)
        for give, dose in _unknown(candidate)
        if not give.prescribed or dose.amount is not None or dose.needs
    ]
    if found:
        gives = [give for give, _ in found]
        needed = list(dict.fromkeys(name for _, dose in found for name in _needs(dose)))
        if A_DECISION in needed:
            needed = []
        known = {event.name for fact in candidate.course.of(Attribute) if isinstance(event := fact.event, Attribute)}
        no_formula = known.issuperset(needed)
        yield Told(_not_known(gives, needed, no_formula), "treatment", _to_record(needed, no_formula), gives[0].clause)


def _not_known(gives: list[Give], needed: list[str], no_formula: bool) -> Said:
    treatments, values = _listed(gives), listed(*map(need_in_words, needed), how=_AND)
    if not needed:
        return said("how much {treatments} was given is not known", treatments=treatments)
    if no_formula:
        return said(
            "how much {treatments} was given is not known, because it is worked out from {values}, and the protocol "
            "does not say how",
            treatments=treatments,
            values=values,
        )
    return said(
        "how much {treatments} was given is not known, because it is worked out from {values}, and a value is missing",
        treatments=treatments,
        values=values,
    )


def _to_record(needed: list[str], no_formula: bool) -> Said:
    if not needed or no_formula:
        return said("state the amount")
    names = listed(*map(Code, needed), how=_AGAIN_WITH_NAME)
    return said("record 'attribute' with name: {names} first", names=names)


def _listed(gives: list[Give]) -> Listed:
    return listed(*(Code(give.name) for give in gives), how=_AND)


def changes_what_was_given(candidate: Candidate) -> Iterator[Told]:
    """A value, level or prescription under which a dose that stands without an amount would be another."""
    known = {finding.message for finding in candidate.calendar.findings if finding.code == _ASKED_WHICH}
    for finding in candidate.calendar_after.findings:
        if finding.code == _ASKED_WHICH and finding.message not in known:
            hint = said("the first stands until its record is corrected and states the amount that was given")
            yield Told(said("{what} It is dated before that dose", what=finding.told), "on", hint)


def arm_changes_what_was_given(candidate: Candidate) -> Iterator[Told]:
    """Another arm, put right after doses were recorded that state no amount: in that arm they are others."""
    if not isinstance(candidate.event, Randomised) or not candidate.is_correction:
        return
    stood = dict(_recorded(calendar_of(candidate.version, candidate.site, candidate.log)))
    stands = dict(_recorded(candidate.calendar_after))
    changed = [name for name, doses in stood.items() if name in stands and stands[name] != doses]
    if changed:
        name = changed[0]
        what = said(
            "{entry}: {then} or {now} given? In the arm {arm} it counts as the second",
            entry=Code(name),
            then=_in_words(stood[name]),
            now=_in_words(stands[name]),
            arm=Code(candidate.event.arm),
        )
        if len(changed) > 1:
            what = said("{what}, and {number} more", what=what, number=len(changed) - 1)
        yield Told(what, "arm", said("first state the amounts in the records of what was given or taken"))


def _recorded(calendar: Calendar) -> Iterator[tuple[str, tuple[Dose, ...]]]:
    """What was given or taken as somebody recorded it, by its entry and first day."""
    for entry in calendar.entries:
        if entry.status is Status.DONE and not entry.runs and entry.doses:
            yield entry.id, entry.doses
        for run in entry.runs:
            if run.status is Status.DONE:
                yield f"{entry.id}.{run.first_day}", run.doses


def _in_words(doses: tuple[Dose, ...]) -> Listed:
    return listed(*map(dose_in_words, doses), how=_AND)


def changes_earlier_days(candidate: Candidate) -> Iterator[Told]:
    """A fact about the patient that is dated earlier than today, and by which a visit or dose that is over was another's."""
    event = candidate.event
    if not isinstance(event, Attribute) or event.on >= candidate.today:
        return
    before, after = _due_and_over(candidate, candidate.calendar), _due_and_over(candidate, candidate.calendar_after)
    gone, come = _left_out(candidate.calendar_after), _left_out(candidate.calendar)
    found = {
        **{each: _WAS_DUE for each in before - after if each.timeline in gone},
        **{each: _WAS_NOT_DUE for each in after - before if each.timeline in come},
    }
    if found:
        first = min(found, key=lambda each: (each.day, each.entry))
        told = filled(found[first], event_on=Code(f"{event.on}"), entry=Code(first.entry), day=Code(f"{first.day}"))
        what = told if len(found) == 1 else said("{what}, and {number} more", what=told, number=len(found) - 1)
        hint = said("look at the day on which it was so; what took place on the days that are over is recorded first")
        yield Told(what, "on", hint)


class _Due(NamedTuple):
    """An entry that is planned, its timeline and its day."""

    timeline: str
    entry: str
    day: date


def _due_and_over(candidate: Candidate, calendar: Calendar) -> set[_Due]:
    """What was planned for days that are over, and nobody has recorded."""
    return {
        _Due(each.timeline, each.id, each.date)
        for each in calendar.entries
        if each.status is Status.PLANNED and each.date is not None and each.date < candidate.today
    }


def _left_out(calendar: Calendar) -> set[str]:
    """The timelines of which something is not for this patient."""
    return {each.timeline for each in calendar.entries if Flag.NOT_FOR_PATIENT in each.flags}


def _unknown(candidate: Candidate) -> Iterator[tuple[Give, Dose]]:
    """The sentences of the plan whose amount is not known for a dose that states none, each with that dose."""
    event = candidate.event
    if not isinstance(event, CycleStarted | Given | Taken) or getattr(event, "amount", None) is not None:
        return
    line = candidate.treatment(event.treatment)
    for dose in dict.fromkeys(dose for entry in _entries(candidate) for dose in _doses(entry, candidate)):
        gives = [give for give in line.gives if dose.of in (None, give.name)] if line is not None else []
        if gives and not _is_known(dose):
            yield gives[0], dose


def _entries(candidate: Candidate) -> Iterator[Entry]:
    event = candidate.event
    if isinstance(event, CycleStarted | Given):
        found = candidate.calendar_after.entry(event.entries[0])
        if found is not None:
            yield found
    elif isinstance(event, Taken):
        yield from (each for each in candidate.calendar_after.entries if each.timeline == event.treatment and each.runs)


def _doses(entry: Entry, candidate: Candidate) -> Iterator[Dose]:
    event = candidate.event
    if not entry.runs:
        yield from entry.doses
    for run in entry.runs:
        first, last = event.days if isinstance(event, Taken) else (event.on, event.on)
        if run.first_date <= last and first <= run.last_date:
            yield from run.doses


def _is_known(dose: Dose) -> bool:
    return dose.amount is not None and per_of(dose.unit) not in PER


def _needs(dose: Dose) -> tuple[str, ...]:
    return dose.needs or PER.get(per_of(dose.unit) or "", ())
