"""How an entry stands, in one sentence: planned, booked, given, held or cancelled, on which day, at which dose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scheduler.calendar.entries.doses_in_words import doses_in_words, instead_of
from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Kind, Run, Status
from scheduler.calendar.entries.titles_in_words import title_in_words
from scheduler.calendar.telling.dates_in_words import from_to_in_words
from scheduler.said import SEMICOLONS, Code, Said, Value, listed, said, said_as

_NOTHING = Code("")

_FLAGS: dict[Flag, Said] = {
    Flag.AWAITING_DECISION: said("Its dose awaits a decision."),
    Flag.OUT_OF_WINDOW: said("It lies outside its window."),
    Flag.PROVISIONAL: said("The open days of that time may still change: the date is provisional."),
    Flag.NO_RECORD: said("Nobody recorded it as given or as not done."),
    Flag.GIVEN_DURING_HOLD: said("It was given during a hold."),
    Flag.ATTEMPT_FAILED: said("An attempt failed before."),
    Flag.OVERRIDE: said("It stands against the protocol, by an override."),
    Flag.COMBINED: said("Its window closed before treatment ended: it is combined with the end-of-treatment visit."),
    Flag.NOT_PLANNED: said("The protocol has no such dose."),
    Flag.AFTER_END: said("The treatment had ended by then."),
    Flag.START_NOT_RECORDED: said("Nobody recorded its start: it began on the first day that was reported."),
    Flag.TOO_EARLY: said("It was earlier than the protocol allows."),
    Flag.NUMBER_SKIPPED: said("The numbers before it are not used."),
    Flag.NUMBER_UNUSED: said("No dose has this number: a later one was given in its place."),
    Flag.IN_PART: said("It was given in part: it is no full fraction."),
    Flag.VALUE_NEEDED: said("A value that it waits for is still needed."),
    Flag.OVERDOSE: said("At least twice the dose was taken or given."),
    Flag.OMITTED: said("At the dose level in force it is omitted."),
    Flag.ROUTINE_CARE: said("It was done before consent, and stands as routine care."),
    Flag.CONFIRMS: said("It serves as the scan that confirms an iUPD."),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands, as a part of a sentence, and beside it what was planned of something that is not."""

    how: Said
    was: Said | None = None

    def because(self, reasons: Value | None) -> Said:
        """It with its reasons. What was planned for a day is told last: it is not that day that has the reasons."""
        how = (
            self.how if reasons is None else said("{it_stands}, because {reasons}", it_stands=self.how, reasons=reasons)
        )
        return stop(how if self.was is None else listed(how, self.was, how=SEMICOLONS))

    @property
    def whole(self) -> Value:
        """Both, without a full stop."""
        return self.how if self.was is None else listed(self.how, self.was, how=SEMICOLONS)


def stop(clause: Value) -> Said:
    """A whole sentence of what may be a part of one."""
    return said("{clause}.", clause=clause)


def how_it_stands(calendar: Calendar, entry: Entry) -> Standing:
    """Toripalimab, dose 2 is planned for Monday 30 March 2026 (Day 29)."""
    if entry.kind is Kind.PERIOD:
        return Standing(_period(entry))
    what = title_in_words(entry.title)
    day = with_study_day(calendar, entry.date) if entry.date is not None else None
    was = said("it was planned for {day}", day=day) if day is not None else None
    match entry.status:
        case Status.CANCELLED if Flag.NOT_FOR_PATIENT in entry.flags:
            return Standing(said("{what} is not for this patient", what=what))
        case Status.CANCELLED:
            return Standing(said("{what} is cancelled", what=what), was)
        case Status.NOT_DONE:
            return Standing(said("{what} was not done", what=what), was)
    if day is None:
        return Standing(said("{what} has no date", what=what))
    at = _time(entry)
    if entry.status is Status.DONE:
        if entry.kind is Kind.ORAL and entry.runs and entry.date is not None and entry.runs[0].first_date > entry.date:
            # Nothing of it is taken on its day 1.
            return Standing(said("day 1 of {what} is {day}", what=what, day=day))
        return Standing(_done(entry.kind, what, day, at))
    if Flag.BOOKED in entry.flags:
        return Standing(said("{what} is booked for {day}{at}", what=what, day=day, at=at))
    return Standing(said("{what} is planned for {day}{at}", what=what, day=day, at=at))


def _done(kind: Kind, what: Value, day: Value, at: Value) -> Said:
    match kind:
        case Kind.ORAL:
            return said("{what} was started on {day}{at}", what=what, day=day, at=at)
        case Kind.INFUSION | Kind.INJECTION | Kind.FRACTION:
            return said("{what} was given on {day}{at}", what=what, day=day, at=at)
        case Kind.CYCLE:
            return said("{what} began on {day}{at}", what=what, day=day, at=at)
    return said("{what} was done on {day}{at}", what=what, day=day, at=at)


def how_the_day_stands(calendar: Calendar, entry: Entry, run: Run, number: int) -> Standing:
    """Regorafenib, cycle 3, day 15, on Monday 11 May 2026 (Day 71): held."""
    day = date.fromordinal(run.first_date.toordinal() + number - run.first_day)
    return Standing(
        said(
            "{what}, day {number}, on {day}: {it_stands}",
            what=title_in_words(entry.title),
            number=number,
            day=with_study_day(calendar, day),
            it_stands=how_a_run_stands(run),
        )
    )


def how_a_run_stands(run: Run) -> Value:
    """80 mg (level -1); 80 mg, taken; 160 mg instead of 80 mg, taken; held; cancelled; not taken."""
    match run.status:
        case Status.PLANNED if Flag.AWAITING_DECISION in run.flags:
            return said("its dose awaits a decision")
        case Status.PLANNED:
            return doses_in_words(run.doses)
        case Status.DONE:
            return said("{doses}, taken", doses=instead_of(run.doses, run.due))
        case Status.NOT_DONE:
            return said_as("a dosing day", "not taken")
        case Status.HELD:
            return said_as("a dosing day", "held")
    return said_as("a dosing day", "cancelled")


def flags_in_words(flags: tuple[Flag, ...]) -> tuple[Said, ...]:
    """What a reader must know beside the status. What the title says already is left out."""
    return tuple(_FLAGS[flag] for flag in flags if flag in _FLAGS)


def window_in_words(entry: Entry, of_start: bool = False) -> Said | None:
    """The protocol's own date and the allowed days around it; nothing where there is nothing to add.

    ``of_start``: it is told beside a later day of a cycle, whose start it is about.
    """
    if entry.kind is Kind.PERIOD or entry.ideal is None or entry.status is Status.CANCELLED:
        return None
    if entry.window is None and entry.ideal == entry.date:
        return None
    if of_start:
        ideal = said("The ideal date of that start is {day}", day=entry.ideal)
    else:
        ideal = said("The ideal date is {day}", day=entry.ideal)
    if entry.window is None:
        return stop(ideal)
    return stop(listed(ideal, said("it may be {days}", days=from_to_in_words(*entry.window)), how=SEMICOLONS))


def _period(entry: Entry) -> Said:
    what = title_in_words(entry.title)
    start = entry.date if entry.date is not None else said("a day that is not known yet")
    if entry.window is None:
        return said("{what}: from {start}; the last day is not known yet", what=what, start=start)
    return said("{what}: from {start} to {last}", what=what, start=start, last=entry.window[1])


def with_study_day(calendar: Calendar, day: date) -> Value:
    """Monday 30 March 2026 (Day 29)."""
    label = calendar.study_day(day)
    return day if label is None else said("{date} (Day {label})", date=day, label=label)


def _time(entry: Entry) -> Value:
    if entry.time:
        return said_as("part of how it stands", " at {time}", time=Code(entry.time))
    if entry.earliest:
        return said_as("part of how it stands", ", not before {time}", time=Code(entry.earliest))
    return _NOTHING
