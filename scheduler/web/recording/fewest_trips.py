"""The fewest trips of one patient, worked out once for each log and last day."""

from __future__ import annotations

from datetime import date, timedelta

from scheduler.bundling import Bundle, ToPlan, bundle
from scheduler.web.guards.requests import Visit
from scheduler.web.patients import Shown

WEEKS = timedelta(weeks=12)
"""How far ahead is planned where nobody says a last day."""
FARTHEST = timedelta(weeks=26)
"""No plan reaches farther: what comes later changes until then."""
_SECONDS = 5.0


def fewest_trips(visit: Visit, shown: Shown, until: date) -> Bundle:
    """The proposal for a patient from today on, up to a day. The solver has to be installed (`missing_extra`)."""
    today = visit.server.clock.today(shown.site.zone)
    patient = ToPlan(shown.version, shown.site, shown.log, shown.subject.subject)
    return visit.server.patients.once(
        shown,
        ("fewest trips", today, until),
        lambda: bundle([patient], on=today, until=until, seconds=_SECONDS),
    )
