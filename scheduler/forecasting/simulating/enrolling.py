"""Who is expected: on which days a patient of an arm can begin at a site, and the log that each begins with."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import accumulate

from scheduler.calendar.advice.planned_starts import HowToStart, can_start, how_to_start
from scheduler.forecasting.expecting.rates import Enrolment, Rates
from scheduler.forecasting.simulating.body_sizes import NO_SIZE, Size, attributes, drawn_from, sizes, wanted_of
from scheduler.forecasting.simulating.futures import Begun, Futures
from scheduler.forecasting.weeks import Weeks
from scheduler.patient.log import log_of
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import Site

NOBODY = "expected"
"""The number of a patient who does not exist yet."""


class Expected:
    """The patients who may come, each with all futures: those of one site, arm and day have one log, and so one calendar."""

    def __init__(self, version: StudyVersion, sites: Mapping[str, Site], rates: Rates, weeks: Weeks) -> None:
        self.version, self.sites, self.rates, self.weeks = version, sites, rates, weeks
        self.arms, self.bounds = _arms(version, rates)
        self._how: dict[str, HowToStart] = {}
        self._days: dict[tuple[int, str, int], tuple[date, ...]] = {}
        self._begun: dict[tuple[str, str, date, Size], Futures] = {}
        self._sizes = {arm: sizes(rates.body_sizes, wanted_of(version.arms[arm])) for arm in self.arms}

    @property
    def calendars(self) -> int:
        """How many logs needed a calendar."""
        return sum(each.calendars for each in self._begun.values())

    def mean(self, enrolment: Enrolment, week: int) -> Fraction:
        """How many patients are expected in a week; none today: who comes today is in the study already."""
        days = (day for day in self.weeks.days(week) if day > self.weeks.first)
        return sum((enrolment.expected_on(day) for day in days), Fraction(0))

    def arm(self, number: float) -> str:
        """The arm that a number from 0 to 1 falls on."""
        return self.arms[min(bisect_right(self.bounds, number), len(self.arms) - 1)]

    def days(self, number: int, arm: str, week: int) -> Sequence[date]:
        """The days of a week on which a patient of an arm can begin; of the next week that has one, where it has none.

        ``number`` is that of the line of the rates by which the patient comes.
        """
        key = (number, arm, week)
        if key not in self._days:
            plan, site = self.version.arms[arm], self.sites[self.rates.enrolment[number].site]
            days = (day for day in self.weeks.days(week) if day > self.weeks.first)
            found = tuple(day for day in days if can_start(plan, site, day))
            if not found and week + 1 < self.weeks.number:
                found = tuple(self.days(number, arm, week + 1))
            self._days[key] = found
        return self._days[key]

    def size(self, arm: str, draw: Callable[[], float]) -> Size:
        """The body of a patient of an arm; nothing is drawn where no dose hangs on it."""
        return drawn_from(self._sizes[arm], draw)

    def begun(self, site: str, arm: str, day: date, size: Size = NO_SIZE) -> Futures:
        """All futures of a patient with such a body who begins in an arm at a site on a day."""
        key = (site, arm, day, size)
        if key not in self._begun:
            plan = self.version.arms[arm]
            if arm not in self._how:
                self._how[arm] = how_to_start(plan, self.version.milestones, day)
            events = self._how[arm].events(plan, self.sites[site], day)
            log = log_of([*attributes(size, events[0].on), *events])
            begun = Begun(self.version, self.sites[site], log, NOBODY)
            self._begun[key] = Futures(begun, self.rates.courses, self.weeks)
        return self._begun[key]


def _arms(version: StudyVersion, rates: Rates) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The arms that get patients, and how far the chance of each reaches."""
    parts = {arm: rates.allocation.get(arm, 0) if rates.allocation else 1 for arm in version.arms}
    arms = tuple(arm for arm, part in parts.items() if part)
    whole = sum(parts.values())
    return arms, tuple(float(Fraction(part, whole)) for part in accumulate(parts[arm] for arm in arms))
