"""Days on which the patient writes a diary at home: seven days from every dose of a vaccine, each stretch of them as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from scheduler.calendar.entries.entry import Calendar, Entry, Kind
from scheduler.protocol.plan.times.prompts import Prompts
from scheduler.views.days.attendance import takes_place


@dataclass(frozen=True, slots=True)
class DiaryDays:
    """Consecutive days of one diary, both included. ``latest`` is the highest number of an event that one of them cites.

    ``prompts`` is how often it asks on each day, where that is several times.
    """

    id: str
    title: str
    first: date
    last: date
    activities: tuple[str, ...]
    latest: int
    prompts: Prompts | None = None

    @property
    def days(self) -> Iterator[date]:
        """Each of the days."""
        return (self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))


def diary_days(calendar: Calendar) -> tuple[DiaryDays, ...]:
    """The diary days of a calendar in order; days that do not follow each other are stretches of their own."""
    written = [
        each for each in calendar.entries if each.kind is Kind.DIARY and each.date is not None and takes_place(each)
    ]
    written.sort(key=lambda each: (each.timeline, each.date))
    found: list[DiaryDays] = []
    for _, entries in groupby(enumerate(written), key=_stretch):
        found.append(_of_stretch([entry for _, entry in entries]))
    return tuple(sorted(found, key=lambda each: (each.first, each.id)))


def _stretch(numbered: tuple[int, Entry]) -> tuple[str, int, int]:
    """What consecutive days of one occurrence have in common."""
    number, entry = numbered
    return entry.timeline, entry.n, (entry.date.toordinal() if entry.date is not None else 0) - number


def _of_stretch(entries: list[Entry]) -> DiaryDays:
    days = [each.date for each in entries if each.date is not None]
    latest = max(each.because.latest for each in entries)
    activities = tuple(dict.fromkeys(activity for each in entries for activity in each.activities))
    prompts = entries[0].prompts.asked if entries[0].prompts is not None else None
    title = entries[0].title.rpartition(" day ")[0] or entries[0].title
    return DiaryDays(entries[0].id, title, days[0], days[-1], activities, latest, prompts)
