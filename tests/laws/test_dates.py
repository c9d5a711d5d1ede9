"""Laws that every calendar keeps, whatever happened to the patient."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Kind, Status
from scheduler.calendar.entries.unplanned import SUFFIX
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.events import CycleStarted, NotTaken, Taken, parse_event
from scheduler.patient.log import log_of
from tests.laws.examples import examples
from tests.laws.strategies import Patient, anybody, patients
from tests.laws.told import calendar_after
from tests.laws.walks import Followed
from tests.seed import VERSION, site_with

laws = settings(max_examples=examples(40), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
FREE = (Flag.BOOKED, Flag.OUT_OF_WINDOW)


def planned(calendar: Calendar, *kinds: Kind) -> Iterator[Entry]:
    for entry in calendar.entries:
        if entry.status is Status.PLANNED and entry.date is not None and (not kinds or entry.kind in kinds):
            yield entry


@laws
@given(anybody())
def test_no_two_entries_have_one_id(patient: Patient | Followed):
    ids = [entry.id for entry in calendar_after(patient).entries]
    assert sorted(set(ids)) == sorted(ids)


@laws
@given(anybody())
def test_a_planned_date_lies_in_its_window(patient: Patient | Followed):
    outside = [
        entry.id
        for entry in planned(calendar_after(patient))
        if entry.window is not None
        and entry.kind is not Kind.PERIOD
        and not set(entry.flags) & {*FREE, Flag.COMBINED}
        and not entry.window[0] <= (entry.date or date.min) <= entry.window[1]
    ]
    assert outside == []


@laws
@given(anybody())
def test_nothing_is_planned_on_a_closed_day(patient: Patient | Followed):
    site = patient.site
    calendar = calendar_after(patient)
    closed = [
        entry.id
        for entry in planned(calendar)
        if entry.kind is not Kind.PERIOD
        and Flag.BOOKED not in entry.flags
        and entry.date != calendar.first_dose
        and not site.open_days(entry.resource or "").is_open((entry.date or date.min).toordinal())
    ]
    assert closed == []


@laws
@given(anybody())
def test_no_dose_is_planned_inside_a_hold(patient: Patient | Followed):
    calendar = calendar_after(patient)
    held = [
        (run_or_entry, hold.start)
        for hold in calendar.holds
        for entry in calendar.entries
        if entry.timeline == hold.treatment
        for run_or_entry, day, status in _dosing_days(entry)
        if status is Status.PLANNED and hold.start <= day and (hold.over is None or day < hold.over)
    ]
    assert held == []


def _dosing_days(entry: Entry) -> Iterator[tuple[str, date, Status]]:
    if entry.kind is not Kind.ORAL and entry.date is not None:
        yield entry.id, entry.date, entry.status
    for run in entry.runs:
        for offset in range((run.last_date - run.first_date).days + 1):
            yield f"{entry.id}.{run.first_day + offset}", run.first_date + timedelta(days=offset), run.status


@laws
@given(patients())
def test_toripalimab_is_never_planned_less_than_18_days_after_the_dose_before(patient: Patient):
    doses = [entry for entry in calendar_after(patient).entries if entry.timeline == "toripalimab" and entry.date]
    in_order = sorted((each for each in doses if each.status is not Status.CANCELLED), key=lambda each: each.n or 0)
    short = [
        after.id
        for before, after in pairwise(in_order)
        if after.status is Status.PLANNED and after.n >= 3 and _days(before, after) < 18
    ]
    assert short == []


def _days(before: Entry, after: Entry) -> int:
    return ((after.date or date.min) - (before.date or date.min)).days


@laws
@given(anybody())
def test_nobody_takes_the_tablets_of_two_cycles_on_one_day(patient: Patient | Followed):
    calendar = calendar_after(patient)
    days = [
        (entry.timeline, day)
        for entry in calendar.entries
        if entry.kind is Kind.ORAL
        for _, day, status in _dosing_days(entry)
        if status in (Status.PLANNED, Status.DONE)
    ]
    assert sorted(set(days)) == sorted(days)


@laws
@given(patients())
def test_what_is_recorded_later_never_alters_what_was_done(patient: Patient):
    on = {record.number: record.event.on for record in patient.log.records}
    last = patient.log.records[-1]
    if any(day >= last.event.on for number, day in on.items() if number != last.number):
        return
    if last.event.event in ("corrected", "struck"):
        return
    before = calendar_after(patient, patient.log.until(last.number - 1))
    after = calendar_after(patient)
    done = [entry for entry in before.entries if entry.status is Status.DONE and entry.kind is not Kind.PERIOD]
    told_again: tuple[date, date] | None = None
    if isinstance(last.event, NotTaken):
        # It is about days that were reported before, and takes them back: that is asked before it is recorded.
        first, upto = told_again = last.event.days
        done = [
            each for each in done if each.timeline != last.event.treatment or not first <= (each.date or first) <= upto
        ]
    if isinstance(last.event, Taken):
        # Tablets of an earlier day, told later, may be those with which the cycle began.
        first, _ = told_again = last.event.days
        done = [each for each in done if each.timeline != last.event.treatment or (each.date or first) < first]
    if isinstance(last.event, CycleStarted):
        # It answers what is asked of a cycle whose start nobody recorded: its true first day. Its tablets stay, see below.
        done = [
            each for each in done if each.timeline != last.event.treatment or Flag.START_NOT_RECORDED not in each.flags
        ]
    altered = [each.id for each in done if (each.date, each.status) != _stands(after, each.id)]
    assert altered == []
    stayed = _tablets(after)
    gone = {
        taken: amounts
        for taken, amounts in _tablets(before).items()
        if told_again is None or not told_again[0] <= taken[1] <= told_again[1]
        if stayed.get(taken) != amounts
    }
    assert gone == {}


def _tablets(calendar: Calendar) -> dict[tuple[str, date], list[str]]:
    """What is recorded as taken of each treatment on each day, whichever cycle it is of, and of none."""
    taken: dict[tuple[str, date], list[str]] = {}
    for entry in calendar.entries:
        # Of a cycle that nobody reported to have begun, only an order may say that the dose of its day was taken already.
        for run in entry.runs if entry.status is Status.DONE else ():
            if run.status is Status.DONE:
                for offset in range((run.last_date - run.first_date).days + 1):
                    day = run.first_date + timedelta(days=offset)
                    taken.setdefault((entry.timeline.removesuffix(SUFFIX), day), []).extend(
                        f"{dose.amount} {dose.unit}" for dose in run.doses
                    )
    return taken


def _stands(calendar: Calendar, entry: str) -> tuple[date | None, Status] | None:
    found = calendar.by_id.get(entry)
    return (found.date, found.status) if found is not None else None


@laws
@given(patients(), st.integers(min_value=1, max_value=20))
def test_moving_every_date_by_weeks_moves_the_calendar_by_weeks(patient: Patient, weeks: int):
    shift = timedelta(weeks=weeks)
    until = patient.last_day + timedelta(days=120)
    site = site_with(set(patient.closed), set(patient.opened))
    calendar = calendar_of(VERSION, site, log_of([parse_event(e) for e in patient.events]), until=until)
    moved_site = site_with({day + shift for day in patient.closed}, {day + shift for day in patient.opened})
    moved_log = log_of([parse_event(_moved(event, shift)) for event in patient.events])
    moved = calendar_of(VERSION, moved_site, moved_log, until=until + shift)
    assert _dates(moved, timedelta(0)) == _dates(calendar, shift)


def _moved(told: dict[str, Any], shift: timedelta) -> dict[str, Any]:
    dates = ("on", "to", "from", "until", "onset", "expires")
    moved: dict[str, Any] = {}
    for key, value in told.items():
        if isinstance(value, dict):
            moved[key] = _moved(value, shift)
        elif key in dates and isinstance(value, str) and value[:4].isdigit():
            moved[key] = str(date.fromisoformat(value) + shift)
        else:
            moved[key] = value
    return moved


def _dates(calendar: Calendar, shift: timedelta) -> dict[str, tuple[date | None, str]]:
    """Months and years are not all as long: what counts in them is left out."""
    return {
        entry.id: (entry.date + shift if entry.date else None, str(entry.status))
        for entry in calendar.entries
        if entry.kind is not Kind.PERIOD and entry.id != "survival.last"
    }
