"""Stretches of time that the study counts in: adverse events are collected from first dose to 90 days after immunotherapy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scheduler.calendar.engine.evaluation.answers import Answer
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.engine.moments.answering import edge_answer, nominal
from scheduler.calendar.entries.because import Because, Reason, Step, highest
from scheduler.calendar.entries.entry import Entry, Flag, Kind, Pending, Status
from scheduler.dates import Day
from scheduler.patient.events import Withdrew
from scheduler.protocol.plan.study import Period
from scheduler.protocol.plan.times.timing import Timing


def periods_of(ev: Evaluation) -> tuple[list[Entry], list[Pending]]:
    """The periods with a known beginning, and those whose beginning or end is not known yet."""
    entries: list[Entry] = []
    waiting: list[Pending] = []
    for period in ev.plan.periods:
        start, end = bound_of(ev, period.start), _close(ev, bound_of(ev, period.end))
        if start.never:
            entries.append(_entry(ev, period, start, start))
            continue
        if start.day is not None:
            entries.append(_entry(ev, period, start, _with_what_could_close(ev, end)))
        if start.day is None or end.day is None:
            waiting.append(_pending(ev, period, start, end))
    return entries, waiting


def bound_of(ev: Evaluation, timing: Timing) -> Answer:
    """Where a period begins or ends: the latest of its sentence and all its waits, but not after what ends it earlier."""
    line = next(iter(ev.plan.timelines.values()))
    rule = nominal(ev, line, timing, 0)
    if rule.never:
        return rule
    answers = [rule, *(edge_answer(ev, edge, line, 0) for edge in timing.not_before)]
    if len(answers) == 1 and not timing.not_after:
        return Answer(rule.day, (timing.clause, *rule.reasons), rule.looked, rule.latest, rule.actual)
    open_ones = [each for each in answers if each.day is None]
    latest = max(each.latest for each in answers)
    if open_ones:
        reasons = tuple(reason for each in open_ones for reason in each.reasons)
        bound = Answer(None, (timing.clause, *reasons), tuple(each for one in answers for each in one.looked), latest)
    else:
        last = max(answers, key=lambda each: each.day or 0)
        others = tuple(reason for each in answers if each is not last for reason in each.reasons)
        looked = (*others, *(reason for each in answers for reason in each.looked))
        bound = Answer(last.day, (timing.clause, *last.reasons), looked, latest, last.actual)
    for edge in timing.not_after:
        bound = _not_after(timing, bound, edge_answer(ev, edge, line, 0))
    return bound


def counted_time(ev: Evaluation, period: Period) -> tuple[Answer, Answer]:
    """Where it begins and ends by its sentences alone, whatever ends it earlier in this patient: progression, death."""
    return bound_of(ev, period.start), bound_of(ev, replace(period.end, not_after=()))


def _with_what_could_close(ev: Evaluation, end: Answer) -> Answer:
    """A struck death or withdrawal would have closed the period; doses that nobody could give would have moved its end."""
    struck = tuple(ev.event(number) for gone in ev.course.taken_back for number in gone.by)
    away = ev.events(*(fact for absence in ev.course.away for fact in absence.facts))
    return end._replace(looked=(*end.looked, *struck, *away), latest=highest((*struck, *away), end.latest))


def _not_after(timing: Timing, bound: Answer, ceiling: Answer) -> Answer:
    """The earlier of an end and what would end it sooner, such as progression. Until that is known, nothing is cut."""
    latest = max(bound.latest, ceiling.latest)
    if ceiling.day is None or (bound.day is not None and bound.day <= ceiling.day):
        return bound._replace(looked=(*bound.looked, *ceiling.reasons, *ceiling.looked), latest=latest)
    looked = (*bound.reasons, *bound.looked, *ceiling.looked)
    return Answer(ceiling.day, (timing.clause, *ceiling.reasons), looked, latest, ceiling.actual)


def _close(ev: Evaluation, end: Answer) -> Answer:
    """Death and withdrawal from everything close a period that is still open."""
    facts = [fact for fact in ev.course.withdrew if isinstance(fact.event, Withdrew) and fact.event.from_ == "all"]
    if ev.course.death is not None:
        facts.append(ev.course.death)
    for fact in sorted(facts, key=lambda fact: fact.event.on):
        day = fact.day
        if end.day is None or day < end.day:
            return Answer(day, ev.events(fact), end.reasons, max(end.latest, latest_of(fact)), True)
    return end


def _entry(ev: Evaluation, period: Period, start: Answer, end: Answer) -> Entry:
    """A period that never begins, or is over before, is cancelled: that of a patient who died before the first dose."""
    first = _date(start.day) if start.day is not None else None
    cancelled = start.never or (end.day is not None and end.day < (start.day or 0))
    return Entry(
        id=f"{period.name}.1",
        timeline=period.name,
        n=1,
        kind=Kind.PERIOD,
        title=period.title,
        ideal=None,
        window=(first, _date(end.day)) if first is not None and end.day is not None and not cancelled else None,
        date=first,
        time=None,
        status=Status.CANCELLED if cancelled else Status.PLANNED,
        doses=(),
        activities=(),
        flags=() if end.day is not None or cancelled else (Flag.OPEN_END,),
        because=ev.because(*_because(ev, period, start, end)),
    )


def _pending(ev: Evaluation, period: Period, start: Answer, end: Answer) -> Pending:
    rule = period.end.clause.text if start.day is not None else period.start.clause.text
    return Pending(f"{period.name}.1", period.name, Kind.PERIOD, period.title, rule, _because(ev, period, start, end))


def _because(ev: Evaluation, period: Period, start: Answer, end: Answer) -> Because:
    set_by: tuple[Reason, ...] = tuple(dict.fromkeys((*start.reasons, *end.reasons)))
    looked = tuple(dict.fromkeys((*start.looked, *end.looked)))
    return Because(set_by, looked, max(start.latest, end.latest), _steps(ev, period))


def _steps(ev: Evaluation, period: Period) -> tuple[Step, ...]:
    """The days that its beginning and its end were counted to."""
    line = next(iter(ev.plan.timelines.values()))
    steps: list[Step] = []
    for timing in (period.start, period.end):
        asked = [(timing.moment, nominal(ev, line, timing, 0), "")]
        asked += [(edge.moment, edge_answer(ev, edge, line, 0), "") for edge in timing.not_before]
        asked += [(edge.moment, edge_answer(ev, edge, line, 0), edge.words) for edge in timing.not_after]
        for moment, found, ceiling in asked:
            if found.day is not None:
                steps.append(Step(moment, found.reasons, found.counted, found.day, ceiling))
    return tuple(steps)


def _date(day: Day | None) -> date:
    return date.fromordinal(day or 1)
