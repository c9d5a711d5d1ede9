"""The patients who are in the study: each as their log stands, with every body that they may have where nobody recorded it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from scheduler.forecasting.expecting.rates import Rates
from scheduler.forecasting.simulating.body_sizes import (
    NO_SIZE,
    attributes,
    drawn_from,
    sizes,
    wanted_of,
    with_surface,
)
from scheduler.forecasting.simulating.futures import Begun, Future, Futures, longer
from scheduler.forecasting.weeks import Weeks
from scheduler.patient.replaying.replay import replay
from scheduler.patient.versions import plan_for


class InStudy:
    """One patient, with the futures of each body that they may have: of one where all is recorded that a dose hangs on."""

    def __init__(self, begun: Begun, rates: Rates, weeks: Weeks) -> None:
        self.begun = begun
        course = replay(begun.log)
        plan = plan_for(begun.version, course)
        self.is_treated = plan is not None
        missing = wanted_of(plan, course) if plan is not None else frozenset[str]()
        self._sizes = sizes(rates.body_sizes, missing)
        since = min((record.event.on for record in begun.log.records), default=weeks.first)
        self._futures = {
            size: Futures(replace(begun, log=longer(begun.log, attributes(size, since))), rates.courses, weeks)
            for size in self._sizes
        }

    @property
    def first(self) -> Future:
        """What is needed while all goes as planned, with the first of the bodies."""
        return next(iter(self._futures.values())).first

    @property
    def calendars(self) -> int:
        """How many logs needed a calendar."""
        return sum(each.calendars for each in self._futures.values())

    @property
    def is_presumed(self) -> bool:
        """True where something is needed of what is expected of their body, because nobody recorded it."""
        return NO_SIZE not in self._sizes and bool(self.first.needs.needs)

    def drawn(self, draw: Callable[[], float]) -> Future:
        """One of their futures."""
        return self._futures[drawn_from(self._sizes, draw)].drawn(draw)


def all_in_study(in_study: Iterable[Begun], rates: Rates, weeks: Weeks) -> list[InStudy]:
    """Everybody who is in the study; doses per m2 by the assumed formula where a protocol names none."""
    known = tuple(in_study)
    if rates.surface is not None:
        versions = {id(each.version): each.version for each in known}
        reckoned = {key: with_surface(version, rates.surface.surface) for key, version in versions.items()}
        known = tuple(replace(each, version=reckoned[id(each.version)]) for each in known)
    return [InStudy(each, rates, weeks) for each in known]
