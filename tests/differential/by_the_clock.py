"""Hours retold from the text of a protocol and of a log: sheets, visits some hours after a dose, doses hours apart at home.

Nothing here is the program's: sentences are taken apart by patterns of our own, moments come from the standard library, and
what was planned and how far off something was is counted in minutes since 1970.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Said = Mapping[str, Any]
"""An event of the log, as it is written."""

_UNIT = {"hour": 60, "hours": 60, "minute": 1, "minutes": 1}
_WINDOW = r"(?: (?:±(?P<both>[\d.]+)|-(?P<early>[\d.]+) \+(?P<late>[\d.]+)) (?P<of>hours?|minutes?))?"
_SHEET = re.compile(rf"at (?P<points>[-\d., ]+) (?P<unit>hours|minutes){_WINDOW} after every drug dose")
_VISIT = re.compile(
    rf"(?:within (?P<within>\d+)|(?P<low>\d+) to (?P<high>\d+)|(?P<ideal>\d+)) hours{_WINDOW} after every drug dose"
)
_APART = re.compile(
    rf"(?P<often>twice|three times) daily, (?P<least>at least )?(?P<hours>\d+) hours{_WINDOW.replace('P<', 'P<a')} apart"
)


class Clock:
    """A clock on a wall of that zone."""

    def __init__(self, zone: str) -> None:
        self.zone = ZoneInfo(zone)

    def minute(self, day: date, at: str, second: bool = False) -> int:
        """The minute since 1970 at which it shows that; of one that it shows twice the first, or the second.

        A time that it skips comes as much later as was skipped.
        """
        first, other = (self._folded(day, at, fold) for fold in (0, 1))
        return max(first, other) if second else first

    def _folded(self, day: date, at: str, fold: int) -> int:
        hours, minutes = at.split(":")
        shown = datetime(day.year, day.month, day.day, int(hours), int(minutes), tzinfo=self.zone, fold=fold)
        return int(shown.astimezone(UTC).timestamp()) // 60

    def shows(self, minute: int) -> tuple[date, str]:
        """What it shows at a minute since 1970."""
        shown = datetime.fromtimestamp(minute * 60, UTC).astimezone(self.zone)
        return shown.date(), f"{shown:%H:%M}"

    def near(self, day: date, at: str, minute: int | None) -> int:
        """Of two minutes at which it shows a time, the one nearer to another minute."""
        both = [self.minute(day, at, second) for second in (False, True)]
        return both[0] if minute is None else min(both, key=lambda each: abs(each - minute))


@dataclass(frozen=True)
class Point:
    """A time point as it was planned, and what became of it: true minutes since the dose, and how many after its time."""

    name: str
    day: date
    at: str
    since: int | None = None
    off: int | None = None
    outside: int = 0


def window_of(found: Mapping[str, str | None], prefix: str = "") -> tuple[int, int] | None:
    """The minutes earlier and later that a sentence allows."""
    unit = _UNIT[found[f"{prefix}of"] or "minutes"]
    if found[f"{prefix}both"] is not None:
        width = round(float(found[f"{prefix}both"] or 0) * unit)
        return width, width
    if found[f"{prefix}early"] is None:
        return None
    return tuple(round(float(found[f"{prefix}{side}"] or 0) * unit) for side in ("early", "late"))  # type: ignore[return-value]


def outside(off: int, window: tuple[int, int] | None) -> int:
    """How many minutes after the end of a window, or below 0 before its beginning."""
    if window is None or -window[0] <= off <= window[1]:
        return 0
    return off - window[1] if off > window[1] else off + window[0]


def sheet_of(sentence: str, dose: Said, log: Sequence[Said], clock: Clock) -> list[Point]:
    """The sheet of a dose that was given at a time, in the order of its points."""
    found = _SHEET.fullmatch(sentence)
    assert found is not None, sentence
    began = clock.minute(dose["on"], dose["at"])
    points = []
    for written in found["points"].split(", "):
        minutes = round(float(written) * _UNIT[found["unit"]])
        name = f"{written} {'h' if found['unit'] == 'hours' else 'min'}"
        day, at = clock.shows(began + minutes)
        taken = next((each for each in log if each["event"] == "sampled" and each["point"] == name), None)
        since = clock.near(taken["on"], taken["at"], began + minutes) - began if taken is not None else None
        off = since - minutes if since is not None else None
        points.append(Point(name, day, at, since, off, outside(off, window_of(found.groupdict())) if off else 0))
    return sorted(points, key=lambda each: float(each.name.split()[0]))


@dataclass(frozen=True)
class Visit:
    """A visit timed in hours: its day, the days of its window, its time of day, and how far outside its window it came."""

    day: date
    first: date
    last: date
    at: str | None
    outside: int | None


def visit_of(sentence: str, dose: Said, log: Sequence[Said], clock: Clock) -> Visit:
    """The visit some hours after a dose that was given at a time."""
    found = _VISIT.fullmatch(sentence)
    assert found is not None, sentence
    ideal = 60 * int(found["low"] or found["ideal"] or 0)
    if found["within"] or found["high"]:
        window = 0, 60 * int(found["within"] or found["high"]) - ideal
    else:
        window = window_of(found.groupdict()) or (0, 0)
    # Of a time that came twice nobody knows which: a plan counts from the second, so that nothing is too soon.
    began = clock.minute(dose["on"], dose["at"], second=True)
    day, at = clock.shows(began + ideal)
    planned = clock.minute(day, at)
    first, last = (clock.shows(planned + minutes)[0] for minutes in (-window[0], window[1]))
    done = next((each for each in log if each["event"] == "visit done"), None)
    far = None
    if done is not None:
        since = clock.minute(done["on"], done["at"]) - clock.minute(dose["on"], dose["at"])
        far = outside(since - ideal, window)
    return Visit(day, first, last, at if ideal else None, far)


def gaps(give: str, log: Sequence[Said], clock: Clock) -> Iterator[tuple[date, int, int]]:
    """Of doses at home the day, the minutes since the dose before, and how many of these were too few or too many."""
    found = _APART.search(give)
    assert found is not None, give
    doses = {"twice": 2, "three times": 3}[found["often"]]
    hours = 60 * int(found["hours"])
    window = (0, 10**6) if found["least"] else window_of(found.groupdict(), "a")
    round_the_day = found["least"] is not None or hours * doses == 24 * 60
    known = [
        (each["on"], at, len(each["times"]) == doses)
        for each in log
        if each["event"] == "taken"
        for at in each["times"]
    ]
    for (before, first, whole), (day, second, too) in zip(sorted(known), sorted(known)[1:], strict=False):
        nights = (day - before).days
        if nights > 1 or (nights and not round_the_day):
            continue
        minutes = clock.minute(day, second) - clock.minute(before, first)
        off = outside(minutes - hours, window)
        if off < 0 or (off > 0 and whole and too):
            yield day, minutes, off


def days_after(day: date, number: int) -> date:
    """So many days later."""
    return day + timedelta(days=number)
