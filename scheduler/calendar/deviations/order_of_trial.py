"""The order of a trial: consent, screening, randomisation, the first dose, and each visit after consent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.calendar.entries.deviation import Deviated, Deviation, days
from scheduler.dates import Day, Unit, add_span, civil_date
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

FIRST_DOSE = "first dose"


def out_of_order(plan: Plan, course: Course) -> Iterator[Deviation]:
    """A deviation for each dose before consent, before randomisation or after a screen failure, and for a first dose out of time.

    So is a visit of the protocol before consent or after a screen failure, and a randomisation before consent or screening. The
    same day is in order, unless the times of both say otherwise. What nobody recorded is not judged.
    """
    doses = course.of(CycleStarted, Given, Taken)
    consent = next(iter(course.of(Consented)), None)
    randomised = next(iter(course.of(Randomised)), None)
    for dose in doses:
        for before, what in ((consent, "consent"), (randomised, "randomisation")):
            if before is randomised and _is_due_before_it(plan, dose):
                continue
            if before is not None and _is_before(dose, before):
                yield _of_dose(plan, dose, before, f"before {what}, {before.event.on}")
        failed = _failed_before(course, _day(dose))
        if failed is not None:
            yield _of_dose(plan, dose, failed, f"after the screen failure of {failed.event.on}")
    yield from _entered_in_order(plan, course, randomised)
    yield from _first_dose(plan, course)


def _is_due_before_it(plan: Plan, dose: Fact) -> bool:
    """True for what all get before they are randomised, as in a run-in."""
    event = dose.event
    assert isinstance(event, CycleStarted | Given | Taken)
    line = plan.timelines.get(event.treatment)
    return line is not None and line.before_randomisation


def _is_before(fact: Fact, other: Fact) -> bool:
    """True where a dose, a visit or a step of the study came before another: on an earlier day, or earlier on the day."""
    day, times = _day(fact), (fact.event.at, other.event.at)
    if day != other.event.on or isinstance(fact.event, Taken):
        return day < other.event.on
    return None not in times and str(times[0]) < str(times[1])


def _entered_in_order(plan: Plan, course: Course, randomised: Fact | None) -> Iterator[Deviation]:
    consent, screened = first_of(course, Consented), first_of(course, Screened)
    if consent is not None:
        said = f"done before consent, {consent.event.on}"
        yield from (
            _of_visit(plan, visit, consent, said) for visit in course.of(VisitDone) if _is_before(visit, consent)
        )
    yield from _after_screen_failure(plan, course)
    if plan.consent_again is not None:
        yield from _without_new_consent(plan, plan.consent_again, course)
    for before, what in ((consent, "consent"), (screened, "screening was passed")):
        if before is not None and randomised is not None and _is_before(randomised, before):
            said = f"randomised before {what}, {before.event.on}"
            numbers = tuple(sorted({*before.numbers, *randomised.numbers}))
            yield Deviation(Deviated.OUT_OF_ORDER, "", None, randomised.event.on, None, said, None, numbers)


def first_of(course: Course, kind: type[Consented] | type[Screened]) -> Fact | None:
    """The first consent or screening; None where the only consent may be that to a newer version of the protocol."""
    first, randomised = next(iter(course.of(kind)), None), course.dates.get("randomisation")
    again = kind is Consented and bool(course.moves)
    late = first is not None and randomised is not None and first.day > randomised.day
    return None if again and late else first


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
                yield _of_visit(plan, visit, failed, f"done after the screen failure of {failed.event.on}")


def _without_new_consent(plan: Plan, asks: Clause, course: Course) -> Iterator[Deviation]:
    """What was done of another screening before the patient consented again, where the protocol asks for that."""
    consents = course.of(Consented)
    for number, (failed, begun) in enumerate(course.screenings.repeated):
        until = course.screenings.repeated[number + 1][0] if number + 1 < len(course.screenings.repeated) else None
        again = next((each for each in consents if each.day >= failed.day and each.order > failed.order), None)
        for fact in course.of(VisitDone, Screened, Randomised):
            of_it = fact.day > failed.day and (until is None or fact.day <= until.day) and _screens(plan, fact)
            if of_it and (again is None or _is_before(fact, again)):
                before = (
                    f", {again.event.on}" if again is not None else f" after the screen failure of {failed.event.on}"
                )
                said = f"{_SAID[type(fact.event)]} before the new consent{before}"
                entry = fact.event.entries[0] if isinstance(fact.event, VisitDone) else None
                numbers = sorted({*fact.numbers, *failed.numbers, *begun.numbers, *(again.numbers if again else ())})
                name = entry.rpartition(".")[0] if entry is not None else ""
                yield Deviation(Deviated.OUT_OF_ORDER, name, entry, fact.event.on, None, said, asks, tuple(numbers))


_SAID: dict[type[Event], str] = {VisitDone: "done", Screened: "screening was passed", Randomised: "randomised"}


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


def _of_visit(plan: Plan, visit: Fact, other: Fact, said: str) -> Deviation:
    entry = visit.event.entries[0]
    name, _, _ = entry.rpartition(".")
    _, timing = _line_and_timing(plan, entry)
    clause = timing.clause if timing is not None else None
    numbers = tuple(sorted({*visit.numbers, *other.numbers}))
    return Deviation(Deviated.OUT_OF_ORDER, name, entry, visit.event.on, None, said, clause, numbers)


def _day(dose: Fact) -> date:
    return dose.event.from_ if isinstance(dose.event, Taken) else dose.event.on


def _failed_before(course: Course, day: date) -> Fact | None:
    """The screen failure that held on a day: a later screening that was passed, or a randomisation, ends it."""
    told = [fact for fact in course.of(ScreenFailed, Screened) if fact.event.on <= day]
    last = max(told, key=lambda fact: (fact.event.on, fact.number), default=None)
    return last if last is not None and isinstance(last.event, ScreenFailed) else None


def _of_dose(plan: Plan, dose: Fact, other: Fact, when: str) -> Deviation:
    event = dose.event
    assert isinstance(event, CycleStarted | Given | Taken)
    entry = None if isinstance(event, Taken) else event.entries[0]
    verb = "taken" if isinstance(event, Taken) else "started" if isinstance(event, CycleStarted) else "given"
    numbers = tuple(sorted({*dose.numbers, *other.numbers}))
    clause = _clause(plan)
    return Deviation(Deviated.OUT_OF_ORDER, event.treatment, entry, _day(dose), None, f"{verb} {when}", clause, numbers)


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
    side = "after" if off > 0 else "before"
    what = f"first dose {days(abs(off))} {side} its days, {civil_date(first)} to {civil_date(last)}"
    event = dose.event
    assert isinstance(event, CycleStarted | Given | Taken)
    numbers = tuple(sorted({*dose.numbers, *moment.numbers}))
    entry = None if isinstance(event, Taken) else event.entries[0]
    kind = Deviated.FIRST_DOSE
    yield Deviation(kind, event.treatment, entry, civil_date(day), off, what, timing.clause, numbers)


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
