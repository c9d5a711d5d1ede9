"""What the dose rules add to the time that a calendar takes: the seed study with its decision tables, and without.

Three logs of 60 events. *The plain log* is the one that all other figures of a calendar are about: a patient who comes as
planned, with one hold and one reduction. The rules are all there and find nothing; they add at most 30 %.

The other two have much for rules to read, and then the calendar says more and does not only take longer. They have limits of
their own. *The ordinary patient* was made up before anything was measured: a third of the events are laboratory values, most of
them within limits, adverse events that come, get worse and go, and the decision to hold and reduce. Six proposals come out.
Without rules, that decision stands in the log as the orders that it gave, so that both calendars hold the same days and doses.
*The log half of observations* is no patient that anybody has seen, it is there to find what gets slow: week by week an ALT and a
bilirubin value, up to five times the upper limit, and every third week an adverse event that gets worse and better. It gives 13
proposals and 7 extra tests.

The least of many times by the processor's clock is taken, with and without rules in turns, because other programs only ever
make a figure worse.
"""

from __future__ import annotations

import time

from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import Site
from tests.benchmarks.figures import Figure
from tests.benchmarks.patient import (
    log_full_of_observations,
    log_of_an_ordinary_patient,
    log_of_length,
    seed_version,
    shanghai,
    without_rules,
)

ROUNDS = 8
TIMES = 40


def dose_rules() -> list[Figure]:
    version, site = seed_version(), shanghai()
    plain, full = log_of_length(version, site, 60), log_full_of_observations(version, site, 60)
    ordinary = log_of_an_ordinary_patient(version, site)
    orders = log_of_an_ordinary_patient(version, site, decided=False)
    return [
        *_added("rules, added to 60 events", version, site, plain, plain, 30),
        *_added("  to 60 of an ordinary patient", version, site, ordinary, orders, 80),
        *_added("  to 60, half of them observations", version, site, full, full, 120),
    ]


def _added(what: str, version: StudyVersion, site: Site, log: Log, bare_log: Log, most: float) -> list[Figure]:
    plain = without_rules(version)
    rounds = [(_least_ms(version, site, log), _least_ms(plain, site, bare_log)) for _ in range(ROUNDS)]
    ruled, bare = (min(times) for times in zip(*rounds, strict=True))
    return [
        Figure(what, 100 * (ruled - bare) / bare, "%", most),
        Figure("    with rules", ruled, "ms"),
        Figure("    without", bare, "ms"),
        Figure("    proposals in it", len(calendar_of(version, site, log).proposals), ""),
    ]


def _least_ms(version: StudyVersion, site: Site, log: Log) -> float:
    times = []
    for _ in range(TIMES):
        begin = time.process_time()
        calendar_of(version, site, log)
        times.append(time.process_time() - begin)
    return min(times) * 1e3
