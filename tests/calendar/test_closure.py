"""What a closure of the site would change: worked out by hand, and what is true of every patient."""

from __future__ import annotations

import json
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendar.comparing.closure import Appointment, ClosureChanges, UnmetWindow, what_a_closure_would_change
from scheduler.calendar.entries.entry import Status
from scheduler.site.closure import Closure, with_closure
from scheduler.site.site import EVERY_DAY, Site
from scheduler.views.coordinator.closure import closure_list
from tests.dosing.story import told
from tests.laws.examples import examples
from tests.laws.strategies import Patient, patients
from tests.seed import VERSION, shanghai, site_with

MONDAY_TO_FRIDAY = site_with(set(), set())
# Cycle 2 is ideally on Monday 30 March, 27 March to 2 April.
CONTROL = "2026-02-27 randomised, arm: control\n2026-03-02 cycle started, treatment: regorafenib, cycle: 1\n"
UNTIL = date(2026, 4, 30)


def closed(
    story: str, first: str, last: str, resource: str | None = None, site: Site = MONDAY_TO_FRIDAY
) -> ClosureChanges:
    closure = Closure(date.fromisoformat(first), date.fromisoformat(last), resource)
    return what_a_closure_would_change(VERSION, site, closure, told(story), "CTL-009", UNTIL)


def moves(found: ClosureChanges) -> dict[str, tuple[str, str]]:
    """Every entry that has another date, with both."""
    before, after = found.comparison.before, found.comparison.after
    pairs = ((entry, after.entry(entry.id)) for entry in before.entries)
    return {
        entry.id: (str(entry.date), str(now.date)) for entry, now in pairs if now is not None and now.date != entry.date
    }


def test_a_cycle_moves_to_the_first_open_day_of_its_window() -> None:
    # Cycle 3 counts from cycle 2: 30 April instead of 27 April.
    found = closed(CONTROL, "2026-03-30", "2026-04-01")
    assert moves(found) == {
        "regorafenib.2": ("2026-03-30", "2026-04-02"),
        "c2d15.1": ("2026-04-13", "2026-04-16"),
        "regorafenib.3": ("2026-04-27", "2026-04-30"),
    }
    assert (found.unmet, found.appointments) == ((), ())


def test_a_window_that_can_no_longer_be_met() -> None:
    found = closed(CONTROL, "2026-03-30", "2026-04-02")
    window = (date(2026, 3, 27), date(2026, 4, 2))
    title = found.unmet[0].title
    assert found.unmet == (UnmetWindow("regorafenib.2", title, window, date(2026, 4, 3)),)
    assert moves(found)["regorafenib.2"] == ("2026-03-30", "2026-04-03")


def test_another_resource_does_not_matter() -> None:
    assert closed(CONTROL, "2026-03-30", "2026-04-02", "radiotherapy").comparison.changes == ()
    assert closed(CONTROL, "2026-03-30", "2026-04-02", "clinic").comparison.changes != ()


def test_weekends_and_what_is_done_do_not_change() -> None:
    assert closed(CONTROL, "2026-03-28", "2026-03-29").comparison.changes == ()
    assert closed(CONTROL, "2026-03-02", "2026-03-02").comparison.changes == ()


def test_an_appointment_on_a_closed_day_is_to_be_made_anew() -> None:
    story = CONTROL + '2026-03-20 booked, entry: regorafenib.2.1, to: 2026-03-31, at: "09:30"'
    found = closed(story, "2026-03-31", "2026-03-31")
    title = found.appointments[0].title
    assert found.appointments == (Appointment("regorafenib.2", title, date(2026, 3, 31), "09:30", date(2026, 3, 30)),)


def test_an_appointment_that_was_moved_away_already_stays() -> None:
    story = (
        CONTROL
        + "2026-03-20 booked, entry: regorafenib.2.1, to: 2026-03-31\n2026-03-21 rebooked, entry: regorafenib.2.1, to: 2026-04-01"
    )
    assert closed(story, "2026-03-31", "2026-03-31").comparison.changes == ()


def test_a_first_dose_that_a_person_planned_stays_and_is_told() -> None:
    found = closed(
        "2026-02-27 randomised, arm: control\n2026-02-27 first dose planned, to: 2026-03-02", "2026-03-02", "2026-03-02"
    )
    assert [(each.entry, each.moves_to) for each in found.appointments] == [("regorafenib.1", None)]


def test_an_extra_working_day_is_closed_too() -> None:
    # Saturday 28 February 2026 is a make-up working day in China.
    closure = Closure(date(2026, 2, 28), date(2026, 2, 28))
    day = closure.first.toordinal()
    site = shanghai()
    assert [place.open_days("clinic").is_open(day) for place in (site, with_closure(site, closure))] == [True, False]


def test_the_list_over_a_study() -> None:
    closure = Closure(date(2026, 3, 30), date(2026, 4, 2))
    quiet = what_a_closure_would_change(VERSION, EVERY_DAY, closure, told("2026-02-20 consented"), "CTL-010", UNTIL)
    found = closure_list("REGO-TORI-RT", closure, [closed(CONTROL, "2026-03-30", "2026-04-02"), quiet])
    assert found.table().title == "REGO-TORI-RT, site closed 2026-03-30..2026-04-02: what would change"
    assert {row[0] for row in found.table().rows} == {"CTL-009"}
    assert [row[:2] for row in found.unmet().rows] == [("CTL-009", "regorafenib.2")]
    keys = json.loads(json.dumps(found.as_keys()))
    assert [(each["subject"], bool(each["changes"])) for each in keys["patients"]] == [
        ("CTL-009", True),
        ("CTL-010", False),
    ]
    assert keys["patients"][0]["windows_not_met"] == [
        {"entry": "regorafenib.2", "window": ["2026-03-27", "2026-04-02"], "date": "2026-04-03"}
    ]
    assert (found.changes_nothing, closure_list("X", closure, [quiet]).changes_nothing) == (False, True)


@settings(max_examples=examples(40), deadline=None)
@given(patient=patients(), start=st.integers(-30, 90), length=st.integers(0, 9))
def test_nothing_is_left_on_a_closed_day_that_nobody_is_told_of(patient: Patient, start: int, length: int) -> None:
    first = patient.last_day + timedelta(days=start)
    closure = Closure(first, first + timedelta(days=length))
    site = site_with(patient.closed, patient.opened)
    found = what_a_closure_would_change(VERSION, site, closure, patient.log, until=first + timedelta(days=200))
    after = found.comparison.after
    told_of = {each.entry for each in found.appointments}
    left = {
        entry.id
        for entry in after.entries
        if entry.status is Status.PLANNED and entry.date is not None and closure.closes(entry.resource, entry.date)
    }
    assert left - told_of == set()
    done = {entry.id: entry.date for entry in found.comparison.before.entries if entry.status is Status.DONE}
    assert {name: entry.date for name in done if (entry := after.entry(name)) is not None} == done
