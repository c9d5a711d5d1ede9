"""Doses that begin again, over any gaps: the dose that was due is the one that the label's table says, read here once more.

The table here is a table of rows as it is printed, and knows nothing of the sentences, the numbers or the calendar.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from scheduler.calendar.entries.entry import Calendar, Status
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.errors import Refused
from scheduler.findings import has_errors
from scheduler.patient.appending import append, review
from scheduler.patient.events import parse_event
from scheduler.patient.log import Log
from scheduler.site.site import EVERY_DAY
from tests.laws.counted import tried
from tests.laws.examples import examples
from tests.laws.told import cited_events, facts_of, latest_of
from tests.laws.walks import study

pytestmark = pytest.mark.no_cover  # its lines are those of other tests, and watching them takes as long again

law = settings(max_examples=examples(80), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

BEGIN = date(2026, 3, 2)
STEP_1, STEP_2, TREATMENT = Decimal("4.2"), Decimal(21), Decimal(105)
"""0.06, 0.3 and 1.5 mg/kg for 70 kg."""

ROWS = (
    # the last dose, days since it from and to, what comes now
    (STEP_1, 0, 7, STEP_2),
    (STEP_1, 8, 999, STEP_1),
    (STEP_2, 0, 7, TREATMENT),
    (STEP_2, 8, 28, STEP_2),
    (STEP_2, 29, 999, STEP_1),
    (TREATMENT, 0, 28, TREATMENT),
    (TREATMENT, 29, 56, STEP_2),
    (TREATMENT, 57, 999, STEP_1),
)

waits = st.one_of(st.integers(0, 6), st.integers(0, 70))
words = st.sampled_from(["given", "given", "given", "not done", "held", "booked", "put off"])
histories = st.lists(st.tuples(words, waits), min_size=2, max_size=9)


def due(last: Decimal | None, days: int) -> Decimal:
    return STEP_1 if last is None else next(now for was, first, to, now in ROWS if was == last and first <= days <= to)


def calendar(log: Log, until: date) -> Calendar:
    return calendar_of(study("step-up-bispecific"), EVERY_DAY, log, until=until + timedelta(days=100))


def record(log: Log, day: date, **told: Any) -> Log:
    try:
        return append(study("step-up-bispecific"), log, parse_event({"on": f"{day}", **told}))
    except Refused:
        return log


def lived(history: list[tuple[str, int]]) -> tuple[Log, date]:
    """A patient who comes so many days after each dose was planned, or does not come."""
    log = record(Log(), BEGIN - timedelta(days=1), event="attribute", name="weight", value=70)
    log = record(log, BEGIN - timedelta(days=1), event="first dose planned", to=f"{BEGIN}")
    today = BEGIN
    for word, wait in history:
        planned = [each for each in calendar(log, today).entries if each.timeline == "teclistamab"]
        following = next(each for each in planned if each.status is Status.PLANNED)
        assert following.date is not None
        day = max(today, following.date + timedelta(days=wait))
        if word == "given":
            log = record(log, day, event="given", treatment="teclistamab", n=following.n)
        elif word == "not done":
            log = record(log, following.date, event="not done", entry=following.id, reason="fever")
            day = following.date
        elif word == "held":
            log = record(log, today, event="held", treatment="teclistamab", reason="fever")
            log = record(log, day, event="resumed", treatment="teclistamab")
        elif word == "booked":
            log = record(log, today, event="booked", entry=following.id, to=f"{day}")
        else:
            log = record(
                log, today, event="delayed", treatment="teclistamab", n=following.n, until=f"{day}", reason="fever"
            )
        today = max(today, day)
    return tried(study("step-up-bispecific"), log), today


@law
@given(histories)
def test_each_dose_is_the_one_that_the_table_calls_for(history: list[tuple[str, int]]) -> None:
    log, today = lived(history)
    last: tuple[date, Decimal] | None = None
    begun = 0
    for entry in calendar(log, today).entries:
        if entry.timeline != "teclistamab" or entry.status is Status.NOT_DONE:
            continue
        assert entry.date is not None
        assert entry.dose is not None
        amount = due(None, 0) if last is None else due(last[1], (entry.date - last[0]).days)
        assert (entry.id, entry.dose.amount) == (entry.id, amount)
        begun += last is not None and amount is STEP_1
        last = (entry.date, amount)
    event(f"began again {min(begun, 2)} times")


@law
@given(histories)
def test_after_a_step_up_dose_comes_pretreatment_with_each_of_the_three(history: list[tuple[str, int]]) -> None:
    log, today = lived(history)
    found = calendar(log, today).entries
    doses = {each.n: each for each in found if each.timeline == "teclistamab" and each.status is not Status.NOT_DONE}
    before = {each.n for each in found if each.timeline == "pretreatment" and each.status is not Status.CANCELLED}
    first_full = {n for n in doses if doses[n].counts_as == 3}
    steps = {n for n, each in doses.items() if each.dose is not None and each.dose.amount != TREATMENT}
    assert before & set(doses) == steps | first_full


@law
@given(histories)
def test_an_event_that_a_dose_does_not_cite_can_be_taken_out(history: list[tuple[str, int]]) -> None:
    log, today = lived(history)
    found = calendar(log, today)
    for told in log.records:
        without = log.without(told.number)
        if has_errors(review(study("step-up-bispecific"), without)):
            continue
        other = calendar(without, today)
        changed = [
            each.id
            for each in found.entries
            if told.number not in cited_events(found, each)
            and (each.id not in other.by_id or facts_of(other.by_id[each.id]) != facts_of(each))
            and each.status is not Status.CANCELLED
        ]
        assert (told.number, changed) == (told.number, [])
        assert all(latest_of(each) <= log.length for each in found.entries)
