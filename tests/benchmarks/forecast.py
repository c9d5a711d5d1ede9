"""A thousand futures of a whole study: their time beside that of the calendars that they need."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import ParamSpec, TypeVar
from unittest.mock import patch

from scheduler.folder.reading.many import many_calendars
from scheduler.folder.reading.study import read_study
from scheduler.folder.trying.forecasting import in_study
from scheduler.forecasting.expecting.parse import parse_rates
from scheduler.forecasting.expecting.rates import Enrolment
from scheduler.forecasting.simulating import futures
from scheduler.forecasting.simulating.needs import needs_of
from scheduler.forecasting.simulating.simulation import simulate
from scheduler.forecasting.weeks import Weeks
from scheduler.views.patients import patient_of
from tests.benchmarks.figures import Figure
from tests.benchmarks.patient import EXAMPLE

P = ParamSpec("P")
T = TypeVar("T")

RUNS = 1000
TODAY = date(2026, 5, 21)


class Watch:
    """How much processor time was spent in what is watched."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def over(self, work: Callable[P, T]) -> Callable[P, T]:
        def watched(*args: P.args, **named: P.kwargs) -> T:
            begin = time.process_time()
            try:
                return work(*args, **named)
            finally:
                self.seconds += time.process_time() - begin

        return watched


def forecast(runs: int = RUNS) -> list[Figure]:
    """The seed study with its rates, but recruited so quickly that each run has all 108 patients within half a year."""
    study = read_study(EXAMPLE)
    text = (EXAMPLE / "rates.yaml").read_text("utf-8")
    rates = parse_rates(text, name="rates.yaml", versions=study.versions, sites=[study.site.name])
    quickly = Enrolment(study.site.name, Decimal(9), Fraction(7), "E1")
    rates = replace(rates, runs=runs, enrolment=(quickly,))
    calendars = Watch()
    # A calendar, and what the pharmacy's list says of it.
    building = patch.object(futures, "patient_of", calendars.over(patient_of))
    listing = patch.object(futures, "needs_of", calendars.over(needs_of))
    with building, listing, many_calendars():
        begin = time.process_time()
        sites = {study.site.name: study.site}
        found = simulate(study.version, sites, in_study(study), rates, Weeks(TODAY, rates.weeks))
        whole = time.process_time() - begin
    patients = sum(found.in_study.values()) + sum(found.expected.values()) / runs
    return [
        Figure(f"forecast, {runs:,} runs", whole, "s"),
        Figure("  patients in a run, on the mean", patients, ""),
        Figure("  different calendars that they need", found.calendars, ""),
        Figure("  these calendars with their dispensing lists", calendars.seconds, "s"),
        Figure("  the whole, ratio to these", whole / calendars.seconds, "x", 1.2),
    ]


def main() -> None:
    for figure in forecast():
        print(figure, flush=True)


if __name__ == "__main__":
    main()
