"""A run-in that all get, then randomisation, and arms that differ from then on. Days counted by hand.

The first dose is on Monday 2 March 2026: 14 days of enalapril are 2 to 15 March; 16 March is free; sacubitril begins 15 days
after the first dose, on 17 March. Randomisation is due 28 days after 17 March, on Tuesday 14 April, to 28 April; until it is
recorded the tablets of the run-in go on to 27 April. The echo is on the day before randomisation, 1 to 7 days before it is
allowed.
"""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.advice.planned_starts import HowToStart
from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from scheduler.errors import Refused
from scheduler.patient.appending import build_log
from scheduler.patient.events import FirstDosePlanned
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.patients import patient_of
from tests.dosing.story import told
from tests.studies.telling import codes, dates, entry, pending, runs, study

RUN_IN = """
study days: randomisation is Day 1
dates:
  randomisation: {when: 28 days +14 after sacubitril-run-in cycle 1}
treatments:
  enalapril-run-in:
    given: before randomisation
    when: on first dose
    open: any day
    give: 10 mg twice daily by mouth on days 1-14
  sacubitril-run-in:
    given: before randomisation
    when: from 15 days after first dose until the day before randomisation
    open: any day
    give: 200 mg twice daily by mouth every day
"""
AFTER = """
  sacubitril:
    {arms: [new], when: from randomisation until progression, open: any day, give: 200 mg twice daily by mouth every day}
  enalapril:
    {arms: [old], when: from randomisation until progression, open: any day, give: 10 mg twice daily by mouth every day}
visits:
  screening: 1 to 14 days before first dose
  echo: 1 to 7 days before randomisation
  week-2: {arms: [new], when: 14 days ±3 after randomisation}
  month-1: 28 days ±3 after randomisation
  close: 30 days ±7 after the last dose
"""
ARMS = "{new: sacubitril, old: enalapril}"
HF = study(RUN_IN + AFTER, ARMS)
PLANNED = "2026-02-27 first dose planned, to: 2026-03-02\n"
BEGUN = PLANNED + "2026-03-02 cycle started, treatment: enalapril-run-in, cycle: 1\n"
RUNNING = BEGUN + "2026-03-17 cycle started, treatment: sacubitril-run-in, cycle: 1\n"
TO_THE_NEW = RUNNING + "2026-04-20 randomised, arm: new\n"


def of(story: str) -> Calendar:
    return calendar_of(HF, EVERY_DAY, told(story), until=date(2026, 6, 30))


def test_in_the_run_in_what_all_get_is_planned_and_what_an_arm_gets_waits() -> None:
    found = of(BEGUN)
    assert (found.arm, found.first_dose, found.study_days_from) == (None, date(2026, 3, 2), date(2026, 4, 14))
    assert runs(found, "sacubitril-run-in.1") == ["1-42 03-17..04-27 200 mg twice daily + planned"]
    assert dates(found, "echo") == {"1": "04-13"}
    assert pending(found) == {"randomisation", "sacubitril.1.1", "enalapril.1.1", "week-2.1", "close.1"}
    assert codes(found) == []


def test_randomised_the_arm_begins_and_the_run_in_ends_the_day_before() -> None:
    found = of(TO_THE_NEW)
    assert (found.arm, found.study_days_from) == ("new", date(2026, 4, 20))
    assert runs(found, "sacubitril-run-in.1")[-1] == "2-34 03-18..04-19 200 mg twice daily + planned"
    assert entry(found, "sacubitril.1").date == date(2026, 4, 20)
    assert dates(found, "week-2") == {"1": "05-04"}
    assert (pending(found), codes(found)) == ({"close.1"}, [])
    assert "enalapril.1" not in found.by_id


def test_doses_of_the_run_in_are_no_deviation_and_are_in_order_at_recording() -> None:
    assert deviations_of(HF, EVERY_DAY, told(TO_THE_NEW)) == ()
    assert build_log(HF, [each.event for each in told(TO_THE_NEW).records]).length == 4


def test_the_drug_of_an_arm_is_refused_before_randomisation() -> None:
    story = BEGUN + "2026-03-20 cycle started, treatment: sacubitril, cycle: 1\n"
    early = [each.event for each in told(story).records]
    with pytest.raises(Refused) as refused:
        build_log(HF, early)
    assert [finding.code for finding in refused.value.findings] == ["not-randomised"]


def test_the_worklist_asks_for_randomisation_at_its_time() -> None:
    patient = patient_of(HF, EVERY_DAY, told(RUNNING), subject="HF-01")

    def asked(day: date) -> list[tuple[date | None, str]]:
        return [
            (line.date, str(line.to_do))
            for line in worklist([patient], day).decisions
            if str(line.title) == "Randomisation"
        ]

    to_do = "randomise the patient and record 'randomised' with the arm, or record what ends treatment"
    over = "sacubitril-run-in ended on 2026-04-27, and nothing is planned after it"
    assert asked(date(2026, 4, 6)) == []
    assert asked(date(2026, 4, 7)) == [(date(2026, 4, 14), to_do)]
    assert asked(date(2026, 4, 29)) == [(date(2026, 4, 14), f"its days ended on 2026-04-28: {to_do}; {over}")]
    randomised = patient_of(HF, EVERY_DAY, told(TO_THE_NEW), subject="HF-01")
    assert "Randomisation" not in {str(line.title) for line in worklist([randomised], date(2026, 4, 20)).decisions}


def test_what_waits_for_the_arm_says_so() -> None:
    log = told(RUNNING)
    title = explain(of(RUNNING), "week-2.1", HF, log).title
    assert title == "Week 2 has no date yet, because the arm that the patient will be randomised to is not known yet."


def test_a_randomisation_out_of_its_days_is_a_deviation() -> None:
    late = RUNNING + "2026-04-30 randomised, arm: old\n"
    assert [str(each.what) for each in deviations_of(HF, EVERY_DAY, told(late))] == [
        "randomised 2 days after its days, 2026-04-14 to 2026-04-28"
    ]
    early = RUNNING + "2026-04-13 randomised, arm: old\n"
    assert codes(of(early)) == ["randomised-out-of-days"]


def test_who_is_never_randomised_has_neither_arm() -> None:
    found = of(RUNNING + "2026-04-01 end of treatment, reason: adverse event\n")
    assert pending(found).isdisjoint({"randomisation", "sacubitril.1.1", "enalapril.1.1"})
    assert [entry(found, name).status.value for name in ("sacubitril.1", "enalapril.1")] == ["cancelled", "cancelled"]


def test_who_is_never_randomised_has_no_visit_that_counts_from_randomisation() -> None:
    """By hand: nobody comes 28 days after a randomisation that there is none of; the close is 30 days after 31 March."""
    found = of(RUNNING + "2026-04-01 end of treatment, reason: toxicity\n")
    assert [entry(found, name).status.value for name in ("echo.1", "month-1.1")] == ["cancelled", "cancelled"]
    assert dates(found, "close") == {"1": "04-30"}
    assert runs(found, "sacubitril-run-in.1")[1:] == [
        "2-15 03-18..03-31 200 mg twice daily + planned",
        "16-42 04-01..04-27 cancelled",
    ]
    late = of(RUNNING + "2026-04-01 end of treatment, reason: toxicity\n2026-04-14 randomised, arm: new\n")
    assert dates(late, "month-1") == {"1": "05-12"}


def test_randomised_before_the_run_in_of_the_same_drug_nobody_gets_both() -> None:
    """By hand: sacubitril from 10 March; the run-in, from 17 March until the day before 10 March, has no day."""
    found = of(BEGUN + "2026-03-10 randomised, arm: new\n")
    assert entry(found, "sacubitril.1").date == date(2026, 3, 10)
    assert "sacubitril-run-in.1" not in found.by_id
    assert codes(found) == ["randomised-out-of-days"]


def test_a_second_screening_repeats_no_visit_before_randomisation() -> None:
    again = "2026-02-10 screen failed\n2026-02-20 consented\n" + PLANNED
    assert (set(dates(of(again), "echo")), set(dates(of(again), "screening"))) == ({"1"}, {"1", "2"})


def test_a_planned_patient_of_an_arm_is_randomised_when_the_run_in_is_over() -> None:
    day = date(2026, 3, 2)
    assert HowToStart(0).events(HF.arms["old"], EVERY_DAY, day) == [FirstDosePlanned(on=day, to=day)]


def test_with_one_blinded_arm_the_run_in_is_in_order_too() -> None:
    blinded = study(
        RUN_IN
        + "  study-drug: {when: from randomisation until 2 years after randomisation, open: any day, "
        + "give: 1 mg once daily by mouth every day}\n"
    )
    story = told(RUNNING + "2026-04-20 randomised, arm: all\n")
    assert deviations_of(blinded, EVERY_DAY, story) == ()
    assert pending(calendar_of(blinded, EVERY_DAY, told(RUNNING), until=date(2026, 6, 30))) == {"randomisation"}


def test_a_date_that_counts_from_the_treatment_which_lasts_until_it() -> None:
    """By hand: 28 days after 2 March is 30 March, so the second cycle, from 23 March, has 7 days."""
    text = """
study days: first dose is Day 1
dates: {allocation: {when: 28 days after run-in cycle 1}}
treatments:
  run-in:
    when: {1: on first dose, then: 21 days after the previous cycle}
    until: the day before allocation
    open: any day
    give: 10 mg by mouth on days 1-21
  drug: {when: on allocation, open: any day, give: 20 mg by mouth on days 1-7}
"""
    found = calendar_of(study(text), EVERY_DAY, told("2026-03-02 cycle started, treatment: run-in, cycle: 1\n"))
    assert dates(found, "run-in") == {"1": "03-02", "2": "03-23"}
    assert runs(found, "run-in.2") == ["1-7 03-23..03-29 10 mg + planned", "8-21 03-30..04-12 cancelled"]
    assert dates(found, "drug") == {"1": "03-30"}
    reached = "2026-03-02 cycle started, treatment: run-in, cycle: 1\n2026-03-25 reached, milestone: allocation\n"
    found = calendar_of(study(text), EVERY_DAY, told(reached))
    assert runs(found, "run-in.2")[0] == "1-2 03-23..03-24 10 mg + planned"


CYCLES = study(
    """
study days: randomisation is Day 1
sources: {label: Prescribing information}
dates: {randomisation: {when: 28 days +14 after drug-run-in cycle 1}}
treatments:
  drug-run-in:
    given: before randomisation
    when: {1: on first dose, then: 14 days after the previous cycle}
    until: the day before randomisation
    open: any day
    give: once daily by mouth on days 1-14
    levels: 25, 15, 10 mg
  drug: {arms: [new], when: on randomisation, open: any day, give: 10 mg once daily by mouth on days 1-7}
  other: {arms: [old], when: on randomisation, open: any day, give: 10 mg once daily by mouth on days 1-7}
rules:
  neutropenia:
    for: drug-run-in
    on: Neutrophil count decreased
    rows: ["grade 1-2: continue (label)", "grade 3-4: hold until grade 0-2, then resume 1 level lower (label)"]
""",
    "{new: drug, old: other}",
)
FIRST = "2026-03-02 cycle started, treatment: drug-run-in, cycle: 1\n"


def refused(line: str) -> list[str]:
    with pytest.raises(Refused) as found:
        build_log(CYCLES, [each.event for each in told(FIRST + line).records])
    return [finding.code for finding in found.value.findings]


def test_orders_and_decisions_of_the_run_in_are_judged_before_the_arm_is_known() -> None:
    changed = "2026-03-05 dose changed, treatment: drug-run-in, level: {}, dose: {}, reason: neutropenia"
    assert refused(changed.format(-7, "25 mg")) == ["unknown-level"]
    assert refused(changed.format(-1, "25 mg")) == ["dose-disagrees"]
    assert refused("2026-03-05 decided, proposal: neutropenia.2.1, by: Dr Example, action: hold") == [
        "unknown-proposal"
    ]
    decided = (
        "2026-03-05 adverse event, ae: 1, term: Neutrophil count decreased, grade: 3\n"
        '2026-03-05 decided, proposal: neutropenia.2.2, by: Dr Example, action: "1"\n'
    )
    assert build_log(CYCLES, [each.event for each in told(FIRST + decided).records]).length == 3


def test_a_run_in_that_goes_on_until_somebody_is_randomised_is_no_deviation() -> None:
    """By hand: randomisation is due on 30 March, to 13 April; cycle 3 on 30 March is after the day before it."""
    cycles = FIRST + "".join(
        f"2026-03-{day} cycle started, treatment: drug-run-in, cycle: {n}\n" for n, day in ((2, 16), (3, 30))
    )
    assert [str(each.what) for each in deviations_of(CYCLES, EVERY_DAY, told(cycles))] == []
    early = cycles + "2026-03-29 randomised, arm: new\n"
    assert "drug-run-in.3" in {each.entry for each in deviations_of(CYCLES, EVERY_DAY, told(early))}


def hinted(text: str) -> set[tuple[str, str | None]]:
    head = f'study: OTHER\nversion: "1.0"\ntitle: Another study\narms: {ARMS}\n'
    return {(each.code, each.hint) for each in parse_protocol(head + text, name="p")[1]}


def test_days_of_both_are_said_one_way_or_the_other() -> None:
    both = RUN_IN.replace("until the day before randomisation", "until randomisation") + AFTER
    hint = "write: the day before randomisation; where both are taken that day: randomisation, that day included"
    assert hinted(both) == {("both-on-a-day", hint)}
    assert hinted(both.replace("until randomisation", "until randomisation, that day included")) == set()
    assert hinted(RUN_IN + AFTER) == set()


def test_without_a_window_randomisation_is_judged_by_its_first_day_alone() -> None:
    """At least 28 days after 17 March: from 14 April on. The 20th is in order, the 10th is 4 days too early."""
    at_least = study(RUN_IN.replace("28 days +14 after", "at least 28 days after") + AFTER, ARMS)
    told_of = {
        day: [each.message for each in calendar_of(at_least, EVERY_DAY, told(story)).findings]
        for day in ("04-10", "04-20")
        for story in [RUNNING + f"2026-{day} randomised, arm: new\n"]
    }
    assert told_of == {"04-10": ["randomised 4 days before 2026-04-14, the first of its days"], "04-20": []}


def test_in_the_run_in_the_rows_of_its_drugs_propose_and_those_of_an_arm_once_it_is_known() -> None:
    """A table for the run-in and a drug of each arm, and one for enalapril alone: on 20 March only the run-in is to be decided.

    One decision is for the drug that the patient then gets too; nothing is asked about the drug of the other arm, ever.
    """
    table = """
sources: {label: Prescribing information}
rules:
  kidneys:
    for: [sacubitril-run-in, sacubitril, enalapril]
    on: Acute kidney injury
    rows: ["grade 3-4: discontinue (label)"]
  cough:
    for: enalapril
    on: Cough
    rows: ["grade 2-3: discontinue (label)"]
"""
    ruled = study(RUN_IN + AFTER + table, ARMS)
    story = RUNNING + "2026-03-20 adverse event, ae: 1, term: Acute kidney injury, grade: 3\n"
    story += "2026-03-20 adverse event, ae: 2, term: Cough, grade: 2\n"
    assert proposals(ruled, story) == {"kidneys.1.4": "open"}
    decided = story + "2026-03-20 decided, proposal: kidneys.1.4, by: Dr Example, action: discontinue\n"
    assert proposals(ruled, decided) == {"kidneys.1.4": "decided as proposed"}
    new = decided + "2026-04-20 randomised, arm: new\n"
    assert proposals(ruled, new) == dict.fromkeys(("kidneys.1.4", "kidneys-sacubitril.1.4"), "decided as proposed")
    old = proposals(ruled, story + "2026-04-20 randomised, arm: old\n")
    assert old == dict.fromkeys(("kidneys.1.4", "kidneys-enalapril.1.4", "cough.1.5"), "open")


def proposals(version: StudyVersion, story: str) -> dict[str, str]:
    found = calendar_of(version, EVERY_DAY, told(story))
    return {each.id: each.state.value for each in found.proposals}
