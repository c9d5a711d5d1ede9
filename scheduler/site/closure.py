"""A site that is closed for some days, all of it or one resource: for asking what a closure would change."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from scheduler.dates import Day
from scheduler.site.open_days import ANY_DAY, OpenDays
from scheduler.site.site import Site


@dataclass(frozen=True, slots=True)
class Closure:
    """The days from ``first`` to ``last``, both included, on which a resource is closed; None is the whole site."""

    first: date
    last: date
    resource: str | None = None

    def closes(self, resource: str | None, day: date) -> bool:
        """True when the closure itself takes that day away from a resource. What needs no open day is never closed."""
        ours = resource not in (None, ANY_DAY.resource) and self.resource in (None, resource)
        return ours and self.first <= day <= self.last

    def __str__(self) -> str:
        days = str(self.first) if self.first == self.last else f"{self.first}..{self.last}"
        return f"{self.resource or 'site'} closed {days}"


def with_closure(site: Site, closure: Closure) -> Site:
    """The same site, but closed on those days, whatever its week and its own openings say."""
    if closure.resource is not None:
        days = _without(site.open_days(closure.resource), closure)
        return replace(site, resources={**site.resources, closure.resource: days})
    closed = {name: _without(days, closure) for name, days in site.resources.items()}
    return replace(site, usual=_without(site.usual, closure), resources=closed)


def resources_of(site: Site, used: Collection[str]) -> frozenset[str]:
    """What can be closed: the resources that the site lists and those that a protocol uses."""
    return frozenset({*site.resources, *used} - {ANY_DAY.resource})


def _without(days: OpenDays, closure: Closure) -> OpenDays:
    taken: dict[Day, str] = dict.fromkeys(range(closure.first.toordinal(), closure.last.toordinal() + 1), "closed")
    # A day that is no working day anyway keeps its own reason.
    closed = {day: days.why_closed(day) or why for day, why in taken.items()}
    opened = {day: why for day, why in days.opened.items() if day not in taken}
    return replace(days, closed={**days.closed, **closed}, opened=opened)
