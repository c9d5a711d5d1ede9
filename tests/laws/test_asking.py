"""What is asked before it is recorded: nothing where the calendar itself has it so; and what was confirmed is never silent."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.asking import Strength, as_if_answered, ask, digest_of, questions_open
from scheduler.asking.questions.without_effect import goes_by_age
from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.entry import Entry, Flag, Kind, Status
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.events import Event, parse_event
from scheduler.patient.log import in_force
from scheduler.protocol.plan.dosing.give import unit_of
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.days.presumed import is_as_needed
from tests.laws.counted import tried
from tests.laws.examples import examples
from tests.laws.strategies import Patient, patients
from tests.laws.told import calendar_after
from tests.laws.walks import BEGIN, FIRST_DOSE, SIZE, TREATMENTS, Followed, Walk, dose_of, followed, start_of, studies

pytestmark = pytest.mark.no_cover  # its lines are those of other tests, and watching them takes as long again

SETTINGS = settings(max_examples=examples(60), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
AT_FIRST_DOSE = {"age": 60, "creatinine clearance": 90, "baseline LVEF": 60}
"""What a dose by band goes by, and what later values are compared with; a study without one does not ask for it."""
ANSWERS = {"sex": "female", "ECOG": 0, "blood pressure": "150/95 mmHg", "LVEF": 60}
GOOD = {"blood pressure": "120/80", "LVEF": 60}
BORN = FIRST_DOSE - timedelta(days=200)
COURSES = {"hypofractionated": "8", "low-dose": "1"}


@settings(SETTINGS, max_examples=examples(40))
@given(
    studies(),
    st.integers(0, 9),
    st.frozensets(st.integers(4, 120).map(lambda n: FIRST_DOSE + timedelta(days=n)), max_size=4),
    st.lists(st.tuples(st.sampled_from(("dose", "visit", "book", "report")), st.booleans()), min_size=3, max_size=14),
)
def test_what_the_calendar_plans_asks_nothing(
    of: tuple[str, StudyVersion], arm: int, closed: frozenset[date], steps: list[tuple[str, bool]]
) -> None:
    version = of[1]
    arms = sorted(version.arms)
    walk = Walk(version, arms[arm % len(arms)], EVERY_DAY.with_days(closed))
    tell(walk, event="randomised", arm=walk.arm)
    for what, value in SIZE.items():
        walk.record(event="attribute", name=what, value=value)
    for what, value in AT_FIRST_DOSE.items():
        walk.record(event="attribute", name=what, value=value)
    answer(walk)
    tell(walk, event="first dose planned", to=FIRST_DOSE)
    prescribe(walk)
    for word, with_amount in steps:
        go_on(walk, word, with_amount)
    tried(version, walk.log)


def answer(walk: Walk) -> None:
    """Whatever treatments and visits hang on is so, before the first dose; the investigator chose how many cycles."""
    if goes_by_age(walk.plan):
        tell(walk, event="date of birth", born=BORN)
    lines = walk.plan.timelines.values()
    chosen = {limit.chosen_as(line.name): limit.choice[-1] for line in lines for limit in line.counts if limit.choice}
    for name, number in chosen.items():
        tell(walk, event="attribute", name=name, value=number)
    for name in sorted({each.name for each in walk.plan.asked_facts} - {*SIZE, *AT_FIRST_DOSE, *chosen}):
        tell(walk, event="attribute", name=name, value=ANSWERS.get(name, True))


def prescribe(walk: Walk) -> None:
    """Each dose that is left to the investigator is one of those that the protocol offers."""
    for line in walk.plan.treatments():
        for give in line.gives:
            if give.prescribed:
                amount = COURSES.get(give.name) or give.offered[0] if give.offered else give.amount
                told = {"treatment": line.name, "course": give.name, "per_fraction": str(amount), "unit": unit_of(give)}
                tell(walk, event="prescribed", **told)


def go_on(walk: Walk, word: str, with_amount: bool) -> None:
    """What the calendar has next: all of it in order, on its day, with its amount."""
    entry = next_planned(walk)
    if entry is None or entry.date is None:
        return
    if word == "book" and entry.date > walk.today:
        tell(walk, event="booked", entry=entry.id, to=entry.date)
    if word == "report":
        report(walk, min(entry.date - timedelta(days=1), walk.today + timedelta(days=10)))
    walk.today = max(walk.today, entry.date)
    if Flag.VALUE_NEEDED in entry.flags:
        take_values(walk, entry)
    if entry.kind not in TREATMENTS:
        tell(walk, event="visit done", entry=entry.id, **time_of(walk, entry))
    elif entry.runs:
        tell(walk, event="cycle started", **start_of(entry), **time_of(walk, entry))
    else:
        amount = (
            {"amount": str(entry.doses[0])} if with_amount and len(entry.doses) == 1 and not entry.doses[0].of else {}
        )
        tell(walk, event="given", **dose_of(entry), **amount, **time_of(walk, entry))


def time_of(walk: Walk, entry: Entry) -> dict[str, str]:
    """The time of a dose or visit is asked for where samples or hours count from it; fractions of one day are hours apart."""
    counts = walk.plan.sheets or walk.version.study == "DRAWN"
    return {"at": entry.time or entry.earliest or "09:00"} if counts else {}


def take_values(walk: Walk, entry: Entry) -> None:
    """The values that a dose, or the cycle that it begins, waits for are taken on its day, and are good enough."""
    line = walk.plan.timelines[entry.timeline]
    goes_on = (walk.plan.cycles_of(line) or line).goes_on
    for needed in goes_on.needs if goes_on is not None else ():
        if needed.test == "creatinine clearance":
            tell(walk, event="attribute", name=needed.test, value=90)
        else:
            # By a short name it is read as the listed one, and that is said. What is asked in points is a percentage itself.
            good = GOOD.get(needed.test, 100 + int(needed.asked.above or 0))
            assert walk.record(event="measured", test=needed.test, value=good, unit=needed.asked.unit or "%")


def next_planned(walk: Walk) -> Entry | None:
    """The entry that comes first; of those of one day, the treatments in the protocol's order. Not what was to be given
    before the walk began, such as a run-in before randomisation: on its first day that is no longer planned."""
    planned = [
        entry
        for entry in walk.calendar().entries
        if entry.status is Status.PLANNED and entry.date is not None and entry.kind not in (Kind.PERIOD, Kind.CYCLE)
        if entry.kind not in TREATMENTS or entry.date >= BEGIN
    ]
    return min(planned, key=lambda entry: entry.date or date.max, default=None)


def report(walk: Walk, until: date) -> None:
    """The planned tablets up to a day were taken."""
    for entry in walk.calendar().entries:
        for run in entry.runs if entry.status is Status.DONE and entry.kind is Kind.ORAL else ():
            # What is taken as needed is reported with how much it was.
            as_needed = is_as_needed(run.doses)
            if run.status is Status.PLANNED and run.first_date <= until and not as_needed:
                walk.today = max(walk.today, min(run.last_date, until))
                last = min(run.last_date, until)
                tell(walk, event="taken", treatment=entry.timeline, **{"from": run.first_date, "to": last})
                return


def tell(walk: Walk, **told: Any) -> None:
    """Record it, and nothing is asked."""
    said = {key: str(value) if isinstance(value, date) else value for key, value in told.items()}
    event = parse_event({"on": str(walk.today), **said})
    asked = ask(walk.version, walk.site, walk.log, [event], today=walk.today)
    # That a listed synonym was read is said, and asks nothing.
    questions = [(each.code, str(each.what)) for each in asked if each.strength is not Strength.SAID]
    assert questions == [], f"{questions} {walk.today} {told} after {walk.log}"
    assert walk.record(**told)


@st.composite
def slips(draw: st.DrawFn) -> tuple[Followed, Event]:
    """A patient of any study, and what somebody types next: the right thing, or something near it."""
    patient = draw(followed())
    line = draw(st.sampled_from(patient.patient.plan.treatments() if patient.patient.plan else ()))
    day = patient.today + timedelta(days=draw(st.integers(-20, 20)))
    number = draw(st.integers(1, 8))
    if line.has_days:
        told: dict[str, Any] = draw(
            st.sampled_from(
                (
                    {"event": "cycle started", "cycle": number},
                    {"event": "taken", "from": str(day - timedelta(days=number)), "to": str(day), "amount": "7 mg"},
                    {"event": "taken", "from": str(day - timedelta(days=number)), "to": str(day)},
                    {"event": "dispensed", "quantity": number},
                    {"event": "returned", "quantity": 10 * number},
                )
            )
        )
    else:
        amounts: tuple[dict[str, Any], ...] = ({}, {"amount": "7 mg"}, {"amount": "0 mg"})
        told = {"event": "given", "n": number, **draw(st.sampled_from(amounts))}
    said: dict[str, Any] = {"on": str(day), "treatment": line.name, **told}
    return patient, parse_event(said)


@SETTINGS
@given(slips())
def test_what_was_asked_stands_with_its_reason_and_is_cited(slip: tuple[Followed, Event]) -> None:
    patient, event = slip
    today = max(patient.today, event.on) + timedelta(days=30)
    asked = ask(patient.version, patient.site, patient.log, [event], today=today)
    if any(each.strength is Strength.REFUSED for each in asked):
        return
    answered = as_if_answered([event], asked)
    again = ask(patient.version, patient.site, patient.log, answered, today=today)
    assert questions_open(again) == ()
    assert digest_of(again, patient.log) == digest_of(asked, patient.log)
    log = patient.log.append_unchecked(answered[0])
    findings = calendar_of(patient.version, patient.site, log).findings
    cited = {number for each in findings for number in each.events}
    cited |= {number for each in deviations_of(patient.version, patient.site, log) for number in each.events}
    assert not questions_open(asked) or log.length in cited


@SETTINGS
@given(patients(), st.data())
def test_every_confirmed_fact_is_told_on_the_calendar(patient: Patient, data: st.DataObject) -> None:
    facts = [fact for fact in in_force(patient.log) if fact.numbers == (fact.number,)]
    chosen = data.draw(st.sets(st.sampled_from([fact.number for fact in facts]), max_size=3)) if facts else set()
    log = patient.log.until(0)
    for record in patient.log.records:
        said = {"confirmed": "so it was"} if record.number in chosen else {}
        log = log.append_unchecked(record.event.model_copy(update=said))
    findings = calendar_after(patient, log).findings
    told = {number for each in findings if each.code == "confirmed" for number in each.events}
    assert told == chosen
