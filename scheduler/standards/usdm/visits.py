"""Visits from the instances of the main timeline: those that share their encounter and their day are one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from scheduler.said import Said
from scheduler.standards.usdm.names import Names
from scheduler.standards.usdm.objects import Part
from scheduler.standards.usdm.timelines import Timed, Timeline, day_in_its_name, window_days, windows_of

ANCHOR = "anchor"
"""What the date is called that all days count from."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit: its name, its instances, the one whose timing is its timing, and the date that it waits for if it has none."""

    name: str
    title: str
    members: tuple[Timed, ...]
    first: Timed
    encounter: Part | None
    date: str = ""

    @property
    def is_asked(self) -> bool:
        """True where the file gives no day for it: its date waits until somebody records it."""
        return bool(self.first.fault)


def visits_of(timeline: Timeline, encounters: Mapping[str, Part], names: Names) -> list[Visit]:
    """In the order of the timeline. An instance that cannot be timed is a visit of its own."""
    groups: dict[object, list[Timed]] = {}
    for each in timeline.timed.values():
        at = each.instance.text("encounterId")
        placed = each.away is not None and not each.fault
        key = (at, each.away[:2]) if placed and each.away and at in encounters else each.instance.id
        groups.setdefault(key, []).append(each)
    found = []
    called: set[str] = set()
    for members in groups.values():
        first = min(members, key=lambda each: each.depth)
        encounter = encounters.get(first.instance.text("encounterId"))
        instance = first.instance
        labels = [instance.text("label"), instance.text("name") or instance.id]
        labels = labels[1:] if labels[0].isdigit() else labels
        if encounter is not None and encounter.id not in called:
            called.add(encounter.id)
            # A file whose encounters stand in another order than its days would name a visit by a wrong day.
            if not first.fault and not _says_another_day(encounter.text("label"), first):
                labels = [encounter.text("label"), *labels]
        labels = [label for label in labels if label] or ["visit"]
        found.append(Visit(names.free(*labels), labels[0][:400], tuple(members), first, encounter))
    return [replace(each, date=names.free(f"{each.name[:35]}-date")) if each.is_asked else each for each in found]


def _says_another_day(label: str, first: Timed) -> bool:
    said, day = re.search(r"\bDay 0*(\d+)\s*$", label, re.IGNORECASE), day_in_its_name(first.instance)
    return said is not None and day is not None and said.group(1) != str(day)


def when(visit: Visit, of_instance: Mapping[str, Visit]) -> str:
    """The sentence of a visit, without what it rests on."""
    first = visit.first
    if visit.is_asked:
        return f"on {visit.date}"
    if first.is_anchor or first.duration is None or first.timing is None:
        return f"on {ANCHOR}"
    other = of_instance[first.reference]
    reference = ANCHOR if other.first.is_anchor else other.name
    window = said_window(first)
    same_day = not (first.duration.months or first.duration.days)
    if same_day and not window and reference == ANCHOR:
        return f"on {ANCHOR}"
    way = "before" if first.sign < 0 and not same_day else "after"
    return f"{first.duration.said()}{window} {way} {reference}"


def said_window(timed: Timed) -> str:
    """A window around a day, such as ``±3 days`` or ``-0 +26``; empty where there is none that can be said."""
    if timed.timing is None or timed.duration is None or not windows_of(timed.timing):
        return ""
    days = window_days(timed.timing)
    if isinstance(days, Said) or days == (0, 0):
        return ""
    lower, upper = days
    unit = "" if timed.duration.said().endswith(("day", "days")) else " days"
    return f" ±{lower}{unit}" if lower == upper else f" -{lower} +{upper}{unit}"
