"""The list of what the stories read and do not cite: in each line the story, the entry, and an event's number or an entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from scheduler.calendar.entries.entry import Calendar
from scheduler.folder.reading.case import read_case
from scheduler.patient.log import Log
from tests.laws.told import cited_entries, cited_events
from tests.reads.no_reason import Otherwise
from tests.reads.recorder import recording
from tests.regimens.test_laws import REFUSED
from tests.regimens.test_regimens import STORIES as OF_REGIMENS
from tests.scenario_runner import shelf
from tests.scenario_runner import stories as of_scenarios

ROOT = Path(__file__).parents[2]
LIST = Path(__file__).with_name("not_cited.txt")
SEED = sorted((ROOT / "examples/rego-tori-rt/patients").glob("*.yaml"))
SCENARIOS = [story.path for story in of_scenarios() if "refused:" not in story.path.read_text("utf-8")]
STORIES = {str(path.relative_to(ROOT)): path for path in (*SEED, *SCENARIOS, *OF_REGIMENS) if path not in REFUSED}


def not_cited(path: Path) -> tuple[str, ...]:
    """What was read to place each entry of a patient and is cited nowhere behind it: events, and other entries.

    What came after its day is no reason, nor is what has no place on the calendar, nor what `no_reason` sorts out by its rules.
    """
    case = read_case(path, shelf=shelf()) if path in SCENARIOS else read_case(path)
    with recording() as reads:
        calendar = case.calendar()
    lines: list[str] = []
    otherwise = Otherwise(case, calendar)
    for entry in calendar.entries:
        read = reads.by_entry.get(entry.id) or reads.by_entry.get(entry.id.rpartition(".")[0]) or set()
        cited = cited_events(calendar, entry) | cited_entries(calendar, entry) | {entry.id}
        days = {each: _day(calendar, case.log, each) for each in read - cited}
        known = {each: day for each, day in days.items() if day is not None}
        last = entry.date or date.max
        in_time = [each for each, day in sorted(known.items(), key=str) if day <= last]
        lines += (f"{entry.id} {each}" for each in in_time if not otherwise.is_no_reason(entry, each))
    return tuple(lines)


def _day(calendar: Calendar, log: Log, what: int | str) -> date | None:
    """The day of an event or of another entry; None of what has none."""
    if isinstance(what, str):
        return calendar.by_id[what].date if what in calendar.by_id else None
    record = log.record(what)
    return record.event.on if record is not None else None


def as_lines(told: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The lines of the file."""
    return (f"{story} {line}\n" for story, lines in sorted(told.items()) for line in lines)


def known() -> dict[str, tuple[str, ...]]:
    """What the list has of each story."""
    lines: dict[str, tuple[str, ...]] = dict.fromkeys(STORIES, ())
    for line in LIST.read_text("utf-8").splitlines():
        story, _, rest = line.partition(" ")
        lines[story] += (rest,)
    return lines
