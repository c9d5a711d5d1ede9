"""Whoever the patient is: what is proposed can be recorded, gives the dates that were proposed, and leaves nothing to propose."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings

from scheduler.bundling import ToPlan, bundle
from scheduler.calendar.entries.entry import Flag
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.appending import append
from tests.laws.examples import examples
from tests.laws.strategies import Patient, anybody
from tests.laws.walks import Followed


@given(anybody())
@settings(max_examples=examples(25))
def test_what_is_proposed_can_be_recorded_and_is_what_the_calendar_says(one: Patient | Followed) -> None:
    on, until = one.last_day, one.last_day + timedelta(weeks=10)
    patient = ToPlan(one.version, one.site, one.log, "S-1")
    found = bundle([patient], on=on, until=until)
    (plan,) = found.patients
    log = one.log
    for event in plan.events:
        log = append(one.version, log, event, versions=one.version.others)
    after = calendar_of(one.version, one.site, log, subject="S-1", until=until + timedelta(days=63))
    before = {each.id: each.flags for each in patient.calendar(until + timedelta(days=63)).entries}
    assert {each.entry: after.by_id[each.entry].date for each in plan.moves} == {
        each.entry: each.after for each in plan.moves
    }
    assert not [
        each.id for each in after.entries if Flag.OUT_OF_WINDOW in set(each.flags) - set(before.get(each.id, ()))
    ]
    assert found.saves >= 0
    again = bundle([ToPlan(one.version, one.site, log, "S-1")], on=on, until=until)
    assert (again.before, again.saves) == (found.after, 0)
