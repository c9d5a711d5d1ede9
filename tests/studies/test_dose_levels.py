"""Dose levels by AUC, and levels at which a drug is omitted. Days counted by hand.

The first dose is on Monday 2 March 2026. Every 14 days from it: 16 and 30 March, 13 April. Every 21 days: 23 March, 13 April.
"""

from __future__ import annotations

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.deviation import Deviated
from scheduler.calendar.entries.entry import Calendar, Flag, Status
from scheduler.calendar.telling.explain import explain
from tests.asking.story import asked
from tests.dosing.story import told
from tests.studies.telling import WEEKDAYS, calendar, codes, dates, entry, runs, study

CARBOPLATIN = study("""
study days: first dose is Day 1
treatments:
  carboplatin:
    when: {1: on first dose, then: 21 days after the previous cycle}
    until: at most 4 cycles
    give: intravenously
    levels: AUC 6, 5, 4
""")
CLEARED = "2026-02-28 attribute, name: creatinine clearance, value: 75\n"


def doses(found: Calendar, timeline: str) -> dict[str, str]:
    return {
        each.id.partition(".")[2]: str(each.dose) for each in found.entries if each.timeline == timeline and each.doses
    }


def test_a_level_by_auc_is_worked_out_in_mg() -> None:
    # 6 x (75 + 25) = 600 mg, 5 x 100 = 500 mg, 4 x 100 = 400 mg.
    story = (
        CLEARED
        + "2026-03-02 given, treatment: carboplatin, n: 1\n"
        + "2026-03-20 dose changed, treatment: carboplatin, level: -1, dose: AUC 5\n"
        + "2026-03-23 given, treatment: carboplatin, n: 2\n"
        + "2026-04-10 dose changed, treatment: carboplatin, level: -2, dose: 4 AUC\n"
    )
    found = calendar(CARBOPLATIN, story)
    assert doses(found, "carboplatin") == {"1": "600 mg", "2": "500 mg", "3": "400 mg", "4": "400 mg"}
    assert [dose.level for dose in entry(found, "carboplatin.3").doses] == [-2]
    assert codes(found) == []


def test_without_a_clearance_the_level_stands_as_the_protocol_has_it() -> None:
    found = calendar(CARBOPLATIN, "2026-03-02 dose changed, treatment: carboplatin, level: -1, dose: AUC 5\n")
    assert doses(found, "carboplatin") == {}
    found = calendar(CARBOPLATIN, "2026-03-02 given, treatment: carboplatin, n: 1\n")
    assert doses(found, "carboplatin")["2"] == "AUC 6"


BOLUS = study("""
study days: first dose is Day 1
cycles:
  folfox:
    when: {1: on first dose, then: 14 days after the previous cycle}
    until: at most 6 cycles
treatments:
  oxaliplatin: {when: in every cycle on day 1, give: 100 mg intravenously}
  bolus:
    when: in every cycle on day 1
    give: intravenously
    levels: 400, 0 mg
  tablets:
    when: in every cycle on day 1
    open: any day
    give: once daily by mouth on days 1-7
    levels: 80, 0 mg
products:
  tablets: {unit: 40 mg tablet}
""")
RANDOMISED = "2026-02-27 randomised, arm: all\n"
GIVEN = """2026-03-02 given, treatment: oxaliplatin, n: 1
2026-03-02 given, treatment: bolus, n: 1
2026-03-10 dose changed, treatment: bolus, level: -1, dose: 0 mg, by: Dr Example
"""  # events 2 to 4


def statuses(found: Calendar, timeline: str) -> dict[str, str]:
    return {each.id.partition(".")[2]: each.status.value for each in found.entries if each.timeline == timeline}


def test_at_a_level_of_0_the_drug_is_left_out_of_cycles_that_keep_their_days() -> None:
    found = calendar(BOLUS, GIVEN, until="2026-04-15")
    assert dates(found, "oxaliplatin") == {"1": "03-02", "2": "03-16", "3": "03-30", "4": "04-13"}
    assert statuses(found, "bolus") == {"1": "done", "2": "cancelled", "3": "cancelled", "4": "cancelled"}
    second = entry(found, "bolus.2")
    assert (second.doses, second.flags) == ((), (Flag.OMITTED,))
    said = explain(found, "bolus.2", BOLUS, told(RANDOMISED + GIVEN))
    assert [each.sentence for each in said.lines] == [
        "Event 4, Tuesday 10 March 2026: the dose of bolus is changed to 0 mg (level -1), by Dr Example.",
        "At the dose level in force it is omitted.",
        "Protocol line 16: 400, 0 mg.",
    ]
    assert 4 in second.because.event_numbers()


def test_at_a_higher_level_it_is_given_again() -> None:
    story = GIVEN + "2026-03-25 dose changed, treatment: bolus, level: 0, dose: 400 mg, by: Dr Example\n"
    found = calendar(BOLUS, story, until="2026-04-15")
    assert statuses(found, "bolus") == {"1": "done", "2": "cancelled", "3": "planned", "4": "planned"}
    assert str(entry(found, "bolus.3").dose) == "400 mg"
    raised = [
        each for each in deviations_of(BOLUS, WEEKDAYS, told(RANDOMISED + story)) if each.kind is Deviated.DOSE_RAISED
    ]
    assert [each.clause.text for each in raised if each.clause is not None] == ["400, 0 mg"]


def test_tablets_are_left_out_day_by_day() -> None:
    story = GIVEN + "2026-03-19 dose changed, treatment: tablets, level: -1, dose: 0 mg, by: Dr Example\n"
    found = calendar(BOLUS, story, until="2026-04-15")
    # Nobody started the cycle of 16 March: whoever would start it now takes nothing of this drug.
    assert runs(found, "tablets.2") == ["1-7 03-16..03-22 cancelled"]
    assert runs(found, "tablets.3") == ["1-7 03-30..04-05 cancelled"]
    found = calendar(BOLUS, "2026-03-16 cycle started, treatment: tablets, cycle: 2\n" + story, until="2026-04-15")
    assert runs(found, "tablets.2")[1:] == ["2-3 03-17..03-18 80 mg + planned", "4-7 03-19..03-22 cancelled"]


def test_a_dose_that_is_overdue_when_its_drug_is_left_out_is_left_out_unless_it_was_given() -> None:
    given = "2026-03-02 given, treatment: oxaliplatin, n: 1\n2026-03-02 given, treatment: bolus, n: 1\n"
    lowered = "2026-03-19 dose changed, treatment: bolus, level: -1, dose: 0 mg, by: Dr Example\n"
    stories = [given, given + lowered, given + lowered + "2026-03-16 given, treatment: bolus, n: 2\n"]
    found = [entry(calendar(BOLUS, story, until="2026-04-15"), "bolus.2") for story in stories]
    assert [(each.status, [str(dose) for dose in each.doses]) for each in found] == [
        (Status.PLANNED, ["400 mg"]),
        (Status.CANCELLED, []),
        (Status.DONE, ["400 mg"]),
    ]


def test_what_is_given_all_the_same_is_asked_and_is_no_dose_of_the_plan() -> None:
    story = "2026-02-27 randomised, arm: all\n" + GIVEN
    questions = asked(
        story, "2026-03-16 given, treatment: bolus, n: 2", today="2026-03-16", version=BOLUS, site=WEEKDAYS
    )
    assert {"not-planned", "amount-not-known"} <= {each.code for each in questions}
    found = calendar(BOLUS, GIVEN + "2026-03-16 given, treatment: bolus, n: 2, amount: 400 mg\n")
    assert entry(found, "bolus.2").status is Status.DONE
    assert Flag.NOT_PLANNED in entry(found, "bolus.2").flags
    (told_so,) = [each.message for each in found.findings if each.code == "given-while-omitted"]
    assert told_so == "bolus.2 was given on 2026-03-16; at dose level -1 it is omitted"


def test_an_order_says_the_level_and_that_nothing_is_given() -> None:
    story = "2026-02-27 randomised, arm: all\n2026-03-02 given, treatment: oxaliplatin, n: 1\n"
    line = "2026-03-10 dose changed, treatment: bolus, level: -1, dose: 200 mg, by: Dr Example"
    questions = asked(story, line, today="2026-03-10", version=BOLUS, site=WEEKDAYS)
    assert [(each.code, str(each.hint)) for each in questions][:1] == [
        ("dose-disagrees", "level 0 is 400 mg, -1 is omitted; or say why it stands with 'override'")
    ]


def test_an_amount_that_level_0_says_too_is_that_of_the_level_in_force() -> None:
    version = study("""
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 21 days after the previous cycle}
    give: 200 mg intravenously
    levels: 200, 150 mg
""")
    story = (
        "2026-03-02 given, treatment: drug, n: 1\n2026-03-10 dose changed, treatment: drug, level: -1, dose: 150 mg\n"
    )
    assert doses(calendar(version, story, until="2026-04-15"), "drug") == {"1": "200 mg", "2": "150 mg", "3": "150 mg"}
