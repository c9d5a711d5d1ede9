"""Consent: which one a visit or a step of the study should have waited for, and what may come before it as routine care."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.patient.course import Course
from scheduler.patient.events import Consented, Screened, Taken, VisitDone
from scheduler.patient.log import Fact
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.study import Plan, Timeline


@dataclass(frozen=True, slots=True)
class NewConsent:
    """The consent that another screening should begin with, where the protocol asks for one.

    ``failed`` ended the screening before, ``begun`` is the first of this one, ``until`` the failure that ended it, if any.
    ``consent`` is None where nobody recorded one.
    """

    failed: Fact
    begun: Fact
    until: Fact | None
    consent: Fact | None

    def comes_too_late_for(self, fact: Fact) -> bool:
        """True where something of this screening was done without it, or before it."""
        of_it = fact.day > self.failed.day and (self.until is None or fact.day <= self.until.day)
        return of_it and (self.consent is None or is_before(fact, self.consent))


def is_before(fact: Fact, other: Fact) -> bool:
    """True where a dose, a visit or a step of the study came before another: on an earlier day, or earlier on the day."""
    event = fact.event
    day, times = event.from_ if isinstance(event, Taken) else event.on, (event.at, other.event.at)
    if day != other.event.on or isinstance(event, Taken):
        return day < other.event.on
    return None not in times and str(times[0]) < str(times[1])


def first_of(course: Course, kind: type[Consented] | type[Screened]) -> Fact | None:
    """The first consent or screening; None where the only consent may be that to a newer version of the protocol."""
    first, randomised = next(iter(course.of(kind)), None), course.dates.get("randomisation")
    again = kind is Consented and bool(course.moves)
    late = first is not None and randomised is not None and first.day > randomised.day
    return None if again and late else first


def new_consents(course: Course) -> Iterator[NewConsent]:
    """The consents that each screening after a failed one should begin with, in their order."""
    consents, repeated = course.of(Consented), course.screenings.repeated
    for number, (failed, begun) in enumerate(repeated):
        until = repeated[number + 1][0] if number + 1 < len(repeated) else None
        again = next((each for each in consents if each.day >= failed.day and each.order > failed.order), None)
        yield NewConsent(failed, begun, until, again)


def missed_consent(plan: Plan, course: Course, visit: Fact) -> tuple[Fact, ...]:
    """The consent that a visit came before; the screen failure before it, where the new consent is missing; else nothing."""
    first = first_of(course, Consented)
    if first is not None and is_before(visit, first):
        return (first,)
    again = new_consents(course) if plan.consent_again is not None else ()
    for new in again:
        if new.comes_too_late_for(visit):
            return (new.failed, new.begun, *((new.consent,) if new.consent is not None else ()))
    return ()


def routine_care(line: Timeline, n: int) -> Clause | None:
    """The sentence by which the n-th of these visits may have been done before consent; None where it may not."""
    timing = line.numbered.get(line.first_number) if line.screens else line.timing(n)
    return line.before_consent if timing is not None and timing.comes_first else None


def routine_care_of(plan: Plan, fact: Fact) -> Clause | None:
    """The sentence of the version of its day by which a visit may have been done before consent; None where it may not."""
    if not isinstance(fact.event, VisitDone):
        return None
    of_its_day = next((each.plan for each in plan.earlier if fact.day < each.until), plan)
    name, _, number = fact.event.entries[0].rpartition(".")
    line = of_its_day.timelines.get(name)
    return routine_care(line, int(number)) if line is not None and number.isdigit() else None
