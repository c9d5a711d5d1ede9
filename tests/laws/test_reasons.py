"""Reasons are honest: what an entry does not cite has nothing to do with it, and what it cites carries its SEQUENCE.

How much is written out of what is cancelled depends on what was recorded after it: that much may go with an event.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from scheduler.calendar.entries.because import Event
from scheduler.calendar.entries.entry import Flag, Status
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.findings import has_errors
from scheduler.patient.appending import review
from scheduler.patient.events import Randomised, parse_event
from scheduler.patient.log import Log, log_of
from scheduler.site.site import EVERY_DAY
from tests.calendar.proposals.patients import read_plain
from tests.dosing.story import told
from tests.laws.examples import examples, one_in
from tests.laws.strategies import Patient, anybody
from tests.laws.told import calendar_after, cited_events, facts_of, latest_of
from tests.laws.walks import Followed
from tests.studies.telling import study

pytestmark = pytest.mark.no_cover  # a calendar after every event of hundreds of patients: the same lines each time

laws = settings(max_examples=examples(100), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@laws
@given(anybody())
def test_an_event_that_an_entry_does_not_cite_can_be_taken_out_of_the_log(patient: Patient | Followed):
    calendar = calendar_after(patient)
    cited = {entry.id: cited_events(calendar, entry) for entry in calendar.entries}
    for record in patient.log.records:
        without = patient.log.without(record.number)
        if isinstance(record.event, Randomised) or has_errors(review(patient.version, without)):
            continue
        other = calendar_after(patient, without)
        untouched = [entry for entry in calendar.entries if record.number not in cited[entry.id]]
        changed = [
            f"{entry.id} does not cite event {record.number}: {facts_of(entry)} / "
            f"{facts_of(other.by_id[entry.id]) if entry.id in other.by_id else 'gone'}"
            for entry in untouched
            if (entry.id not in other.by_id and entry.status is not Status.CANCELLED)
            or (entry.id in other.by_id and facts_of(other.by_id[entry.id]) != facts_of(entry))
        ]
        assert changed == []


@laws
@given(anybody())
def test_an_entry_that_an_event_changed_carries_its_number(patient: Patient | Followed):
    before: dict[str, Any] = {}
    for record in patient.log.records:
        now = {entry.id: entry for entry in calendar_after(patient, patient.log.until(record.number)).entries}
        changed = {name for name in now.keys() & before.keys() if facts_of(now[name]) != before[name]}
        assert {name: latest_of(now[name]) for name in changed} == dict.fromkeys(changed, record.number)
        before = {name: facts_of(entry) for name, entry in now.items()}


@laws
@given(anybody())
def test_the_latest_event_of_an_entry_never_falls(patient: Patient | Followed):
    latest: dict[str, int] = {}
    for length in range(1, len(patient.log.records) + 1):
        calendar = calendar_after(patient, Log(patient.log.records[:length]))
        for entry in calendar.entries:
            now = latest_of(entry)
            assert now >= latest.get(entry.id, 0), entry.id
            latest[entry.id] = now


@laws
@given(anybody())
def test_every_dated_entry_has_a_sentence_or_an_event_behind_it(patient: Patient | Followed):
    bare = [entry.id for entry in calendar_after(patient).entries if not entry.because.set_by]
    assert bare == []


ENDED_BY_THE_OTHER = """
study days: first dose is Day 1
treatments:
  alpha:
    when: {1: on first dose, then: 14 days after the previous cycle}
    until: at most 3 cycles
    give: 10 mg once daily by mouth on day 1
  beta:
    when: {1: on first dose, then: 14 days after the previous cycle}
    until: [alpha has had 2 cycles, at most 3 cycles]
    give: 120 mg once daily by mouth on day 1
"""


def test_a_dose_after_the_planned_end_is_no_longer_off_the_plan_once_that_end_came_later_and_says_why() -> None:
    # Alpha's second cycle, which ends beta, was to be on Monday 16 March; beta's first was on the 17th, a day too late. Then
    # alpha's second is recorded, on the 17th too: beta ended on that day, and its dose was the last.
    log = "2026-03-02 cycle started, treatment: alpha, cycle: 1\n2026-03-17 cycle started, treatment: beta, cycle: 1\n"
    log = f"2026-02-27 randomised, arm: all\n2026-02-27 first dose planned, to: 2026-03-02\n{log}"
    before = calendar_of(study(ENDED_BY_THE_OTHER), EVERY_DAY, told(log))
    after = calendar_of(
        study(ENDED_BY_THE_OTHER), EVERY_DAY, told(f"{log}2026-03-17 cycle started, treatment: alpha, cycle: 2\n")
    )
    flags = [each.by_id["beta.1"].runs[0].flags for each in (before, after)]
    assert flags == [(Flag.NOT_PLANNED,), ()]
    assert [latest_of(each.by_id["beta.1"]) for each in (before, after)] == [4, 5]
    assert 5 in cited_events(after, after.by_id["beta.1"])


BEGAN_TOO_EARLY = """
study days: first dose is Day 1
treatments:
  alpha:
    when: {1: on first dose, then: 28 days after the previous cycle}
    until: at most 2 cycles
    give: 10 mg once daily by mouth on day 1
  gamma:
    when: {1: 10 days after alpha cycle 1, then: at least 1 day after the previous fraction}
    until: 2 fractions
    give: 2 Gy
visits:
  check: {when: "every 4 weeks from first dose, until end of treatment"}
"""


def test_visits_until_the_end_of_treatment_cite_the_dose_that_the_end_waits_for() -> None:
    # The first fraction was given on the day of the first tablet, ten days too early: nobody has decided whether and when the
    # second is given, so treatment has not ended, and visits go on. Without that fraction it would be over by its plan.
    started = "2026-02-27 randomised, arm: all\n2026-03-02 cycle started, treatment: alpha, cycle: 1\n"
    over = "2026-03-30 cycle started, treatment: alpha, cycle: 2\n"
    early = f"{started}2026-03-02 given, treatment: gamma, n: 1\n{over}"  # event 3
    found = calendar_of(study(BEGAN_TOO_EARLY), EVERY_DAY, told(early), until=date(2026, 7, 1))
    without = calendar_of(study(BEGAN_TOO_EARLY), EVERY_DAY, told(started + over), until=date(2026, 7, 1))
    assert [each.id for each in found.pending] == ["gamma.2"]
    last = [each.id for each in found.entries if each.timeline == "check"][-1]
    assert last not in without.by_id
    assert 3 in cited_events(found, found.by_id[last])


TWO_DRUGS = """
study days: first dose is Day 1
cycles:
  clock:
    when: {1: on first dose, then: 14 days after the previous cycle}
    goes on when: ANC at least 1.5 G/L, values within 3 days
treatments:
  alpha: {when: in every cycle, give: 60 mg intravenously on day 1}
  beta: {when: in every cycle, give: 10 mg once daily by mouth on days 1-7}
"""


def test_the_cycle_that_waits_for_a_value_cites_why_the_one_before_has_no_dose() -> None:
    # Both drugs of cycle 2 are written off, one after the other: then it is cycle 3 that asks for a value.
    begun = (
        "2026-02-27 randomised, arm: all\n2026-03-02 given, treatment: alpha, n: 1\n"
        "2026-03-02 cycle started, treatment: beta, cycle: 1\n2026-03-16 not done, entry: alpha.2, reason: ill\n"
    )
    logs = (begun, f"{begun}2026-03-16 not done, entry: beta.2.1, reason: ill\n")  # events 4 and 5
    before, after = (calendar_of(study(TWO_DRUGS), EVERY_DAY, told(log), until=date(2026, 4, 10)) for log in logs)
    asked = [[each.id for each in found.entries if Flag.VALUE_NEEDED in each.flags] for found in (before, after)]
    assert asked == [["clock.2", "beta.2"], ["clock.3", "alpha.3", "beta.3"]]
    assert {name: latest_of(after.by_id[name]) for name in ("clock.2", "clock.3", "alpha.3")} == {
        "clock.2": 5,
        "clock.3": 5,
        "alpha.3": 5,
    }


WAITS = """
study days: first dose is Day 1
treatments:
  alpha:
    when: {1: on first dose, then: 14 days after the previous cycle}
    goes on when: ANC at least 1.5 G/L, values within 3 days
    give: 10 mg once daily by mouth on days 1-7
"""


def test_a_cycle_that_asks_for_no_value_any_more_cites_the_later_one_that_was_started() -> None:
    log = "2026-02-27 randomised, arm: all\n2026-03-02 cycle started, treatment: alpha, cycle: 1\n"
    logs = (log, f"{log}2026-03-30 cycle started, treatment: alpha, cycle: 3\n")  # event 3
    before, after = (calendar_of(study(WAITS), EVERY_DAY, told(each), until=date(2026, 4, 10)) for each in logs)
    assert [Flag.VALUE_NEEDED in found.by_id["alpha.2"].flags for found in (before, after)] == [True, False]
    assert latest_of(after.by_id["alpha.2"]) == 3


FOUND = read_plain(Path(__file__).with_name("found.yaml").read_text("utf-8"))


@pytest.mark.parametrize("found", one_in(3, FOUND), ids=lambda found: found["story"])
def test_who_was_found_before_is_told_honestly_now(found: dict[str, Any]) -> None:
    events = tuple(found["events"])
    patient = Patient(
        "experimental", log_of([parse_event(event) for event in events]), events, frozenset(), frozenset()
    )
    for law in (
        test_an_event_that_an_entry_does_not_cite_can_be_taken_out_of_the_log,
        test_an_entry_that_an_event_changed_carries_its_number,
        test_the_latest_event_of_an_entry_never_falls,
    ):
        law.hypothesis.inner_test(patient)  # type: ignore[attr-defined]


FOLIC_ACID = """
study days: first dose is Day 1
treatments:
  pemetrexed:
    when: {1: on first dose, then: 21 days after the previous dose}
    until: at most 2 doses
    give: 500 mg intravenously
  folic-acid:
    when: from first dose until 21 days after the last pemetrexed dose
    give: 400 mcg once daily by mouth every day
"""


def test_tablets_that_go_on_with_a_held_infusion_cite_its_hold() -> None:
    # Two infusions, 2 and 23 March: folic acid ends on 13 April, 21 days later. Pemetrexed is held from 20 March on, nobody
    # knows until when: nobody knows when its last dose is, and the tablets go on.
    begun = (
        "2026-02-27 randomised, arm: all\n2026-03-02 given, treatment: pemetrexed, n: 1\n"
        "2026-03-02 cycle started, treatment: folic-acid, cycle: 1\n"
    )
    logs = (begun, f"{begun}2026-03-20 held, treatment: pemetrexed, reason: creatinine\n")  # event 4
    before, after = (calendar_of(study(FOLIC_ACID), EVERY_DAY, told(each), until=date(2026, 5, 31)) for each in logs)
    last = [found.by_id["folic-acid.1"].runs[-1] for found in (before, after)]
    assert [each.last_date for each in last] == [date(2026, 4, 13), date(2026, 5, 31)]
    assert (last[1].because.looked_at, last[1].because.latest) == ((Event(4),), 4)
