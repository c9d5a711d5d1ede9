"""Doses whose amount nobody can tell: a fraction that was not prescribed, a weight that is missing; and what would change one."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.asking.candidate import Candidate, Told
from scheduler.calendar.engine.dosing.own_doses import A_DECISION, PER
from scheduler.calendar.entries.entry import Dose, Entry
from scheduler.patient.events import Attribute, CycleStarted, Given, Taken
from scheduler.protocol.plan.dosing.give import Give, per_of

_ASKED_WHICH = "amount-asked"


def not_prescribed(candidate: Candidate) -> Iterator[Told]:
    """A fraction of a course for which nobody prescribed the dose."""
    gives = [give for give, _ in _unknown(candidate) if give.prescribed]
    if gives:
        what = f"the dose of {_listed(gives)} was not prescribed"
        hint = f"record 'prescribed' first, with course: {' and again with course: '.join(give.name for give in gives)}"
        yield Told(what, "treatment", hint, gives[0].clause)


def amount_not_known(candidate: Candidate) -> Iterator[Told]:
    """A dose that cannot be worked out, because a value of the patient is missing."""
    found = [(give, dose) for give, dose in _unknown(candidate) if not give.prescribed]
    if found:
        gives = [give for give, _ in found]
        needed = list(dict.fromkeys(name for _, dose in found for name in _needs(dose)))
        if A_DECISION in needed:
            needed = []
        known = {event.name for fact in candidate.course.of(Attribute) if isinstance(event := fact.event, Attribute)}
        no_formula = known.issuperset(needed)
        why = "the protocol does not say how" if no_formula else "a value is missing"
        missing = f", because it is worked out from {' and '.join(needed)}, and {why}" if needed else ""
        what = f"how much {_listed(gives)} was given is not known{missing}"
        record = f"record 'attribute' with name: {' and again with name: '.join(needed)} first"
        hint = record if needed and not no_formula else None
        yield Told(what, "treatment", hint or "state the amount", gives[0].clause)


def _listed(gives: list[Give]) -> str:
    return " and ".join(give.name for give in gives)


def changes_what_was_given(candidate: Candidate) -> Iterator[Told]:
    """A value, level or prescription under which a dose that stands without an amount would be another."""
    known = {finding.message for finding in candidate.calendar.findings if finding.code == _ASKED_WHICH}
    for finding in candidate.calendar_after.findings:
        if finding.code == _ASKED_WHICH and finding.message not in known:
            hint = "the first stands until its record is corrected and states the amount that was given"
            yield Told(f"{finding.message} It is dated before that dose", "on", hint)


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
