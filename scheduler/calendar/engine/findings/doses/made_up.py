"""Fractions that were missed and may be made up: how many a course is behind, and on which days the protocol allows more.

Nothing is planned here. The days are shown, and a physician books one of them or does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import DONE, PLANNED, Placement
from scheduler.calendar.engine.moments.fractions_of_a_day import attempts_of
from scheduler.dates import civil_date, weekday_name
from scheduler.findings import Finding, Severity
from scheduler.patient.log import Fact
from scheduler.protocol.plan.limits import MadeUp
from scheduler.protocol.plan.study import Timeline

_HAPPENING = (PLANNED, DONE)


def fractions_to_make_up(ev: Evaluation, line: Timeline, put: list[Placement]) -> Iterator[Finding]:
    """A warning at the next fraction while the course is behind, with the days on which one more may be given."""
    how, attempts = line.made_up, attempts_of(ev, line)
    given = [each for each in put if each.standing is DONE]
    coming = [each for each in put if each.standing is PLANNED]
    if how is None or not attempts or not given or not coming or ev.stop(line) is not None:
        return
    behind = _due(ev, line, put, attempts) - len(given) - _booked_beside(ev, line, given, coming)
    if behind <= 0:
        return
    missed = ", ".join(dict.fromkeys(str(civil_date(fact.day)) for fact in attempts))
    what = "1 fraction" if behind == 1 else f"{behind} fractions"
    message = f"{line.name} is {what} behind, missed on {missed}; it ends on {_ends(coming)}"
    ways = [*_more_on_a_day(ev, line, coming, how), *_at_weekends(ev, coming, how)]
    hint = f"a physician decides: {', or '.join(ways)}" if ways else "the protocol has no other day left to make it up"
    numbers = tuple(sorted({number for fact in attempts for number in fact.numbers}))
    yield Finding("fraction-to-make-up", Severity.WARNING, message, hint, None, coming[0].id, numbers)


def _due(ev: Evaluation, line: Timeline, put: list[Placement], attempts: list[Fact]) -> int:
    """How many fractions the open days from the first to the last record have; of the last day, as many as it is recorded for."""
    given = [each.day for each in put if each.standing is DONE and each.day is not None]
    failed = [fact.day for fact in attempts]
    first, last = min(given), max(*given, *failed)
    days = ev.site.open_days(line.resource)
    whole = sum(line.a_day for day in range(min(first, *failed), last) if days.is_open(day))
    on_the_last = given.count(last) + failed.count(last)
    return whole + (min(line.a_day, on_the_last) if days.is_open(last) else 0)


def _booked_beside(ev: Evaluation, line: Timeline, given: list[Placement], coming: list[Placement]) -> int:
    """Appointments that make one up: more on a day than it usually has, or on a day that is closed otherwise."""
    days = ev.site.open_days(line.resource)
    so_far = Counter(each.day for each in given)
    to_come = Counter(each.day for each in coming if each.day is not None)
    usual = {day: line.a_day if days.is_open(day) else 0 for day in to_come}
    return sum(min(n, max(0, so_far[day] + n - usual[day])) for day, n in to_come.items())


def _ends(coming: list[Placement]) -> str:
    return str(civil_date(max(each.day or 0 for each in coming)))


def _more_on_a_day(ev: Evaluation, line: Timeline, coming: list[Placement], how: MadeUp) -> Iterator[str]:
    """The next day that has as many as usual takes the first of the day after it."""
    if how.a_day <= line.a_day:
        return
    for each, following in pairwise(coming):
        if each.day is not None and following.day is not None and following.day > each.day:
            which = "second" if how.a_day == 2 else "third"
            yield (
                f"book {following.id} on {civil_date(each.day)} as the {which} of that day, "
                f"at least {how.hours_apart} hours after {each.id}"
            )
            return


def _at_weekends(ev: Evaluation, coming: list[Placement], how: MadeUp) -> Iterator[str]:
    """The first such day before which a fraction is left: it takes the next one after it."""
    first = coming[0].day or 0
    for name in how.weekdays:
        day = next(each for each in range(first, first + 8) if weekday_name(each) == name)
        following = next((each for each in coming if each.day is not None and each.day > day), None)
        if following is not None and not any(each.day == day for each in coming):
            yield f"book {following.id} on {name} {civil_date(day)}"
