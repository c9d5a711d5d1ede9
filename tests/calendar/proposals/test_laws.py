"""Laws of proposals, for patients that nobody thought of."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendar.entries.because import Event
from scheduler.calendar.entries.entry import Calendar, Entry, Flag
from scheduler.calendar.entries.proposal import State
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.errors import Refused
from scheduler.patient.appending import append
from scheduler.patient.chart import chart_of
from scheduler.patient.contradictions.of_chart import contradictions
from scheduler.patient.events import parse_event
from scheduler.patient.log import Log
from scheduler.site.site import EVERY_DAY
from tests.laws.examples import examples
from tests.seed import VERSION

FIRST = date(2026, 3, 2)
UNTIL = date(2026, 6, 30)
RELATED: tuple[list[str], ...] = (
    ["regorafenib"],
    ["toripalimab"],
    [],
    ["regorafenib"],
    ["toripalimab"],
    [],
)
TERMS = (
    "hand-foot syndrome",
    "Fatigue",
    "Lung infection",
    "Pneumonitis",
    "Colitis",
    "Hypertension",
)

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ("ae", "ae", "ae", "regraded", "resolved", "ALT", "bilirubin", "decide", "decide", "held", "resumed", "struck",
             "level", "tumour", "infusion", "cycle", "steroids", "less")
        ),
        st.integers(0, 20),
        st.integers(0, 5),
    ),
    max_size=14,
)  # fmt: skip


def told(steps: list[tuple[str, int, int]], arm: str) -> Log:
    """A patient of an arm: the steps that the log takes in."""
    start: list[dict[str, Any]] = [
        {"on": "2026-02-27", "event": "randomised", "arm": arm},
        {"on": str(FIRST), "event": "cycle started", "treatment": "regorafenib", "cycle": 1},
    ]
    if arm == "experimental":
        start.append({"on": str(FIRST), "event": "given", "treatment": "toripalimab", "n": 1})
    log = Log()
    for first in start:
        log = append(VERSION, log, parse_event(first))
    day, ae = FIRST, 0
    for step, wait, pick in steps:
        day += timedelta(days=wait)
        event = event_of(step, pick, ae, log, arm)
        try:
            log = append(VERSION, log, parse_event({"on": str(day), **event}))
        except Refused:
            continue
        ae += step == "ae"
    return log


def event_of(step: str, pick: int, ae: int, log: Log, arm: str) -> dict[str, Any]:
    ladder = ("120 mg", "80 mg", "40 mg") if arm == "control" else ("80 mg", "40 mg")
    level = pick % len(ladder)
    drug = "toripalimab" if pick % 2 and arm == "experimental" else "regorafenib"
    if step == "decide":
        return decision(log, pick)
    said: dict[str, dict[str, Any]] = {
        "ae": {
            "event": "adverse event",
            "ae": ae + 1,
            "term": TERMS[pick],
            "grade": 1 + pick % 4,
            "related": RELATED[pick],
        },
        "regraded": {"event": "regraded", "ae": max(1, ae), "grade": 1 + pick % 4},
        "resolved": {"event": "resolved", "ae": max(1, ae)},
        "ALT": {
            "event": "measured",
            "test": "ALT",
            "value": 40 + 70 * pick,
            "unit": "U/L",
            "upper_limit": 40,
        },
        "bilirubin": {
            "event": "measured",
            "test": "bilirubin",
            "value": 15 * pick,
            "unit": "umol/L",
            "upper_limit": 20,
        },
        "held": {"event": "held", "treatment": drug, "reason": "AE"},
        "resumed": {"event": "resumed", "treatment": drug},
        "level": {
            "event": "dose changed",
            "treatment": "regorafenib",
            "level": -level,
            "dose": ladder[level],
        },
        "tumour": {
            "event": "attribute",
            "name": "liver tumour",
            "value": pick % 2 == 0,
        },
        "steroids": {
            "event": "medicine started",
            "name": "prednisone",
            "dose": "60 mg",
        },
        "less": {"event": "medicine changed", "name": "prednisone", "dose": "10 mg"},
        "struck": {
            "event": "struck",
            "number": max(4, log.length - pick),
            "reason": "mistake",
        },
        "infusion": {
            "event": "given",
            "treatment": "toripalimab",
            "n": 1 + count(log, "given"),
        },
        "cycle": {
            "event": "cycle started",
            "treatment": "regorafenib",
            "cycle": 1 + count(log, "cycle started"),
        },
    }
    return said[step]


def decision(log: Log, pick: int) -> dict[str, Any]:
    known = calendar(log).proposals
    if not known:
        return {"event": "decided", "proposal": "x.1", "action": "hold"}
    named = known[pick % len(known)]
    option = named.options[pick % len(named.options)]
    return {
        "event": "decided",
        "proposal": named.id,
        "action": option.words,
        "by": "Dr Example",
    }


def count(log: Log, event: str) -> int:
    return sum(record.event.event == event for record in log.records)


def calendar(log: Log) -> Calendar:
    return calendar_of(VERSION, EVERY_DAY, log, until=UNTIL)


ARMS = st.sampled_from(("experimental", "control"))


@settings(max_examples=examples(60), deadline=None)
@given(STEPS, ARMS)
def test_no_proposal_without_a_rule_and_an_event(steps: list[tuple[str, int, int]], arm: str) -> None:
    log = told(steps, arm)
    rules = {rule.id for rule in VERSION.arms[arm].rules}
    for each in calendar(log).proposals:
        assert each.rule in rules
        assert log.record(each.trigger) is not None
        assert each.id == f"{each.rule}.{each.trigger}"


@settings(max_examples=examples(60), deadline=None)
@given(STEPS, ARMS)
def test_the_strictest_leads_and_one_for_each_treatment(steps: list[tuple[str, int, int]], arm: str) -> None:
    found = calendar(told(steps, arm)).proposals
    for treatment in {each.treatment for each in found}:
        waits = [each for each in found if each.treatment == treatment and each.state is State.OPEN]
        leading = [each for each in waits if each.leads]
        assert len(leading) == (1 if waits else 0)
        assert all(each.strictness <= leading[0].strictness for each in waits)
    assert not any(each.leads for each in found if each.state is not State.OPEN)


@settings(max_examples=examples(60), deadline=None)
@given(STEPS, ARMS)
def test_a_decision_never_raises_a_dose_above_the_ladder_nor_leaves_one_without_reason(
    steps: list[tuple[str, int, int]], arm: str
) -> None:
    log = told(steps, arm)
    ladder = VERSION.arms[arm].timelines["regorafenib"].ladder
    assert ladder is not None
    changes = ("decided", "dose changed")
    for entry in calendar(log).entries:
        for run in entry.runs:
            for dose in run.doses:
                assert dose.amount in ladder.amounts
                named = {log.record(n).event.event for n in run.because.event_numbers() if log.record(n)}  # type: ignore[union-attr]
                assert dose.amount == ladder.amounts[0] or named & {*changes}


def cited(found: Calendar, entry: Entry) -> frozenset[int]:
    """The events that an entry cites, with those of the entries that it counts from."""
    numbers: set[int] = set()
    ahead = [entry.because, *(run.because for run in entry.runs)]
    seen: set[str] = set()
    while ahead:
        because = ahead.pop()
        numbers |= because.event_numbers()
        for link in because.links() - seen:
            seen.add(link)
            if link in found.reasons:
                ahead.append(found.reasons[link])
            if link in found.by_id:
                ahead += [run.because for run in found.by_id[link].runs]
    return frozenset(numbers)


def as_seen(entry: Entry) -> object:
    """What a reader sees of an entry, day by day, without its reasons."""
    days = [
        (run.first_date + timedelta(days=n), run.doses, run.status, run.flags)
        for run in entry.runs
        for n in range((run.last_date - run.first_date).days + 1)
    ]
    return entry._replace(because=None, runs=()), days  # type: ignore[arg-type]


@settings(max_examples=examples(150), deadline=None)
@given(STEPS, ARMS, st.data())
def test_an_entry_that_does_not_cite_an_event_stands_without_it(
    steps: list[tuple[str, int, int]], arm: str, data: st.DataObject
) -> None:
    log = told(steps, arm)
    own = [record.number for record in log.records if record.number > 3]
    if not own:
        return
    number = data.draw(st.sampled_from(own))
    try:
        shorter = rebuilt(log.without(number))
    except Refused:
        return
    before, after = calendar(log), calendar(shorter)
    for entry in before.entries:
        if number not in cited(before, entry):
            other = after.by_id.get(entry.id)
            assert other is not None
            assert as_seen(entry) == as_seen(other)


def rebuilt(log: Log) -> Log:
    """The same log, where it does not contradict itself."""
    found = contradictions(chart_of(log, VERSION))
    if found:
        raise Refused(found)
    return log


def test_an_undecided_proposal_changes_nothing_but_flags() -> None:
    log = told([("ae", 14, 2)], "control")
    plain = told([], "control")
    for with_it, without in zip(calendar(log).entries, calendar(plain).entries, strict=True):
        assert (with_it.id, with_it.date, with_it.doses, with_it.status) == (
            without.id,
            without.date,
            without.doses,
            without.status,
        )
    assert any(Flag.AWAITING_DECISION in run.flags for entry in calendar(log).entries for run in entry.runs)
    assert Event(3) in calendar(log).by_id["regorafenib.1"].runs[-1].because.set_by
