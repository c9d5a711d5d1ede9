"""Two entries with one id: nobody could say which of them an event is about, and a feed would show only one."""

from __future__ import annotations

from scheduler.calendar.entries.entry import Entry, Pending
from scheduler.findings import Finding, Severity
from scheduler.said import Code, said


def told_apart(entries: list[Entry], pending: list[Pending]) -> tuple[list[Entry], list[Pending], list[Finding]]:
    """The first entry of each id, and an error for each id that several had: no protocol that passes `check` makes one."""
    if len({entry.id for entry in entries}) == len(entries) and len({each.id for each in pending}) == len(pending):
        return entries, pending, []
    several: dict[str, int] = {}
    once: dict[str, Entry] = {}
    for entry in entries:
        if once.setdefault(entry.id, entry) is not entry:
            several[entry.id] = several.get(entry.id, 1) + 1
    # A period with a known beginning and an open end is an entry, and its end is pending: that is no duplicate.
    waiting: dict[str, Pending] = {}
    for each in pending:
        if waiting.setdefault(each.id, each) is not each:
            several[each.id] = several.get(each.id, 1) + 1
    return list(once.values()), list(waiting.values()), [_finding(name, count) for name, count in several.items()]


def _finding(name: str, count: int) -> Finding:
    message = said(
        "{count} entries would have the id {name}, and only the first of them is shown", count=count, name=Code(name)
    )
    hint = said("do not use this calendar: what is on several days in the protocol needs a day of its own for each")
    return Finding.of("duplicate-entry", Severity.ERROR, message, hint, entry=name)
