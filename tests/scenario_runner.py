"""A story is run: the calendar that its events make, beside what it expects, as a small table when they differ.

`expect` says of an entry its date, or several things at once (``date``, ``ideal``, ``window``, ``status``, ``dose``, ``flags``,
``time``, ``pending``); of a run of tablets its dates and what they are; what is ``absent``; the codes of the calendar's
``findings``; or the code by which the log is ``refused``. `why` lists what set an entry: ``event 4``, or the words that the
protocol's sentence begins with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from scheduler.calendar.because import After, Closed, Event, Reason
from scheduler.calendar.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.errors import Refused
from scheduler.patient.case import CaseText, parse_case
from scheduler.patient.recording import build_log
from scheduler.protocol.clause import Clause
from scheduler.site import EVERY_DAY
from scheduler.views.days import DayEntry, spelled_out
from tests.seed import VERSION

SCENARIOS = Path(__file__).parent / "scenarios"


@dataclass(frozen=True)
class Story:
    """One file; its first line tells it in a sentence."""

    path: Path
    case: CaseText

    @property
    def sentence(self) -> str:
        return self.path.read_text("utf-8").splitlines()[0].lstrip("# ")


def stories() -> list[Story]:
    """Every story, by theme and name."""
    paths = sorted(SCENARIOS.glob("*/*.yaml"))
    return [Story(path, parse_case(path.read_text("utf-8"), name=path.name)) for path in paths]


def differences(story: Story) -> list[str]:
    """What the story expects and the calendar does not have: one line each, empty when all is as told."""
    expected = dict(story.case.expect or {})
    refused = expected.pop("refused", None)
    try:
        calendar = _calendar(story.case)
    except Refused as refusal:
        codes = sorted(finding.code for finding in refusal.findings)
        return [] if [refused] == codes else [f"refused for {codes}, expected {refused or 'a calendar'}"]
    if refused is not None:
        return [f"expected to be refused for {refused}, but there is a calendar"]
    return compared(calendar, expected, story.case.why)


def compared(calendar: Calendar, expected: dict[str, Any], why: dict[str, list[str]] | None) -> list[str]:
    """What is expected of a calendar and not so: one line each, empty when all is as told."""
    days = {day.id: day for day in spelled_out(calendar)}
    found = [line for entry, wanted in expected.items() for line in _differ(calendar, days, entry, wanted)]
    return found + [line for entry, wanted in (why or {}).items() for line in _why(calendar, entry, wanted)]


def calendar_of_story(story: Story) -> Calendar | None:
    """The calendar that the story's events make; None where they are refused."""
    try:
        return _calendar(story.case)
    except Refused:
        return None


def _calendar(case: CaseText) -> Calendar:
    log = build_log(VERSION, case.events, places=case.places)
    site = EVERY_DAY.with_days(case.closed or (), case.open or ())
    return calendar_of(VERSION, site, log, subject=case.subject, until=case.until)


def _differ(calendar: Calendar, days: dict[str, DayEntry], entry: str, wanted: Any) -> Iterator[str]:
    if entry == "absent":
        yield from (f"{name}: {days[name].date}, expected to be absent" for name in wanted if _stands(days, name))
    elif entry == "findings":
        codes = sorted(finding.code for finding in calendar.findings)
        if codes != sorted(wanted):
            yield f"findings: {codes}, expected {sorted(wanted)}"
    elif isinstance(wanted, dict) and "dates" in wanted:
        yield from _run(days, entry, wanted)
    elif isinstance(wanted, dict) and wanted.get("pending"):
        if entry not in {pending.id for pending in calendar.pending}:
            yield f"{entry}: expected to be pending"
    elif entry not in days:
        yield f"{entry}: missing, expected {wanted}"
    else:
        told = wanted if isinstance(wanted, dict) else {"date": wanted}
        got = _told(days[entry])
        for what, value in told.items():
            expected = sorted(value) if what == "flags" else value
            if got[what] != expected:
                yield f"{entry}: {what} {got[what]}, expected {expected}"


def _stands(days: dict[str, DayEntry], entry: str) -> bool:
    return entry in days and days[entry].status != "cancelled"


def _run(days: dict[str, DayEntry], entry: str, wanted: dict[str, str]) -> Iterator[str]:
    cycle, _, numbers = entry.rpartition(".")
    first, _, last = numbers.partition("-")
    start, end = (date.fromisoformat(day) for day in wanted["dates"].split(".."))
    assert (end - start).days == int(last or first) - int(first), f"{entry} has other days than dates"
    for offset, number in enumerate(range(int(first), int(last or first) + 1)):
        day = days.get(f"{cycle}.{number}")
        expected = (start + timedelta(days=offset), wanted["is"])
        got = (day.date, _dose_or_status(day)) if day is not None else None
        if got != expected:
            yield f"{cycle}.{number}: {got}, expected {expected}"
            return


def _dose_or_status(day: DayEntry) -> str:
    return ", ".join(str(dose) for dose in day.doses) if day.status in ("planned", "done") else str(day.status)


def _told(day: DayEntry) -> dict[str, Any]:
    window = f"{day.window[0]}..{day.window[1]}" if day.window else None
    return {
        "date": str(day.date) if day.date else None,
        "ideal": str(day.ideal) if day.ideal else None,
        "window": window,
        "status": str(day.status),
        "dose": ", ".join(str(dose) for dose in day.doses),
        "flags": sorted(str(flag) for flag in day.flags),
        "time": day.of.time,
    }


def _why(calendar: Calendar, entry: str, wanted: list[str]) -> Iterator[str]:
    because = calendar.by_id[entry].because
    got = [_words(reason) for reason in because.set_by]
    short = [words if words == want else words[: len(want)] for words, want in zip(got, wanted, strict=False)]
    if short != wanted or len(got) != len(wanted):
        yield f"{entry}: because {got}, expected {wanted}"


def _words(reason: Reason) -> str:
    match reason:
        case Event(number):
            return f"event {number}"
        case Clause():
            return reason.text
        case After(entry):
            return f"after {entry}"
        case Closed():
            first, last = reason.dates
            return f"closed {first}..{last}"
    return f"not known: {reason.what}"
