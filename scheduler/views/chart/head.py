"""How one patient stands on a day, in a line: the study day, the day of the cycle, and in a few words what matters most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import cast

from scheduler.calendar.engine.evaluation.ended_early import Stop, end_of_treatment_line, recorded_end
from scheduler.calendar.engine.findings.holding.holds import last_day_of
from scheduler.calendar.engine.proposals.raised import proposals_on
from scheduler.calendar.entries.doses_in_words import dose_in_words
from scheduler.calendar.entries.entry import Calendar, Dose, Entry, Flag, HeldPeriod, Status
from scheduler.patient.events import Withdrew
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.said import SHORT_DAY, Code, Day, Said, Value, counted, own_words, said
from scheduler.views.patients import Patient, patient_on
from scheduler.vocabulary.end_reasons import end_reason_in_words


class Tone(StrEnum):
    """How a pill looks; its words say everything without it."""

    GOING = "going"
    WAITS = "waits"
    HELD = "held"
    LATE = "late"
    OVER = "over"
    PLAIN = "plain"


class Tab(StrEnum):
    """The part of the page that says more."""

    CALENDAR = "calendar"
    DECISIONS = "decisions"
    DRUGS = "drugs"
    EVENTS = "events"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Pill:
    """One thing that somebody must know of the patient before anything else, and where more is said about it."""

    words: Said
    tone: Tone
    tab: Tab


@dataclass(frozen=True, slots=True)
class Head:
    """How the patient stands. ``cycle`` is the number of the cycle that was started last, ``cycle_day`` its day, from 1.

    Both are None before the first cycle, and once what comes in cycles is over.
    """

    study_day: int | None
    cycle: int | None
    cycle_day: int | None
    pills: tuple[Pill, ...]


def head_of(patient: Patient, on: date) -> Head:
    """The head of the patient's page on a day."""
    patient = patient_on(patient, on)
    calendar = patient.calendar
    cycle = _cycle(patient, on)
    day = (on - cycle.date).days + 1 if cycle is not None and cycle.date is not None else None
    pills = (
        *_states(patient, on),
        *_holds(patient, on),
        *_levels(patient, on),
        *_decisions(calendar, on),
    )
    return Head(calendar.study_day(on), cycle.n if cycle is not None else None, day, pills)


def name_of(plan: Plan | None, treatment: str) -> Value:
    """What the study calls a treatment; its own word where it has no title, or nobody knows the arm."""
    line = plan.timelines.get(treatment) if plan is not None else None
    return own_words(line.title if line is not None and line.title else treatment)


def end_of(patient: Patient, treatment: str, on: date) -> Stop | None:
    """What has ended a treatment for good by a day."""
    stop = end_of_treatment_line(patient.course, treatment)
    return stop if stop is not None and stop.decided <= on.toordinal() else None


def held_on(calendar: Calendar, on: date) -> tuple[HeldPeriod, ...]:
    """The holds that last on a day."""
    return tuple(hold for hold in calendar.holds if hold.start <= on and (hold.over is None or hold.over > on))


def _cycle(patient: Patient, on: date) -> Entry | None:
    """The cycle that was started last: of cycles with drugs of their own, else of the first treatment that comes in cycles."""
    plan = patient.plan
    if plan is None:
        return None
    for line in (*plan.cycles(), *(line for line in plan.treatments() if line.has_days)):
        started = [
            entry
            for entry in patient.calendar.entries
            if entry.timeline == line.name
            and entry.status is Status.DONE
            and entry.date is not None
            and entry.date <= on
        ]
        if started:
            return None if end_of(patient, line.name, on) is not None else max(started, key=lambda each: each.n)
    return None


def _states(patient: Patient, on: date) -> Iterator[Pill]:
    """Where the patient is in the study, then which treatments are over while others go on."""
    over = _over(patient, on)
    if over is not None:
        yield Pill(over, Tone.OVER, Tab.HISTORY)
        return
    lost = [away.opened for away in patient.course.away if away.end is None and away.start <= on.toordinal()]
    if lost:
        yield Pill(said("cannot be reached since {day}", day=_day(lost[0].event.on)), Tone.LATE, Tab.HISTORY)
    yield _treated(patient, on)
    for line in _treatments(patient.plan):
        stop = end_of(patient, line.name, on)
        if stop is not None:
            yield Pill(_ended(name_of(patient.plan, line.name), stop), Tone.OVER, Tab.DRUGS)


def _treated(patient: Patient, on: date) -> Pill:
    course, calendar = patient.course, patient.calendar
    if course.arm is None:
        return Pill(said("not randomised yet"), Tone.PLAIN, Tab.CALENDAR)
    if course.first_day is None or course.first_day > on.toordinal():
        if calendar.first_dose is None:
            return Pill(said("before the first dose"), Tone.PLAIN, Tab.CALENDAR)
        return Pill(said("first dose planned for {day}", day=_day(calendar.first_dose)), Tone.PLAIN, Tab.CALENDAR)
    if not _goes_on(patient, on):
        return Pill(said("no dose is planned any more"), Tone.OVER, Tab.DRUGS)
    return Pill(said("on treatment"), Tone.GOING, Tab.DRUGS)


def _over(patient: Patient, on: date) -> Said | None:
    """What ended all treatment, in words."""
    course = patient.course
    if (death := _by(course.death, on)) is not None:
        return said("died {day}", day=_day(death.event.on))
    if (failed := _by(course.screen_failure, on)) is not None:
        return said("not eligible since {day}", day=_day(failed.event.on))
    withdrew = [fact for fact in course.withdrew if fact.day <= on.toordinal()]
    if withdrew:
        return _withdrew(withdrew[-1])
    end = recorded_end(course)
    if end is not None and end.decided <= on.toordinal():
        return _ended(None, end)
    lines = _treatments(patient.plan)
    stops = [stop for line in lines if (stop := end_of(patient, line.name, on)) is not None]
    if lines and len(stops) == len(lines):
        return _ended(None, max(stops, key=lambda stop: stop.decided))
    return None


def _withdrew(fact: Fact) -> Said:
    day = _day(fact.event.on)
    match cast(Withdrew, fact.event).from_:
        case "treatment":
            return said("withdrew from treatment {day}", day=day)
        case "visits":
            return said("withdrew from visits {day}", day=day)
    return said("withdrew from all of the study {day}", day=day)


def _ended(treatment: Value | None, stop: Stop) -> Said:
    day, reason = _day(date.fromordinal(stop.decided)), stop.fact.event.reason
    if treatment is None:
        if reason is None:
            return said("ended {day}", day=day)
        return said("ended {day}: {reason}", day=day, reason=end_reason_in_words(reason))
    if reason is None:
        return said("{treatment} ended {day}", treatment=treatment, day=day)
    return said("{treatment} ended {day}: {reason}", treatment=treatment, day=day, reason=end_reason_in_words(reason))


def _goes_on(patient: Patient, on: date) -> bool:
    """True while any treatment has a dose on that day or later, or waits for a date."""
    calendar, names = patient.calendar, {line.name for line in _treatments(patient.plan)}
    if any(pending.timeline in names for pending in calendar.pending):
        return True
    last = [
        entry.runs[-1].last_date if entry.runs else entry.date
        for entry in calendar.entries
        if entry.timeline in names and entry.status is not Status.CANCELLED
    ]
    return any(day is not None and day >= on for day in last)


def _holds(patient: Patient, on: date) -> Iterator[Pill]:
    for hold in held_on(patient.calendar, on):
        treatment, last = name_of(patient.plan, hold.treatment), last_day_of(patient.plan, hold)
        if hold.over is not None:
            words = said("{treatment} on hold until {day}", treatment=treatment, day=_day(hold.over))
        elif last is None or hold.missed is None:
            words = said("{treatment} on hold since {day}", treatment=treatment, day=_day(hold.start))
        else:
            words = said(
                "{treatment} on hold since {day} ({held} of {allowed} days)",
                treatment=treatment,
                day=_day(hold.start),
                held=max(0, (on - hold.missed).days),
                allowed=(last - hold.missed).days,
            )
        yield Pill(words, Tone.LATE if last is not None and last < on and hold.over is None else Tone.HELD, Tab.DRUGS)


def _levels(patient: Patient, on: date) -> Iterator[Pill]:
    for line in _treatments(patient.plan):
        if line.ladder is None or end_of(patient, line.name, on) is not None:
            continue
        dose = dose_on(patient.calendar, line.name, on)
        if dose is not None and dose.level is not None and dose.amount is not None:
            words = said(
                "{treatment} {dose}, level {level}",
                treatment=name_of(patient.plan, line.name),
                dose=dose_in_words(dose),
                level=Code(_signed(dose.level)),
            )
            yield Pill(words, Tone.PLAIN, Tab.DRUGS)


def dose_on(calendar: Calendar, treatment: str, on: date) -> Dose | None:
    """The dose of a treatment on a day, else the next one that is planned; None while a decision about it is awaited."""
    for entry in calendar.entries:
        if entry.timeline != treatment or entry.status in (Status.CANCELLED, Status.NOT_DONE):
            continue
        if not entry.runs:
            if entry.date is not None and entry.date >= on:
                return _told(entry.doses, entry.flags)
            continue
        for run in entry.runs:
            if run.last_date >= on and run.status not in (Status.HELD, Status.CANCELLED, Status.NOT_DONE):
                return _told(run.doses, (*entry.flags, *run.flags))
    return None


def _told(doses: tuple[Dose, ...], flags: tuple[Flag, ...]) -> Dose | None:
    return doses[0] if len(doses) == 1 and Flag.AWAITING_DECISION not in flags else None


def _decisions(calendar: Calendar, on: date) -> Iterator[Pill]:
    waiting = sum(1 for each in proposals_on(calendar, on) if each.is_open and each.leads)
    if waiting:
        words = counted("decision waiting", "{n} decisions waiting", waiting)
        yield Pill(words, Tone.WAITS, Tab.DECISIONS)


def _treatments(plan: Plan | None) -> tuple[Timeline, ...]:
    """The treatments of the study itself, without supportive medicine."""
    return tuple(plan.study_treatments()) if plan is not None else ()


def _by(fact: Fact | None, on: date) -> Fact | None:
    return fact if fact is not None and fact.day <= on.toordinal() else None


def _day(day: date) -> Day:
    return Day(day, SHORT_DAY)


def _signed(level: int) -> str:
    return f"\N{MINUS SIGN}{-level}" if level < 0 else str(level)
