"""A site that changes on a day: a patient who is transferred has the open days of each site for its time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scheduler.dates import Day
from scheduler.site.open_days import OpenDays
from scheduler.site.site import Site


def over_time(first: Site, moves: Iterable[tuple[Day, Site]], since: Day) -> Site:
    """The last of the sites, with the open days of those before it up to the day of each move.

    Days before ``since`` are those of the last site: nobody asks for them.
    """
    site = first
    for day, newer in moves:
        names = {*site.resources, *newer.resources}
        resources = {name: _joined(site, newer, day, since, name) for name in sorted(names)}
        usual = _days(site.usual, newer.usual, day, since, site.name)
        moved_on, zones = (*site.moved_on, day), (*site.zones_before, (day, site.zone))
        site = replace(newer, usual=usual, resources=resources, others=(), moved_on=moved_on, zones_before=zones)
    return site


def _joined(older: Site, newer: Site, until: Day, since: Day, resource: str) -> OpenDays:
    return _days(older.open_days(resource), newer.open_days(resource), until, since, older.name)


def _days(older: OpenDays, newer: OpenDays, until: Day, since: Day, name: str) -> OpenDays:
    """The open days of the older one before a day, and of the newer one from that day on."""
    before = range(since, until)
    closed = {day: why for day, why in newer.closed.items() if day >= until}
    opened = {day: why for day, why in newer.opened.items() if day >= until}
    for day in before:
        why = older.why_closed(day)
        if why is not None:
            closed[day] = why
        elif older.why_open(day) is not None or not newer.week[day % 7]:
            opened[day] = older.why_open(day) or f"open at {name}"
    unsure = {day for day in newer.uncertain if day >= until} | {day for day in before if older.provisional(day)}
    unpublished = newer.unpublished_from
    return replace(
        newer,
        closed=closed,
        opened=opened,
        uncertain=frozenset(unsure),
        unpublished_from=max(unpublished, until) if unpublished is not None else None,
    )
