"""The fewest trips of one patient, or of several together, worked out once for their logs and last day."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta

from scheduler.bundling import Bundle, ToPlan, bundle
from scheduler.patient.events import Event, canonical_text
from scheduler.said import said
from scheduler.site.site import Site
from scheduler.web.guards.requests import Visit
from scheduler.web.patients import Shown
from scheduler.web.problems import not_ready
from scheduler.web.showing.downloads import PATIENCE

WEEKS = timedelta(weeks=12)
"""How far ahead is planned where nobody says a last day."""
FARTHEST = timedelta(weeks=26)
"""No plan reaches farther: what comes later changes until then."""

ANOTHER = said(
    "Nothing is booked yet: something was recorded meanwhile, and another plan is proposed. Look at it again."
)
WRONG_DAY = said("The last day has to come after today, and within half a year.")

_SECONDS = 5.0
_SECONDS_OF_SEVERAL = 10.0


def fewest_trips(visit: Visit, shown: Shown, until: date) -> Bundle:
    """The proposal for a patient from today on, up to a day. The solver has to be installed (`missing_extra`).

    Where the site says how many patients a day it has room for, the visits of its other patients take theirs. Raises Problem
    while these are being computed.
    """
    return _worked_out(visit, [shown], _others(visit, shown), until, _SECONDS)


def fewest_trips_together(visit: Visit, chosen: Sequence[Shown], others: Sequence[Shown], until: date) -> Bundle:
    """The proposal for several patients of one site together, at least one, from today on, up to a day.

    The visits of ``others``, the patients of the site who are not planned for, take their room where it is limited.
    """
    staying = others if has_limited_room(chosen[0].site) else ()
    return _worked_out(visit, chosen, staying, until, _SECONDS_OF_SEVERAL)


def last_day(today: date, typed: str, otherwise: date) -> date | None:
    """The last day that was asked for, or another where nothing was typed; None where it cannot be."""
    try:
        until = date.fromisoformat(typed) if typed else otherwise
    except ValueError:
        return None
    return until if today < until <= today + FARTHEST else None


def plan_told(events: Sequence[Event]) -> str:
    """Which plan was looked at: the SHA-256 over its appointments."""
    return hashlib.sha256("\n".join(map(canonical_text, events)).encode()).hexdigest()


def _worked_out(visit: Visit, chosen: Sequence[Shown], staying: Sequence[Shown], until: date, seconds: float) -> Bundle:
    today = visit.server.clock.today(chosen[0].site.zone)
    patients = [*(_to_plan(each) for each in chosen), *(_to_plan(each, stays=True) for each in staying)]
    logs = tuple((each.subject.subject, each.log.length) for each in (*chosen, *staying))
    return visit.server.patients.once(
        chosen[0],
        ("fewest trips", today, until, len(chosen), logs),
        lambda: bundle(patients, on=today, until=until, seconds=seconds),
    )


def _to_plan(shown: Shown, *, stays: bool = False) -> ToPlan:
    return ToPlan(shown.version, shown.site, shown.log, shown.subject.subject, stays=stays)


def has_limited_room(site: Site) -> bool:
    """Whether a site says for how many patients a day anything has room."""
    return any(each.patients is not None for each in (site.capacity, *site.capacities.values()))


def _others(visit: Visit, shown: Shown) -> list[Shown]:
    """The other patients of the site, where their visits take room that is limited."""
    if not has_limited_room(shown.site):
        return []
    patients, own = visit.server.patients, shown.subject
    there = [each for each in patients.subjects() if each.site == own.site and each.subject != own.subject]
    found, missing = patients.some(there, PATIENCE)
    if missing:
        raise not_ready()
    return found
