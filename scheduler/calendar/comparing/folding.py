"""Differences that occurrences of one timeline share are told in one line: "regorafenib.4 to .14 move 7 days later"."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.calendar.comparing.change import Change, What
from scheduler.calendar.comparing.change_in_words import Sentence, which_entries
from scheduler.said import filled


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference of one entry, before those that are alike are told together.

    Two differences are alike when their ``alike`` is equal; None is like no other.
    """

    entry: str
    timeline: str
    n: int
    what: What
    before: str | None
    after: str | None
    told: Sentence
    on: date | None
    alike: Hashable = None


def fold(differences: Iterable[Difference]) -> Iterator[Change]:
    """The differences of occurrences that follow each other, told together where they are alike."""
    groups: dict[tuple[str, What, Hashable], list[list[Difference]]] = {}
    for each in sorted(differences, key=lambda each: (each.timeline, each.n)):
        together = groups.setdefault((each.timeline, each.what, each.alike), [])
        if together and each.alike is not None and each.n == together[-1][-1].n + 1:
            together[-1].append(each)
        else:
            together.append([each])
    for together in groups.values():
        yield from (_together(group) for group in together)


def _together(group: list[Difference]) -> Change:
    first, last = group[0], group[-1]
    which = which_entries(first.timeline, first.entry, last.entry)
    sentence = filled(first.told.one if len(group) == 1 else first.told.several, which=which)
    entries = tuple(each.entry for each in group)
    return Change(entries, first.what, first.before, first.after, sentence, first.on)
