"""How an entry stands, in one sentence: planned, booked, given, held or cancelled, on which day, at which dose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scheduler.calendar.entries.entry import Calendar, Dose, Entry, Flag, Kind, Run, Status
from scheduler.calendar.telling.dates_in_words import from_to_in_words, in_words

_DONE = {
    Kind.ORAL: "was started on",
    Kind.INFUSION: "was given on",
    Kind.INJECTION: "was given on",
    Kind.FRACTION: "was given on",
    Kind.CYCLE: "began on",
}

_FLAGS = {
    Flag.AWAITING_DECISION: "Its dose awaits a decision.",
    Flag.OUT_OF_WINDOW: "It lies outside its window.",
    Flag.PROVISIONAL: "The open days of that time may still change: the date is provisional.",
    Flag.NO_RECORD: "Nobody recorded it as given or as not done.",
    Flag.GIVEN_DURING_HOLD: "It was given during a hold.",
    Flag.ATTEMPT_FAILED: "An attempt failed before.",
    Flag.OVERRIDE: "It stands against the protocol, by an override.",
    Flag.COMBINED: "Its window closed before treatment ended: it is combined with the end-of-treatment visit.",
    Flag.NOT_PLANNED: "The protocol has no such dose.",
    Flag.AFTER_END: "The treatment had ended by then.",
    Flag.START_NOT_RECORDED: "Nobody recorded its start: it began on the first day that was reported.",
    Flag.TOO_EARLY: "It was earlier than the protocol allows.",
    Flag.NUMBER_SKIPPED: "The numbers before it are not used.",
    Flag.NUMBER_UNUSED: "No dose has this number: a later one was given in its place.",
    Flag.IN_PART: "It was given in part: it is no full fraction.",
    Flag.VALUE_NEEDED: "A value that it waits for is still needed.",
    Flag.OVERDOSE: "At least twice the dose was taken or given.",
    Flag.OMITTED: "At the dose level in force it is omitted.",
    Flag.CONFIRMS: "It serves as the scan that confirms an iUPD.",
}


def how_it_stands(calendar: Calendar, entry: Entry) -> str:
    """Toripalimab, dose 2 is planned for Monday 30 March 2026 (Day 29)."""
    if entry.kind is Kind.PERIOD:
        return _period(entry)
    day = f"{in_words(entry.date)}{_study_day(calendar, entry.date)}" if entry.date is not None else None
    match entry.status:
        case Status.CANCELLED if Flag.NOT_FOR_PATIENT in entry.flags:
            return f"{entry.title} is not for this patient."
        case Status.CANCELLED:
            return f"{entry.title} is cancelled" + (f"; it was planned for {day}." if day else ".")
        case Status.NOT_DONE:
            return f"{entry.title} was not done" + (f"; it was planned for {day}." if day else ".")
    if day is None:
        return f"{entry.title} has no date."
    if entry.status is Status.DONE:
        was_done = _DONE.get(entry.kind, "was done on")
        return f"{entry.title} {was_done} {day}{_time(entry)}."
    booked = "booked" if Flag.BOOKED in entry.flags else "planned"
    return f"{entry.title} is {booked} for {day}{_time(entry)}."


def how_the_day_stands(calendar: Calendar, entry: Entry, run: Run, number: int) -> str:
    """Regorafenib, cycle 3, day 15, on Monday 11 May 2026 (Day 71): held."""
    day = date.fromordinal(run.first_date.toordinal() + number - run.first_day)
    return f"{entry.title}, day {number}, on {in_words(day)}{_study_day(calendar, day)}: {how_a_run_stands(run)}."


def how_a_run_stands(run: Run) -> str:
    """80 mg (level -1); 80 mg, taken; 160 mg instead of 80 mg, taken; held; cancelled; not taken."""
    match run.status:
        case Status.PLANNED:
            return doses_in_words(run.doses)
        case Status.DONE:
            return f"{instead_of(run.doses, run.due)}, taken"
        case Status.NOT_DONE:
            return "not taken"
    return run.status.value


def doses_in_words(doses: tuple[Dose, ...]) -> str:
    """The amounts, each with its level where it is a lowered one, and the time that it is given over."""
    return " and ".join(map(_in_words, doses)) or "no dose"


def _in_words(dose: Dose) -> str:
    return f"{dose} (level {dose.level}){dose.over_time}" if dose.level else f"{dose}{dose.over_time}"


def instead_of(given: tuple[Dose, ...], due: tuple[Dose, ...]) -> str:
    """The amounts that were given, each beside what was due of it where that was another: "1200 mg instead of 240 mg"."""
    if not due:
        return doses_in_words(given)
    return " and ".join(_beside(*both) for both in zip(given, due, strict=True))


def _beside(given: Dose, due: Dose) -> str:
    if due.amount is None or (given.amount, given.unit) == (due.amount, due.unit):
        return doses_in_words((given,))
    return f"{replace(given, level=None)} instead of {doses_in_words((replace(due, of=None),))}"


def flags_in_words(flags: tuple[Flag, ...]) -> tuple[str, ...]:
    """What a reader must know beside the status. What the title says already is left out."""
    return tuple(_FLAGS[flag] for flag in flags if flag in _FLAGS)


def window_in_words(entry: Entry, what: str = "The ideal date") -> str | None:
    """The protocol's own date and the allowed days around it; nothing where there is nothing to add."""
    if entry.kind is Kind.PERIOD or entry.ideal is None or entry.status is Status.CANCELLED:
        return None
    if entry.window is None and entry.ideal == entry.date:
        return None
    window = f"; it may be {from_to_in_words(*entry.window)}" if entry.window is not None else ""
    return f"{what} is {in_words(entry.ideal)}{window}."


def _period(entry: Entry) -> str:
    start = f" {in_words(entry.date)}" if entry.date is not None else " a day that is not known yet"
    end = f" to {in_words(entry.window[1])}" if entry.window is not None else "; the last day is not known yet"
    return f"{entry.title}: from{start}{end}."


def _study_day(calendar: Calendar, day: date) -> str:
    label = calendar.study_day(day)
    return "" if label is None else f" (Day {label})"


def _time(entry: Entry) -> str:
    return f" at {entry.time}" if entry.time else f", not before {entry.earliest}" if entry.earliest else ""
