"""How much was taken on a day, as a report says it: an amount, or the times of all its doses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from scheduler.calendar.entries.entry import Dose
from scheduler.dates import Day
from scheduler.patient.course import Report
from scheduler.patient.events import Taken, parse_amount
from scheduler.protocol.plan.times.frequency import doses_a_day, most_as_needed


def amount_taken(report: Report) -> Dose | None:
    """The amount of a whole day that a report states; None where it is what was due, as by an order that says it was taken."""
    event = report.fact.event
    if not isinstance(event, Taken) or event.amount is None:
        return None
    number, unit = parse_amount(event.amount)
    return Dose(number, unit)


def amount_by_times(reports: Iterable[Report], day: Day, due: tuple[Dose, ...]) -> Dose | None:
    """The amount of a day of which a report has the times of all doses, fewer or more than were due; None where it was as due.

    More counts where the report is of that day alone: of several days, the first or last may have fewer doses than the others.
    What is taken as needed was taken as often as it has its times.
    """
    report = next((each for each in reports if each.first <= day <= each.last), None)
    if report is None or not report.taken or len(due) != 1 or due[0].amount is None:
        return None
    times, doses = len(cast(Taken, report.fact.event).times), doses_a_day(due[0].often)
    if times and most_as_needed(due[0].often) is not None:
        return Dose(due[0].amount * times, due[0].unit, of=due[0].of)
    if not times or doses is None or times == doses or (times > doses and report.first != report.last):
        return None
    return Dose(due[0].amount * times, due[0].unit, of=due[0].of)
