"""Which lanes a picture has: one for each treatment and assessment, one together for visits that happen once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from scheduler.calendar.entries.entry import Dose, Kind
from scheduler.calendar.entries.unplanned import treatment_of
from scheduler.said import Listed, Name, Said, Value, named, own_words, said
from scheduler.views.days.spelled_out import DayEntry


class Group(IntEnum):
    """What belongs together, from top to bottom."""

    TREATMENT = 0
    ASSESSMENT = 1
    VISIT = 2
    ONCE = 3
    PERIOD = 4


_GROUP_OF = {
    Kind.ORAL: Group.TREATMENT,
    Kind.INFUSION: Group.TREATMENT,
    Kind.INJECTION: Group.TREATMENT,
    Kind.FRACTION: Group.TREATMENT,
    Kind.SCAN: Group.ASSESSMENT,
    Kind.LABORATORY: Group.ASSESSMENT,
    Kind.VISIT: Group.VISIT,
    Kind.CONTACT: Group.VISIT,
    Kind.DIARY: Group.VISIT,
    Kind.PERIOD: Group.PERIOD,
    Kind.CYCLE: Group.TREATMENT,
}

_NUMBER = re.compile(r", (?:(?:dose|cycle|fraction|visit) \d+(?: day \d+)?|last|not planned|extra)$")
"""What the engine adds to a title (`titles_in_words`)."""

SINGLE_VISITS = said("single visits")


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of the picture from left to right. ``hue`` counts the treatments from 0; other lanes have none."""

    name: str
    group: Group
    lines: tuple[DayEntry, ...]
    hue: int | None = None

    @property
    def kind(self) -> Kind:
        """What sort of thing the lane shows."""
        return self.lines[0].kind

    @property
    def title(self) -> str:
        """What the study calls it: the title that most of its entries share, without their number, in all its languages."""
        several = len(self.lines) > 1
        shared = Counter(_without_number(line, several) for line in self.lines).most_common(1)[0][0]
        names = (name for line in self.lines for name in _names_in(own_words(line.title)))
        return next((named(dict(name.by_language), shared) for name in names if str(name) == shared), shared)

    def doses(self) -> tuple[Dose, ...]:
        """Each dose of the lane once, the highest level first."""
        found = dict.fromkeys(dose for line in self.lines for dose in line.doses)
        return tuple(sorted(found, key=lambda dose: -(dose.level or 0)))


def _names_in(words: Value) -> Iterator[Name]:
    if isinstance(words, Name):
        yield words
    parts = words.items if isinstance(words, Listed) else ()
    if isinstance(words, Said):
        parts = tuple(value for _, value in words.values)
    for part in parts:
        yield from _names_in(part)


def _without_number(line: DayEntry, several: bool) -> str:
    shared = _NUMBER.sub("", line.title)
    return re.sub(rf" {line.of.n}(?: day \d+)?$", "", shared) if several else shared


def lanes_of(lines: Iterable[DayEntry]) -> tuple[Lane, ...]:
    """The lanes from top to bottom: treatments, assessments, visits that repeat, visits that happen once, periods.

    Inside each of these in the calendar's own order of timelines. What has no date has no place in a picture.
    """
    timelines: dict[str, list[DayEntry]] = {}
    for line in lines:
        if line.date is not None or line.window is not None:
            timelines.setdefault(treatment_of(line.of.timeline), []).append(line)
    lanes: list[Lane] = []
    once: list[DayEntry] = []
    hue = 0
    for name, found in timelines.items():
        group = _GROUP_OF[found[0].kind]
        if group in (Group.ASSESSMENT, Group.VISIT) and len(found) == 1:
            once.extend(found)
        elif group is Group.TREATMENT:
            lanes.append(Lane(name, group, tuple(found), hue))
            hue += 1
        else:
            lanes.append(Lane(name, group, tuple(found)))
    if once:
        lanes.append(Lane(str(SINGLE_VISITS), Group.ONCE, tuple(once)))
    return tuple(sorted(lanes, key=lambda lane: lane.group))
