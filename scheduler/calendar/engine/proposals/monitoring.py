"""Extra tests that a rule calls for: entries of the calendar made by the event, ``monitoring.{event number}.{n}``.

They are there once the action that asks for them was decided on, and from the event on where the protocol itself says to go on
unchanged: then no dose waits for anybody. Each counts from the one before as it was done; the first from the event. They end with
the first measurement that is as good as the rule asks. While none is, the next four are planned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from scheduler.calendar.engine.evaluation.ended_early import Stop, stop_of_visits
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.placing.cancelled.cancelling import transfers_of
from scheduler.calendar.engine.placing.choosing import choose_day
from scheduler.calendar.engine.proposals.raised import Read
from scheduler.calendar.entries.because import Because, Reason, distinct, highest
from scheduler.calendar.entries.entry import Entry, Kind, Status
from scheduler.dates import Day, add_span
from scheduler.identity import each_once
from scheduler.patient.dose_rules.facts.names import test_key
from scheduler.patient.dose_rules.facts.recovery import is_recovered
from scheduler.patient.dose_rules.facts.values import Measurement
from scheduler.patient.dose_rules.so_far.history import History
from scheduler.patient.dose_rules.so_far.reading import Unmet
from scheduler.patient.dose_rules.so_far.rows import asks_for_tests
from scheduler.patient.log import Fact
from scheduler.protocol.plan.actions import Action, Strictness
from scheduler.protocol.plan.rules import Rule, values_in
from scheduler.protocol.plan.study import IfClosed
from scheduler.vocabulary import TESTS

AHEAD = 4
"""How many are planned ahead while no measurement is good enough."""

NEAR = 3
"""How many days a planned one may lie from its day where the clinic is closed; the earlier open day is taken."""

TIMELINE = "monitoring"


class _Series(NamedTuple):
    """One series of extra tests: from which day they count, what asks for them, and what that rests on.

    ``before`` is the first day of the series that takes this one's place.
    """

    number: int
    start: Day
    rule: Rule
    action: Action
    asked_by: tuple[Fact, ...]
    rests_on: tuple[Fact, ...]
    tests: tuple[str, ...]
    before: Day | None = None


def monitoring_of(ev: Evaluation, history: History, read: Iterable[Read], unmet: Iterable[Unmet]) -> Iterator[Entry]:
    """The entries of all series. One event has one series, and a later series of the same tests takes the place of an earlier."""
    by_series: dict[int, _Series] = {}
    others = [(missed.day, missed.facts) for missed in unmet if missed.for_tests]
    for each in read:
        series = _series(each)
        if series is not None:
            by_series.setdefault(series.number, series)
        elif asks_for_tests(each.reading.rule):
            others.append((each.reading.day, (*each.reading.facts, *each.answered_by)))
    for series in by_series.values():
        later = [other for other in by_series.values() if _takes_over(other, series)]
        more = (*(fact for other in later for fact in other.rests_on), *_might_take_over(series, others))
        start = min((other.start for other in later), default=None)
        yield from _entries(ev, history, series._replace(before=start, rests_on=(*series.rests_on, *more)))


def _might_take_over(series: _Series, others: Iterable[tuple[Day, tuple[Fact, ...]]]) -> Iterator[Fact]:
    """The facts but for which a later series would have taken this one's place."""
    for day, facts in others:
        if day > series.start:
            yield from facts


def _takes_over(later: _Series, series: _Series) -> bool:
    return later.start > series.start and not set(later.tests).isdisjoint(series.tests)


def _series(each: Read) -> _Series | None:
    reading = each.reading
    if not reading.has_come:
        return None
    lead = each.options[0].action
    if each.answer is not None:
        named = each.answer.action
        # A continuing treatment keeps its tests, whatever is decided about others; a decision on it may do without.
        action = lead if named is None and lead.strictness is Strictness.CONTINUE else named
        answered = each.answer.facts
    else:
        action = lead if lead.strictness is Strictness.CONTINUE else None
        answered = ()
    if action is None or not action.monitor or action.monitor_every is None:
        return None
    asked_by = (reading.trigger, *answered)
    rests_on = (*reading.facts, *each.answered_by)
    tests = _tests_of(reading.rule, action)
    return _Series(reading.trigger.number, reading.day, reading.rule, action, asked_by, rests_on, tests)


def _entries(ev: Evaluation, history: History, series: _Series) -> Iterator[Entry]:
    measured = _days_measured(history, series)
    every = series.action.monitor_every
    assert every is not None
    at_least = series.action.monitor_at_least
    earliest_end = add_span(series.start, at_least) if at_least is not None else series.start
    day, reasons, n = series.start, series.asked_by, 0
    for measured_on, facts, is_good in measured:
        n += 1
        yield _done(ev, series, n, measured_on, facts)
        day, reasons = measured_on, (*series.asked_by, *facts)
        if is_good and measured_on >= earliest_end:
            return
    over, stop = _over(history, series), stop_of_visits(ev.course)
    good = measured[-1][2] if measured else False
    for step in range(1, AHEAD + 1):
        ideal = add_span(day, every, step)
        if series.before is not None or (over is not None and ideal > over) or (good and ideal > earliest_end):
            return
        yield _planned(ev, series, n + step, ideal, reasons, stop)


def _days_measured(history: History, series: _Series) -> list[tuple[Day, tuple[Fact, ...], bool]]:
    """The days after the event on which one of its tests was measured, and whether all were good enough by then."""
    tests = series.tests
    by_day: dict[Day, list[Measurement]] = {}
    for test in tests:
        for measured in history.values.by_test.get(test, ()):
            if series.start < measured.day <= (series.before or measured.day):
                by_day.setdefault(measured.day, []).append(measured)
    days: list[tuple[Day, tuple[Fact, ...], bool]] = []
    for day in sorted(by_day):
        facts = tuple(measured.fact for measured in sorted(by_day[day], key=lambda each: each.place))
        place = max(measured.place for measured in by_day[day])
        good = all(_is_good(history, series, test, place) for test in tests)
        days.append((day, facts, good))
        last_needed = series.action.monitor_at_least
        if good and (last_needed is None or day >= add_span(series.start, last_needed)):
            break
    return days


def _tests_of(rule: Rule, action: Action) -> tuple[str, ...]:
    """The tests that a series looks at: those of the rule; where it has none, those that the action names."""
    of_rule = [
        test_key(test)
        for condition in rule.conditions
        for value in values_in(condition)
        if not value.at_baseline
        for test in value.tests
    ]
    return tuple(dict.fromkeys(of_rule)) or _named(action.monitor)


def _named(words: tuple[str, ...]) -> tuple[str, ...]:
    found = [test for test in TESTS if any(each.casefold() in test.casefold() for each in words)]
    return tuple(dict.fromkeys(test_key(test) for test in (*words, *found)))


def _is_good(history: History, series: _Series, test: str, place: int) -> bool:
    """True when the last value of a test is what the rule asks for; one that was never measured has nothing to recover from."""
    recovery = series.action.monitor_recovery
    last = history.values.before(test, place + 1)
    return last is None or recovery is None or is_recovered(history.values, last, recovery)


def _over(history: History, series: _Series) -> Day | None:
    """The day on which the adverse event itself, where the rule is about one, was what the tests wait for."""
    recovery = series.action.monitor_recovery
    for steps in history.grades(series.rule.related_to, series.rule.attributed).values():
        at = next((at for at, step in enumerate(steps) if step.fact.number == series.number), None)
        if at is not None and recovery is not None and recovery.grade is not None:
            return next((step.day for step in steps[at + 1 :] if step.grade <= recovery.grade), None)
    return None


def _done(ev: Evaluation, series: _Series, n: int, day: Day, facts: tuple[Fact, ...]) -> Entry:
    set_by: tuple[Reason, ...] = (series.rule.clause, *ev.events(*facts))
    return _entry(series, n, day, day, Status.DONE, set_by, _looked_at(ev, series, n, set_by))


def _planned(ev: Evaluation, series: _Series, n: int, ideal: Day, facts: tuple[Fact, ...], stop: Stop | None) -> Entry:
    """One that is still to come; cancelled where nobody comes any more: after a death, or a withdrawal from visits."""
    choice = choose_day(ev.site.open_days("clinic"), ideal, ideal - NEAR, ideal + NEAR, IfClosed.EARLIER)
    set_by: tuple[Reason, ...] = (series.rule.clause, *ev.events(*each_once(facts)))
    if choice.closed is not None:
        set_by = (*set_by, choice.closed)
    day, status = choice.day if choice.day is not None else ideal, Status.PLANNED
    looked = _looked_at(ev, series, n, set_by)
    found_again = (fact for away in ev.course.away if away.end is not None for fact in away.facts)
    looked = distinct((*looked, *ev.events(*found_again, *transfers_of(ev))), set_by)
    if stop is not None and day >= stop.day:
        set_by, looked, status = ev.events(stop.fact), (*set_by, *looked), Status.CANCELLED
    return _entry(series, n, ideal, day, status, set_by, looked)


def _looked_at(ev: Evaluation, series: _Series, n: int, set_by: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The one before, which this one has its number after; of the first, what the series rests on and what was taken back."""
    if n > 1:
        return (ev.after(f"{TIMELINE}.{series.number}.{n - 1}"),)
    gone = dict.fromkeys(number for taken_back in ev.course.taken_back for number in taken_back.by)
    facts = (*series.rests_on, *([ev.course.first_dose] if ev.course.first_dose is not None else []))
    return distinct((*ev.events(*facts), *(ev.event(number) for number in gone)), set_by)


def _entry(
    series: _Series,
    n: int,
    ideal: Day,
    day: Day,
    status: Status,
    set_by: tuple[Reason, ...],
    looked: tuple[Reason, ...],
) -> Entry:
    tests = " and ".join(series.action.monitor)
    return Entry(
        id=f"{TIMELINE}.{series.number}.{n}",
        timeline=TIMELINE,
        n=n,
        kind=Kind.LABORATORY,
        title=f"{tests[:1].upper()}{tests[1:]}, extra",
        ideal=date.fromordinal(ideal),
        window=None,
        date=date.fromordinal(day),
        time=None,
        status=status,
        doses=(),
        activities=series.action.monitor,
        flags=(),
        because=Because(distinct(set_by), looked, highest((*set_by, *looked), 0)),
        resource="clinic",
    )
