"""What would change, told before anybody commits to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from scheduler.calendar.comparing.compare import ABOUT_ENTRIES, Change, What, compare_calendars
from scheduler.calendar.comparing.whatif import what_other_days_would_change, what_would_change
from scheduler.calendar.entries.because import After, Because, Unknown
from scheduler.calendar.entries.entry import Calendar, Entry, Pending
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.errors import Refused
from scheduler.folder.reading.case import read_case
from scheduler.patient.events import parse_event
from scheduler.patient.log import log_of
from scheduler.site.parse import parse_site
from scheduler.views.coordinator.changes import table_of_changes
from scheduler.views.shapes.change import tell_changes
from scheduler.views.table import Table
from tests.calendar.tellings import CONTROL, EXPERIMENTAL, FILES, SITE, by_theme, patient, patient_of
from tests.laws.examples import one_in
from tests.seed import FOLDER, VERSION

NOTHING = Because(())
HELD = {"on": "2026-03-16", "event": "held", "treatment": "regorafenib", "reason": "AE 1"}
RESUMED = {"on": "2026-03-20", "event": "resumed", "treatment": "regorafenib", "level": -1, "dose": "80 mg"}


def changed(before: tuple[dict[str, Any], ...], *more: dict[str, Any], until: str = "2026-07-31") -> tuple[Change, ...]:
    """What these events more would change."""
    events = [parse_event(event) for event in more]
    who = patient(before, until)
    return what_would_change(VERSION, SITE, who.log, events, "EXP-001", date.fromisoformat(until)).changes


def told(changes: tuple[Change, ...]) -> list[str]:
    return [str(change.sentence) for change in changes]


def test_hold_and_reduction_are_told_by_stretches_and_in_tablets():
    assert told(changed(CONTROL, HELD, RESUMED)) == [
        "regorafenib.1: 48 tablets instead of 63",
        "regorafenib.1, days 15-18: held; it was 120 mg",
        "regorafenib.1, days 19-21: 80 mg (level -1); it was 120 mg",
        "regorafenib.2 to .5, days 1-21: 80 mg (level -1); it was 120 mg",
        "regorafenib.2 to .5: 42 tablets each instead of 63",
        "regorafenib.6, days 1-12: 80 mg (level -1); it was 120 mg",
        "regorafenib.6: 24 tablets instead of 36",
    ]


def test_cycles_that_move_alike_are_one_line():
    delayed = {"on": "2026-04-20", "event": "delayed", "treatment": "regorafenib", "cycle": 3, "until": "2026-05-06"}
    first = changed(EXPERIMENTAL, delayed)[0]
    assert first == Change(
        ("regorafenib.3", "regorafenib.4", "regorafenib.5", "regorafenib.6"),
        What.MOVED,
        "2026-04-27",
        "2026-05-06",
        first.sentence,
        date(2026, 5, 6),
    )

    told_of_it = "regorafenib.3 to .6 move 9 days later, the first from Mon 27 Apr 2026 to Wed 6 May 2026"
    assert str(first.sentence) == told_of_it


def test_one_move_is_told_with_both_dates():
    failed = {"on": "2026-03-27", "event": "not done", "entry": "radiotherapy.5"}
    assert told(changed(EXPERIMENTAL, failed))[:3] == [
        'radiotherapy.5 is marked "attempt failed"',
        "radiotherapy.5 moves 3 days later, from Fri 27 Mar 2026 to Mon 30 Mar 2026",
        "radiotherapy.5: the ideal date is Sat 28 Mar 2026; it was Fri 27 Mar 2026",
    ]


def test_window_that_shrinks_is_told_where_the_move_does_not_say_it():
    failed = {"on": "2026-03-27", "event": "not done", "entry": "radiotherapy.5"}
    assert "toripalimab.2: the window is 31 Mar to 3 Apr 2026; it was 28 to 31 Mar 2026" in told(
        changed(EXPERIMENTAL, failed)
    )


def test_hold_without_end_leaves_pending_what_would_follow():
    assert told(changed(CONTROL, HELD, until="2026-04-20")) == [
        "regorafenib.1: 42 tablets instead of 63",
        "regorafenib.1, days 15-21: held; it was 120 mg",
        "regorafenib.2 loses its date, Mon 30 Mar 2026: it waits for when the hold ends, not before Mon 30 Mar 2026",
        "c2d15.1 loses its date, Mon 13 Apr 2026: it waits for regorafenib.2",
    ]


def test_what_was_pending_is_dated_by_the_end_of_treatment():
    ended = {"on": "2026-03-25", "event": "end of treatment", "reason": "progression"}
    changes = changed(CONTROL, ended, until="2026-05-31")
    assert [str(change.sentence) for change in changes if change.what is What.DATED] == [
        "end-of-treatment.1 waits no longer: Wed 25 Mar 2026, planned",
        "safety-30.1 waits no longer: Tue 21 Apr 2026, planned",
    ]
    assert "regorafenib.2 of Mon 30 Mar 2026 is cancelled; it was planned" in told(changes)
    assert "regorafenib.3 to .4 are no longer on the calendar" in told(changes)
    assert "adverse-events.1: from 2 Mar to 20 Jun 2026 instead of from 2 Mar 2026 on with an open end" in told(changes)


def test_visit_done_as_planned_changes_its_status_only():
    started = {"on": "2026-03-30", "event": "cycle started", "treatment": "regorafenib", "cycle": 2}
    assert told(changed(CONTROL, started)) == ["regorafenib.2 is done; it was planned"]


def test_booking_outside_the_window_is_marked():
    booked = {"on": "2026-04-10", "event": "booked", "entry": "imaging.1", "to": "2026-05-06", "at": "09:30"}
    assert told(changed(CONTROL, booked)) == [
        'imaging.1 is marked "booked" and "out of window"',
        "imaging.1 moves 12 days later, from Fri 24 Apr 2026 to Wed 6 May 2026",
        "imaging.1: the time is 09:30; there was none",
    ]


def test_new_findings_are_told_with_their_entry():
    booked = {"on": "2026-03-10", "event": "booked", "entry": "toripalimab.2", "to": "2026-03-23"}
    assert told(changed(EXPERIMENTAL, booked)) == [
        "new warning: toripalimab.2: the booking is void: it lies before what this waits for"
    ]


def test_finding_that_is_gone_is_told_too():
    booked = {"on": "2026-03-10", "event": "booked", "entry": "toripalimab.2", "to": "2026-03-23"}
    struck = {"on": "2026-03-11", "event": "struck", "number": 4, "reason": "wrong patient"}
    assert [(change.what, change.after) for change in changed((*EXPERIMENTAL, booked), struck)] == [(What.SOLVED, None)]


def test_event_that_contradicts_the_log_is_refused():
    again = {"on": "2026-03-30", "event": "cycle started", "treatment": "regorafenib", "cycle": 1}
    with pytest.raises(Refused):
        changed(CONTROL, again)


def test_closure_of_the_site_is_compared_like_an_event():
    text = (FOLDER / "site.yaml").read_text("utf-8") + "\nclosed: [{days: 2026-03-30..2026-03-31, because: move}]\n"
    who = patient(EXPERIMENTAL, "2026-04-05")
    until = date(2026, 4, 5)
    comparison = what_other_days_would_change(
        VERSION, SITE, parse_site(text, name="site.yaml"), who.log, "EXP-001", until
    )
    assert [str(change.sentence) for change in comparison.changes if change.what is What.MOVED] == [
        "regorafenib.2 moves 2 days later, from Mon 30 Mar 2026 to Wed 1 Apr 2026",
        "toripalimab.2 moves 2 days later, from Mon 30 Mar 2026 to Wed 1 Apr 2026",
    ]


def test_as_a_table_and_as_keys():
    failed = {"on": "2026-03-30", "event": "cycle started", "treatment": "regorafenib", "cycle": 2}
    changes = changed(CONTROL, failed)
    assert table_of_changes(changes) == Table(
        "What would change",
        ("date", "entries", "what", "before", "after", "change"),
        ((date(2026, 3, 30), "regorafenib.2", "status", "planned", "done", "regorafenib.2 is done; it was planned"),),
    )
    assert [each.as_keys() for each in tell_changes(changes)] == [
        {
            "date": "2026-03-30",
            "entries": ["regorafenib.2"],
            "what": "status",
            "before": "planned",
            "after": "done",
            "change": "regorafenib.2 is done; it was planned",
        }
    ]


@pytest.mark.parametrize("path", FILES, ids=by_theme)
def test_calendar_is_no_different_from_itself(path: Path) -> None:
    calendar = patient_of(path).calendar
    assert compare_calendars(calendar, calendar) == ()


@pytest.mark.parametrize("path", one_in(3, FILES), ids=by_theme)
def test_changes_name_exactly_the_entries_that_differ(path: Path) -> None:
    """Each event of each scenario in turn: the calendar before it was recorded beside the one after."""
    who = patient_of(path)
    until = who.calendar.until
    states = [calendar_of(VERSION, who.site, who.log.until(number), until=until) for number in range(len(who.log) + 1)]
    for before, after in pairwise(states):
        changes = compare_calendars(before, after)
        named = {entry for change in changes if change.what in ABOUT_ENTRIES for entry in change.entries}
        assert sorted(named) == sorted(_different(before, after))
        assert [change.on for change in changes if change.on] == sorted(change.on for change in changes if change.on)


def _different(before: Calendar, after: Calendar) -> set[str]:
    old, new = _seen(before), _seen(after)
    names = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    # A cycle is pending under the name of its first day, and has an entry under its own.
    entries = {*before.by_id, *after.by_id}
    return {
        name.removesuffix(".1") if name.removesuffix(".1") in entries and name not in entries else name
        for name in names
    }


def _seen(calendar: Calendar) -> dict[str, Any]:
    """What a reader sees of a calendar: everything but the reasons, and days of tablets one by one."""
    waiting = {each.id: replace(each, because=_known(each)) for each in calendar.pending}
    return {**waiting, **{entry.id: _bare(entry) for entry in calendar.entries}}


def _known(pending: Pending) -> Because:
    """What it waits for: what nobody knows, else the entry that it counts from."""
    unknown = tuple(reason for reason in pending.because.set_by if isinstance(reason, Unknown))
    return Because(unknown or tuple(reason for reason in pending.because.set_by if isinstance(reason, After)))


def _bare(entry: Entry) -> tuple[Entry, list[tuple[Any, ...]]]:
    days = [
        (day, run.first_date.toordinal() + day - run.first_day, run.doses, run.status, run.flags)
        for run in entry.runs
        for day in range(run.first_day, run.last_day + 1)
    ]
    return entry._replace(because=NOTHING, runs=()), days


def test_a_cycle_that_a_resume_dates_is_told_with_its_new_dose():
    # Held in cycle 1 until 6 April, a holiday, and one level down: cycle 2 begins on the 7th, its day 15 is 14 days later.
    lower = {"on": "2026-04-06", "event": "resumed", "treatment": "regorafenib", "level": -1, "dose": "80 mg"}
    changes = changed((*CONTROL, HELD), lower, until="2026-05-20")
    assert [str(change.sentence) for change in changes if change.what is What.DATED] == [
        "regorafenib.2 waits no longer: Tue 7 Apr 2026, planned, 80 mg (level -1)",
        "c2d15.1 waits no longer: Tue 21 Apr 2026, planned",
    ]


def test_the_tablets_of_a_dose_twice_a_day_are_those_of_both():
    # 2000 mg twice daily are 8 tablets of 500 mg a day: four days less are 32 fewer of 4 + 13 x 8 + 4 = 112.
    case = read_case(FOLDER.parent / "regimens" / "capox" / "stories" / "hands-and-counts.yaml")
    before, after = (
        case.calendar_with(log_of(record.event for record in case.log.records[:length])) for length in (4, 6)
    )
    changes = compare_calendars(before, after, case.version.arms["capox"].products)
    assert [str(change.sentence) for change in changes if change.what is What.TABLETS] == [
        "capecitabine.1: 80 tablets instead of 112"
    ]
