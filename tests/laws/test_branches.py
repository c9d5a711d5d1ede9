"""Branches, over any records: nothing that hangs on a fact has a day before the fact is so, and every date says which fact.

What holds here is worked out once more from the records alone, by the last one of each name that was not taken back.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from scheduler.calendar.entries.entry import Calendar, Flag, Status
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

law = settings(max_examples=examples(60), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

AML = "seven-plus-three"
BEGIN = date(2026, 3, 2)
FACTS = ("residual leukaemia", "complete remission", "continued remission")
HANGS_ON = {"consolidation": "complete remission", "maintenance": "continued remission"}

words = st.sampled_from(
    ["fact", "fact", "fact", "go on", "go on", "visit", "struck", "corrected", "held", "resumed", "stop"]
)
histories = st.lists(st.tuples(words, st.integers(0, 40), st.integers(0, 5)), min_size=2, max_size=10)


def calendar(log: Log, today: date) -> Calendar:
    return calendar_of(study(AML), EVERY_DAY, log, until=today + timedelta(days=200))


def record(log: Log, day: date, **told: Any) -> Log:
    try:
        return append(study(AML), log, parse_event({"on": f"{day}", **told}))
    except Refused:
        return log


def lived(history: list[tuple[str, int, int]]) -> tuple[Log, date]:
    """A patient of whom facts are recorded, struck and corrected in any order, between doses that come on their days."""
    log = record(Log(), BEGIN, event="cycle started", treatment="induction", cycle=1)
    today = BEGIN
    for word, wait, pick in history:
        today += timedelta(days=wait)
        name, value = FACTS[pick % 3], bool(wait % 3)
        facts = [each.number for each in log.records if each.event.event == "attribute"]
        if word == "fact":
            log = record(log, today, event="attribute", name=name, value=value)
        elif word in ("struck", "corrected") and facts:
            number = facts[pick % len(facts)]
            other = {"on": f"{today}", "event": "attribute", "name": name, "value": not value}
            told = {"with": other} if word == "corrected" else {}
            log = record(log, today, event=word, number=number, reason="another patient", **told)
        elif word in ("go on", "visit"):
            log, today = _next(log, today, word)
        elif word in ("held", "resumed", "stop"):
            treatment = ("induction", "consolidation", "maintenance")[pick % 3]
            what = "discontinued" if word == "stop" else word
            log = record(log, today, event=what, treatment=treatment, reason="fever")
    return tried(study(AML), log), today


def _next(log: Log, today: date, word: str) -> tuple[Log, date]:
    planned = [each for each in calendar(log, today).entries if each.status is Status.PLANNED and each.date is not None]
    for each in planned:
        is_dose = each.timeline in ("induction", "consolidation", "maintenance")
        if is_dose == (word == "go on") and not each.timeline.startswith("midostaurin"):
            day = max(today, each.date or today)
            if is_dose:
                return record(log, day, event="cycle started", treatment=each.timeline, cycle=each.n), day
            return record(log, day, event="visit done", entry=each.id), day
    return log, today


def known(log: Log, until: date = date.max) -> dict[str, bool]:
    """The last record of each fact up to a day, by the day that it is of; a correction stands in place of what it corrects."""
    facts: dict[int, tuple[str, str, bool]] = {}
    for each in log.records:
        said: Any = each.event
        if said.event == "attribute":
            facts[each.number] = (f"{said.on}", said.name, said.value)
        elif said.event == "struck":
            facts.pop(said.number, None)
        elif said.event == "corrected" and said.number in facts:
            facts[said.number] = (f"{said.with_.on}", said.with_.name, said.with_.value)
    in_order = sorted((day, number, name, value) for number, (day, name, value) in facts.items() if day <= f"{until}")
    return {name: value for _, _, name, value in in_order}


@law
@given(histories)
def test_what_hangs_on_a_fact_is_planned_exactly_when_it_is_so(history: list[tuple[str, int, int]]) -> None:
    log, today = lived(history)
    found, facts = calendar(log, today), known(log)
    event(f"{len(facts)} facts known")
    for each in found.entries:
        fact = HANGS_ON.get(each.timeline, "residual leukaemia" if each.id == "induction.2" else None)
        if fact is not None and each.status is Status.PLANNED:
            # What is recorded later changes nothing on a day that is over.
            assert (each.id, known(log, each.date or today).get(fact)) == (each.id, True)
        if fact is not None and Flag.NOT_FOR_PATIENT in each.flags:
            assert (each.id, each.status, each.date) == (each.id, Status.CANCELLED, None)
    waiting = {each.id: HANGS_ON.get(each.timeline) for each in found.pending}
    for name, fact in waiting.items():
        assert fact is None or facts.get(fact) is not False, name


@law
@given(histories)
def test_an_event_that_nothing_of_a_branch_cites_can_be_taken_out(history: list[tuple[str, int, int]]) -> None:
    log, today = lived(history)
    found = calendar(log, today)
    for told in log.records:
        without = log.without(told.number)
        if has_errors(review(study(AML), without)):
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


@law
@given(histories)
def test_an_entry_that_an_event_changed_carries_its_number(history: list[tuple[str, int, int]]) -> None:
    log, today = lived(history)
    before: dict[str, Any] = {}
    for number in range(1, log.length + 1):
        now = {each.id: each for each in calendar(Log(log.records[:number]), today).entries}
        changed = {name for name in now.keys() & before.keys() if facts_of(now[name]) != before[name]}
        assert {name: latest_of(now[name]) for name in changed} == dict.fromkeys(changed, number)
        before = {name: facts_of(each) for name, each in now.items()}
