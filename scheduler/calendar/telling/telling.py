"""One reason as one sentence with its source. Arithmetic is added where it leads to the day that the engine found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from scheduler.calendar.entries.because import After, Closed, Event, Reason, Unknown
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.entries.sentences import closed_why
from scheduler.calendar.entries.titles_in_words import title_in_words
from scheduler.calendar.telling.asking import find_pending
from scheduler.calendar.telling.dates_in_words import closed_days
from scheduler.calendar.telling.events_in_words import event_in_words
from scheduler.calendar.telling.explanation import Told
from scheduler.calendar.telling.standing import how_it_stands, stop
from scheduler.calendar.telling.steps import SaidStep
from scheduler.patient.events import Corrected, Decided, Struck
from scheduler.patient.events import Event as EventOfLog
from scheduler.patient.log import Log, Record
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.study import StudyVersion
from scheduler.protocol.plan.times.moments import DATE_OF_BIRTH, Named
from scheduler.said import SEMICOLONS, Code, Quoted, Said, Value, as_written, listed, said, said_as


@dataclass(frozen=True, slots=True)
class Telling:
    """What is needed to tell the reasons of one entry.

    ``ideals`` are the days that its steps may lead to. ``about_doses`` are the sentences that say a dose and not a date,
    ``about_first_dose`` those that plan the first dose until it is given.
    """

    calendar: Calendar
    version: StudyVersion
    log: Log
    steps: tuple[SaidStep, ...]
    ideals: tuple[date, ...]
    resource: str | None
    about_doses: frozenset[Clause] = frozenset()
    about_first_dose: frozenset[Clause] = frozenset()

    def set_by(self, reasons: tuple[Reason, ...]) -> Iterator[Told]:
        """What set a date or dose, each clause followed by the assumptions that it rests on."""
        cited: dict[str, None] = {}
        planning_first_dose = False
        for reason in reasons:
            if planning_first_dose and isinstance(reason, Clause | After | Unknown):
                planning_first_dose = False
                yield from self._first_dose()
            yield from self.tell(reason, self.decisive(reason))
            if isinstance(reason, Clause):
                new = [name for name in reason.assumptions if name not in cited]
                cited |= dict.fromkeys(new)
                yield from self._assumptions(new, self._version_of(reason))
                planning_first_dose = reason in self.about_first_dose
        if planning_first_dose:
            yield from self._first_dose()

    def looked_at(self, reasons: tuple[Reason, ...]) -> Iterator[Told]:
        """What did not set it, in short: without assumptions, and what lies beyond the calendar in one sentence."""
        beyond: dict[str, list[str]] = {}
        for reason in reasons:
            if isinstance(reason, After) and self._is_beyond(reason.entry):
                beyond.setdefault(reason.entry.partition(".")[0], []).append(reason.entry)
            else:
                yield from self.tell(reason, self._first(reason))
        for first, *others in beyond.values():
            yield Told(stop(_lie_beyond(first, others[-1]) if others else self.linked(first)), first)

    def _is_beyond(self, entry_id: str) -> bool:
        return (
            entry_id in self.calendar.reasons
            and self.calendar.entry(entry_id) is None
            and find_pending(self.calendar, entry_id) is None
        )

    def tell(self, reason: Reason, step: SaidStep | None = None) -> Iterator[Told]:
        """The sentence of one reason; none for a clause that nobody wrote."""
        match reason:
            case Clause(line, _):
                if line:
                    yield self._of_protocol(reason)
            case Event(number):
                yield Told(_with(self._event(number), step, self.ideals), f"event {number}")
            case Closed(_, _, why):
                sentence = said("{days_are_closed}: {why}.", days_are_closed=closed_days(reason), why=closed_why(why))
                yield Told(sentence, f"site: {self.resource}" if self.resource else "site")
            case After(entry):
                yield Told(_with(self.linked(entry), step, self.ideals), entry)
            case Unknown(what):
                yield Told(said("Not known yet: {what}.", what=what))
            case _:
                assert_never(reason)

    def _of_protocol(self, clause: Clause) -> Told:
        wrote, line, text = self._version_of(clause), Code(str(clause.line)), Quoted(clause.text, "en")
        source = f"{wrote.file}:{clause.line}"
        if not self.calendar.earlier_clauses:
            return Told(said("Protocol line {line}: {text}.", line=line, text=text), source)
        version = Code(wrote.version)
        return Told(said("Protocol {version} line {line}: {text}.", version=version, line=line, text=text), source)

    def _first_dose(self) -> Iterator[Told]:
        """What the sentences that plan the first dose lead to."""
        if self.calendar.first_dose is not None:
            yield Told(said("So the first dose is planned for {day}.", day=self.calendar.first_dose))

    def _event(self, number: int) -> Value:
        record = self.log.record(number)
        if record is not None:
            event = self._with_words_of_choice(record.event)
            told = event_in_words(number, event, (each.event for each in self.log.records))
            amended = self.amended(number)
            if amended is None:
                return told
            other = amended.number
            if isinstance(amended.event, Corrected):
                return listed(told, said("event {number} corrects it", number=other), how=SEMICOLONS)
            return listed(told, said("event {number} strikes it", number=other), how=SEMICOLONS)
        kind = self.calendar.event_kinds.get(number)
        if kind is None:
            return said("Event {number}", number=number)
        return said("Event {number}: {kind}", number=number, kind=Quoted(kind))

    def amended(self, number: int) -> Record | None:
        """What corrected or struck an event last, if anything did."""
        amending = (each for each in reversed(self.log.records) if isinstance(each.event, Corrected | Struck))
        return next((each for each in amending if getattr(each.event, "number", None) == number), None)

    def _with_words_of_choice(self, event: EventOfLog) -> EventOfLog:
        """A decision that names an option by its number, with the option's words."""
        if not isinstance(event, Decided):
            return event
        chosen = (
            each.chosen for each in self.calendar.proposals if each.id == event.proposal and each.chosen is not None
        )
        return event.model_copy(update={"action": next(chosen, event.action)})

    def linked(self, entry_id: str) -> Value:
        """How another entry stands, or that it has no date; without a full stop."""
        entry = self.calendar.entry(entry_id)
        if entry is not None:
            return how_it_stands(self.calendar, entry).whole
        pending = find_pending(self.calendar, entry_id)
        if pending is not None:
            return said("{what} has no date yet", what=title_in_words(pending.title))
        if self._is_beyond(entry_id):
            return said("{what} lies beyond the end of this calendar", what=Code(entry_id))
        return said("{what} is not on this calendar", what=Code(entry_id))

    def _assumptions(self, names: list[str], version: StudyVersion) -> Iterator[Told]:
        for name in names:
            assumption = version.assumptions.get(name)
            if assumption is not None:
                sentence = said(
                    "Assumption {name}: {question} Our reading: {reading}",
                    name=Code(name),
                    question=as_written(assumption.question),
                    reading=as_written(assumption.reading),
                )
                yield Told(sentence, f"{version.file}:{assumption.line}")

    def _version_of(self, clause: Clause) -> StudyVersion:
        """The protocol version that a sentence stands in: not always the first one, where the patient moved."""
        wanted = self.calendar.version_of(clause)
        return next((each for each in self.version.others if each.version == wanted), self.version)

    def _steps_from(self, reason: Reason) -> Iterator[SaidStep]:
        return (step for step in self.steps if step.source == reason)

    def decisive(self, reason: Reason) -> SaidStep | None:
        """The step from there that leads to the day that the engine found; under a ceiling, any, because it was cut short."""
        steps = tuple(self._steps_from(reason))
        deciding = [step for step in steps if step.day in self.ideals and not step.is_ceiling]
        # Of a step that takes some days and one that takes none, the first says more.
        deciding = [step for step in deciding if step.counts] or deciding
        if not deciding and any(step.is_ceiling for step in self.steps):
            deciding = list(steps)
        return deciding[0] if deciding else None

    def _first(self, reason: Reason) -> SaidStep | None:
        """The step that did not decide. One that leads further than the engine went was released: it is not counted aloud."""
        steps = (step for step in self._steps_from(reason) if step.is_ceiling or not step.counts or self._in_time(step))
        return self.decisive(reason) or next(steps, None)

    def _in_time(self, step: SaidStep) -> bool:
        return not self.ideals or step.day <= max(self.ideals)


def _with(clause: Value, step: SaidStep | None, ideals: tuple[date, ...]) -> Said:
    """A sentence with what its day is, and where that leads."""
    if step is None:
        return stop(clause)
    clauses = [clause, *((step.note,) if step.note is not None else ())]
    if step.is_ceiling:
        clauses.append(said("this must not be after {moment}", moment=step.ceiling))
    elif step.counts:
        clauses.append(_leads_to(step, ideals))
    return stop(listed(*clauses, how=SEMICOLONS))


def _leads_to(step: SaidStep, ideals: tuple[date, ...]) -> Said:
    # The day of birth is said nowhere, and the day of its record is another.
    by_age = step.step.moment == Named(DATE_OF_BIRTH)
    start = said("the date of birth") if by_age else said_as("the day that was told before", "that")
    counted = step.counted_from(start)
    if ideals and step.day < max(ideals) and step.day not in ideals:
        return said("{counted} is {day}, which is earlier", counted=counted, day=step.day)
    return said("{counted} is {day}", counted=counted, day=step.day)


def _lie_beyond(first: str, last: str) -> Said:
    return said("{first} to {last} lie beyond the end of this calendar", first=Code(first), last=Code(last))
