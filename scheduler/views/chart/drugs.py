"""Each treatment of one patient on a day: its dose and level, its holds, what was handed out and came back, and the exposure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import cast

from scheduler.calendar.engine.findings.holding.holds import last_day_of
from scheduler.calendar.entries.doses_in_words import dose_in_words
from scheduler.calendar.entries.entry import Dose, Entry, HeldPeriod, Status
from scheduler.calendar.exposure.exposure_lines import Exposure, ExposureLine, ExposureTotal, TotalLeft
from scheduler.patient.episodes.adverse_events import adverse_events_of
from scheduler.patient.events import Dispensed, Lost, OfUnits, Returned
from scheduler.patient.log import Fact
from scheduler.patient.supply import Accountability
from scheduler.protocol.plan.study import Timeline
from scheduler.said import COMMAS, Listed, Quoted, Said, Value, listed, said
from scheduler.views.chart.head import dose_on, end_of, name_of
from scheduler.views.looking_back.exposure import what_the_count_says
from scheduler.views.patients import Patient, patient_on
from scheduler.vocabulary import adverse_event_number
from scheduler.vocabulary.end_reasons import end_reason_in_words


@dataclass(frozen=True, slots=True)
class DoseStep:
    """From this day on these doses were given. ``level`` is that of the only one; None where there are several, or no ladder."""

    since: date
    doses: Listed
    level: int | None


@dataclass(frozen=True, slots=True)
class Held:
    """One hold. ``over`` is the first day that is no longer held; ``days`` counts from the first dose missed, up to the day.

    ``allowed`` is how many the protocol allows, and ``last`` the last day on which a resume is in time; None without a limit.
    """

    first: date
    over: date | None
    days: int
    allowed: int | None
    last: date | None
    reason: Value | None
    events: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A pill count, and what it says against the days; None where both agree."""

    of: Accountability
    note: Said | None


@dataclass(frozen=True, slots=True)
class Moved:
    """Units that were handed out, brought back or lost: the day, what happened, and the number of the event."""

    what: Said
    event: OfUnits
    number: int


@dataclass(frozen=True, slots=True)
class Exposed:
    """The exposure to one drug or course: a line for each cycle or dose, and their sum."""

    drug: Value
    lines: tuple[ExposureLine, ...]
    total: ExposureTotal
    left: TotalLeft | None


@dataclass(frozen=True, slots=True)
class DrugChart:
    """All about one treatment. ``now`` is its dose today or the next one; None where a decision is awaited, or it is over.

    ``by_days``: it is taken day by day. ``has_levels``: the protocol has a ladder of doses for it.
    """

    id: str
    name: Value
    by_days: bool
    has_levels: bool
    ended: date | None
    why_ended: Value | None
    now: Value | None
    level: int | None
    steps: tuple[DoseStep, ...]
    holds: tuple[Held, ...]
    exposure: tuple[Exposed, ...]
    counts: tuple[Counted, ...]
    moved: tuple[Moved, ...]


def drugs_of(patient: Patient, exposure: Exposure, counts: Iterable[Accountability], on: date) -> tuple[DrugChart, ...]:
    """The treatments of the patient's plan, in its order, as of a day."""
    known = tuple(counts)
    lines = patient.plan.treatments() if patient.plan is not None else ()
    shown = patient_on(patient, on)
    return tuple(_chart(shown, line, exposure, known, on) for line in lines)


def _chart(
    patient: Patient, line: Timeline, exposure: Exposure, counts: tuple[Accountability, ...], on: date
) -> DrugChart:
    stop = end_of(patient, line.name, on)
    dose = None if stop is not None else dose_on(patient.calendar, line.name, on)
    return DrugChart(
        id=line.name,
        name=name_of(patient.plan, line.name),
        by_days=line.has_days,
        has_levels=line.ladder is not None,
        ended=date.fromordinal(stop.decided) if stop is not None else None,
        why_ended=reason_in_words(patient, stop.fact.event.reason) if stop is not None else None,
        now=dose_in_words(dose) if dose is not None else None,
        level=dose.level if dose is not None and line.ladder is not None else None,
        steps=tuple(_steps(patient, line, on)),
        holds=tuple(_held(patient, hold, on) for hold in patient.calendar.holds if hold.treatment == line.name),
        exposure=tuple(_exposed(patient, line, exposure)),
        counts=tuple(Counted(each, what_the_count_says(each)) for each in counts if each.treatment == line.name),
        moved=tuple(_moved(patient, line.name)),
    )


def reason_in_words(patient: Patient, reason: str | None) -> Value | None:
    """A listed reason in the reader's language, else as it was written; of an adverse event's number, what it is called too."""
    if reason is None:
        return None
    number = adverse_event_number(reason)
    for course in adverse_events_of(patient.course.facts) if number is not None else ():
        if course.ae == number:
            return said("{reason} ({term})", reason=Quoted(reason), term=Quoted(course.term, "en"))
    return end_reason_in_words(reason)


def _steps(patient: Patient, line: Timeline, on: date) -> Iterator[DoseStep]:
    before: tuple[Dose, ...] | None = None
    for since, doses in sorted(_given(patient.calendar.entries, line.name, on), key=lambda each: each[0]):
        if doses != before:
            level = doses[0].level if len(doses) == 1 and line.ladder is not None else None
            yield DoseStep(since, listed(*map(dose_in_words, doses), how=COMMAS), level)
        before = doses


def _given(entries: Iterable[Entry], treatment: str, on: date) -> Iterator[tuple[date, tuple[Dose, ...]]]:
    """The doses of each day or run of days that was given, or that belongs to a cycle that was started."""
    for entry in entries:
        if entry.timeline != treatment or entry.status is not Status.DONE:
            continue
        if not entry.runs and entry.date is not None and entry.date <= on:
            yield entry.date, entry.doses
        for run in entry.runs:
            if run.first_date <= on and run.status in (Status.DONE, Status.PLANNED):
                yield run.first_date, run.doses


def _held(patient: Patient, hold: HeldPeriod, on: date) -> Held:
    last = last_day_of(patient.plan, hold)
    start = hold.missed or hold.start
    over = hold.over if hold.over is not None and hold.over <= on else None
    return Held(
        first=hold.start,
        over=hold.over,
        days=max(0, ((over or on) - start).days),
        allowed=(last - hold.missed).days if last is not None and hold.missed is not None else None,
        last=last if hold.over is None else None,
        reason=reason_in_words(patient, hold.reason),
        events=hold.events,
    )


def _exposed(patient: Patient, line: Timeline, exposure: Exposure) -> Iterator[Exposed]:
    for total in exposure.totals:
        if total.treatment == line.name:
            of_drug = tuple(each for each in exposure.lines if (each.treatment, each.drug) == (line.name, total.drug))
            left = next(
                (each for each in exposure.limits if (each.treatment, each.drug) == (line.name, total.drug)), None
            )
            drug = name_of(patient.plan, line.name) if total.drug == line.name else Quoted(total.drug)
            yield Exposed(drug, of_drug, total, left)


def _moved(patient: Patient, treatment: str) -> Iterator[Moved]:
    for fact in patient.course.of(Dispensed, Returned, Lost):
        event = cast(OfUnits, fact.event)
        if event.treatment == treatment:
            yield Moved(_what(fact), event, fact.number)


def _what(fact: Fact) -> Said:
    match fact.event:
        case Dispensed():
            return said("handed out")
        case Returned():
            return said("brought back")
    return said("lost")
