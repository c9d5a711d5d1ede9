"""Generated values before and after the third cycle, planned for Wednesday 15 April 2026: what moves it, and what does not.

The retelling goes day by day and asks on each whether a value of it fails; the engine goes from result to result.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.log import Log
from tests.dosing.story import told
from tests.laws.counted import tried
from tests.laws.examples import examples
from tests.laws.told import cited_events, facts_of, latest_of
from tests.studies.telling import WEEKDAYS, calendar, study

laws = settings(max_examples=examples(100), deadline=None, derandomize=True)

DRUG = study("""
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 21 days ±3 after the previous cycle}
    open: clinic
    if closed: nearest
    give: 200 mg intravenously
    goes on when: "ANC at least 1.5 G/L and platelets at least 100 G/L, values within 3 days, after more than 7 days: discontinue"
""")
GIVEN = "2026-03-04 given, treatment: drug, n: 1\n2026-03-25 given, treatment: drug, n: 2\n"
PLANNED = date(2026, 4, 15)
LEAST = {"ANC": 15, "platelets": 1000}
"""In tenths of G/L."""


class Result(NamedTuple):
    """One result; ``tenths`` of G/L."""

    test: str
    day: date
    tenths: int

    @property
    def fails(self) -> bool:
        return self.tenths < LEAST[self.test]

    def __str__(self) -> str:
        amount = f"{self.tenths // 10}.{self.tenths % 10}"
        return f"{self.day} measured, test: {self.test}, value: {amount}, unit: G/L\n"


def results(tests: tuple[str, ...] = ("ANC", "platelets"), *, good: bool = False) -> st.SearchStrategy[list[Result]]:
    days = st.integers(-6, 20).map(lambda days: PLANNED + timedelta(days))
    one = st.one_of(
        *(
            st.builds(
                Result, st.just(test), days, st.integers(LEAST[test] if good else LEAST[test] - 5, LEAST[test] + 4)
            )
            for test in tests
        )
    )
    return st.lists(one, max_size=7)


def planned(found: list[Result]) -> Calendar:
    return calendar(DRUG, GIVEN + "".join(map(str, found)), until="2026-06-30", site=WEEKDAYS)


def third(found: list[Result]) -> date | None:
    entry = planned(found).entry("drug.3")
    return entry.date if entry is not None else None


def retold(found: list[Result]) -> date | None:
    """The first open day on which nothing fails, put off to each value that is missing on it and comes later."""
    day = _first_without_failing(found, PLANNED)
    while day is not None:
        there = {each.test for each in found if day - timedelta(3) <= each.day <= day}
        later = [each.day for each in found if each.test not in there and each.day > day]
        if not later:
            return day
        day = _first_without_failing(found, min(later))
    return None


def _first_without_failing(found: list[Result], first: date) -> date | None:
    """The first open day from one on, on which no test's last result, of all since three days before the plan, fails."""
    for after in range(60):
        day = first + timedelta(after)
        known = [each for each in found if PLANNED - timedelta(3) <= each.day <= day]
        last = {each.test: each for each in sorted(known, key=lambda each: each.day)}
        if day.weekday() < 5 and not any(each.fails for each in last.values()):
            return day
    return None


@laws
@given(results())
def test_the_third_cycle_is_on_the_first_open_day_on_which_nothing_fails(found: list[Result]) -> None:
    assert third(found) == retold(found)


@laws
@given(results(good=True))
def test_values_that_are_good_enough_move_nothing_where_none_is_missing(found: list[Result]) -> None:
    in_time = [Result(test, PLANNED - timedelta(2), least) for test, least in LEAST.items()]
    assert third([*found, *in_time]) == PLANNED


@laws
@given(results(("ANC",)), results(("platelets",), good=True))
def test_what_is_missing_and_never_comes_moves_nothing(anc: list[Result], platelets: list[Result]) -> None:
    assert third(anc) == third([*anc, *(each for each in platelets if each.day <= PLANNED)])


def story(found: list[Result], third_given: bool) -> Log:
    dose = "2026-04-20 given, treatment: drug, n: 3, confirmed: it was\n" if third_given else ""
    return tried(DRUG, told(f"2026-02-27 randomised, arm: all\n{GIVEN}{''.join(map(str, found))}{dose}"))


def by_log(log: Log) -> Calendar:
    return calendar_of(DRUG, WEEKDAYS, log, until=date(2026, 6, 30))


@laws
@given(results(), st.booleans())
def test_a_result_that_an_entry_does_not_cite_can_be_taken_out(found: list[Result], third_given: bool) -> None:
    log = story(found, third_given)
    whole = by_log(log)
    for number in range(4, 4 + len(found)):
        without = by_log(log.without(number)).by_id
        untouched = [entry for entry in whole.entries if number not in cited_events(whole, entry)]
        other = {entry.id: facts_of(without[entry.id]) if entry.id in without else None for entry in untouched}
        assert other == {entry.id: facts_of(entry) for entry in untouched}


@laws
@given(results(), st.booleans())
def test_an_entry_that_an_event_changed_carries_its_number(found: list[Result], third_given: bool) -> None:
    log = story(found, third_given)
    before = {entry.id: facts_of(entry) for entry in by_log(log.until(3)).entries}
    for number in range(4, len(log.records) + 1):
        now = {entry.id: entry for entry in by_log(log.until(number)).entries}
        changed = {name for name in now.keys() & before.keys() if facts_of(now[name]) != before[name]}
        assert {name: latest_of(now[name]) for name in changed} == dict.fromkeys(changed, number)
        before = {name: facts_of(entry) for name, entry in now.items()}
