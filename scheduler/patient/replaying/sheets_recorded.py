"""Samples of later days: who came for one was at the visit of that day, and nobody has to record the visit beside it."""

from __future__ import annotations

from typing import cast

from scheduler.patient.course import Course, EntryFacts
from scheduler.patient.events import NotSampled, Sampled
from scheduler.patient.log import Fact, amendments, withdrawn
from scheduler.protocol.plan.sheet import Sheet, TimePoint
from scheduler.protocol.plan.study import Plan


def has_samples(course: Course, plan: Plan) -> bool:
    """True where something was recorded, or taken back, of a sheet that the plan has."""
    return any(each.sheets for each in plan.with_earlier) and any(
        isinstance(record.event, Sampled | NotSampled) for record in course.log.records
    )


def take_sheets(course: Course, plan: Plan) -> None:
    """Take what was recorded of time points a day or more after a dose to the visits of those days.

    The first sample makes the visit done, unless somebody recorded the visit itself. Where every time point of a visit was
    recorded as not taken, the visit was not done.
    """
    if not has_samples(course, plan):
        return
    by_visit: dict[str, list[Fact]] = {}
    for fact in course.of(Sampled, NotSampled):
        entry = visit_of(course, plan, _event(fact))
        if entry is not None:
            by_visit.setdefault(entry, []).append(fact)
    for entry, facts in by_visit.items():
        _take(course, plan, entry, facts)
    if amendments(course.log):
        _take_back(course, plan)


def _take_back(course: Course, plan: Plan) -> None:
    """Remember at the visits what was said of their samples and was corrected or struck."""
    said = [(_event(fact), fact.numbers[1:]) for fact in course.of(Sampled, NotSampled) if len(fact.numbers) > 1]
    said += [(gone.event, gone.by) for gone in withdrawn(course.log) if isinstance(gone.event, Sampled | NotSampled)]
    for event, by in said:
        entry = visit_of(course, plan, event)
        if entry is not None:
            told = course.entries.setdefault(entry, EntryFacts())
            told.withdrawn = (*told.withdrawn, *by)


def _take(course: Course, plan: Plan, entry: str, facts: list[Fact]) -> None:
    told = course.entries.setdefault(entry, EntryFacts())
    if told.done is not None or told.not_done is not None:
        return
    sheet = sheet_of(course, plan, _event(facts[0]))
    taken = [fact for fact in facts if isinstance(fact.event, Sampled)]
    if taken:
        told.done = taken[0]
    elif sheet is not None and len(facts) >= len(_points_with(sheet, facts[0])):
        told.not_done = facts[-1]
    else:
        return
    name, number = entry.split(".")[:2]
    course.highest[name] = max(int(number), course.highest.get(name, 0))


def _event(fact: Fact) -> Sampled | NotSampled:
    return cast("Sampled | NotSampled", fact.event)


def _points_with(sheet: Sheet, fact: Fact) -> tuple[TimePoint, ...]:
    """The time points of the same visit."""
    point = sheet.point(_event(fact).point)
    return () if point is None else sheet.on_day(point.days_later)


def sheet_of(course: Course, plan: Plan, event: Sampled | NotSampled) -> Sheet | None:
    """The sheet that a record is about, as the version has it under which the dose was given; None where there is none."""
    for earlier in plan.earlier:
        sheet = _named(earlier.plan, event.sheet)
        given = course.about(f"{sheet.follows.timeline}.{event.n}").done if sheet is not None else None
        if given is not None and given.day < earlier.until:
            return sheet
    return _named(plan, event.sheet)


def _named(plan: Plan, name: str) -> Sheet | None:
    return next((sheet for sheet in plan.sheets if sheet.name == name), None)


def visit_of(course: Course, plan: Plan, event: Sampled | NotSampled) -> str | None:
    """The visit of a later day that a time point belongs to; None for one of the day of the dose."""
    sheet = sheet_of(course, plan, event)
    point = sheet.point(event.point) if sheet is not None else None
    if sheet is None or point is None or not point.days_later or event.sheet not in plan.timelines:
        return None
    return sheet.visit(event.n, sheet.day_of(event.day), point.days_later)
