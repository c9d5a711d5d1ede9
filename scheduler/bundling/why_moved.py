"""Why a date moves: what it then shares a day with, what it makes room for, or what hangs on it."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.bundling.occurrence import Key, Occurrence, Where
from scheduler.dates import Day, civil_date
from scheduler.said import Code, Listed, Said, counted, listed, said


def why_moved(
    each: Occurrence,
    known: Mapping[str, Occurrence],
    dates: Mapping[Key, Day],
    full: Mapping[Where, frozenset[Day]],
    *,
    booked: bool,
) -> Said:
    """The reason of one date. ``full`` are the days on which a resource has more patients than it has room for today."""
    day = dates[each.key]
    if not booked:
        parents = [name for name in each.parents if name in known and dates[known[name].key] != known[name].day]
        return said("it is counted from {others}, which moves", others=_names(parents or list(each.parents)))
    beside = _beside(each, known, dates)
    if beside:
        with_them = _names(beside)
        return counted(
            "with {others} on {day}: one trip fewer",
            "with {others} on {day}: {n} trips fewer",
            max(1, len({known[name].day for name in beside} | {each.day}) - 1),
            others=with_them,
            day=civil_date(day),
        )
    if each.day in full.get(each.where, frozenset()):
        return said(
            "{resource} has no room for all on {day}", resource=Code(each.line.resource), day=civil_date(each.day)
        )
    for name, later in known.items():
        if name != each.key.entry and _descends(later, each.key.entry, known) and dates[later.key] != later.day:
            shared = [other for other in _beside(later, known, dates) if other != each.key.entry]
            if shared:
                return said(
                    "so that {later} can be with {others} on {day}",
                    later=Code(name),
                    others=_names(shared),
                    day=civil_date(dates[later.key]),
                )
    return said("nearer to its ideal day, or to that of what is counted from it")


def _beside(each: Occurrence, known: Mapping[str, Occurrence], dates: Mapping[Key, Day]) -> list[str]:
    """What takes place on the same day now and did not before."""
    own = {dates[each.key] + offset for offset in each.trips}
    was = {each.day + offset for offset in each.trips}
    return [
        name
        for name, other in known.items()
        if name != each.key.entry
        and own & {dates[other.key] + offset for offset in other.trips}
        and not was & {other.day + offset for offset in other.trips}
    ]


def _descends(each: Occurrence, name: str, known: Mapping[str, Occurrence]) -> bool:
    return any(parent == name or (parent in known and _descends(known[parent], name, known)) for parent in each.parents)


def _names(entries: list[str]) -> Listed:
    return listed(*(Code(name) for name in entries))
