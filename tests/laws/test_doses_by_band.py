"""Generated ages and clearances around a first dose: whose dose is which, and what an entry cites.

The retelling goes through the records one by one; the engine asks for the last value of each and looks for its band.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.log import Log
from scheduler.site.site import EVERY_DAY
from tests.dosing.story import told
from tests.laws.counted import tried
from tests.laws.examples import examples
from tests.laws.told import cited_events, facts_of, latest_of
from tests.studies.telling import study

pytestmark = pytest.mark.no_cover

laws = settings(max_examples=examples(60), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

DRUG = study("""
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 28 days ±3 after the previous cycle}
    until: at most 3 cycles
    give: 60 mg once daily by mouth on days 1-21
    dose by:
      - "age up to 75 years at first dose: the full dose"
      - "age above 75 years at first dose: half the dose"
      - "creatinine clearance at least 60 mL/min in force: the full dose"
      - "creatinine clearance at least 30 to below 60 mL/min in force: 20 mg"
""")
FIRST = date(2026, 3, 2)


class Value(NamedTuple):
    """One record of a value."""

    name: str
    day: date
    number: int

    def __str__(self) -> str:
        return f"{self.day} attribute, name: {self.name}, value: {self.number}\n"


days = st.integers(-10, 70).map(lambda after: FIRST + timedelta(days=after))
ages = st.builds(Value, st.just("age"), days, st.integers(74, 77))
clearances = st.builds(Value, st.just("creatinine clearance"), days, st.sampled_from([29, 30, 45, 59, 60, 90]))
values = st.lists(st.one_of(ages, clearances), max_size=6)


def log_of_values(found: list[Value]) -> Log:
    begun = f"{FIRST} cycle started, treatment: drug, cycle: 1\n"
    return tried(DRUG, told("".join(sorted([begun, *map(str, found)], key=lambda line: line[:10]))))


def planned(log: Log) -> Calendar:
    return calendar_of(DRUG, EVERY_DAY, log, until=date(2026, 6, 30))


def retold(found: list[Value], day: date) -> int | None:
    """The mg of a day by hand; None where a value is missing or in no band."""
    age = clearance = None
    for value in sorted(found, key=lambda each: each.day):
        if value.name == "age" and value.day <= FIRST:
            age = value.number
        if value.name == "creatinine clearance" and value.day <= day:
            clearance = value.number
    if age is None or clearance is None or clearance < 30:
        return None
    return min(60 if age <= 75 else 30, 60 if clearance >= 60 else 20)


@laws
@given(values)
def test_law_each_day_has_the_dose_of_its_bands(found: list[Value]) -> None:
    entries = [entry for entry in planned(log_of_values(found)).entries if entry.n > 1]
    runs = [run for entry in entries for run in entry.runs]
    days_of_runs = {
        run.first_date + timedelta(days=n): run for run in runs for n in range(run.last_day - run.first_day + 1)
    }
    assert len(days_of_runs) == 42
    for day, run in days_of_runs.items():
        amount = run.doses[0].amount
        assert (None if amount is None else int(amount)) == retold(found, day), day


@laws
@given(values)
def test_law_an_event_that_a_cycle_does_not_cite_can_be_taken_out(found: list[Value]) -> None:
    log = log_of_values(found)
    calendar = planned(log)
    for record in log.records:
        if record.event.event != "attribute":
            continue
        other = planned(log.without(record.number))
        for entry in calendar.entries:
            if record.number not in cited_events(calendar, entry):
                assert facts_of(other.by_id[entry.id]) == facts_of(entry), f"{entry.id} does not cite {record.number}"


@laws
@given(values)
def test_law_a_cycle_that_an_event_changed_carries_its_number(found: list[Value]) -> None:
    before: dict[str, object] = {}
    log = log_of_values(found)
    for record in log.records:
        now = {entry.id: entry for entry in planned(log.until(record.number)).entries}
        changed = {name for name in now.keys() & before.keys() if facts_of(now[name]) != before[name]}
        assert {name: latest_of(now[name]) for name in changed} == dict.fromkeys(changed, record.number)
        before = {name: facts_of(entry) for name, entry in now.items()}
