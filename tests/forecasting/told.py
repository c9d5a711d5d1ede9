"""Studies that are looked ahead in: a simple one whose numbers can be counted by hand, and the seed study."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from textwrap import dedent

from scheduler.forecasting.expecting.rates import Rates
from scheduler.forecasting.simulating.futures import Begun
from scheduler.forecasting.simulating.simulation import Simulated, simulate
from scheduler.forecasting.weeks import Weeks
from scheduler.patient.case_file.case import parse_case
from scheduler.patient.log import log_of
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY, Site

MONDAY = date(2026, 3, 2)
"""The day on which somebody looks, in most of these stories."""

SITE = EVERY_DAY
"""Every day is open, so that every date is the ideal one."""


@cache
def simple(version: str = "1.0", tablets: int = 28) -> StudyVersion:
    """One drug: 80 mg as two tablets of 40 mg a day on days 1-21 of 28, in bottles of 28 or so; down to 40 mg."""
    return version_of(
        f"""
        study: SIMPLE
        version: "{version}"
        title: One drug
        study days: first dose is Day 1
        horizon: 2 years after first dose
        dates:
          first dose: {{when: 0 days after randomisation}}
        arms: {{one: The only arm}}
        treatments:
          drug:
            when:
              1: on first dose
              then: 28 days after the previous cycle
            give: once daily by mouth on days 1-21
            levels: 80, 40 mg
        products:
          drug: {{unit: 40 mg tablet, pack: bottle of {tablets}}}
        """
    )


def version_of(text: str) -> StudyVersion:
    version, findings = parse_protocol(dedent(text), name="protocol.yaml")
    assert [str(each) for each in findings if each.severity.value == "error"] == []
    return version


def begun(*events: str, version: StudyVersion | None = None, site: Site = SITE, subject: str = "P-1") -> Begun:
    """A patient to whom these things happened."""
    case = parse_case("protocol: protocol.yaml\nevents:\n" + "".join(f"  - {each}\n" for each in events), name="p.yaml")
    return Begun(version or simple(), site, log_of(case.events), subject)


def ahead(
    rates: Rates, weeks: int, *patients: Begun, version: StudyVersion | None = None, sites: Iterable[Site] = (SITE,)
) -> Simulated:
    """These weeks from Monday 2 March 2026 on."""
    known = {site.name: site for site in sites}
    return simulate(version or simple(), known, patients, rates, Weeks(MONDAY, weeks))


def units_of(simulated: Simulated, week: int) -> list[int]:
    """The units of a week in each run, of all articles together."""
    tallies = [tally for (_, each), tally in simulated.tallies.items() if each == week]
    return [sum(run) // 1000 for run in zip(*(tally.units for tally in tallies), strict=True)]
