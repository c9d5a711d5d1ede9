"""What is shown before something is recorded comes true, what was shown then can be shown again, and what says nothing new
changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from scheduler.calendar.comparing.compare import compare_calendars
from scheduler.calendar.comparing.consequences import consequences, decision_on
from scheduler.calendar.comparing.whatif import what_would_change
from scheduler.calendar.engine.findings.doses.first_dose_plan import NOT_READ
from scheduler.calendar.engine.proposals.on_a_day import calendar_on
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.entries.proposal import State
from scheduler.calendar.entries.unplanned import is_unplanned
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.findings import Severity, has_errors
from scheduler.patient.appending import append, review
from scheduler.patient.events import Corrected, MovedToVersion, Randomised, parse_event
from scheduler.patient.log import Log, Record, in_force, log_of
from scheduler.patient.replaying.late_records import recorded_late
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.views.days.spelled_out import DayEntry, spelled_out
from tests.laws.examples import examples
from tests.laws.strategies import Patient, anybody, patients
from tests.laws.told import calendar_after, facts_of, facts_of_the_plan, made_by_events
from tests.laws.walks import Followed, followed
from tests.seed import FOLDER, VERSION, shanghai, site_with

pytestmark = pytest.mark.no_cover  # a calendar after every event of hundreds of patients: the same lines each time

laws = settings(max_examples=examples(20), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
slow_laws = settings(laws, max_examples=examples(10))
FURTHER = timedelta(days=200)


def told(calendar: Calendar) -> dict[str, Any]:
    """All that a calendar says of days and doses, without why."""
    return {entry.id: facts_of(entry) for entry in calendar.entries} | {
        pending.id: (pending.title, pending.rule) for pending in calendar.pending
    }


# what is shown before it is recorded


@slow_laws
@given(followed())
def test_what_would_change_is_what_does(case: Followed) -> None:
    last = case.log.records[-1]
    before = case.log.until(last.number - 1)
    until = case.today + FURTHER
    shown = what_would_change(case.version, case.site, before, [last.event], until=until)
    logs = (before, read_again(case.log))
    then, now = (marked(calendar_of(case.version, case.site, log, until=until)) for log in logs)
    assert (shown.before, shown.after) == (then, now)
    days, plan = differing_days(then, now), case.patient.plan
    assert plan is not None
    assert shown.changes == compare_calendars(then, now, plan.products)
    assert bool(days) <= bool(shown.changes), days
    event(f"{min(len(days), 3)} days differ")


def marked(calendar: Calendar) -> Calendar:
    """As everybody reads it: all that hangs on open decisions is marked, on all later doses too."""
    return calendar_on(calendar, None)


def read_again(log: Log) -> Log:
    """The log as it is read from what was written."""
    return log_of(
        [parse_event(record.event.model_dump(mode="json", by_alias=True, exclude_none=True)) for record in log.records]
    )


def differing_days(before: Calendar, after: Calendar) -> set[str]:
    """Days that stand on both and say something else of date, status or dose."""
    old, new = by_day(before), by_day(after)
    return {name for name in old.keys() & new.keys() if says(old[name]) != says(new[name])}


def by_day(calendar: Calendar) -> dict[str, DayEntry]:
    return {line.id: line for line in spelled_out(calendar)}


def says(line: DayEntry) -> tuple[object, ...]:
    return (line.date, line.status, line.doses, line.window, line.of.time)


@slow_laws
@given(followed())
def test_every_option_that_is_offered_can_be_chosen_and_gives_its_preview(case: Followed) -> None:
    until = case.today + FURTHER
    offered = [each for each in case.calendar.proposals if each.is_open]
    for proposal in offered:
        for option in proposal.options:
            shown = consequences(case.version, case.site, case.log, proposal, option, "S-001", until)
            decision = decision_on(case.log, proposal, option)
            log = append(case.version, case.log, decision)
            now = marked(calendar_of(case.version, case.site, log, subject="S-001", until=until))
            assert shown.after == now
            (answered,) = [each for each in now.proposals if each.id == proposal.id]
            assert answered.state in (State.AS_PROPOSED, State.OTHERWISE)
            assert (answered.chosen, answered.decided_by) == (option.words, (log.length,))
    event(f"{min(len(offered), 3)} proposals")


# what was shown then


@laws
@given(anybody())
def test_a_log_that_is_cut_off_shows_what_it_showed_then(patient: Patient | Followed) -> None:
    site = patient.site
    until = patient.last_day + FURTHER
    log, shown = Log(), []
    for record in patient.log.records:
        log = append(patient.version, log, record.event)
        shown.append(calendar_of(patient.version, site, log, until=until))
    for number in reversed(range(1, len(shown) + 1)):
        cut = patient.log.until(number)
        assert not has_errors(review(patient.version, cut))
        assert calendar_of(patient.version, site, cut, until=until) == shown[number - 1]


# what says nothing new


@laws
@given(anybody(), st.data())
def test_a_correction_that_says_the_same_changes_nothing(patient: Patient | Followed, data: st.DataObject) -> None:
    facts = [fact for fact in in_force(patient.log) if not isinstance(fact.event, Randomised)]
    assume(facts)
    fact = data.draw(st.sampled_from(facts))
    day = data.draw(st.integers(0, 30).map(lambda days: patient.last_day + timedelta(days=days)))
    same = Corrected.model_validate({"on": day, "number": fact.number, "reason": "checked", "with": fact.event})
    longer = append(patient.version, patient.log, same)
    before, after = calendar_after(patient), calendar_after(patient, longer)
    assert told(after) == told(before)
    # It may be said that the correction itself came too late to bear on anything, or is of a plan that does not hold.
    said = [(each.code, each.message, each.entry) for each in before.findings]
    of_itself = [
        each
        for each in after.findings
        if (each.severity is Severity.NOTE or each.code == NOT_READ) and longer.length in each.events
    ]
    now = [
        (each.code, each.message, each.entry)
        for each in after.findings
        if each not in of_itself or (each.code, each.message, each.entry) in said
    ]
    assert now == said
    assert [str(each) for each in after.proposals] == [str(each) for each in before.proposals]


def empty_amendment() -> StudyVersion:
    """The seed study's protocol again, word for word, under the number 1.1; patients may move to it."""
    text = (FOLDER / "protocol.yaml").read_text("utf-8")
    first = 'version: "1.0"\n'
    assert first in text
    moves = 'amendment: {of: "1.0", patients: may move, consent: not needed}\n'
    newer, findings = parse_protocol(text.replace(first, f'version: "1.1"\n{moves}'), name="protocol-1.1.yaml")
    assert not has_errors(findings)
    return replace(VERSION, others=(newer,))


AMENDED = empty_amendment()


@laws
@given(patients(), st.integers(-60, 60))
def test_an_amendment_that_changes_no_word_changes_nothing(patient: Patient, days: int) -> None:
    site, until = site_with(patient.closed, patient.opened), patient.last_day + FURTHER
    on = max(patient.last_day + timedelta(days=days), min(record.event.on for record in patient.log.records))
    moved = patient.log.append_unchecked(MovedToVersion(on=on, version="1.1"))
    assume(not has_errors(review(AMENDED, moved, versions=AMENDED.others)))
    before = calendar_of(AMENDED, site, patient.log, until=until)
    after = calendar_of(AMENDED, site, moved, until=until)
    assert (before.version, after.version) == ("1.0", "1.1")
    assert told(after) == told(before)


@pytest.mark.parametrize("days", [0, 1, 30])
def test_an_empty_amendment_after_an_end_on_the_first_day_shows_no_further_cycle(days: int) -> None:
    # Found by the law: the second cycle has a sentence of its own, and was shown as cancelled too.
    ended: list[dict[str, str | bool]] = [
        {"on": "2025-01-01", "event": "randomised", "arm": "experimental"},
        {"on": "2025-01-01", "event": "discontinued", "treatment": "regorafenib", "today_taken": True},
    ]
    log, until = log_of(parse_event(each) for each in ended), date(2025, 6, 1)
    moved = log.append_unchecked(MovedToVersion(on=date(2025, 1, 1) + timedelta(days=days), version="1.1"))
    before = calendar_of(AMENDED, shanghai(), log, until=until)
    after = calendar_of(AMENDED, shanghai(), moved, until=until)
    assert [each.id for each in after.entries if each.timeline == "regorafenib"] == ["regorafenib.1"]
    assert told(after) == told(before)


def test_an_empty_amendment_keeps_the_window_of_a_cycle_after_one_that_was_struck() -> None:
    # Found by the law: cycle 2 took the place of cycle 1, and cycle 3 no longer knew what it counts from.
    started = {1: "2025-01-01", 2: "2025-01-29", 3: "2025-02-26"}
    told_in_order: list[dict[str, Any]] = [
        {"on": "2025-01-01", "event": "randomised", "arm": "control"},
        *({"on": on, "event": "cycle started", "treatment": "regorafenib", "cycle": n} for n, on in started.items()),
        {"on": "2025-02-27", "event": "struck", "number": 2, "reason": "wrong patient"},
    ]
    log, until = log_of(parse_event(each) for each in told_in_order), date(2025, 6, 1)
    moved = log.append_unchecked(MovedToVersion(on=date(2025, 2, 27), version="1.1"))
    after = calendar_of(AMENDED, shanghai(), moved, until=until)
    assert told(after) == told(calendar_of(AMENDED, shanghai(), log, until=until))
    assert after.by_id["regorafenib.3"].ideal == date(2025, 2, 26)


# how far one looks, and what comes first on a day


@slow_laws
@given(followed(), st.integers(1, 200))
def test_a_later_horizon_changes_nothing_earlier(case: Followed, further: int) -> None:
    until = case.today + timedelta(days=60)
    near, far = (
        calendar_of(case.version, case.site, case.log, until=until + timedelta(days=days)) for days in (0, further)
    )
    assert up_to(until, near) == up_to(until, far)
    assert [each.id for each in near.pending] == [
        each.id for each in far.pending if each.id in {p.id for p in near.pending}
    ]
    assert (near.proposals, near.holds, near.first_dose) == (far.proposals, far.holds, far.first_dose)


def up_to(until: date, calendar: Calendar) -> dict[str, tuple[object, ...]]:
    return {line.id: says(line) for line in spelled_out(calendar) if line.date is not None and line.date <= until}


@laws
@given(anybody(), st.randoms(use_true_random=False))
def test_what_happens_to_two_treatments_on_one_day_has_no_order(patient: Patient | Followed, chance: Any) -> None:
    facts = facts_of_the_plan(patient)
    in_order = log_of(facts)
    assume(not has_errors(review(patient.version, in_order)))
    swapped = Log(tuple(Record(number, each) for number, each in enumerate(swap(facts, chance), 1)))
    amounts = not recorded_late(in_order) and not recorded_late(swapped)
    event(f"swapped: {swapped != in_order}")
    assert without_numbers(patient, in_order, amounts) == without_numbers(patient, swapped, amounts)


def swap(facts: list[Any], chance: Any) -> list[Any]:
    """Neighbours of one day that are about two treatments, some of them in the other order."""
    told_in_order = list(facts)
    for _ in range(3):
        for at in range(len(told_in_order) - 1):
            one, other = told_in_order[at : at + 2]
            treatments = {treatment_of(one), treatment_of(other)}
            if one.on == other.on and None not in treatments and len(treatments) == 2 and chance.random() < 0.7:
                told_in_order[at : at + 2] = other, one
    return told_in_order


def treatment_of(told_event: Any) -> str | None:
    found: str | None = getattr(told_event, "treatment", None)
    return found


def without_numbers(patient: Patient | Followed, log: Log, amounts: bool) -> list[Any]:
    """What the entries say, but for the ids of those that an event's number makes."""
    named = made_by_events(patient.version)
    entries = [entry for entry in calendar_after(patient, log).entries if entry.timeline not in named]
    found = [facts_of(entry._replace(id=entry.timeline, n=0) if is_unplanned(entry) else entry) for entry in entries]
    if not amounts:
        found = [
            each._replace(doses=(), runs=tuple((run.first_date, run.last_date, run.status) for run in each.runs))
            for each in found
        ]
    return sorted(found, key=lambda each: (each.id, each.date or date.max, str(each.status)))
