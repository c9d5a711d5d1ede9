"""The future made up again and again: who comes, what happens to each, and what each calendar then asks of the pharmacy.

numpy is an extra, ``scheduler[forecast]``: it is imported where chance is drawn, and only there and in `demand` and `orders`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from scheduler.forecasting.expecting.rates import Rates
from scheduler.forecasting.simulating.body_sizes import with_surface
from scheduler.forecasting.simulating.enrolling import Expected
from scheduler.forecasting.simulating.futures import Begun, Future, Futures
from scheduler.forecasting.simulating.in_study import InStudy, all_in_study
from scheduler.forecasting.simulating.needs import Article
from scheduler.forecasting.weeks import Weeks
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import Site

if TYPE_CHECKING:
    from numpy.random import Generator


class Progress(NamedTuple):
    """How far the work has come: so many runs of so many, and the calendars that were worked out for them."""

    done: int
    runs: int
    calendars: int

    def __str__(self) -> str:
        return f"{self.done} of {self.runs} runs, {self.calendars} calendars"


Tell = Callable[[Progress], None]
"""Told how far the work has come."""

_DRAWN_AT_ONCE = 512


@dataclass(slots=True)
class Tally:
    """What one article needs in one week, in each run: thousandths of units and of packs.

    ``on_treatment`` are the units of patients who are in the study, ``unsure`` those that hang on a decision or on holidays
    that are not published. ``unknown`` are lines without a number, of all runs together.
    """

    units: list[int]
    packs: list[int]
    on_treatment: list[int]
    unsure: list[int]
    unknown: int = 0

    @classmethod
    def of(cls, runs: int) -> Tally:
        """Nothing yet, in so many runs."""
        return cls([0] * runs, [0] * runs, [0] * runs, [0] * runs)


@dataclass(slots=True)
class Simulated:
    """All runs. ``calendars`` is how many different logs there were, ``expected`` how many
    patients came to each site, of all runs together.

    ``lasts`` are the most days for which an article is handed out at a time, ``in_packs`` those that come in packs.
    ``in_study`` are the patients of each site who are in the study, ``undated`` their lines that nobody can put into a week,
    ``overdue`` those of days before of which nothing is recorded, ``presumed`` the patients whose body is as it is expected.
    """

    weeks: Weeks
    runs: int
    tallies: dict[tuple[Article, int], Tally] = field(default_factory=dict)
    lasts: dict[Article, int] = field(default_factory=dict)
    in_packs: set[Article] = field(default_factory=set)
    calendars: int = 0
    in_study: dict[str, int] = field(default_factory=dict)
    expected: dict[str, int] = field(default_factory=dict)
    undated: dict[str, int] = field(default_factory=dict)
    overdue: dict[str, int] = field(default_factory=dict)
    presumed: dict[str, int] = field(default_factory=dict)

    @property
    def articles(self) -> tuple[Article, ...]:
        """Everything that is needed, by site and drug."""
        found = {article for article, _ in self.tallies}
        return tuple(
            sorted(found, key=lambda each: (each.site, each.treatment, each.strength or "", each.product or ""))
        )

    def add(self, run: int, future: Future, *, in_study: bool) -> None:
        """Count what one patient needs in one run."""
        for need in future.needs.needs:
            tally = self.tallies.get((need.article, need.week))
            if tally is None:
                tally = Tally.of(self.runs)
                self.tallies[need.article, need.week] = tally
                self.lasts.setdefault(need.article, 0)
            if need.units is None:
                tally.unknown += 1
                continue
            tally.units[run] += need.units
            if need.packs is not None:
                tally.packs[run] += need.packs
                self.in_packs.add(need.article)
            if in_study:
                tally.on_treatment[run] += need.units
            if not need.sure:
                tally.unsure[run] += need.units
            if need.lasts > self.lasts[need.article]:
                self.lasts[need.article] = need.lasts


def simulate(
    version: StudyVersion,
    sites: Mapping[str, Site],
    in_study: Iterable[Begun],
    rates: Rates,
    weeks: Weeks,
    tell: Tell = lambda _: None,
) -> Simulated:
    """Let it happen as often as the rates say: once where nothing is left to chance.

    ``in_study`` are the patients as their logs stand, ``version`` is the protocol of who comes. The same seed gives the same.
    """
    known = all_in_study(in_study, rates, weeks)
    if rates.surface is not None:
        version = with_surface(version, rates.surface.surface)
    expected = Expected(version, sites, rates, weeks)
    runs = rates.runs if rates.chance_decides else 1
    found = Simulated(weeks, runs)
    for each in known:
        _count(found.in_study, each, 1)
        _count(found.undated, each, each.first.needs.undated)
        _count(found.overdue, each, each.first.needs.overdue)
        _count(found.presumed, each, each.is_presumed)
    room = None if rates.most is None else max(0, rates.most - sum(each.is_treated for each in known))
    for run in range(runs):
        draw, numbers = _chance(rates, expected, run)
        for patient in known:
            found.add(run, patient.drawn(draw), in_study=True)
        for futures in _who_comes(expected, numbers, room, draw):
            found.add(run, futures.drawn(draw), in_study=False)
            _count(found.expected, futures, 1)
        found.calendars = expected.calendars + sum(each.calendars for each in known)
        tell(Progress(run + 1, runs, found.calendars))
    return found


def _count(by_site: dict[str, int], patient: Futures | InStudy, number: int) -> None:
    name = patient.begun.site.name
    by_site[name] = by_site.get(name, 0) + number


def _chance(rates: Rates, expected: Expected, run: int) -> tuple[Callable[[], float], Sequence[Sequence[int]]]:
    """Numbers from 0 to 1, and how many patients come by each line of the rates in each week; each run has its own."""
    if not rates.chance_decides:
        return float, ()
    import numpy

    generator = numpy.random.default_rng([rates.seed, run])
    weeks = range(expected.weeks.number)
    means = [[float(expected.mean(each, week)) for week in weeks] for each in rates.enrolment]
    numbers = [generator.poisson(each).tolist() for each in means]
    return _numbers(generator).__next__, numbers


def _numbers(generator: Generator) -> Iterator[float]:
    while True:
        yield from generator.random(_DRAWN_AT_ONCE).tolist()


def _who_comes(
    expected: Expected, numbers: Sequence[Sequence[int]], room: int | None, draw: Callable[[], float]
) -> Iterator[Futures]:
    """The patients who come in one run, week by week, as long as the study takes any."""
    came = 0
    for week in range(expected.weeks.number):
        for line, enrolment in enumerate(expected.rates.enrolment):
            for _ in range(numbers[line][week]):
                if room is not None and came >= room:
                    return
                came += 1
                arm = expected.arm(draw())
                days = expected.days(line, arm, week)
                which = draw()
                size = expected.size(arm, draw)
                if days:
                    yield expected.begun(enrolment.site, arm, days[int(which * len(days))], size)
