"""Differences that occurrences of one timeline share are told in one line: "regorafenib.4 to .14 move by +7 days"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.calendar.comparing.change import Change, What


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference of one entry, before those that are alike are told together.

    ``told`` follows the names of the entries. Two differences are alike when their ``alike`` is equal; None is like no other.
    ``one`` is told instead where it stands alone.
    """

    entry: str
    timeline: str
    n: int
    what: What
    before: str | None
    after: str | None
    told: str
    on: date | None
    alike: str | None = None
    one: str | None = None


def fold(differences: Iterable[Difference]) -> Iterator[Change]:
    """The differences of occurrences that follow each other, told together where they are alike."""
    groups: dict[tuple[str, What, str | None], list[list[Difference]]] = {}
    for each in sorted(differences, key=lambda each: (each.timeline, each.n)):
        found = groups.setdefault((each.timeline, each.what, each.alike), [])
        if found and each.alike is not None and each.n == found[-1][-1].n + 1:
            found[-1].append(each)
        else:
            found.append([each])
    for found in groups.values():
        yield from (_together(group) for group in found)


def _together(group: list[Difference]) -> Change:
    first, last = group[0], group[-1]
    if len(group) == 1:
        names, told = first.entry, first.one or first.told
    else:
        names, told = f"{first.entry} to {last.entry.removeprefix(first.timeline)}", first.told
    entries = tuple(each.entry for each in group)
    return Change(entries, first.what, first.before, first.after, f"{names}{told}", first.on)
