"""The first dose of anything, and other dates that the protocol plans until they are recorded."""

from __future__ import annotations

from typing import Any, cast

from scheduler.calendar.engine.evaluation.answers import Answer, known, pending
from scheduler.calendar.engine.evaluation.ended_early import end_of_treatment_line, recorded_end
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.entries.because import Unknown
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import Timeline
from scheduler.said import said


def planned_date(ev: Evaluation, line: Timeline) -> Answer:
    """A date that is planned until it is recorded: it has no entry, so its reasons are passed on.

    Randomisation after what all get first does not come any more where treatment has ended before it.
    """
    found = as_planned(ev, line)
    if line is ev.plan.dates.get("randomisation") and (ends := ends_before_randomisation(ev)):
        return Answer(None, ev.events(*ends), (*found.reasons, *found.looked), latest_of(*ends), never=True)
    return found


def as_planned(ev: Evaluation, line: Timeline) -> Answer:
    """The day that the protocol plans, whether or not it still comes."""
    placement = ev.place(line, 1)
    reasons = tuple(placement.set_by)
    if placement.day is None:
        return pending(reasons, placement.latest)
    return Answer(placement.day, reasons, tuple(placement.looked), placement.latest)


def ends_before_randomisation(ev: Evaluation) -> tuple[Fact, ...]:
    """What ended all treatment in a run-in or induction, so that nobody is randomised; nothing once somebody is."""
    course = ev.course
    if "randomisation" in course.dates or not any(each.before_randomisation for each in ev.plan.treatments()):
        return ()
    end = recorded_end(course)
    facts = (*(end.facts if end is not None else ()), *course.withdrew, course.death)
    return tuple(fact for fact in facts if fact is not None)


def first_dose(ev: Evaluation) -> Answer:
    """The first dose of anything: the earliest recorded, else as planned, else projected by the protocol."""
    course = ev.course
    taken_back = course.dates_taken_back.get("first dose", ())
    looked = tuple(ev.event(number) for number in taken_back)
    latest = max(taken_back, default=0)
    if course.first_dose is not None and course.first_day is not None:
        fact = course.first_dose
        first = known(course.first_day, ev.events(fact), latest_of(fact), actual=True)
    elif course.first_dose_planned is not None:
        fact = course.first_dose_planned
        day = (cast(Any, fact.event).to or fact.event.on).toordinal()
        first = known(day, ev.events(fact), latest_of(fact))
    elif "first dose" in ev.plan.dates:
        first = planned_date(ev, ev.plan.dates["first dose"])
    else:
        first = pending((Unknown(said("the date of the first dose")),))
    first = _unless_it_never_came(ev, first)
    if not looked:
        return first
    return first._replace(looked=(*first.looked, *looked), latest=max(first.latest, latest))


def _unless_it_never_came(ev: Evaluation, first: Answer) -> Answer:
    """No first dose where all treatment ended before its day, or before anybody gave what was recorded as not done."""
    lines = tuple(line for line in ev.plan.treatments() if line.name not in ev.plan.not_first)
    if ev.course.first_dose is not None or not lines:
        return first
    ends: list[Fact] = []
    for line in lines:
        stop = end_of_treatment_line(ev.course, line.name)
        omitted = ev.course.about(f"{line.name}.{line.first_number}").not_done
        if stop is None or (first.day is not None and first.day < stop.day and omitted is None):
            return first
        ends += [stop.fact, *([omitted] if omitted is not None else [])]
    facts = tuple(dict.fromkeys(ends))
    return Answer(None, ev.events(*facts), (*first.reasons, *first.looked), latest_of(*facts), never=True)
