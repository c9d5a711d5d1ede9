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
from scheduler.said import COMMAS, WEEKDAY, Code, Day, Said, Value, counted, listed, said, said_as

_HAPPENING = (PLANNED, DONE)
_COMMA_OR = said_as("between the members of a list", ", or ")


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
    missed = dict.fromkeys(str(civil_date(fact.day)) for fact in attempts)
    message = counted(
        "{treatment} is {n} fraction behind, missed on {missed}; it ends on {last}",
        "{treatment} is {n} fractions behind, missed on {missed}; it ends on {last}",
        behind,
        treatment=Code(line.name),
        missed=listed(*map(Code, missed), how=COMMAS),
        last=Code(_ends(coming)),
    )
    ways = [*_more_on_a_day(ev, line, coming, how), *_at_weekends(ev, coming, how)]
    hint = (
        said("a physician decides: {ways}", ways=listed(*ways, how=_COMMA_OR))
        if ways
        else said("the protocol has no other day left to make it up")
    )
    numbers = tuple(sorted({number for fact in attempts for number in fact.numbers}))
    yield Finding.of("fraction-to-make-up", Severity.WARNING, message, hint, None, coming[0].id, numbers)


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


def _more_on_a_day(ev: Evaluation, line: Timeline, coming: list[Placement], how: MadeUp) -> Iterator[Said]:
    """The next day that has as many as usual takes the first of the day after it."""
    if how.a_day <= line.a_day:
        return
    for each, following in pairwise(coming):
        if each.day is not None and following.day is not None and following.day > each.day:
            about: dict[str, Value] = {
                "entry": Code(following.id),
                "day": Code(f"{civil_date(each.day)}"),
                "hours": how.hours_apart,
                "before": Code(each.id),
            }
            if how.a_day == 2:
                yield said(
                    "book {entry} on {day} as the second of that day, at least {hours} hours after {before}", **about
                )
            else:
                yield said(
                    "book {entry} on {day} as the third of that day, at least {hours} hours after {before}", **about
                )
            return


def _at_weekends(ev: Evaluation, coming: list[Placement], how: MadeUp) -> Iterator[Said]:
    """The first such day before which a fraction is left: it takes the next one after it."""
    first = coming[0].day or 0
    for name in how.weekdays:
        day = next(each for each in range(first, first + 8) if weekday_name(each) == name)
        following = next((each for each in coming if each.day is not None and each.day > day), None)
        if following is not None and not any(each.day == day for each in coming):
            yield said(
                "book {entry} on {weekday} {day}",
                entry=Code(following.id),
                weekday=Day(civil_date(day), WEEKDAY),
                day=Code(f"{civil_date(day)}"),
            )
