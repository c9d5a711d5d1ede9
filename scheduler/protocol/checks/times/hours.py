"""Hours that nobody can be late for: time points and doses at home without a window have no deviations, and `check` says so."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.plan.sheet import Sheet


def check_hours_at_home(protocol: Protocol) -> Iterator[Finding]:
    """Two doses "12 hours apart": how many fewer or more there may be makes a deviation, and nothing else does."""
    for _, line in protocol.treatments():
        for give in line.gives:
            apart = give.taking.apart
            if apart is not None and apart.shortest is None:
                message = f"{apart}: patients are told so, and without ± nothing is a deviation"
                hint = f"where the protocol says it, write: {str(apart).removesuffix(' apart')} ±1 hour apart"
                yield protocol.at(give.clause).note("hours-without-window", message, hint)


def check_windows_of_sheets(protocol: Protocol) -> Iterator[Finding]:
    """Time points without ±: the actual time is listed, and nothing is a deviation."""
    for plan in protocol.version.arms.values():
        for sheet in plan.sheets:
            for clause in dict.fromkeys(point.clause for point in sheet.points if point.early is None):
                message = f"{sheet.name} has no ± here: the actual times are listed, and none of them is a deviation"
                yield protocol.at(clause).note("sheet-without-window", message, _with_window(sheet, clause.text))


def check_later_days_of_sheets(protocol: Protocol) -> Iterator[Finding]:
    """What comes a day or more after the dose is on no visit of the dose's own day: the sheet has visits for it."""
    for plan in protocol.version.arms.values():
        for sheet in plan.sheets:
            if sheet.later_days:
                later = sheet.on_day(sheet.later_days[0])[0]
                names = ", ".join(dict.fromkeys(each.name for day in sheet.later_days for each in sheet.on_day(day)))
                days = ", ".join(map(str, sheet.later_days))
                are = f"{'s' if days != '1' else ''} after the dose {'are visits' if days.count(',') else 'is a visit'}"
                message = f"{names}: {days} day{are} of {sheet.name}'s own, any day being open"
                hint = "where the patient comes then anyway, nothing else is to be written; book them like other visits"
                yield protocol.at(later.clause).note("sheet-later-days", message, hint)


def _with_window(sheet: Sheet, text: str) -> str:
    for word in (" after ", " before "):
        if word in text:
            return f"where the protocol gives a window, write: {text.replace(word, f' ±5 minutes{word}', 1)}"
    return "where the protocol gives a window, write it after the hours: ±5 minutes"
