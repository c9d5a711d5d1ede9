"""Timelines in minutes that a visit calls: each is a sheet of time points after that visit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.standards.usdm.durations import read_duration
from scheduler.standards.usdm.timelines import Timed, Timeline, windows_of

A_DAY = 24 * 60


def is_of_one_day(timeline: Timeline) -> bool:
    """True for a timeline of minutes and hours with more than its anchor."""
    away = [each.away for each in timeline.timed.values() if each.away is not None]
    return len(set(away)) > 1 and all(months == days == 0 and abs(minutes) < A_DAY for months, days, minutes in away)


def sentences(timeline: Timeline, visit: str) -> list[str]:
    """The time points, one sentence for each window."""
    by_window: dict[str, set[int]] = {}
    for each in timeline.timed.values():
        if each.away is not None:
            by_window.setdefault(said_minutes(each), set()).add(each.away[2])
    known = set(by_window.get("", ()))
    for window, points in by_window.items():
        if window:
            known -= points
    said = {**by_window, "": known} if known else {key: value for key, value in by_window.items() if key}
    return [f"at {', '.join(_points(points))} minutes{window} after {visit}" for window, points in said.items()]


def said_minutes(timed: Timed) -> str:
    """The window of a time point; empty where it has none, or none in minutes."""
    if timed.timing is None or timed.is_anchor or not windows_of(timed.timing):
        return ""
    lower, upper = (
        read_duration(timed.timing.has.get("windowLower")),
        read_duration(timed.timing.has.get("windowUpper")),
    )
    if lower is None or upper is None or lower.days or upper.days or lower.months or upper.months:
        return ""
    if lower.minutes == upper.minutes:
        return f" ±{lower.minutes} minutes" if lower.minutes else ""
    return f" -{lower.minutes} +{upper.minutes} minutes"


def _points(minutes: Iterable[int]) -> Iterator[str]:
    return map(str, sorted(minutes))
