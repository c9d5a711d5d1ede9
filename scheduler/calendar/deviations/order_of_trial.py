"""The order of a trial: consent, screening, randomisation, the first dose, and each visit after consent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.dates import Day, Unit, add_span, civil_date
from scheduler.patient.consents import first_of, is_before, new_consents, routine_care_of
from scheduler.patient.course import Course
from scheduler.patient.events import (
    Consented,
    CycleStarted,
    Event,
    Given,
    Randomised,
    Screened,
    ScreenFailed,
    Taken,
    VisitDone,
)
from scheduler.patient.log import Fact
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.protocol.plan.times.moments import Named
from scheduler.protocol.plan.times.timing import Timing
from scheduler.said import Code, Said, counted, said, said_as

FIRST_DOSE = "first dose"


def out_of_order(plan: Plan, course: Course) -> Iterator[Deviation]:
    """A deviation for each dose before consent, screening or randomisation or after a screen failure; a first dose off its days.

    So is a visit of the protocol before consent or after a screen failure, a screening that was passed before consent, and a
    randomisation before consent or screening or after a screen failure. The same day is in order, unless the times of both say
    otherwise. What nobody recorded is not judged.
    """
    doses = course.of(CycleStarted, Given, Taken)
    consent, screened = first_of(course, Consented), first_of(course, Screened)
    randomised = next(iter(course.of(Randomised)), None)
    steps = (
        (consent, said("consent"), False),
        (screened, said("screening was passed"), True),
        (randomised, said("randomisation"), True),
    )
    for dose in doses:
        for before, what, ends_a_run_in in steps:
            if before is None or (ends_a_run_in and _is_due_before_it(plan, dose)):
                continue
            if is_before(dose, before):
                yield _of_dose(plan, dose, before, said("before {what}, {day}", what=what, day=_on(before)))
        failed = _failed_before(course, dose)
        if failed is not None:
            yield _of_dose(plan, dose, failed, said("after the screen failure of {day}", day=_on(failed)))
    yield from _entered_in_order(plan, course, randomised)
    yield from _first_dose(plan, course)


def _is_due_before_it(plan: Plan, dose: Fact) -> bool:
    """True for what all get before they are randomised, as in a run-in."""
    event = dose.event
    assert isinstance(event, CycleStarted | Given | Taken)
    line = plan.timelines.get(event.treatment)
    return line is not None and line.before_randomisation


def _entered_in_order(plan: Plan, course: Course, randomised: Fact | None) -> Iterator[Deviation]:
    consent, screened = first_of(course, Consented), first_of(course, Screened)
    yield from randomised_after_screen_failure(course)
    if consent is not None and screened is not None and is_before(screened, consent):
        early = said("screening was passed before consent, {day}", day=_on(consent))
        yield _of_step(screened, consent, early)
    if consent is not None:
        before_it = said("done before consent, {day}", day=_on(consent))
        yield from (
            _of_visit(plan, visit, consent, before_it)
            for visit in course.of(VisitDone)
            if is_before(visit, consent) and routine_care_of(plan, visit) is None
        )
    yield from _after_screen_failure(plan, course)
    if plan.consent_again is not None:
        yield from _without_new_consent(plan, plan.consent_again, course)
    for before, what in ((consent, said("consent")), (screened, said("screening was passed"))):
        if before is not None and randomised is not None and is_before(randomised, before):
            yield _of_step(randomised, before, said("randomised before {what}, {day}", what=what, day=_on(before)))


def randomised_after_screen_failure(course: Course) -> Iterator[Deviation]:
    """A randomisation of a patient who was found not eligible, where no later screening had been passed by then."""
    randomised = next(iter(course.of(Randomised)), None)
    failed = _failed_before(course, randomised) if randomised is not None else None
    if randomised is not None and failed is not None:
        yield _of_step(randomised, failed, said("randomised after the screen failure of {day}", day=_on(failed)))


def _of_step(step: Fact, other: Fact, what: Said) -> Deviation:
    """A step of the study out of its order: it has no entry, and no treatment."""
    numbers = tuple(sorted({*step.numbers, *other.numbers}))
    return Deviation(Deviated.OUT_OF_ORDER, "", None, step.event.on, None, what, None, numbers)


def _after_screen_failure(plan: Plan, course: Course) -> Iterator[Deviation]:
    """Visits of the protocol while the patient is not in the study; a screening, and what comes before the first dose, may be."""
    out: list[tuple[Fact, int | None]] = [(failed, begun.day) for failed, begun in course.screenings.repeated]
    if course.screenings.failed is not None:
        out.append((course.screenings.failed, None))
    for visit in course.of(VisitDone):
        line, timing = _line_and_timing(plan, visit.event.entries[0])
        if line is None or line.screens or _is_before_first_dose(timing):
            continue
        for failed, begun in out:
            if visit.day > failed.day and (begun is None or visit.day < begun):
                yield _of_visit(plan, visit, failed, said("done after the screen failure of {day}", day=_on(failed)))


def _without_new_consent(plan: Plan, asks: Clause, course: Course) -> Iterator[Deviation]:
    """What was done of another screening before the patient consented again, where the protocol asks for that."""
    for new in new_consents(course):
        failed, again = new.failed, new.consent
        for fact in course.of(VisitDone, Screened, Randomised):
            if new.comes_too_late_for(fact) and _screens(plan, fact) and routine_care_of(plan, fact) is None:
                told = _before_new_consent(_SAID[type(fact.event)], failed, again)
                entry = fact.event.entries[0] if isinstance(fact.event, VisitDone) else None
                numbers = sorted(
                    {*fact.numbers, *failed.numbers, *new.begun.numbers, *(again.numbers if again else ())}
                )
                name = entry.rpartition(".")[0] if entry is not None else ""
                yield Deviation(Deviated.OUT_OF_ORDER, name, entry, fact.event.on, None, told, asks, tuple(numbers))


_SAID: dict[type[Event], Said] = {
    VisitDone: said_as("what was done", "done"),
    Screened: said("screening was passed"),
    Randomised: said_as("what was done", "randomised"),
}


def _before_new_consent(done: Said, failed: Fact, again: Fact | None) -> Said:
    if again is not None:
        return said("{done} before the new consent, {day}", done=done, day=_on(again))
    return said("{done} before the new consent after the screen failure of {day}", done=done, day=_on(failed))


def _on(fact: Fact) -> Code:
    return Code(f"{fact.event.on}")


def _screens(plan: Plan, fact: Fact) -> bool:
    """True for a step of a screening, and for a visit of one."""
    if not isinstance(fact.event, VisitDone):
        return True
    line, timing = _line_and_timing(plan, fact.event.entries[0])
    return line is not None and (line.screens or _is_before_first_dose(timing))


def _is_before_first_dose(timing: Timing | None) -> bool:
    return timing is not None and timing.sign < 0 and timing.moment == Named(FIRST_DOSE)


def _line_and_timing(plan: Plan, entry: str) -> tuple[Timeline | None, Timing | None]:
    name, _, number = entry.rpartition(".")
    line = plan.timelines.get(name)
    return line, line.timing(int(number)) if line is not None and number.isdigit() else None


def _of_visit(plan: Plan, visit: Fact, other: Fact, what: Said) -> Deviation:
    entry = visit.event.entries[0]
    name, _, _ = entry.rpartition(".")
    _, timing = _line_and_timing(plan, entry)
    clause = timing.clause if timing is not None else None
    numbers = tuple(sorted({*visit.numbers, *other.numbers}))
    return Deviation(Deviated.OUT_OF_ORDER, name, entry, visit.event.on, None, what, clause, numbers)


def _day(dose: Fact) -> date:
    return dose.event.from_ if isinstance(dose.event, Taken) else dose.event.on


def _failed_before(course: Course, fact: Fact) -> Fact | None:
    """The screen failure that held when a dose was given or a patient randomised: only a later screening passed ends it."""
    told = [each for each in course.of(ScreenFailed, Screened) if not is_before(fact, each)]
    last = max(told, key=lambda fact: (fact.event.on, fact.number), default=None)
    return last if last is not None and isinstance(last.event, ScreenFailed) else None


def _done(event: CycleStarted | Given | Taken) -> Said:
    if isinstance(event, Taken):
        return said_as("what was done", "taken")
    if isinstance(event, CycleStarted):
        return said_as("what was done", "started")
    return said_as("what was done", "given")


def _of_dose(plan: Plan, dose: Fact, other: Fact, when: Said) -> Deviation:
    event = dose.event
    assert isinstance(event, CycleStarted | Given | Taken)
    entry = None if isinstance(event, Taken) else event.entries[0]
    what = said("{done} {when}", done=_done(event), when=when)
    numbers = tuple(sorted({*dose.numbers, *other.numbers}))
    clause = _clause(plan)
    return Deviation(Deviated.OUT_OF_ORDER, event.treatment, entry, _day(dose), None, what, clause, numbers)


def _clause(plan: Plan) -> Clause | None:
    line = plan.dates.get(FIRST_DOSE)
    timing = line.timing(line.first_number) if line is not None else None
    return timing.clause if timing is not None else None


def _first_dose(plan: Plan, course: Course) -> Iterator[Deviation]:
    """The first dose outside the days that the protocol has for it after a recorded date, such as randomisation."""
    line = plan.dates.get(FIRST_DOSE)
    timing = line.timing(line.first_number) if line is not None else None
    dose, day = course.first_dose, course.first_day
    if dose is None or day is None or timing is None or not isinstance(timing.moment, Named):
        return
    moment = course.dates.get(timing.moment.name)
    days_of = _days_after(moment.day, timing) if moment is not None else None
    # Before the moment itself, it is out of order, which is told by itself.
    if moment is None or days_of is None or day < moment.day or days_of[0] <= day <= days_of[1]:
        return
    first, last = days_of
    off = day - last if day > last else day - first
    what = _first_dose_outside(off, Code(f"{civil_date(first)}"), Code(f"{civil_date(last)}"))
    event = dose.event
    assert isinstance(event, CycleStarted | Given | Taken)
    numbers = tuple(sorted({*dose.numbers, *moment.numbers}))
    entry = None if isinstance(event, Taken) else event.entries[0]
    kind = Deviated.FIRST_DOSE
    yield Deviation(kind, event.treatment, entry, civil_date(day), off, what, timing.clause, numbers)


def _first_dose_outside(off: int, first: Code, last: Code) -> Said:
    if off > 0:
        return counted(
            "first dose {n} day after its days, {first} to {last}",
            "first dose {n} days after its days, {first} to {last}",
            off,
            first=first,
            last=last,
        )
    return counted(
        "first dose {n} day before its days, {first} to {last}",
        "first dose {n} days before its days, {first} to {last}",
        -off,
        first=first,
        last=last,
    )


def _days_after(moment: Day, timing: Timing) -> tuple[Day, Day] | None:
    """The first and the last day of a sentence such as "1 to 3 days after randomisation"; None where it has no such days.

    Working days are the site's, and its calendar says where they end.
    """
    if timing.span is None or timing.sign < 0 or timing.early is None or timing.late is None:
        return None
    if timing.in_open_days or timing.span.unit is Unit.WORKING_DAYS:
        return None
    nominal = add_span(moment, timing.span)
    return nominal - timing.early, nominal + timing.late
