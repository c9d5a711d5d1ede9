"""Where a patient comes: one site, or several one after another."""

from __future__ import annotations

from typing import cast

from scheduler.dates import Day
from scheduler.patient.course import Course
from scheduler.patient.events import SiteTransferred
from scheduler.site.over_time import over_time
from scheduler.site.site import Site

_LONGEST_BEFORE = 800
"""Days before the first fact that a calendar may look at: a search for an open day goes no further back."""


def site_of(site: Site, course: Course) -> Site:
    """The site as a patient has it: where they were transferred, each site with its open days for its time.

    ``site`` is where the patient came in; its ``others`` are those that the study has beside it.
    """
    known = {each.name: each for each in (*site.others, site)}
    moves: list[tuple[Day, Site]] = []
    for fact in course.transfers if site.others else ():
        newer, last = known.get(cast(SiteTransferred, fact.event).site), moves[-1][1] if moves else site
        if newer is not None and newer.name != last.name:
            moves.append((fact.day, newer))
    return over_time(site, moves, course.facts[0].day - _LONGEST_BEFORE) if moves else site
