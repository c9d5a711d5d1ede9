"""Days of tablets as they were reported: which were taken, by the last report about each, and when the first dose was."""

from __future__ import annotations

from scheduler.dates import Day
from scheduler.patient.course import Course, Report


def take_reported_days(course: Course) -> None:
    """Arrange the days that were reported as taken, and let the first of them be the first dose where nothing was earlier."""
    for treatment, reports in course.reports.items():
        taken = _taken(reports)
        if not taken:
            continue
        course.taken[treatment] = taken
        if course.first_day is None or taken[0][0] < course.first_day:
            course.first_day, course.first_dose = taken[0][0], taken[0][1].fact


def _taken(reports: list[Report]) -> tuple[tuple[Day, Report], ...]:
    """Each day with the report that tells it as taken; a later report of the same day takes the place of an earlier one."""
    told: dict[Day, Report] = {}
    for report in reports:
        told |= dict.fromkeys(range(report.first, report.last + 1), report)
    return tuple((day, told[day]) for day in sorted(told) if told[day].taken)
