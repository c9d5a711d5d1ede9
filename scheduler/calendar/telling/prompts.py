"""How often a diary asks on a day, how many of that were answered, and of all days that are recorded together."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.calendar.entries.entry import Calendar, Entry, PromptsOfDay
from scheduler.calendar.telling.explanation import Told


def prompts_of_entry(calendar: Calendar, entry: Entry) -> Iterator[Told]:
    """ "It asks 5 times a day between 09:00 and 21:00; 4 of 5 prompts answered, and 7 of 10 (70 %) on all 2 days so far."."""
    prompts = entry.prompts
    if prompts is None:
        return
    if prompts.answered is None:
        yield Told(f"It asks {prompts.asked}; nobody recorded how many were answered.")
        return
    days = [each for each in _of_line(calendar, entry.timeline) if each.answered is not None]
    answered, asked = sum(each.answered or 0 for each in days), sum(each.asked.a_day for each in days)
    number = f"{len(days)} day{'' if len(days) == 1 else 's'}"
    in_all = f"on the {number} that are recorded {answered} of {asked} ({100 * answered // asked} %)"
    yield Told(f"It asks {prompts.asked}; {prompts}, {in_all}.")


def _of_line(calendar: Calendar, timeline: str) -> Iterator[PromptsOfDay]:
    yield from (entry.prompts for entry in calendar.entries if entry.timeline == timeline and entry.prompts is not None)
