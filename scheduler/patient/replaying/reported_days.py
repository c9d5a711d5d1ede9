"""Days of tablets as they were reported: which were taken, by the last report about each, and when the first dose was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.dates import Day
from scheduler.patient.course import Course, Report


def take_reported_days(course: Course) -> None:
    """Arrange the days that were reported as taken, and let the first of them be the first dose where nothing was earlier."""
    for treatment, reports in course.reports.items():
        taken = _taken(reports)
        if not taken:
            continue
        course.taken[treatment] = taken
        if treatment in course.not_first:
            continue
        if course.first_day is None or taken[0][0] < course.first_day:
            course.first_day, course.first_dose = taken[0][0], taken[0][1].fact
    making = [reports for treatment, reports in course.reports.items() if treatment not in course.not_first]
    back = [report for reports in making for report in reports_that_took_back(reports)]
    numbers = [number for report in back if is_by_the_first(course, report.first) for number in report.fact.numbers]
    if numbers:
        course.dates_taken_back["first dose"] = (*course.dates_taken_back.get("first dose", ()), *numbers)


def is_by_the_first(course: Course, day: Day) -> bool:
    """True for a day up to the first dose, so that what is said of it bears on which day that is."""
    return course.first_day is None or day <= course.first_day


def reports_that_took_back(reports: Sequence[Report]) -> Iterator[Report]:
    """The reports that say of days reported as taken before that they were not."""
    for number, report in enumerate(reports):
        if report.taken:
            continue
        earlier = (each for each in reports[:number] if each.taken)
        if any(each.first <= report.last and report.first <= each.last for each in earlier):
            yield report


def _taken(reports: list[Report]) -> tuple[tuple[Day, Report], ...]:
    """Each day with the report that tells it as taken; a later report of the same day takes the place of an earlier one."""
    told: dict[Day, Report] = {}
    for report in reports:
        told |= dict.fromkeys(range(report.first, report.last + 1), report)
    return tuple((day, told[day]) for day in sorted(told) if told[day].taken)
