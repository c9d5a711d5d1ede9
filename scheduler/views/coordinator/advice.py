"""What planners ask before the first patient comes, as lists: on which weekday to start, what can go wrong, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from scheduler.calendar.advice.planned_starts import NO_DAY_TAKEN, NO_OPEN_DAY, Start
from scheduler.calendar.advice.start_survey import Survey
from scheduler.dates import MONDAY_TO_SUNDAY, MONTHS
from scheduler.views.table import Cell, Table

_COLUMNS = (
    "arm",
    "starts",
    "visits",
    "on a closed day",
    "per cent",
    "outside a window",
    "longest gap",
)


def table_by_weekday(surveys: Iterable[Survey]) -> Table:
    """For each arm and weekday of the start: visits whose ideal day is closed, patients outside a window, longest gap."""
    return _by("weekday of the start", surveys, lambda start: start.day.weekday(), MONDAY_TO_SUNDAY)


def table_by_month(surveys: Iterable[Survey]) -> Table:
    """The same for each month of the start."""
    return _by("month of the start", surveys, lambda start: start.day.month - 1, MONTHS)


def _by(what: str, surveys: Iterable[Survey], group: Callable[[Start], int], names: Iterable[str]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for survey in surveys:
        for number, name in enumerate(names):
            starts = [start for start in survey.starts if group(start) == number]
            if starts:
                rows.append((name, survey.plan.arm, *_counts(starts)))
    return Table(f"By {what}", (what, *_COLUMNS), tuple(rows))


def _counts(starts: list[Start]) -> tuple[Cell, ...]:
    visits, closed = sum(start.visits for start in starts), sum(start.closed for start in starts)
    gaps = [start.gap.days for start in starts if start.gap is not None]
    return (len(starts), visits, closed, _per_cent(closed, visits), _without_a_day(starts), max(gaps, default=None))


def _per_cent(part: int, whole: int) -> Decimal | None:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1")) if whole else None


def _without_a_day(starts: list[Start]) -> int:
    return sum(any(trouble.code in (NO_OPEN_DAY, NO_DAY_TAKEN) for trouble in start.troubles) for start in starts)


def best_weekdays(survey: Survey) -> tuple[str, ...]:
    """The weekdays to start on, the best first: fewest patients with a visit outside its window, then fewest closed days."""
    groups: dict[int, list[Start]] = {}
    for start in survey.starts:
        groups.setdefault(start.day.weekday(), []).append(start)

    def badness(weekday: int) -> tuple[Decimal, Decimal]:
        starts = groups[weekday]
        share = Decimal(_without_a_day(starts)) / len(starts)
        visits = sum(start.visits for start in starts)
        return share, Decimal(sum(start.closed for start in starts)) / max(visits, 1)

    # A weekend day that is worked once a year is no day to plan for.
    usual = [weekday for weekday, starts in groups.items() if 4 * len(starts) * len(groups) >= len(survey.starts)]
    return tuple(MONDAY_TO_SUNDAY[weekday] for weekday in sorted(usual, key=lambda each: (badness(each), each)))


def table_of_counter_examples(surveys: Iterable[Survey]) -> Table:
    """What goes wrong by the plan alone, with the earliest start day for which it does."""
    rows = tuple(
        (
            survey.plan.arm,
            each.trouble.code,
            each.trouble.clause.line if each.trouble.clause else None,
            each.trouble.entry,
            each.start,
            f"{each.starts} of {len(survey.starts)}" if not each.always else "every one",
            each.trouble.message,
        )
        for survey in surveys
        for each in survey.counter_examples()
    )
    columns = ("arm", "what", "line", "smallest example", "start", "start days", "there")
    return Table("What goes wrong by the plan alone", columns, rows)


def table_of_gaps(surveys: Iterable[Survey]) -> Table:
    """The longest time without an attendance in each arm."""
    found = ((survey, survey.longest_gap()) for survey in surveys)
    rows = tuple(
        (survey.plan.arm, gap.days, gap.before, gap.after, day)
        for survey, longest in found
        if longest is not None
        for day, gap in (longest,)
    )
    return Table("Longest time without contact", ("arm", "days", "from", "to", "start"), rows)


def table_of_unreached(surveys: Iterable[Survey]) -> Table:
    """Sentences that no planned patient comes to."""
    rows = tuple(
        (survey.plan.arm, name, clause.line, clause.text) for survey in surveys for name, clause in survey.unreached()
    )
    return Table("Sentences that no planned patient comes to", ("arm", "timeline", "line", "sentence"), rows)


def how_it_was_looked_at(survey: Survey) -> str:
    """What was tried and what was not, in a sentence."""
    tried = f"{survey.plan.arm}: a patient planned for each of the {len(survey.starts)} possible start days"
    span = f"({survey.how.words}) among the {survey.days} days from {survey.first} to {survey.last}; none left out"
    counted = (
        f"; visits after {survey.counted_to} are not counted, because holidays are not published"
        if survey.counted_to
        else ""
    )
    best = best_weekdays(survey)
    return f"{tried} {span}{counted}." + (f" Best weekdays to start: {', '.join(best)}." if best else "")
