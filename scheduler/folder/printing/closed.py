"""What closes a site on a day, for pictures and month sheets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from scheduler.site.site import Site


def closed_days(site: Site, resource: str = "clinic") -> Callable[[date], str | None]:
    """Tells of a day why that resource is closed, or None on an open day."""
    days = site.open_days(resource)

    def why(day: date) -> str | None:
        return None if days.is_open(day.toordinal()) else days.why_closed(day.toordinal()) or "closed"

    return why
