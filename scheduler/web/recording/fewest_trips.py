"""The fewest trips of one patient, worked out once for each log and last day."""

from __future__ import annotations

from datetime import date, timedelta

from scheduler.bundling import Bundle, ToPlan, bundle
from scheduler.web.guards.requests import Visit
from scheduler.web.patients import Shown
from scheduler.web.problems import not_ready
from scheduler.web.showing.downloads import PATIENCE

WEEKS = timedelta(weeks=12)
"""How far ahead is planned where nobody says a last day."""
FARTHEST = timedelta(weeks=26)
"""No plan reaches farther: what comes later changes until then."""
_SECONDS = 5.0


def fewest_trips(visit: Visit, shown: Shown, until: date) -> Bundle:
    """The proposal for a patient from today on, up to a day. The solver has to be installed (`missing_extra`).

    Where the site says how many patients a day it has room for, the visits of its other patients take theirs. Raises Problem
    while these are being computed.
    """
    today = visit.server.clock.today(shown.site.zone)
    others = _others(visit, shown)
    patients = [_to_plan(shown), *(_to_plan(each, stays=True) for each in others)]
    logs = tuple((each.subject.subject, each.log.length) for each in others)
    return visit.server.patients.once(
        shown,
        ("fewest trips", today, until, logs),
        lambda: bundle(patients, on=today, until=until, seconds=_SECONDS),
    )


def _to_plan(shown: Shown, *, stays: bool = False) -> ToPlan:
    return ToPlan(shown.version, shown.site, shown.log, shown.subject.subject, stays=stays)


def _others(visit: Visit, shown: Shown) -> list[Shown]:
    """The other patients of the site, where their visits take room that is limited."""
    limits = (shown.site.capacity, *shown.site.capacities.values())
    if all(each.patients is None for each in limits):
        return []
    patients, own = visit.server.patients, shown.subject
    there = [each for each in patients.subjects() if each.site == own.site and each.subject != own.subject]
    found, missing = patients.some(there, PATIENCE)
    if missing:
        raise not_ready()
    return found
